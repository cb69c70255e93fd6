"""What agencies ask upward: the list with how long it lies with whom, and one with its whole way (4.01)."""

from collections.abc import Iterator
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from thuocdo.accounts.enums import Permission
from thuocdo.accounts.permissions import Reader
from thuocdo.agencies.models import Agency
from thuocdo.assignments.queries.sight import sight_of
from thuocdo.faces.asof import asked
from thuocdo.faces.wording import name_of
from thuocdo.lib.say import Say, say
from thuocdo.recommendations.enums import Group, Outcome, Stage, StepKind
from thuocdo.recommendations.models import Step
from thuocdo.recommendations.permissions import may_ask, may_handle, may_tell_effect
from thuocdo.recommendations.queries import reading
from thuocdo.recommendations.queries.reading import One
from thuocdo.recommendations.rules.ageing import BOUNDS
from thuocdo.recommendations.rules.standing import stage_after, step_problem
from thuocdo.web import addresses, desk
from thuocdo.web.access import PageRequest, requires
from thuocdo.web.parts import Crumb, Event, Row, Words

PAGE = 25


@requires(Permission.READ_PUBLIC)
def recommendations(request: PageRequest) -> HttpResponse:
    """What the reader may see, the longest waiting first; above it, how long it lies with whom."""
    as_of, sight = asked(request).as_of, sight_of(request.reader)
    group = next((one for one in Group if one == request.GET.get("status")), None)
    code = request.GET.get("agency")
    agency = get_object_or_404(Agency.objects.known(as_of), code=code) if code else None
    rows = reading.chosen(sight, as_of, group, agency)
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "lines": reading.lines(page.object_list, as_of),
        "aged": reading.aged(sight, as_of) if agency is None else [],
        "bounds": BOUNDS,
        "groups": Group.choices,
        "group": group,
        "agency": agency,
        "asks": agency is not None and may_ask(request.reader, agency) is None,
        "day": as_of.day,
    }
    return render(request, "web/recommendations/list.html", context)


def found_or_404(request: PageRequest, pk: int) -> One:
    """The recommendation as it stood on the day, if this reader may see it."""
    found = reading.one(pk, sight_of(request.reader), asked(request).as_of)
    if found is None:
        raise Http404
    return found


@requires(Permission.READ_PUBLIC)
def recommendation(request: PageRequest, pk: int) -> HttpResponse:
    """One recommendation: its way, its answer, the duties that wait for it."""
    found = found_or_404(request, pk)
    first, more = offers(request.reader, found)
    context: dict[str, Any] = {
        "found": found,
        "row": found.row,
        "trail": trail(request, found.row.get_kind_display()),
        "about": list(about(request, found)),
        "events": [event(found, step) for step in reversed(found.path)] + [sent(found)],
        "first": first,
        "more": more,
    }
    return render(request, "web/recommendations/recommendation.html", context)


def trail(request: PageRequest, here: Words) -> list[Crumb]:
    """From the list to this page."""
    return [Crumb(_("Recommendations"), addresses.to(request, "web:recommendations")), Crumb(here)]


def about(request: PageRequest, found: One) -> Iterator[Row]:
    """Who asks whom, on which grounds, by when."""
    row = found.row
    yield Row(_("Asked by"), name_of(row.agency), addresses.to(request, "web:agency", row.agency.code))
    yield Row(_("Addressed to"), name_of(row.addressee))
    yield Row(_("Lies with"), say("%(agency)s, since %(day)s", agency=found.owner, day=row.since))
    if row.wanted_on:
        yield Row(_("Answer needed by"), say("%(day)s", day=row.wanted_on))
    if row.due_on:
        yield Row(_("To be answered by"), say("%(day)s", day=row.due_on))
    if row.basis:
        yield Row(_("Grounds"), row.basis)
    for name, text in ((_("Text it concerns"), row.directive), (_("Text that is asked for"), row.awaits)):
        if text is not None:
            yield Row(name, str(text), addresses.to(request, "web:directive", text.pk))
    if row.source is not None:
        yield Row(_("Read in"), row.source.title, row.source.address)
    if row.observed_on:
        yield Row(_("As seen on"), say("%(day)s", day=row.observed_on))


def sent(found: One) -> Event:
    """How it began."""
    return Event(found.row.happened_on, say("sent to %(agency)s", agency=found.row.addressee))


def event(found: One, step: Step) -> Event:
    """A step as a line of the way."""
    text: Words = _told(step)
    if step.kind == StepKind.EFFECT and not found.results:
        text = _("took effect; what came of it is not public")
    elif step.outcome and not found.results:
        text = say("%(agency)s: %(what)s", agency=step.agency, what=Outcome(step.outcome))
    return Event(step.happened_on, text, TONES.get(step.outcome, ""))


TONES = {Outcome.REFUSED.value: "bad", Outcome.ACCEPTED.value: "good"}


def _told(step: Step) -> Say:
    """The step in a sentence."""
    agency, text = step.agency, _cited(step)
    if step.kind == StepKind.RECEIVED and step.due_on:
        return say("received by %(agency)s, to be answered by %(day)s", agency=agency, day=step.due_on)
    if step.kind == StepKind.RECEIVED:
        return say("received by %(agency)s", agency=agency)
    if step.kind == StepKind.FORWARDED:
        return say("forwarded by %(agency)s to %(to)s: %(text)s", agency=agency, to=step.to, text=text)
    if step.kind == StepKind.ANSWERED:
        return say("%(agency)s: %(what)s. %(text)s", agency=agency, what=Outcome(step.outcome), text=text)
    if step.kind == StepKind.EFFECT:
        return say("effect: %(text)s", text=text)
    return say("withdrawn by %(agency)s: %(text)s", agency=agency, text=text)


def _cited(step: Step) -> str:
    return f"{step.text} ({step.directive.symbol})" if step.directive else step.text


Offers = list[tuple[Words, str]]
HANDLING: tuple[tuple[StepKind, Words, str], ...] = (
    (StepKind.ANSWERED, _("Answer"), "web:answer_recommendation"),
    (StepKind.RECEIVED, _("Receive it"), "web:receive_recommendation"),
    (StepKind.FORWARDED, _("Forward it"), "web:forward_recommendation"),
)


def stage_of(found: One) -> Stage:
    """How far it has come, on the day shown."""
    last = found.path[-1] if found.path else None
    return stage_after(StepKind(last.kind), last.outcome) if last else Stage.SENT


def offers(reader: Reader, found: One) -> tuple[Offers, Offers]:
    """What the reader may do; each page asks once more whether they may."""
    row, stage, today = found.row, stage_of(found), desk.today()
    first: Offers = []
    more: Offers = []

    def may(kind: StepKind) -> bool:
        return step_problem(stage, kind, Outcome.ACCEPTED) is None

    if reader.may(Permission.DECIDE) and may_handle(reader, row.owner_id, today) is None:
        first += [(word, reverse(name, args=[row.pk])) for kind, word, name in HANDLING if may(kind)]
    if may(StepKind.EFFECT) and may_tell_effect(reader, row, row.owner_id, today) is None:
        first.append((_("Say what came of it"), reverse("web:effect_of_recommendation", args=[row.pk])))
    if may_ask(reader, row.agency) is None and may(StepKind.WITHDRAWN):
        more.append((_("Name what waits for it"), reverse("web:wait_for_recommendation", args=[row.pk])))
        more.append((_("Withdraw it"), reverse("web:withdraw_recommendation", args=[row.pk])))
    return first, more
