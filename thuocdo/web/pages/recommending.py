"""Asking upward; receiving, forwarding, answering; what came of it (4.01)."""

from collections.abc import Callable
from functools import partial

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _

from thuocdo.accounts.enums import Permission
from thuocdo.agencies.models import Agency
from thuocdo.assignments.models import Assignment, Difficulty
from thuocdo.assignments.permissions import may_report
from thuocdo.assignments.queries import listing
from thuocdo.assignments.queries.coverage import readable_directives
from thuocdo.assignments.queries.overview import standing_difficulties
from thuocdo.assignments.queries.sight import sight_of
from thuocdo.assignments.queries.status import standing
from thuocdo.assignments.wording import wording
from thuocdo.directives.enums import DirectiveState
from thuocdo.lib.moments import AsOf
from thuocdo.lib.say import Say, say
from thuocdo.recommendations import actions
from thuocdo.recommendations.models import Recommendation
from thuocdo.recommendations.permissions import may_ask, may_handle, may_tell_effect
from thuocdo.recommendations.queries import reading
from thuocdo.recommendations.queries.reading import One
from thuocdo.web import addresses, desk
from thuocdo.web.access import PageRequest, requires
from thuocdo.web.desk import Sheet
from thuocdo.web.forms.base import DeskForm
from thuocdo.web.forms.recommendations import (
    AnswerRecommendationForm,
    EffectForm,
    ForwardForm,
    ReceiveForm,
    RecommendForm,
    WaitForm,
    WithdrawForm,
)
from thuocdo.web.pages.duties import duty, trail
from thuocdo.web.pages.recommendations import about
from thuocdo.web.pages.recommendations import trail as of_list
from thuocdo.web.parts import Words

OFFERED = 200  # duties that a list to choose from holds
AWAITED = 50


@requires(Permission.REPORT)
def recommend(request: PageRequest, code: str) -> HttpResponse:
    """The agency asks a higher one."""
    agency = get_object_or_404(Agency, code=code)
    desk.hidden_unless_allowed(may_ask(request.reader, agency))
    return _recommend(request, agency, None)


@requires(Permission.REPORT)
def recommend_on_duty(request: PageRequest, pk: int) -> HttpResponse:
    """The lead asks a higher agency for what its duty waits for."""
    row = duty(request, pk, may_report)
    return _recommend(request, get_object_or_404(Agency, pk=wording(row).lead_id), row)


def _recommend(request: PageRequest, agency: Agency, row: Assignment | None) -> HttpResponse:
    texts = readable_directives(request.reader)
    awaited = texts.filter(state=DirectiveState.AWAITED).order_by("-pk")[:AWAITED]
    initial = {"directive": row.directive} if row else {}
    form = RecommendForm(
        request.POST or None, day=desk.day(request), among=texts, awaited=awaited, initial=initial
    )
    title = _("Ask upward")
    sheet = Sheet(
        title,
        _("Send it"),
        _("The recommendation is sent. It stays open until it is answered."),
        lambda made: addresses.to(request, "web:recommendation", made.pk),
        lead=row.work if row else say("From %(agency)s", agency=agency),
        crumbs=trail(request, row, title) if row else of_list(request, title),
    )

    def sending() -> Recommendation:
        day = form.cleaned_data["happened_on"]
        return actions.send(asking=form.asking(agency, row), happened_on=day, **desk.signed(request))

    return desk.filled(request, form, sending, sheet)


def _open(request: PageRequest, pk: int, may: Callable[[One], Say | None]) -> One:
    """The recommendation as it stands today, if the reader may do this to it."""
    found = reading.one(pk, sight_of(request.reader), AsOf(desk.today()))
    if found is None or may(found) is not None:
        raise Http404
    return found


def _handled(request: PageRequest, found: One) -> Say | None:
    return may_handle(request.reader, found.row.owner_id, desk.today())


def _sheet(request: PageRequest, found: One, title: Words, done: Words) -> Sheet:
    return Sheet(
        title,
        _("Record it"),
        done,
        addresses.to(request, "web:recommendation", found.row.pk),
        lead=found.row.text,
        crumbs=of_list(request, title),
        template="web/waiting/hold.html",
        more={"rows": list(about(request, found)), "final": False},
    )


def _done(
    request: PageRequest, form: DeskForm, found: One, act: Callable[..., object]
) -> Callable[[], object]:
    """The act with what every step takes."""

    def doing() -> object:
        day = form.cleaned_data["happened_on"]
        return act(recommendation=found.row, happened_on=day, **desk.signed(request))

    return doing


