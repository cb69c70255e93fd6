"""What I am told, how I want to be told, and messages to leaders that my office decides on (2.07, 2.08)."""

from dataclasses import dataclass

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from thuocdo.accounts.enums import Permission, Role
from thuocdo.accounts.permissions import Reader
from thuocdo.agencies.models import Agency
from thuocdo.assignments import actions as duties
from thuocdo.assignments.models import StepChoice
from thuocdo.assignments.queries import escalation
from thuocdo.assignments.rules import escalation as escalation_rules
from thuocdo.faces import wording
from thuocdo.lib.say import Refused, say
from thuocdo.notices import actions
from thuocdo.notices.models import Choice, Draft, Notice
from thuocdo.notices.queries import reading
from thuocdo.web import addresses, desk, letters
from thuocdo.web.access import PageRequest, requires
from thuocdo.web.desk import Sheet
from thuocdo.web.forms.notices import ChannelsForm, DropForm, StepForm, when, who
from thuocdo.web.parts import Crumb

PAGE = 25


@dataclass(frozen=True, slots=True)
class Told:
    """A notice or a draft in the reader's words."""

    row: Notice | Draft
    happened: str
    to_do: str
    due: str
    href: str


def shown(row: Notice | Draft) -> Told:
    """The notice with its address in the language of the page."""
    happened, to_do = letters.told(row)
    href = addresses.in_language(row.link, wording.reader_language())
    return Told(row, happened, to_do, letters.due(row), href)


@requires(Permission.READ_OWN)
def notices(request: PageRequest) -> HttpResponse:
    """Everything the reader was told, the newest first."""
    page = Paginator(reading.of(desk.person(request)), PAGE).get_page(request.GET.get("page"))
    rows = [shown(row) for row in page.object_list]
    last = max((row.row.pk for row in rows), default=0)
    context = {"page": page, "rows": rows, "last": last, "unread": getattr(request.user, "unread", 0)}
    return render(request, "web/notices/list.html", context)


@require_POST
@requires(Permission.READ_OWN)
def read(request: PageRequest) -> HttpResponse:
    """The reader has read everything up to the notice that stood first."""
    upto = request.POST.get("upto", "")
    if upto.isdecimal() and len(upto) < 19:
        actions.read(user=desk.person(request), upto=int(upto), at=desk.now())
    return redirect("web:notices")


@requires(Permission.READ_OWN)
def channels(request: PageRequest) -> HttpResponse:
    """By which channels the reader is told; the address of their calendar."""
    person = desk.person(request)
    form = ChannelsForm(request.POST or None, choice=reading.choice(person))
    more = {
        "mails": bool(settings.MAIL_FROM),
        "problem": reading.last_problem(person),
        "feed": reading.open_feed(person),
    }
    sheet = Sheet(
        _("How I am told"),
        _("Save"),
        _("Saved."),
        reverse("web:channels"),
        lead=_("What you are told always stands in your notices. Choose what else you want."),
        crumbs=[_notices(), Crumb(_("How I am told"))],
        template="web/notices/channels.html",
        more=more,
    )

    def chosen() -> Choice:
        given = form.cleaned_data
        return actions.choose(
            mail=given["mail"],
            sms=given.get("sms", False),
            phone=given.get("phone", ""),
            **desk.signed(request),
        )

    return desk.filled(request, form, chosen, sheet)


@require_POST
@requires(Permission.READ_OWN)
def open_feed(request: PageRequest) -> HttpResponse:
    """A new secret address of the reader's calendar, shown this once."""
    secret = actions.open_feed(**desk.signed(request))
    address = settings.ADDRESS.rstrip("/") + reverse("web:feed", args=[secret])
    return render(request, "web/notices/feed.html", {"address": address, "crumbs": [_notices()]})


@require_POST
@requires(Permission.READ_OWN)
def revoke_feed(request: PageRequest) -> HttpResponse:
    """The address answers no more."""
    try:
        actions.revoke_feed(**desk.signed(request))
        messages.success(request, gettext("The calendar address is revoked."))
    except Refused as refusal:
        messages.error(request, wording.tell(refusal.reasons[0]))
    return redirect("web:channels")


