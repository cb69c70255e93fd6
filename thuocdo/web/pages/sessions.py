"""The standing body keeps sessions: it calls, freezes, writes, closes, issues (4.02-4.04)."""

from collections.abc import Callable

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _

from thuocdo.accounts.enums import Permission
from thuocdo.files import actions as file_actions
from thuocdo.lib.moments import day_of
from thuocdo.lib.say import require, say
from thuocdo.meetings import actions
from thuocdo.meetings.models import Committee, Conclusion, Point, Session
from thuocdo.meetings.permissions import may_prepare
from thuocdo.meetings.queries import reading
from thuocdo.meetings.terms import Founding, Signed
from thuocdo.web import addresses, desk
from thuocdo.web.access import PageRequest, requires
from thuocdo.web.desk import Sheet
from thuocdo.web.forms.base import DeskForm
from thuocdo.web.forms.meetings import (
    AttendForm,
    CallForm,
    CloseSessionForm,
    ConcludeForm,
    FoundForm,
    FreezeForm,
    IssueForm,
    NoteForm,
    SeatForm,
)
from thuocdo.web.pages.meetings import found_committee, found_session, trail
from thuocdo.web.parts import Crumb, Words


def _prepared(request: PageRequest, pk: int) -> Session:
    """The session, if the reader prepares it."""
    row = found_session(request, pk)
    desk.hidden_unless_allowed(may_prepare(request.reader, row.committee.standing_body, desk.today()))
    return row


def _own(request: PageRequest, pk: int) -> Committee:
    """The committee, if the reader prepares its sessions."""
    row = found_committee(request, pk)
    desk.hidden_unless_allowed(may_prepare(request.reader, row.standing_body, desk.today()))
    return row


def _act(
    request: PageRequest, row: Session, form: DeskForm, act: Callable[[], object], words: tuple[Words, Words]
) -> HttpResponse:
    """A form of a session, and back to it. `words`: its title, what is said afterwards."""
    title, done = words
    to = addresses.to(request, "web:session", row.pk)
    sheet = Sheet(title, _("Record it"), done, to, crumbs=trail(request, row, title))
    return desk.filled(request, form, act, sheet)


@requires(Permission.ASSIGN)
def found(request: PageRequest) -> HttpResponse:
    """A committee of the map gets a standing body, and from then on holds sessions here."""
    known = {row.pk: row for row in reading.committees(request.reader, desk.today()) if row.parent_id is None}
    above = [(pk, row.agency.name) for pk, row in known.items()]
    form = FoundForm(request.POST or None, day=desk.today(), above=above)
    title = _("Enter a committee")

    def founded() -> Committee:
        given = form.cleaned_data
        body = given["standing_body"]
        require(may_prepare(request.reader, body, desk.today()))
        parent = known.get(int(given["parent"])) if given["parent"] else None
        founding = Founding(given["agency"], body, given["covers"], given["basis"], parent)
        return actions.found(founding=founding, **desk.signed(request))

    sheet = Sheet(
        title,
        _("Record it"),
        _("The committee is entered. Name its members next."),
        lambda made: addresses.to(request, "web:committee", made.pk),
        crumbs=[Crumb(_("Committees"), addresses.to(request, "web:committees")), Crumb(title)],
    )
    return desk.filled(request, form, founded, sheet)


def _of_committee(
    request: PageRequest,
    row: Committee,
    words: tuple[Words, Words],
    to: Callable[[Session], str] | None = None,
) -> Sheet:
    title, done = words
    here = addresses.to(request, "web:committee", row.pk)
    crumbs = [Crumb(_("Committees"), addresses.to(request, "web:committees"))]
    return Sheet(
        title, _("Record it"), done, to or here, crumbs=[*crumbs, Crumb(row.agency.name, here), Crumb(title)]
    )


@requires(Permission.ASSIGN)
def seat(request: PageRequest, pk: int) -> HttpResponse:
    """An agency or a person becomes a member."""
    row = _own(request, pk)
    form = SeatForm(request.POST or None, day=desk.day(request))

    def seated() -> object:
        since = form.cleaned_data["opened_on"]
        return actions.seat(committee=row, member=form.member(), opened_on=since, **desk.signed(request))

    words = (_("Name a member"), _("The member is entered."))
    return desk.filled(request, form, seated, _of_committee(request, row, words))


