"""What a caller hands in to give, report or ask: small values, so that actions keep few arguments."""

from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from thuocdo.agencies.enums import TermUnit
from thuocdo.agencies.models import Agency, Territory
from thuocdo.agencies.rules.clock import Term
from thuocdo.assignments.enums import ChangeKind, DemandKind, LimitClass, Reference, Regime
from thuocdo.assignments.models import Assignment
from thuocdo.assignments.rules import six_clears
from thuocdo.assignments.rules.reckoning import Reckoned
from thuocdo.directives.enums import LimitKind
from thuocdo.directives.models import Directive, Obligation, Source
from thuocdo.files.models import StoredFile
from thuocdo.lib.say import Say, say


@dataclass(frozen=True, slots=True)
class Terms:
    """What has to be done, by when, and who signs the product."""

    work: str
    product: str = ""
    product_kind: str = ""
    limit_class: str = LimitClass.UNDATED
    limit_on: date | None = None
    reporting_period: str = ""
    reporting_regime: str = Regime.CALENDAR
    sends: int | None = None
    signer: str = ""
    is_key: bool = False
    reckoned: Reckoned | None = None  # what the limit is counted from; the limit follows

    def fitting(self) -> "Terms":
        """The same without what belongs to another kind of limit."""
        dated, standing = self.limit_class == LimitClass.DATED, self.limit_class == LimitClass.STANDING
        return replace(
            self,
            limit_on=self.limit_on if dated else None,
            reckoned=self.reckoned if dated else None,
            reporting_period=self.reporting_period if standing else "",
            sends=self.sends if standing else None,
        )

    def limit_problem(self) -> Say | None:
        """Why nobody could know when it is due."""
        if self.limit_class == LimitClass.DATED and self.limit_on is None and self.reckoned is None:
            return say("A dated duty needs its last day.")
        return None


@dataclass(frozen=True, slots=True)
class Head:
    """The person who answers: post, name, since when they hold it."""

    post: str = ""
    name: str = ""
    since: date | None = None


NOBODY = Head()


@dataclass(frozen=True, slots=True)
class Parties:
    """Who gives and who takes. Without a lead it is one duty for many: a fan-out."""

    assigner: Agency
    lead: Agency | None
    head: Head = NOBODY
    coordinators: tuple[Agency, ...] = ()
    monitoring: Agency | None = None
    confirming: Agency | None = None  # None: the default of `offices.confirming_for`


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a fact from outside was read, and the day it was seen there (1.18); empty for facts from here."""

    source: Source | None = None
    observed_on: date | None = None
    is_example: bool = False

    @property
    def is_outside(self) -> bool:
        """Whether it was read elsewhere: then it is declared, and is never confirmed here."""
        return self.source is not None or self.observed_on is not None


HERE = Origin()


@dataclass(frozen=True, slots=True)
class Received:
    """One assignment issued elsewhere, as the text has it. `agencies`: those a fan-out goes to."""

    obligation: Obligation
    terms: Terms
    parties: Parties
    given_on: date
    origin: Origin = HERE
    agencies: tuple[Agency, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """What a lead hands to one agency below it."""

    lead: Agency
    terms: Terms
    head: Head = NOBODY
    coordinators: tuple[Agency, ...] = ()


@dataclass(frozen=True, slots=True)
class Shown:
    """One piece of evidence: a stored file, a directive, the number of a text, or an address."""

    kind: str
    file: StoredFile | None = None
    directive: Directive | None = None
    symbol: str = ""
    address: str = ""

    def carries(self) -> frozenset[Reference]:
        """What it names."""
        named = {
            Reference.FILE: self.file is not None,
            Reference.DIRECTIVE: self.directive is not None,
            Reference.SYMBOL: bool(self.symbol),
            Reference.ADDRESS: bool(self.address),
        }
        return frozenset(reference for reference, given in named.items() if given)


@dataclass(frozen=True, slots=True)
class Said:
    """What a report says: words, declared progress in per cent, the day it was made."""

    text: str
    happened_on: date
    progress: Decimal | None = None
    agency: Agency | None = None  # None: the lead
    period: str = ""  # of a standing duty; empty: the one asked for
    origin: Origin = HERE


@dataclass(frozen=True, slots=True)
class Ask:
    """What a lead asks of the assigner."""

    kind: ChangeKind
    reason: str
    text: str = ""
    lead: Agency | None = None
    limit_on: date | None = None


@dataclass(frozen=True, slots=True)
class Amount:
    """A quantity with its unit (VND, persons, pieces) and where it was read."""

    amount: Decimal
    unit: str
    source_text: str = ""


@dataclass(frozen=True, slots=True)
class Obstacle:
    """A difficulty: who meets it, of which class, who has to remove it."""

    agency: Agency
    kind: str
    text: str
    owner: Agency | None = None
    assignment: Assignment | None = None
    origin: Origin = field(default=HERE)
    nature: str = ""  # objective or subjective; empty: not said


@dataclass(frozen=True, slots=True)
class Asking:
    """What is written to an agency, of one duty or in general; by a day, or within so many working days."""

    kind: DemandKind
    agency: Agency
    sender: Agency
    text: str
    assignment: Assignment | None = None
    answer_on: date | None = None
    term_days: int | None = None


@dataclass(frozen=True, slots=True)
class Reach:
    """Where there is no signal: one agency, or a whole territory with all who answer for its parts."""

    agency: Agency | None = None
    territory: Territory | None = None


def terms_of(obligation: Obligation) -> Terms:
    """The terms as the text states them; what it does not state stays empty."""
    limit = LimitKind(obligation.limit_kind)
    standing = LimitClass.STANDING if limit.is_standing else LimitClass.UNDATED
    return Terms(
        work=obligation.work,
        product=obligation.product,
        limit_class=LimitClass.DATED if limit.is_dated else standing,
        limit_on=obligation.limit_on if limit.is_dated else None,
        reporting_period=obligation.limit_every or ("year" if limit is LimitKind.ANNUAL else ""),
        is_key=obligation.is_key,
        reckoned=reckoned_of(obligation),
    )


def terms_now(row: Assignment, reckoned: Reckoned | None) -> Terms:
    """The terms of an assignment as they were written; `reckoned`: what its limit is counted from."""
    names = [name for name in Terms.__dataclass_fields__ if name != "reckoned"]
    return Terms(**{name: getattr(row, name) for name in names}, reckoned=reckoned)


def reckoned_of(obligation: Obligation) -> Reckoned | None:
    """The term that the text states, where it states one."""
    if obligation.limit_quantity is None or obligation.limit_from is None:
        return None
    term = Term(obligation.limit_quantity, TermUnit(obligation.limit_unit))
    return Reckoned(term, obligation.limit_from, text=obligation.limit_raw)


def duty_of(assignment: Assignment) -> six_clears.Duty:
    """The assignment as the rule of the six clears looks at it."""
    return six_clears.Duty(
        work=assignment.work,
        product=assignment.product,
        limit_class=assignment.limit_class,
        limit_on=assignment.limit_on,
        reporting_period=assignment.reporting_period,
        has_lead=assignment.lead_id is not None,
        head_post=assignment.head_post,
        head_name=assignment.head_name,
        head_since=assignment.head_since,
        signer=assignment.signer,
        is_fan_out=assignment.is_fan_out,
    )
