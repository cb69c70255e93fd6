"""The assigning side prepares assignments and gives them; leads hand parts on (1.10, 1.12)."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404

from thuocdo.accounts.enums import Permission
from thuocdo.accounts.permissions import Reader
from thuocdo.agencies import queries as agencies
from thuocdo.agencies.models import Agency
from thuocdo.agencies.rules.clock import USUAL, Term
from thuocdo.api import duties
from thuocdo.api.caller import Call, person
from thuocdo.api.day import happened, today
from thuocdo.api.duties import May, duty
from thuocdo.api.operations import writes
from thuocdo.api.schemas.common import WordOut, agency
from thuocdo.api.schemas.giving import (
    DraftIn,
    FanOutIn,
    IssueIn,
    PartIn,
    PartsIn,
    TermsIn,
    WrittenOut,
    WrittenPage,
    sent_of,
)
from thuocdo.api.showing import address
from thuocdo.assignments import actions, limits
from thuocdo.assignments.enums import LimitClass
from thuocdo.assignments.models import Assignment
from thuocdo.assignments.permissions import may_assign, may_give_for, may_split
from thuocdo.assignments.queries.coverage import readable_directives
from thuocdo.assignments.rules import six_clears
from thuocdo.assignments.rules.reckoning import Reckoned
from thuocdo.assignments.terms import Head, Part, Parties, Terms, duty_of, terms_now, terms_of
from thuocdo.directives.models import Obligation
from thuocdo.lib.moments import AsOf
from thuocdo.lib.say import Refused, Say, require, say

TERMS = (
    "work", "product", "product_kind", "limit_class", "limit_on", "reporting_period", "reporting_regime",
    "sends", "signer", "is_key",
)  # fmt: skip


def assigning(request: Call) -> May:
    """Whether the caller acts for the assigner, today."""

    def may(reader: Reader, row: Assignment) -> Say | None:
        return may_assign(reader, row, today(request))

    return may


def _drafting(request: Call) -> May:
    def may(reader: Reader, row: Assignment) -> Say | None:
        given = say("It has already been given.") if row.given_on is not None else None
        return given or may_assign(reader, row, today(request))

    return may


def written(row: Assignment) -> WrittenOut:
    """The assignment as it stands now."""
    missing = six_clears.missing(duty_of(row)) if row.given_on is None else ()
    return WrittenOut(
        id=row.pk,
        address=address("assignment", row.pk),
        parent_id=row.parent_id,
        lead=agency(row.lead),
        limit_on=row.limit_on,
        given_on=row.given_on,
        missing_clears=[WordOut(code=one.value, shown=str(one.label)) for one in missing],
    )


def _page(rows: Iterable[Assignment]) -> WrittenPage:
    return WrittenPage(items=[written(row) for row in rows])


def _terms(given: TermsIn, former: Terms) -> Terms:
    """The terms of before with what was sent; a day or a count makes it a dated duty."""
    sent = sent_of(given, TERMS)
    counted = None if "limit_on" in sent else former.reckoned
    if given.term_quantity is not None and given.term_unit and given.term_from:
        how = former.reckoned.term.counting if former.reckoned else USUAL
        how = replace(how, **sent_of(given, ("day_zero", "cut_off", "basis")))
        counted = Reckoned(
            Term(given.term_quantity, given.term_unit, how),
            given.term_from,
            given.term_at,
            text=former.reckoned.text if former.reckoned else "",
        )
    if sent.get("limit_on") or given.term_quantity is not None:
        sent.setdefault("limit_class", LimitClass.DATED)
    return replace(former, **sent, reckoned=counted).fitting()


def _named(codes: Iterable[str], day: AsOf) -> tuple[Agency, ...]:
    return tuple(duties.agency(code, day) for code in dict.fromkeys(codes))


def _head(given: TermsIn, former: Head) -> Head:
    names = {"head_post": "post", "head_name": "name", "head_since": "since"}
    return replace(former, **{names[name]: value for name, value in sent_of(given, names).items()})


def _parties(given: DraftIn, former: Parties, day: AsOf) -> Parties:
    """The sides of before with those that were sent; an agency sent as null is nobody."""
    sent: dict[str, Any] = {
        name: duties.agency(code, day) if code else None
        for name, code in sent_of(given, ("lead", "monitoring", "confirming")).items()
    }
    if given.assigner:
        sent["assigner"] = duties.agency(given.assigner, day)
    if "coordinators" in given.model_fields_set:
        sent["coordinators"] = _named(given.coordinators, day)
    return replace(former, **sent, head=_head(given, former.head))


@writes("/obligations/{int:pk}/assignments", Permission.ASSIGN, WrittenOut)
def draft(request: Call, pk: int, given: DraftIn) -> WrittenOut:
    """Prepare an assignment of a duty, for many without a lead; what is left out is as the text states it."""
    stated = get_object_or_404(Obligation.objects.select_related("directive__issuer"), pk=pk)
    if not readable_directives(request.reader).filter(pk=stated.directive_id).exists():
        raise Http404
    assigner, day = stated.directive.issuer, AsOf(today(request))
    if given.assigner:
        assigner = duties.agency(given.assigner, day)
    if assigner is None:
        raise Refused(say("Name the agency that assigns it."))
    require(may_give_for(request.reader, assigner, today(request)))
    made = actions.draft(
        obligation=stated,
        terms=_terms(given, terms_of(stated)),
        parties=_parties(given, Parties(assigner, None), day),
        by=person(request),
        at=request.at,
    )
    return written(made)


@writes("/assignments/{int:pk}/draft", Permission.ASSIGN, WrittenOut)
def amend_draft(request: Call, pk: int, given: DraftIn) -> WrittenOut:
    """Amend a draft; what is left out stays as it is. What was given changes only by a granted request."""
    row = duty(request, pk, _drafting(request))
    helpers = tuple(one.agency for one in row.coordinators.select_related("agency").order_by("pk"))
    former = Parties(
        row.assigner, row.lead, Head(row.head_post, row.head_name, row.head_since), helpers,
        row.monitoring, row.confirming,
    )  # fmt: skip
    parties = _parties(given, former, AsOf(today(request)))
    require(may_give_for(request.reader, parties.assigner, today(request)))
    terms = _terms(given, terms_now(row, limits.of(row)))
    made = actions.amend_draft(
        assignment=row, terms=terms, parties=parties, by=person(request), at=request.at
    )
    return written(made)


@writes("/assignments/{int:pk}/issue", Permission.ASSIGN, WrittenOut)
def issue(request: Call, pk: int, given: IssueIn) -> WrittenOut:
    """Give a draft to its lead: refused, with what is missing, while it is not clear in all six respects."""
    row = duty(request, pk, _drafting(request))
    day = happened(request, given.given_on)
    return written(actions.issue(assignment=row, given_on=day, by=person(request), at=request.at))


@writes("/assignments/{int:pk}/children", Permission.ASSIGN, WrittenPage)
def fan_out(request: Call, pk: int, given: FanOutIn) -> WrittenPage:
    """Give one duty for many to each of these agencies; those that have it already are left as they are."""
    row = duty(request, pk, assigning(request))
    day = AsOf(row.given_on or happened(request, None))
    chosen = [one for name in given.collectives for one in agencies.collective(name, day)]
    chosen += _named(given.agencies, day)
    made = actions.fan_out(assignment=row, agencies=chosen, by=person(request), at=request.at)
    return _page(made)


@writes("/assignments/{int:pk}/parts", Permission.ASSIGN, WrittenPage)
def split(request: Call, pk: int, given: PartsIn) -> WrittenPage:
    """The lead hands parts to agencies below it; its own product stays its own."""
    row = duty(request, pk, may_split)
    day = happened(request, given.given_on)
    made = actions.split(
        assignment=row,
        parts=[_part(one, AsOf(day)) for one in given.parts],
        kind=given.kind,
        given_on=day,
        by=person(request),
        at=request.at,
    )
    return _page(made)


def _part(given: PartIn, day: AsOf) -> Part:
    lead, helpers = duties.agency(given.lead, day), _named(given.coordinators, day)
    return Part(lead, _terms(given, Terms("")), given.head(), helpers)
