"""Forms of the lead: reports and claims, requests of change, waiting, difficulties, resources, numbers."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from thuocdo.assignments.enums import ChangeKind, DifficultyClass, Nature, ResourceKind
from thuocdo.assignments.models import Assignment
from thuocdo.assignments.rules import claim as claim_rule
from thuocdo.assignments.rules.evidence import product_problem
from thuocdo.assignments.rules.periods import Period
from thuocdo.assignments.terms import Amount, Ask, Obstacle, Said, Shown
from thuocdo.faces import wording
from thuocdo.lib.say import Say, say
from thuocdo.web import officer
from thuocdo.web.access import PageRequest
from thuocdo.web.forms import evidence
from thuocdo.web.forms.base import AgencyField, DayField, DeskForm, choices, on_day


class ReportForm(DeskForm):
    """A report; ticked "completes", a claim of completion with its evidence."""

    text = forms.CharField(
        label=_("What was done"),
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Two or three sentences: what came out, what comes next."),
    )
    progress = forms.DecimalField(
        label=_("Progress in per cent"), required=False, min_value=0, max_value=100, decimal_places=2,
        widget=forms.NumberInput(attrs={"step": "any", "inputmode": "decimal"}),
        help_text=_("As you declare it. Empty: not stated."),
    )  # fmt: skip
    period = forms.ChoiceField(
        label=_("About which period"), required=False,
        help_text=_("A report that was missed may still be sent: choose its period."),
    )  # fmt: skip
    happened_on = DayField(label=_("Day of the report"))
    completes = forms.BooleanField(label=_("This completes the duty"), required=False)
    shown_on = DayField(
        label=_("Day the evidence shows"),
        required=False,
        help_text=_("Only when the duty is completed: the day of the signature, of the acceptance …"),
    )

    def __init__(
        self,
        request: PageRequest,
        of: Assignment,
        *,
        periods: Sequence[Period] = (),
        **kwargs: Any,  # noqa: ANN401
    ) -> None:
        sent = request.method == "POST"
        super().__init__(request.POST if sent else None, request.FILES if sent else None, **kwargs)
        self.request, self.of = request, of
        self.fields["happened_on"].initial = kwargs.get("initial", {}).get(
            "happened_on", officer.day(request)
        )
        if not periods:
            del self.fields["period"]
            return
        told = [(one.key, wording.tell(_days_of(one))) for one in periods]
        self.fields["period"].choices = [("", _("the one that is asked for")), *told]  # type: ignore[attr-defined]

    @cached_property
    def lines(self) -> list[evidence.EvidenceForm]:
        """The lines of evidence."""
        sent = self.is_bound
        return evidence.lines(
            self.data if sent else None,
            self.files if sent else None,
            user=officer.person(self.request),
            at=officer.now(),
        )

    def is_multipart(self) -> bool:
        """A file may come along."""
        return True

    def clean(self) -> dict[str, Any]:
        """Errors of lines are told above too; of a claim, what the rules ask for."""
        given = self.cleaned_data
        for number, line in enumerate(self.lines, 1):
            for texts in line.errors.values():
                told = gettext("Evidence %(number)s: ") % {"number": number}
                self.add_error(None, told + " ".join(str(text) for text in texts))
        if self.completing and given.get("happened_on"):
            problem = claim_rule.day_problem(given.get("shown_on"), None, given["happened_on"])
            self.require("shown_on", problem)
            if not any(line.errors for line in self.lines):
                self._check_evidence()
        return given

    @property
    def completing(self) -> bool:
        """Whether it claims that the duty is completed."""
        return bool(self.cleaned_data.get("completes"))

    def said(self) -> Said:
        """What the report says."""
        given = self.cleaned_data
        return Said(
            text=given["text"],
            happened_on=given["happened_on"],
            progress=given["progress"],
            period=given.get("period", ""),
        )

    def shown(self) -> list[Shown]:
        """The evidence that comes along."""
        return [line.shown(self.request) for line in self.lines if not line.empty]

    def _check_evidence(self) -> None:
        kinds = [line.cleaned_data["kind"] for line in self.lines if not line.empty]
        problem = product_problem(self.of.product_kind, kinds)
        if problem is not None:
            self.lines[0].add_error("kind", wording.tell(problem))
            self.add_error(None, wording.tell(problem))


def _days_of(period: Period) -> Say:
    return say(
        "%(key)s: from %(first)s to %(last)s, sent by %(sent)s",
        key=period.key, first=period.first, last=period.cut_off, sent=period.sends_on,
    )  # fmt: skip


class CorrectionForm(ReportForm):
    """A report or claim put right; without new evidence the old stays."""

    claims = False

    def __init__(self, *args: Any, claims: str, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        del self.fields["completes"]
        self.claims = claims == "claims"
        if not self.claims:
            del self.fields["shown_on"]

    @property
    def completing(self) -> bool:
        return self.claims

    def _check_evidence(self) -> None:
        if self.shown():
            super()._check_evidence()


class AskForm(DeskForm):
    """What the lead asks of the assigner."""

    kind = forms.ChoiceField(label=_("What is asked"), choices=choices(ChangeKind), widget=forms.RadioSelect)
    limit_on = DayField(label=_("New limit"), required=False, help_text=_("For an extension only."))
    lead = AgencyField(
        label=_("Agency that should lead"),
        required=False,
        help_text=_("For another lead only: name or code."),
    )
    text = forms.CharField(
        label=_("New wording"), required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("For a change of content or product only."),
    )  # fmt: skip
    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea(attrs={"rows": 3}))
    happened_on = DayField(label=_("Day of the request"))

    def __init__(self, *args: Any, day: date, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        self.fields["happened_on"].initial = day
        on_day(self, day)

    def clean(self) -> dict[str, Any]:
        """What the chosen kind needs is there."""
        given = self.cleaned_data
        needed: dict[Any, tuple[str, str]] = {
            ChangeKind.LIMIT: ("limit_on", gettext("Name the new limit.")),
            ChangeKind.LEAD: ("lead", gettext("Name the agency that should lead.")),
            ChangeKind.CONTENT: ("text", gettext("Write the wording you ask for.")),
            ChangeKind.PRODUCT: ("text", gettext("Write the wording you ask for.")),
        }
        field, problem = needed.get(given.get("kind"), ("", ""))
        if field and not given.get(field) and field not in self.errors:
            self.add_error(field, problem)
        return given

    def ask(self) -> Ask:
        """The request; what belongs to another kind is left out."""
        given = self.cleaned_data
        kind = ChangeKind(given["kind"])
        worded = kind in (ChangeKind.CONTENT, ChangeKind.PRODUCT)
        return Ask(
            kind=kind,
            reason=given["reason"],
            text=given["text"] if worded else "",
            lead=given["lead"] if kind is ChangeKind.LEAD else None,
            limit_on=given["limit_on"] if kind is ChangeKind.LIMIT else None,
        )


class DatedForm(DeskForm):
    """The base of small forms about one day; `day` is what stands there first."""

    day_field = "happened_on"

    def __init__(self, *args: Any, day: date, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        self.fields[self.day_field].initial = day
        on_day(self, day)


class HoldForm(DatedForm):
    """The lead waits for an agency."""

    day_field = "opened_on"
    agency = AgencyField(label=_("Agency that is waited for"))
    reason = forms.CharField(label=_("What it has to do"), widget=forms.Textarea(attrs={"rows": 3}))
    opened_on = DayField(label=_("Waiting since"))


class CloseForm(DatedForm):
    """Something ends on a day."""

    day_field = "closed_on"
    closed_on = DayField(label=_("Ended on"))


class DifficultyForm(DatedForm):
    """What holds the work back, and who has to remove it."""

    day_field = "opened_on"
    kind = forms.ChoiceField(label=_("Class"), choices=choices(DifficultyClass))
    nature = forms.ChoiceField(
        label=_("Objective or subjective"), required=False, choices=choices(Nature, _("not said")),
        help_text=_("Objective: outside the agency’s power. Subjective: within it."),
    )  # fmt: skip
    text = forms.CharField(label=_("What the difficulty is"), widget=forms.Textarea(attrs={"rows": 4}))
    owner = AgencyField(label=_("Agency that has to remove it"), required=False)
    opened_on = DayField(label=_("Since"))

    def obstacle(self, of: Assignment, agency: Any) -> Obstacle:  # noqa: ANN401
        """The difficulty of this duty, met by this agency."""
        given = self.cleaned_data
        return Obstacle(agency, given["kind"], given["text"], given["owner"], of, nature=given["nature"])


class ResourceForm(DatedForm):
    """Money, people or equipment on a day, with its source."""

    kind = forms.ChoiceField(label=_("What"), choices=choices(ResourceKind))
    amount = forms.DecimalField(
        label=_("Amount"), min_value=0, max_digits=20, decimal_places=2, localize=True
    )
    unit = forms.CharField(label=_("Unit"), max_length=40, help_text=_("VND, persons, pieces …"))
    source_text = forms.CharField(label=_("Source"), max_length=300, help_text=_("Decision, plan, record …"))
    happened_on = DayField(label=_("Day"))

    def quantity(self) -> Amount:
        """The amount with its unit and source."""
        given = self.cleaned_data
        return Amount(Decimal(given["amount"]), given["unit"], given["source_text"])


class NumberForm(DatedForm):
    """The number in another system, "entered there on"."""

    day_field = "entered_on"
    system = forms.CharField(label=_("System"), max_length=60, help_text=_("For example: System 57."))
    number = forms.CharField(label=_("Number there"), max_length=80)
    entered_on = DayField(label=_("Entered there on"), required=False)