@requires(Permission.ASSIGN)
def call(request: PageRequest, pk: int) -> HttpResponse:
    """A session is called."""
    row = _own(request, pk)
    form = CallForm(request.POST or None, day=desk.day(request))

    def called() -> Session:
        return actions.call(committee=row, wanted=form.wanted(), **desk.signed(request))

    words = (_("Call a session"), _("The session is called. Freeze its pack before it begins."))

    def there(made: Session) -> str:
        return addresses.to(request, "web:session", made.pk)

    return desk.filled(request, form, called, _of_committee(request, row, words, there))


@requires(Permission.ASSIGN)
def freeze(request: PageRequest, pk: int) -> HttpResponse:
    """The exceptions are gathered as known now, and kept as they are."""
    row = _prepared(request, pk)
    form = FreezeForm(request.POST or None, day=desk.day(request))

    def frozen() -> object:
        return actions.freeze(session=row, as_of=form.cleaned_data["as_of"], **desk.signed(request))

    words = (_("Freeze the pack"), _("The pack is frozen: it stays as it is."))
    return _act(request, row, form, frozen, words)


@requires(Permission.ASSIGN)
def attend(request: PageRequest, pk: int) -> HttpResponse:
    """Who was there at a point."""
    point = get_object_or_404(Point.objects.select_related("session", "agency"), pk=pk)
    row = _prepared(request, point.session_id)
    form = AttendForm(request.POST or None)

    def attended() -> object:
        given = form.cleaned_data
        return actions.attend(
            point=point, present=given["present"], led_by=given["led_by"], **desk.signed(request)
        )

    words = (say("Attendance: %(agency)s", agency=point.agency), _("The attendance is recorded."))
    return _act(request, row, form, attended, words)


@requires(Permission.ASSIGN)
def note(request: PageRequest, pk: int) -> HttpResponse:
    """A line of the minutes."""
    row = _prepared(request, pk)
    form = NoteForm(request.POST or None, items=list(row.items.order_by("ordinal")))

    def noted() -> object:
        given = form.cleaned_data
        item = form.items.get(given["item"])
        return actions.note(session=row, text=given["text"], item=item, **desk.signed(request))

    return _act(request, row, form, noted, (_("Write minutes"), _("It stands in the minutes.")))


@requires(Permission.ASSIGN)
def conclude(request: PageRequest, pk: int) -> HttpResponse:
    """A conclusion is written down."""
    return _conclude(request, _prepared(request, pk), None)


@requires(Permission.ASSIGN)
def reword(request: PageRequest, pk: int) -> HttpResponse:
    """A conclusion is written anew; the wording before stays in the log."""
    found_ = get_object_or_404(Conclusion.objects.select_related("lead"), pk=pk)
    row = _prepared(request, found_.session_id)
    if hasattr(found_, "replaced_by"):
        raise Http404
    return _conclude(request, row, found_)


def _conclude(request: PageRequest, row: Session, of: Conclusion | None) -> HttpResponse:
    form = ConcludeForm(request.POST or None, day=desk.today(), of=of)

    def concluded() -> object:
        what = form.concluded()
        return actions.conclude(session=row, concluded=what, replaces=of, **desk.signed(request))

    title = _("Write the conclusion anew") if of else _("Add a conclusion")
    return _act(request, row, form, concluded, (title, _("The conclusion is recorded.")))


@requires(Permission.ASSIGN)
def close(request: PageRequest, pk: int) -> HttpResponse:
    """The session is over; its draft notice is frozen."""
    row = _prepared(request, pk)
    form = CloseSessionForm(request.POST or None, day=max(desk.day(request), day_of(row.starts_at)))

    def closed() -> object:
        day = form.cleaned_data["happened_on"]
        return actions.close(session=row, happened_on=day, **desk.signed(request))

    words = (_("Close the session"), _("Closed. The draft notice is frozen until it is signed and numbered."))
    return _act(request, row, form, closed, words)


@requires(Permission.ASSIGN)
def issue(request: PageRequest, pk: int) -> HttpResponse:
    """Number, day, signer and signed file: the notice is a directive from then on."""
    row = _prepared(request, pk)
    sent = request.method == "POST"
    form = IssueForm(request.POST or None, request.FILES if sent else None, day=desk.day(request))

    def issued() -> object:
        given, upload = form.cleaned_data, form.cleaned_data["file"]
        signed = desk.signed(request)
        file = file_actions.store(name=upload.name, content=upload.chunks(), **signed)
        what = Signed(given["symbol"], given["issued_on"], given["signer"], file)
        return actions.issue(session=row, signed=what, **signed)

    words = (
        _("The notice is signed and numbered"),
        _("Issued: each conclusion is a duty of its lead from that day."),
    )
    return _act(request, row, form, issued, words)
