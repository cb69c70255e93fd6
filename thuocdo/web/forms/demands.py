"""Forms of urging, instructing, demanding explanation; of answers and promises."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from thuocdo.agencies.models import Agency
from thuocdo.assignments.enums import DemandKind
from thuocdo.assignments.models import Assignment
from thuocdo.assignments.rules.discipline import MOST_DAYS
from thuocdo.assignments.terms import Asking
from thuocdo.web.forms.base import DayField
from thuocdo.web.forms.reporting import DatedForm


class DemandForm(DatedForm):
    """What is written, for which agency one writes, by when to answer."""

    kind = forms.ChoiceField(label=_("What you write"), widget=forms.RadioSelect)
    sender = forms.ChoiceField(label=_("You write for"))
    text = forms.CharField(label=_("Text"), widget=forms.Textarea(attrs={"rows": 5}))
    term_days = forms.IntegerField(
        label=_("Answer within working days"), required=False, min_value=1, max_value=MOST_DAYS,
        help_text=_("Of the agency’s own calendar; or name a day below."),
    )  # fmt: skip
    answer_on = DayField(label=_("Answer by"), required=False)
    happened_on = DayField(label=_("Day of writing"))

    def __init__(
        self,
        data: QueryDict | None,
        *,
        kinds: Sequence[DemandKind],
        senders: Sequence[Agency],
        day: date,
    ) -> None:
        super().__init__(data, day=day)
        self.senders = {str(one.pk): one for one in senders}
        self.fields["kind"].choices = [(kind, kind.label) for kind in kinds]  # type: ignore[attr-defined]
        self.fields["sender"].choices = [(pk, one.name) for pk, one in self.senders.items()]  # type: ignore[attr-defined]
        if len(self.senders) == 1:
            self.fields["sender"].widget = forms.HiddenInput()
            self.fields["sender"].initial = next(iter(self.senders))

    def clean(self) -> dict[str, Any]:
        """By when to answer is said once."""
        given = self.cleaned_data
        if bool(given.get("term_days")) == bool(given.get("answer_on")) and not self.errors:
            self.add_error("term_days", gettext("Name either a number of working days or a day."))
        return given

    def asking(self, agency: Agency, of: Assignment | None) -> Asking:
        """The demand to this agency, of this duty."""
        given = self.cleaned_data
        return Asking(
            kind=DemandKind(given["kind"]),
            agency=agency,
            sender=self.senders[given["sender"]],
            text=given["text"],
            assignment=of,
            answer_on=given["answer_on"],
            term_days=given["term_days"],
        )


class AnswerForm(DatedForm):
    """The answer to a demand."""

    text = forms.CharField(label=_("Answer"), widget=forms.Textarea(attrs={"rows": 6}))
    happened_on = DayField(label=_("Day of the answer"))


class PromiseForm(DatedForm):
    """A late agency promises a day."""

    promised_on = DayField(label=_("Done by"))
    text = forms.CharField(
        label=_("What you will do until then"), widget=forms.Textarea(attrs={"rows": 4}),
    )  # fmt: skip
    happened_on = DayField(label=_("Day of the promise"))
