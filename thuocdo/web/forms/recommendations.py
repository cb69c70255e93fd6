"""Forms of asking upward, and of what happens to a recommendation on its way (4.01)."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from thuocdo.agencies.models import Agency
from thuocdo.assignments.models import Assignment
from thuocdo.directives.models import Directive, DirectiveQuerySet
from thuocdo.recommendations.enums import Outcome, RecommendationKind
from thuocdo.recommendations.terms import Asking, Reply
from thuocdo.web.forms.base import AgencyField, DayField, choices
from thuocdo.web.forms.reporting import DatedForm
from thuocdo.web.forms.texts import TextField


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class RecommendForm(DatedForm):
    """What is asked, of whom, under which text, by when the answer is needed."""

    kind = forms.ChoiceField(label=_("What you ask for"), choices=RecommendationKind.choices)
    addressee = AgencyField(label=_("Whom you ask"))
    text = forms.CharField(
        label=_("What you recommend"), widget=_area(5),
        help_text=_("One matter at a time, so that it can be answered and followed."),
    )  # fmt: skip
    basis = forms.CharField(
        label=_("Grounds"), required=False, widget=_area(3), help_text=_("Provisions, figures, facts.")
    )
    directive = TextField(
        label=_("Text that it concerns, by its symbol"), required=False,
        help_text=_("Whether the recommendation is public follows the decision on this text."),
    )  # fmt: skip
    awaits = forms.ChoiceField(label=_("Text that you ask to be issued"), required=False)
    wanted_on = DayField(label=_("Answer needed by"), required=False)
    happened_on = DayField(label=_("Day of sending"))

    def __init__(
        self,
        *args: Any,  # noqa: ANN401
        among: DirectiveQuerySet,
        awaited: Iterable[Directive],
        **kwargs: Any,  # noqa: ANN401
    ) -> None:
        super().__init__(*args, **kwargs)
        self.awaited = {str(one.pk): one for one in awaited}
        self.fields["directive"].among = among  # type: ignore[attr-defined]
        offered = [("", _("none of those awaited")), *((pk, one.title) for pk, one in self.awaited.items())]
        self.fields["awaits"].choices = offered  # type: ignore[attr-defined]

    def asking(self, agency: Agency, of: Assignment | None) -> Asking:
        """The recommendation; asked on a duty, that duty waits for the answer."""
        given = self.cleaned_data
        return Asking(
            kind=RecommendationKind(given["kind"]),
            agency=agency,
            addressee=given["addressee"],
            text=given["text"],
            basis=given["basis"],
            directive=given["directive"],
            awaits=self.awaited.get(given["awaits"]),
            wanted_on=given["wanted_on"],
            assignments=(of,) if of else (),
        )


class ReceiveForm(DatedForm):
    """It has come; by when it will be answered, unless that was said before."""

    due_on = DayField(label=_("To be answered by"), required=False)
    happened_on = DayField(label=_("Received on"))

    def __init__(self, *args: Any, named: bool, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        if named:
            del self.fields["due_on"]


class ForwardForm(DatedForm):
    """It goes to the agency that can decide."""

    to = AgencyField(label=_("Forwarded to"))
    reason = forms.CharField(label=_("Why to this agency"), widget=_area(3))
    happened_on = DayField(label=_("Forwarded on"))


class AnswerRecommendationForm(DatedForm):
    """Accepted with what follows, accepted in part, or refused with the reason."""

    outcome = forms.ChoiceField(label=_("The answer"), choices=choices(Outcome), widget=forms.RadioSelect)
    text = forms.CharField(
        label=_("What follows, or why not"), widget=_area(5),
        help_text=_("Who will do what by when; of a refusal, the reason."),
    )  # fmt: skip
    directive = TextField(label=_("Text that answers it, by its symbol"), required=False)
    happened_on = DayField(label=_("Day of the answer"))

    def __init__(self, *args: Any, among: DirectiveQuerySet, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        self.fields["directive"].among = among  # type: ignore[attr-defined]

    def reply(self) -> Reply:
        """The answer."""
        given = self.cleaned_data
        return Reply(Outcome(given["outcome"]), given["text"], given["directive"])


class EffectForm(DatedForm):
    """What really came of the answer."""

    text = forms.CharField(label=_("What came of it"), widget=_area(4))
    directive = TextField(label=_("Text that was issued, by its symbol"), required=False)
    happened_on = DayField(label=_("Since"))

    def __init__(self, *args: Any, among: DirectiveQuerySet, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        self.fields["directive"].among = among  # type: ignore[attr-defined]


class WithdrawForm(DatedForm):
    """Who asked no longer asks."""

    reason = forms.CharField(label=_("Reason"), widget=_area(3))
    happened_on = DayField(label=_("Day"))


class WaitForm(DatedForm):
    """A duty or a difficulty that waits for the answer."""

    assignment = forms.ChoiceField(label=_("Duty"), required=False)
    difficulty = forms.ChoiceField(label=_("Difficulty"), required=False)
    happened_on = DayField(label=_("Waiting since"))

    def __init__(
        self,
        data: QueryDict | None,
        *,
        duties: Mapping[int, str],
        difficulties: Mapping[int, str],
        day: date,
    ) -> None:
        super().__init__(data, day=day)
        for name, offered in (("assignment", duties), ("difficulty", difficulties)):
            lines = [(str(pk), text) for pk, text in offered.items()]
            self.fields[name].choices = [("", "—"), *lines]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """One of the two at a time."""
        given = self.cleaned_data
        if bool(given.get("assignment")) == bool(given.get("difficulty")) and not self.errors:
            self.add_error("assignment", gettext("Choose either a duty or a difficulty."))
        return given
