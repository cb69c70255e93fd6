"""Forms of the assigning side: the six clears of a draft, handing on, deciding, interrupting."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import TextChoices
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from thuocdo.agencies.enums import Collective, RelationKind, TermUnit
from thuocdo.agencies.rules.clock import LONGEST, USUAL, Term, term_problem
from thuocdo.assignments.enums import ChangeKind, LimitClass, ProductKind, Regime
from thuocdo.assignments.models import Assignment, ChangeRequest
from thuocdo.assignments.rules.periods import LAST_DAY, Rhythm, rhythm_problem
from thuocdo.assignments.rules.reckoning import Reckoned
from thuocdo.assignments.terms import Head, Part, Parties, Terms
from thuocdo.directives.enums import ReportEvery
from thuocdo.web.forms.base import AgenciesField, AgencyField, DayField, DeskForm, choices, on_day
from thuocdo.web.forms.calendar import CountingForm, hour_field


class HeadFields(DeskForm):
    """The person who answers: post, name, since when."""

    head_post = forms.CharField(label=_("Post of the person who answers"), required=False, max_length=200)
    head_name = forms.CharField(label=_("Name of the person"), required=False, max_length=200)
    head_since = DayField(label=_("In this post since"), required=False)

    def head(self) -> Head:
        """The person as entered; empty where nobody is named."""
        given = self.cleaned_data
        return Head(given["head_post"].strip(), given["head_name"].strip(), given["head_since"])


class TermsForm(CountingForm, HeadFields):
    """What has to be done, by when, who signs: a draft may leave gaps, which the page names."""

    work = forms.CharField(label=_("Work"), widget=forms.Textarea(attrs={"rows": 4}))
    limit_class = forms.ChoiceField(label=_("Kind of time limit"), choices=choices(LimitClass))
    limit_on = DayField(
        label=_("Last day"), required=False, help_text=_("Of a dated duty, unless it is counted below.")
    )
    term_quantity = forms.DecimalField(
        label=_("Or counted: how many"), required=False, min_value=Decimal("0.01"), max_value=LONGEST,
        max_digits=7, decimal_places=2, help_text=_("Within 15 working days: 15. The last day follows."),
    )  # fmt: skip
    term_unit = forms.ChoiceField(label=_("Counted in"), required=False, choices=choices(TermUnit, "—"))
    term_from = DayField(
        label=_("Counted from"), required=False, help_text=_("This day itself does not count.")
    )
    term_at = hour_field(label=_("At the hour"), help_text=_("Where the hour of receipt matters."))
    reporting_period = forms.ChoiceField(
        label=_("Reported"), required=False, choices=choices(ReportEvery, "—"),
        help_text=_("Of a standing duty."),
    )  # fmt: skip
    reporting_regime = forms.ChoiceField(
        label=_("Periods"), required=False, choices=choices(Regime), initial=Regime.CALENDAR.value
    )
    sends = forms.IntegerField(
        label=_("Sent by the day of the month"), required=False, min_value=1, max_value=LAST_DAY,
        help_text=_("Where the text sets one: 17, 20, 25. Empty: as the periods say."),
    )  # fmt: skip
    product = forms.CharField(label=_("Product"), required=False, widget=forms.Textarea(attrs={"rows": 2}))
    product_kind = forms.ChoiceField(
        label=_("Kind of product"), required=False, choices=choices(ProductKind, "—"),
        help_text=_("It decides which evidence can show it."),
    )  # fmt: skip
    signer = forms.CharField(label=_("Who signs the product"), required=False, max_length=200)
    is_key = forms.BooleanField(label=_("Key duty (trọng tâm)"), required=False)
    coordinators = AgenciesField(label=_("Coordinating agencies"), required=False)
    field_order = (
        "lead", "work", "limit_class", "limit_on", "term_quantity", "term_unit", "term_from",
        "term_at", "day_zero", "cut_off", "basis", "reporting_period", "reporting_regime", "sends", "product",
        "product_kind",
    )  # fmt: skip

    def __init__(self, *args: Any, day: date, **kwargs: Any) -> None:  # noqa: ANN401
        self.counted: Reckoned | None = kwargs.pop("counted", None)
        super().__init__(*args, **kwargs)
        for name, value in counted_first(self.counted).items():
            self.initial.setdefault(name, value)
        on_day(self, day)

    def clean(self) -> dict[str, Any]:
        """A dated duty has its day, or what the day is counted from."""
        given = self.cleaned_data
        term = [given.get(name) for name in ("term_quantity", "term_unit", "term_from")]
        if any(term) and not all(term):
            self.add_error("term_quantity", gettext("A count needs all three: how many, of what, from when."))
        elif all(term):
            self.require("basis", term_problem(self._term()))
        if given.get("limit_class") == LimitClass.DATED and not given.get("limit_on") and not any(term):
            self.add_error("limit_on", gettext("A dated duty needs its last day."))
        self._check_rhythm()
        return given

    def _check_rhythm(self) -> None:
        given = self.cleaned_data
        if given.get("limit_class") == LimitClass.STANDING and given.get("reporting_period"):
            regime = Regime(given.get("reporting_regime") or Regime.CALENDAR)
            rhythm = Rhythm(given["reporting_period"], regime, given.get("sends"))
            self.require("reporting_regime", rhythm_problem(rhythm))

    def _term(self) -> Term:
        """The term as entered; parameters that are not asked for stay those of the draft."""
        given, former = self.cleaned_data, self.counted.term.counting if self.counted else USUAL
        how = self.counting()
        how = replace(how, off_day_waits=former.off_day_waits, ends_working=former.ends_working)
        return Term(given["term_quantity"], TermUnit(given["term_unit"]), how)

    def reckoned(self) -> Reckoned | None:
        """What the last day is counted from, if anything."""
        given = self.cleaned_data
        if not given["term_quantity"]:
            return None
        text = self.counted.text if self.counted else ""
        return Reckoned(self._term(), given["term_from"], given["term_at"], text=text)

    def terms(self) -> Terms:
        """The terms; a day or period that does not belong to the kind of limit is left out."""
        given = self.cleaned_data
        return Terms(
            work=given["work"],
            product=given["product"],
            product_kind=given["product_kind"],
            limit_class=given["limit_class"],
            limit_on=given["limit_on"],
            reporting_period=given["reporting_period"],
            reporting_regime=given["reporting_regime"] or Regime.CALENDAR,
            sends=given["sends"],
            signer=given["signer"],
            is_key=given["is_key"],
            reckoned=self.reckoned(),
        ).fitting()


class DraftForm(TermsForm):
    """A draft: for one agency, or without a lead one duty for many."""

    assigner = AgencyField(label=_("Assigned by"))
    lead = AgencyField(
        label=_("Lead agency"), required=False,
        help_text=_("Name, abbreviation or code. Empty: one duty for many agencies, chosen next."),
    )  # fmt: skip
    monitoring = AgencyField(label=_("Monitoring agency"), required=False)
    confirming = AgencyField(
        label=_("Confirming agency"), required=False, help_text=_("Empty: the assigner's office.")
    )

    def parties(self) -> Parties:
        """Who gives and who takes."""
        given = self.cleaned_data
        return Parties(
            assigner=given["assigner"],
            lead=given["lead"],
            head=self.head(),
            coordinators=given["coordinators"],
            monitoring=given["monitoring"],
            confirming=given["confirming"],
        )


NO_COLUMNS = (
    "once",
    "coordinators",
    "term_quantity",
    "term_unit",
    "term_from",
    "term_at",
    *CountingForm.base_fields,
)


def counted_first(reckoned: Reckoned | None) -> dict[str, Any]:
    """What stands in the fields of a count."""
    if reckoned is None:
        return {}
    term = reckoned.term
    how = {name: getattr(term.counting, name) for name in CountingForm.base_fields}
    counted = {"term_quantity": term.quantity, "term_unit": term.unit.value, "term_from": reckoned.start_on}
    return counted | {"term_at": reckoned.start_at} | how


def first_of(row: Assignment) -> dict[str, Any]:
    """What stands in the form of a draft that was saved before."""
    names = [*TermsForm.base_fields, "assigner", "lead", "monitoring", "confirming"]
    found = {name: getattr(row, name) for name in names if name not in NO_COLUMNS}
    return found | {"coordinators": [one.agency for one in row.coordinators.select_related("agency")]}


class PartForm(TermsForm):
    """A part handed to one agency below the lead."""

    lead = AgencyField(label=_("Agency below"))
    kind = forms.ChoiceField(
        label=_("It stands below"),
        choices=choices(RelationKind),
        help_text=_("In the administrative, the Party or the vertical tree."),
    )
    given_on = DayField(label=_("Given on"))

    def __init__(self, *args: Any, day: date, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, day=day, **kwargs)
        self.fields["given_on"].initial = day

    def part(self) -> Part:
        """The part."""
        given = self.cleaned_data
        return Part(given["lead"], self.terms(), self.head(), given["coordinators"])


class GivenForm(DeskForm):
    """The day on which a draft is given."""

    given_on = DayField(label=_("Given on"))

    def __init__(self, *args: Any, day: date, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        self.fields["given_on"].initial = day


class ManyForm(DeskForm):
    """Whom one duty for many goes to, on the map of a day."""

    ministries = forms.BooleanField(label=Collective.MINISTRIES.label, required=False)
    localities = forms.BooleanField(label=Collective.LOCALITIES.label, required=False)
    party_bodies = forms.BooleanField(label=Collective.PARTY_BODIES.label, required=False)
    party_localities = forms.BooleanField(label=Collective.PARTY_LOCALITIES.label, required=False)
    others = AgenciesField(label=_("And these agencies"), required=False)

    def __init__(self, *args: Any, day: date, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        on_day(self, day)


class Decision(TextChoices):
    """What the assigner says to a request; nothing is chosen beforehand."""

    GRANT = "grant", _("Grant")
    REFUSE = "refuse", _("Refuse")


class DecideForm(HeadFields):
    """The decision on a request of change."""

    decision = forms.ChoiceField(label=_("Your decision"), choices=Decision, widget=forms.RadioSelect)
    limit_on = DayField(label=_("Limit granted"), required=False, help_text=_("Empty: the limit asked for."))
    reason = forms.CharField(
        label=_("Reason"), required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Needed when you refuse."),
    )  # fmt: skip
    happened_on = DayField(label=_("Day of the decision"))
    field_order = ("decision", "limit_on", "head_post", "head_name", "head_since", "reason")

    def __init__(self, *args: Any, asked: ChangeRequest, day: date, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        self.fields["happened_on"].initial = max(day, asked.happened_on)
        if asked.kind != ChangeKind.LIMIT:
            del self.fields["limit_on"]
        if asked.kind != ChangeKind.LEAD:
            for name in HeadFields.base_fields:
                if name != "once":
                    del self.fields[name]

    @property
    def grants(self) -> bool:
        """Whether the request is granted."""
        return self.cleaned_data.get("decision") == Decision.GRANT

    def clean(self) -> dict[str, Any]:
        """A refusal says why."""
        given = self.cleaned_data
        if given.get("decision") == Decision.REFUSE and not given.get("reason", "").strip():
            self.add_error("reason", gettext("Say why."))
        return given

    def effect(self) -> dict[str, Any]:
        """What the request asked for decides which of these there is."""
        given = self.cleaned_data
        more: dict[str, Any] = {"head": self.head()} if "head_post" in given else {}
        return more | {"limit_on": given.get("limit_on")}


class ReasonForm(DeskForm):
    """A move against an assignment: its day and why."""

    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea(attrs={"rows": 3}))
    happened_on = DayField(label=_("From"))

    def __init__(self, *args: Any, day: date, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        self.fields["happened_on"].initial = day
        on_day(self, day)


class HeadForm(ReasonForm, HeadFields):
    """Another person answers from a day on; `reason` is the basis, a decision for example."""

    field_order: tuple[str, ...] = ("head_post", "head_name", "head_since", "reason")


class AnewForm(HeadForm):
    """A withdrawn assignment in the hands of the same or another lead."""

    lead = AgencyField(label=_("Lead agency"))
    field_order = ("lead", "head_post", "head_name", "head_since", "reason")