@requires(Permission.DECIDE)
def receive(request: PageRequest, pk: int) -> HttpResponse:
    """It has come, and will be answered by a day."""
    found = _open(request, pk, partial(_handled, request))
    named = any(step.due_on for step in found.path)
    form = ReceiveForm(request.POST or None, day=desk.today(), named=named)

    def act(**facts: object) -> object:
        return actions.receive(due_on=form.cleaned_data.get("due_on"), **facts)  # type: ignore[arg-type]

    sheet = _sheet(request, found, _("Receive it"), _("Received."))
    return desk.filled(request, form, _done(request, form, found, act), sheet)


@requires(Permission.DECIDE)
def forward(request: PageRequest, pk: int) -> HttpResponse:
    """It goes to the agency that can decide."""
    found = _open(request, pk, partial(_handled, request))
    form = ForwardForm(request.POST or None, day=desk.today())

    def act(**facts: object) -> object:
        given = form.cleaned_data
        return actions.forward(to=given["to"], reason=given["reason"], **facts)  # type: ignore[arg-type]

    done = _("Forwarded. What waits for it, waits for that agency now.")
    sheet = _sheet(request, found, _("Forward it"), done)
    return desk.filled(request, form, _done(request, form, found, act), sheet)


@requires(Permission.DECIDE)
def answer(request: PageRequest, pk: int) -> HttpResponse:
    """The agency with which it lies answers; what waited is free."""
    found = _open(request, pk, partial(_handled, request))
    among = readable_directives(request.reader)
    form = AnswerRecommendationForm(request.POST or None, day=desk.today(), among=among)

    def act(**facts: object) -> object:
        return actions.answer(reply=form.reply(), **facts)  # type: ignore[arg-type]

    sheet = _sheet(request, found, _("Answer"), _("Answered. What waited for it waits no more."))
    return desk.filled(request, form, _done(request, form, found, act), sheet)


@requires(Permission.READ_OWN)
def take_effect(request: PageRequest, pk: int) -> HttpResponse:
    """What really came of the answer."""

    def may(found: One) -> Say | None:
        return may_tell_effect(request.reader, found.row, found.row.owner_id, desk.today())

    found = _open(request, pk, may)
    form = EffectForm(request.POST or None, day=desk.today(), among=readable_directives(request.reader))

    def act(**facts: object) -> object:
        given = form.cleaned_data
        return actions.take_effect(text=given["text"], directive=given["directive"], **facts)  # type: ignore[arg-type]

    sheet = _sheet(request, found, _("Say what came of it"), _("Recorded."))
    return desk.filled(request, form, _done(request, form, found, act), sheet)


@requires(Permission.REPORT)
def withdraw(request: PageRequest, pk: int) -> HttpResponse:
    """Who asked no longer asks."""
    found = _open(request, pk, lambda one: may_ask(request.reader, one.row.agency))
    form = WithdrawForm(request.POST or None, day=desk.today())

    def act(**facts: object) -> object:
        return actions.withdraw(reason=form.cleaned_data["reason"], **facts)  # type: ignore[arg-type]

    sheet = _sheet(request, found, _("Withdraw it"), _("Withdrawn. What waited for it waits no more."))
    return desk.filled(request, form, _done(request, form, found, act), sheet)


@requires(Permission.REPORT)
def wait(request: PageRequest, pk: int) -> HttpResponse:
    """A duty or a difficulty waits for the answer."""
    found = _open(request, pk, lambda one: may_ask(request.reader, one.row.agency))
    duties, difficulties = _waiting(request, found)
    form = WaitForm(request.POST or None, day=desk.today(), duties=duties, difficulties=difficulties)

    def act(**facts: object) -> object:
        given = form.cleaned_data
        duty_ = Assignment.objects.filter(pk=given["assignment"] or 0).first()
        met = Difficulty.objects.filter(pk=given["difficulty"] or 0).first()
        return actions.wait(assignment=duty_, difficulty=met, **facts)  # type: ignore[arg-type]

    sheet = _sheet(request, found, _("Name what waits for it"), _("Recorded. The limit does not move."))
    return desk.filled(request, form, _done(request, form, found, act), sheet)


def _waiting(request: PageRequest, found: One) -> tuple[dict[int, str], dict[int, str]]:
    """Open duties and difficulties of the agency that are not named yet."""
    as_of, agency_id = AsOf(desk.today()), found.row.agency_id
    sight = sight_of(request.reader)
    spans = standing(as_of).filter(lead_id=agency_id, confirmed_by=None, withdrawn=False)
    rows = listing.rows(listing.worst_first(spans)[:OFFERED], sight, as_of)
    named = {row.pk for row in found.duties}
    met = Difficulty.objects.filter(standing_difficulties(as_of), agency=agency_id).order_by("pk")[:OFFERED]
    known = {one.pk for one in found.difficulties}
    return (
        {row.pk: f"{row.symbol}: {row.work[:120]}" for row in rows if row.pk not in named},
        {one.pk: one.text[:120] for one in met if one.pk not in known},
    )
