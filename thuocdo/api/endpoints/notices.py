"""What the caller is told, and what they have read (2.07)."""

from ninja import Query

from thuocdo.accounts.enums import Permission
from thuocdo.api.caller import Call, person
from thuocdo.api.operations import reads, writes
from thuocdo.api.paging import Paging, cursor
from thuocdo.api.schemas.common import Page
from thuocdo.api.schemas.demands import NoticeOut, ReadOut
from thuocdo.api.schemas.given import ReadIn
from thuocdo.faces.wording import tell
from thuocdo.notices import actions
from thuocdo.notices.models import Notice
from thuocdo.notices.queries import reading
from thuocdo.notices.rules import texts


class Told(Paging):
    """Which notices."""

    unread: bool = False


@reads("/notices", Permission.READ_OWN, Page[NoticeOut])
def notices(request: Call, wanted: Query[Told]) -> Page[NoticeOut]:
    """Everything the caller was told, the newest first."""
    place = wanted.place(int)
    rows = reading.before(person(request), place[0] if place else None, unread=wanted.unread)
    found = list(rows[: wanted.limit + 1])
    page = found[: wanted.limit]
    ends = cursor(page[-1].pk) if len(found) > wanted.limit else None
    return Page(items=[_notice(one) for one in page], next=ends)


def _notice(of: Notice) -> NoticeOut:
    happened, to_do = texts.told(of.kind, of.values)
    return NoticeOut(
        id=of.pk,
        kind=of.kind,
        happened=tell(happened),
        to_do=tell(to_do),
        values=of.values,
        link=of.link,
        made_at=of.made_at,
        read_at=of.read_at,
    )


@writes("/notices/read", Permission.READ_OWN, ReadOut)
def read_notices(request: Call, given: ReadIn) -> ReadOut:
    """Mark as read everything up to a notice; what came meanwhile stays unread."""
    count = actions.read(user=person(request), upto=given.upto, at=request.at)
    return ReadOut(read=count, unread=reading.unread(person(request)))
