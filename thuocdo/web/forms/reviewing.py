"""Forms of the confirming agency: accept or return a claim, put a review right."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import TextChoices
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from thuocdo.assignments.models import Claim
from thuocdo.assignments.rules import claim as claim_rule
from thuocdo.web.forms.base import DayField, DeskForm


class Verdict(TextChoices):
    """What the reviewer decides; nothing is chosen beforehand."""

    ACCEPT = "accept", _("Confirm: the evidence shows that the duty is completed")
    RETURN = "return", _("Return: it is not shown, or not completed")


class ReviewForm(DeskForm):
    """The verdict on a claim, with the day the reviewer reads from the evidence."""

    verdict = forms.ChoiceField(label=_("Your decision"), choices=Verdict, widget=forms.RadioSelect)
    shown_on = DayField(
        label=_("Day the evidence shows"),
        required=False,
        help_text=_("As claimed; put it right if the evidence shows another day."),
    )
    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Needed when you return it: what is missing, what has to be shown."),
    )
    happened_on = DayField(label=_("Day of the decision"))

    def __init__(self, *args: Any, claim: Claim, day: date, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        self.claim = claim
        self.fields["shown_on"].initial = claim.shown_on
        self.fields["happened_on"].initial = max(day, claim.happened_on)

    @property
    def accepts(self) -> bool:
        """Whether the claim is confirmed."""
        return self.cleaned_data.get("verdict") == Verdict.ACCEPT

    def clean(self) -> dict[str, Any]:
        """A return says why; a confirmed day is not after the claim."""
        given = self.cleaned_data
        if given.get("verdict") == Verdict.RETURN and not given.get("reason", "").strip():
            self.add_error("reason", gettext("Say why."))
        if self.accepts and "shown_on" not in self.errors:
            shown_on, no_later_than = self.days()
            self.require("shown_on", claim_rule.day_problem(shown_on, no_later_than, self.claim.happened_on))
        return given

    def days(self) -> tuple[date | None, date | None]:
        """The day confirmed, or the day up to which it was completed when no day is known."""
        shown_on = self.cleaned_data.get("shown_on")
        return shown_on, None if shown_on else self.claim.no_later_than


class AgainForm(ReviewForm):
    """A review put right keeps its day and says why."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        del self.fields["happened_on"]
        self.fields["reason"].required = True
        self.fields["reason"].help_text = _("Why the first decision was wrong.")
