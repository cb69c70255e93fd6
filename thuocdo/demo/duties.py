"""Loads the printed lists of duties: provision, obligation, assignments, and what the list says of each.

Nothing read in a list is confirmed. A row "completed" is a claim with "no later than" the day of the list:
no list states the days, and some "completed" are drafts, which the text of the report says. A row given to
a collective ("các bộ, ngành, địa phương") is one duty for many: where the list speaks of each of them there
is a child for each; where it speaks of all of them together there are no children, so no agency is counted
as late, or as done, by a list that does not name it. The printed state of every row stands in its provision.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from thuocdo.agencies import queries as agency_queries
from thuocdo.agencies.enums import Side
from thuocdo.agencies.models import Agency
from thuocdo.assignments import actions as assignment_actions
from thuocdo.assignments.enums import EvidenceKind
from thuocdo.assignments.models import Assignment
from thuocdo.assignments.terms import Origin, Parties, Received, Said, Shown, terms_of
from thuocdo.demo import places, tables
from thuocdo.demo.register import Sources, Texts
from thuocdo.demo.tables import DutyRow
from thuocdo.directives import actions
from thuocdo.directives.models import Directive, Obligation
from thuocdo.lib.moments import AsOf

EACH = "each:"
PRINTED = {
    "done": "Danh mục ghi: hoàn thành.",
    "doing": "Danh mục ghi: đang thực hiện.",
    "late": "Danh mục ghi: quá hạn, chưa hoàn thành.",
}


def load(sources: Sources, texts: Texts, at: datetime) -> None:
    """All rows of duties.csv."""
    places_taken: Counter[str] = Counter()
    obligations: dict[str, Obligation] = {}
    for row in tables.duties():
        places_taken[row.directive] += 1
        obligation = _obligation(row, texts[row.directive], 100 + places_taken[row.directive], at)
        obligations[row.key] = obligation
        if row.same_as:
            pair = (obligations[row.same_as], obligation)
            actions.link_same_duty(obligations=pair, by=None, at=at)
        for text in _received(row, obligation, Origin(sources[row.source], row.observed_on)):
            _enter(row, text, texts, at)


def _obligation(row: DutyRow, directive: Directive, ordinal: int, at: datetime) -> Obligation:
    provision = actions.add_provision(
        directive=directive, label=row.provision, ordinal=ordinal, text=_printed(row), by=None, at=at
    )
    duty = actions.Duty(
        key=row.key, work=row.work, limit=row.limit, product=row.product, group=row.group,
        leads_raw=row.leads.removeprefix(EACH),
    )  # fmt: skip
    return actions.add_obligation(provision=provision, duty=duty, by=None, at=at).obligation


def _printed(row: DutyRow) -> str:
    return f"{PRINTED[row.state]} {row.result}".strip()


def _received(row: DutyRow, obligation: Obligation, origin: Origin) -> Iterator[Received]:
    """One for each named lead, one for the collective."""
    directive = obligation.directive
    day = directive.issued_on
    if day is None or directive.issuer is None:
        raise ValueError(directive.symbol)
    terms = replace(terms_of(obligation), product_kind=row.product_kind)
    named = places.named(row.leads, day)
    leads: list[Agency | None] = [*named]
    if len(named) < len(row.leads.split(";")):
        leads.append(None)
    for lead in leads:
        yield Received(
            obligation=obligation,
            terms=terms,
            parties=Parties(assigner=directive.issuer, lead=lead),
            given_on=day,
            origin=origin,
            agencies=tuple(_all(AsOf(day))) if row.leads.startswith(EACH) else (),
        )


def _all(as_of: AsOf) -> list[Agency]:
    """“Các bộ, ngành, địa phương” of the State on that day."""
    return [*agency_queries.ministries(Side.STATE, as_of), *agency_queries.localities(Side.STATE, as_of)]


def _enter(row: DutyRow, text: Received, texts: Texts, at: datetime) -> None:
    said = Said(text=_printed(row), happened_on=row.observed_on, origin=text.origin)
    evidence = tuple(_evidence(row, texts))
    pks = assignment_actions.receive_many(texts=[text], by=None, at=at)
    for assignment in Assignment.objects.filter(pk__in=pks, is_fan_out=False).order_by("pk"):
        if row.state == "done":
            assignment_actions.claim(
                assignment=assignment, said=said, evidence=evidence, no_later_than=row.observed_on,
                by=None, at=at,
            )  # fmt: skip
        else:
            assignment_actions.report(assignment=assignment, said=said, evidence=evidence, by=None, at=at)


def _evidence(row: DutyRow, texts: Texts) -> Iterator[Shown]:
    """The text the list names as the result: one registered here, or its number."""
    if row.evidence:
        known = next((text for text in texts.values() if text.symbol == row.evidence), None)
        symbol = "" if known else row.evidence
        yield Shown(EvidenceKind.ISSUED_TEXT, directive=known, symbol=symbol)