def waiting(reader: Reader) -> QuerySet[Draft]:
    """The messages the reader's offices decide on."""
    return reading.drafts(reader.reach.get(Permission.REVIEW, frozenset()) & reader.agencies)


@requires(Permission.REVIEW)
def drafts(request: PageRequest) -> HttpResponse:
    """Messages to leaders: each is released or dropped here, nothing reaches a leader before."""
    page = Paginator(waiting(request.reader), PAGE).get_page(request.GET.get("page"))
    rows = [(shown(row), Role(row.role)) for row in page.object_list]
    offices = request.reader.reach.get(Permission.REVIEW, frozenset()) & request.reader.agencies
    untold = [(row, who(step) if step else row.step) for row, step in escalation.untold(offices)]
    return render(request, "web/notices/drafts.html", {"page": page, "rows": rows, "untold": untold})


@require_POST
@requires(Permission.REVIEW)
def release(request: PageRequest, pk: int) -> HttpResponse:
    """Let one message go."""
    draft = get_object_or_404(waiting(request.reader), pk=pk)
    try:
        actions.release(draft=draft, **desk.signed(request))
        messages.success(request, gettext("The message is released."))
    except Refused as refusal:
        messages.error(request, wording.tell(refusal.reasons[0]))
    return redirect("web:messages")


@requires(Permission.REVIEW)
def drop(request: PageRequest, pk: int) -> HttpResponse:
    """A leader is not told, and why."""
    draft = get_object_or_404(waiting(request.reader), pk=pk)
    form = DropForm(request.POST or None)
    sheet = Sheet(
        _("Drop the message"),
        _("Drop it"),
        _("The message is dropped."),
        reverse("web:messages"),
        lead=letters.told(draft)[0],
        crumbs=[Crumb(_("Messages to leaders"), reverse("web:messages")), Crumb(_("Drop the message"))],
    )

    def dropped() -> Draft:
        return actions.drop(draft=draft, reason=form.cleaned_data["reason"], **desk.signed(request))

    return desk.filled(request, form, dropped, sheet)


def _office(request: PageRequest, code: str) -> Agency:
    """An agency whose reminders the reader keeps."""
    reach = request.reader.reach[Permission.STEWARD]
    return get_object_or_404(Agency.objects.filter(pk__in=reach), code=code)


@requires(Permission.STEWARD)
def steps(request: PageRequest, code: str) -> HttpResponse:
    """The table of reminders as it is for the duties this office monitors, or else confirms."""
    office = _office(request, code)
    chosen = escalation.chosen_by(office)
    rows = [
        (step.key, when(step), who(step), escalation_rules.WORDS[step.mode], escalation_rules.WORDS[step.way],
         step.key in chosen)
        for step in escalation_rules.table_of(escalation.steps(), chosen)
    ]  # fmt: skip
    context = {"office": office, "rows": rows, "trail": [*_of_office(request, office), Crumb(_("Reminders"))]}
    return render(request, "web/notices/steps.html", context)


@requires(Permission.STEWARD)
def step(request: PageRequest, code: str, key: str) -> HttpResponse:
    """When this step is reached, who is told, by which channels, whether at once."""
    office = _office(request, code)
    row = next((one for one in escalation.steps() if one.key == key), None)
    if row is None:
        raise Http404
    form = StepForm(request.POST or None, step=row, chosen=escalation.chosen_by(office).get(key))
    there = reverse("web:steps", args=[code])
    sheet = Sheet(
        say("Reminder: %(when)s", when=when(row)),
        _("Save"),
        _("Saved."),
        there,
        lead=say("In the table: %(who)s.", who=who(row)),
        crumbs=[*_of_office(request, office), Crumb(_("Reminders"), there), Crumb(when(row))],
    )

    def chosen() -> StepChoice:
        return duties.choose_step(office=office, step=key, chosen=form.chosen(), **desk.signed(request))

    return desk.filled(request, form, chosen, sheet)


def _of_office(request: PageRequest, office: Agency) -> list[Crumb]:
    return [Crumb(wording.name_of(office), addresses.to(request, "web:agency", office.code))]


def _notices() -> Crumb:
    return Crumb(_("Notices"), reverse("web:notices"))
