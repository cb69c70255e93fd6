"""The page of one assignment: the six clears, how far, what happened, and where each figure comes from."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from django.db.models import TextChoices
from django.db.models.expressions import Combinable
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from thuocdo.accounts.enums import Permission
from thuocdo.assignments import declarations
from thuocdo.assignments.enums import (
    Capacity,
    ChangeKind,
    Clear,
    DemandKind,
    DifficultyClass,
    HoldState,
    InterruptionKind,
    ResourceKind,
)
from thuocdo.assignments.models import Assignment, Claim, Report
from thuocdo.assignments.queries.one import (
    Beside,
    Changed,
    One,
    Reported,
    Reviewed,
    find,
    narrowed,
    one,
    sight,
)
from thuocdo.assignments.rules.periods import Standing
from thuocdo.assignments.rules.status import COMPLETED
from thuocdo.directives.queries import same_duty
from thuocdo.faces.asof import asked
from thuocdo.faces.wording import day as wording_of_day
from thuocdo.faces.wording import moment, name_of
from thuocdo.lib.moments import AsOf
from thuocdo.lib.say import Say, say
from thuocdo.recommendations.queries.beside import read, waited_for
from thuocdo.web import addresses
from thuocdo.web.access import PageRequest, requires
from thuocdo.web.pages.clock import clock_of
from thuocdo.web.parts import Clear as ClearShown
from thuocdo.web.parts import Crumb, Event, Passport, Row, Words


def found_or_404(request: PageRequest, pk: int, **also: Combinable) -> Assignment:
    """The assignment if this reader may see it; else the answer of a page that is not there."""
    assignment = find(pk, request.reader, **also)
    if assignment is None:
        raise Http404
    return assignment


@requires(Permission.READ_PUBLIC)
def assignment(request: PageRequest, pk: int) -> HttpResponse:
    """One assignment as it stood on the day."""
    as_of = asked(request).as_of
    found = found_or_404(request, pk, waited_for=waited_for(request.reader, as_of))
    if as_of.known is not None and (found.given_recorded_at is None or found.given_recorded_at > as_of.known):
        raise Http404
    shown = one(found, as_of)
    sees = sight(shown, request.reader)
    shown = narrowed(shown, sees)
    text = shown.wording
    context = {
        "shown": shown,
        "text": text,
        "trail": trail(request, shown.assignment),
        "sees": sees,
        "clears": [one if sees.responsibility else withheld(one) for one in clears(request, shown)],
        "events": sorted(events(shown), key=lambda event: event.day, reverse=True),
        "passport": passport(shown),
        "last": last_progress(shown),
        **clock_of(shown, as_of.day, text.limit_on),
        "past_limit": (as_of.day - text.limit_on).days if text.limit_on else None,
        "coordinators": shown.coordinators,
        "periods": periods(shown, as_of) if sees.results else [],
        "waits": read(found.waited_for) if sees.responsibility else None,  # type: ignore[attr-defined]
        "same_duty": same_duty(shown.assignment.obligation, as_of),
        "branch": f"{addresses.to(request, 'web:assignments')}?parent={pk}",
    }
    return render(request, "web/assignments/assignment.html", context)


def periods(shown: One, as_of: AsOf) -> list[Standing]:
    """The last periods of a standing duty with their reports; none of another duty."""
    lead_id = shown.lead.pk if shown.lead else None
    return declarations.standings(shown.assignment, lead_id, as_of)[: declarations.SHOWN]


def withheld(clear: ClearShown) -> ClearShown:
    """Who answers, where that is not public."""
    if clear.name in (Clear.PERSON.label, Clear.RESPONSIBILITY.label, Clear.AUTHORITY.label) and clear.value:
        return ClearShown(clear.name, _("not public"))
    return clear


def last_progress(shown: One) -> tuple[Decimal, date] | None:
    """(share of one, day) of the progress last declared."""
    for said in shown.reports:
        if said.report.progress is not None:
            return said.report.progress / 100, said.report.happened_on
    return None


def trail(request: HttpRequest, of: Assignment) -> list[Crumb]:
    """From the directive over the assignment above to this one."""
    steps = [Crumb(of.directive.symbol, addresses.to(request, "web:directive", of.directive_id))]
    if of.parent is not None:
        steps.append(Crumb(_("the duty above"), addresses.to(request, "web:assignment", of.parent.pk)))
    return [*steps, Crumb(of.obligation.provision.label)]


def clears(request: HttpRequest, shown: One) -> Iterator[ClearShown]:
    """The six clears in the official order; what is missing is empty."""
    of, text = shown.assignment, shown.wording
    person = " · ".join(part for part in (text.head_post, text.head_name) if part)
    moved = text.limit_on is not None and text.limit_on != of.limit_on
    why = _why(request, shown)
    time: Words = of.reporting_period or of.obligation.limit_raw
    if text.limit_on is not None:
        time = wording_of_day(text.limit_on)
    reworded = say("first wording: %(text)s", text=of.work) if text.work != of.work else ""
    values: dict[Clear, tuple[Words, Words, str]] = {
        Clear.PERSON: (person, say("since %(day)s", day=text.head_since) if text.head_since else "", ""),
        Clear.WORK: (text.work, reworded, ""),
        Clear.TIME: (time, say("first limit %(day)s", day=of.limit_on) if moved else "", why),
        Clear.RESPONSIBILITY: (
            name_of(shown.lead),
            "",
            addresses.to(request, "web:agency", shown.lead.code) if shown.lead else "",
        ),
        Clear.PRODUCT: (text.product, "", ""),
        Clear.AUTHORITY: (of.signer, "", ""),
    }
    for clear in Clear:
        value, note, href = values[clear]
        yield ClearShown(clear.label, "" if clear in shown.missing else value, note, href)


def _why(request: HttpRequest, shown: One) -> str:
    """Where it is said why the limit is that day; empty where it was set by hand."""
    return addresses.to(request, "web:limit", shown.assignment.pk) if shown.is_counted else ""


def events(shown: One) -> Iterator[Event]:
    """What happened, as lines of the timeline."""
    of = shown.assignment
    if of.given_on is not None:
        yield Event(of.given_on, say("given by %(agency)s", agency=of.assigner))
    for said in shown.reports:
        yield from _reported(said)
    for change in shown.changes:
        yield from _changed(change)
    for fact in shown.beside:
        event = _small(fact)
        if event is not None:
            yield event


def _told(report: Report) -> Say:
    """The report in a line; of one given elsewhere, where."""
    if report.original is not None:
        symbol = report.original.assignment.directive.symbol
        return say("report, given once for %(symbol)s: %(text)s", symbol=symbol, text=report.text)
    return say("report: %(text)s", text=report.text)


def _reported(said: Reported) -> Iterator[Event]:
    report = said.report
    claim: Claim | None = getattr(report, "claim", None)
    if claim is None:
        yield Event(report.happened_on, _told(report))
        return
    shown_on = claim.shown_on or claim.no_later_than
    words = say("declared completed on %(day)s: %(text)s", day=shown_on, text=report.text)
    if claim.shown_on is None:
        words = say("declared completed, no later than %(day)s: %(text)s", day=shown_on, text=report.text)
    yield Event(claim.happened_on, words)
    for review in said.reviews:
        yield _reviewed(review)


def _reviewed(review: Reviewed) -> Event:
    if not review.accepted:
        text = say("returned by %(agency)s: %(reason)s", agency=review.agency, reason=review.reason)
        return Event(review.on, text, "bad")
    text = say("confirmed by %(agency)s as completed on %(day)s", agency=review.agency, day=review.shown_on)
    return Event(review.on, text, "good")


def _changed(change: Changed) -> Iterator[Event]:
    request, decision = change.request, change.decision
    kind = ChangeKind(request.kind)
    yield Event(request.happened_on, say("asked: %(what)s: %(reason)s", what=kind, reason=request.reason))
    if decision is None:
        return
    if not decision.granted:
        yield Event(decision.happened_on, say("refused: %(reason)s", reason=decision.reason), "bad")
    elif decision.limit_on is not None:
        yield Event(decision.happened_on, say("granted: new limit %(day)s", day=decision.limit_on), "good")
    else:
        yield Event(decision.happened_on, say("granted: %(what)s", what=kind), "good")


def _small(fact: Beside) -> Event | None:
    agency = name_of(fact.agency)
    words = SENTENCES.get(fact.table)
    if fact.on is None or words is None:
        return None
    text, tone, kinds = words
    what = kinds(fact.kind) if kinds else ""
    values: dict[str, object] = {"what": what, "text": fact.text, "note": fact.note, "agency": agency}
    if fact.table in WITH_DAY:
        values |= {"note": fact.since}
    if fact.table == "move":
        values |= {"text": date.fromisoformat(fact.text), "note": fact.note or fact.kind}
    used = {name: value for name, value in values.items() if f"%({name})s" in text.text}
    return Event(fact.on, say(text.text, **used), tone, until=fact.until)


WITH_DAY = frozenset({"target", "demand", "commitment"})  # whose note is a day

# table -> (sentence, tone, the kinds it may be of)
SENTENCES: dict[str, tuple[Say, str, type[TextChoices] | None]] = {
    "interruption": (say("%(what)s: %(text)s"), "", InterruptionKind),
    "hands": (say("handed to %(agency)s (%(what)s): %(text)s"), "", Capacity),
    "hold": (say("waits for %(agency)s: %(text)s"), "bad", None),
    "hold_answer": (say("waiting %(what)s by %(agency)s: %(text)s"), "", HoldState),
    "demand": (say("%(agency)s: %(what)s: %(text)s, to be answered by %(note)s"), "bad", DemandKind),
    "answer": (say("%(agency)s answers: %(text)s"), "", None),
    "taken_back": (say("%(agency)s takes back what it asked: %(text)s"), "", None),
    "commitment": (say("%(agency)s promises completion by %(note)s: %(text)s"), "", None),
    "target": (say("interim target: %(text)s per cent by %(note)s"), "", None),
    "outage": (say("no signal: %(text)s"), "", None),
    "difficulty": (say("difficulty (%(what)s): %(text)s"), "bad", DifficultyClass),
    "resource": (say("%(what)s: %(text)s %(note)s"), "", ResourceKind),
    "move": (say("limit moved to %(text)s by a decision on working days (%(note)s)"), "", None),
    "number": (say("entered in %(note)s as %(text)s"), "", None),
}


def passport(shown: One) -> Passport | None:
    """Where the completion comes from; None while nobody has said it is completed."""
    for said in shown.reports:
        claim: Claim | None = getattr(said.report, "claim", None)
        if claim is None or shown.declared not in COMPLETED:
            continue
        accepted = next((review for review in reversed(said.reviews) if review.accepted), None)
        summary = say("declared on %(day)s, not confirmed", day=claim.happened_on)
        if accepted is not None:
            summary = say(
                "declared on %(day)s, confirmed on %(confirmed)s",
                day=claim.happened_on,
                confirmed=accepted.on,
            )
        lines = [*_lines(shown, said, accepted), _in_the_log(claim)]
        return Passport("confirmed" if accepted else "declared", summary, lines)
    return None


def _lines(shown: One, said: Reported, accepted: Reviewed | None) -> Iterator[Row]:
    report = said.report
    of = shown.assignment
    by = report.agency or shown.lead
    yield Row(_("Declared by"), name_of(by))
    if of.source is not None:
        yield Row(_("Read in"), of.source.title, of.source.address)
    for piece in said.evidence:
        yield Row(_("Evidence"), piece.name, piece.address)
    if not said.evidence:
        yield Row(_("Evidence"), _("none was given"))
    if accepted is not None:
        yield Row(_("Confirmed by"), name_of(accepted.agency))
    if of.confirmed_locally:
        yield Row(_("Note"), _("confirmed locally: the assigner works outside this installation"))
    yield Row(
        _("Rule"), say("the day the evidence shows against the limit %(day)s", day=shown.span.judged_by)
    )
    yield Row(_("Recorded"), moment(report.recorded_at))


def _in_the_log(claim: Claim) -> Row:
    address = reverse("web:log")
    return Row(_("In the log"), _("its entries"), f"{address}?table={claim._meta.db_table}&row={claim.pk}")
