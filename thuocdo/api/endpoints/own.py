"""What callers are told of themselves: who they are here, what waits for them."""

from ninja import Query

from thuocdo.accounts.enums import Permission
from thuocdo.accounts.rules.roles import OF_ANYBODY
from thuocdo.agencies.models import Agency
from thuocdo.api.caller import Call
from thuocdo.api.day import as_of
from thuocdo.api.operations import reads
from thuocdo.api.schemas.common import When, agency, named
from thuocdo.api.schemas.own import LineOut, MeOut, PileOut, TokenOut, WorkOut
from thuocdo.assignments.queries.piles import Pile
from thuocdo.assignments.queries.work import work as work_of


@reads("/me", Permission.READ_PUBLIC, MeOut)
def me(request: Call) -> MeOut:
    """Who calls, what they may, where."""
    reader, token = request.reader, request.token
    places = Agency.objects.filter(pk__in=reader.agencies).order_by("code")
    return MeOut(
        name=reader.user.name if reader.user else None,
        is_program=reader.user is not None and reader.user.is_machine,
        permissions=sorted(OF_ANYBODY | set(reader.reach)),
        agencies=[named(one) for one in places],
        token=None
        if token is None
        else TokenOut(
            name=token.name, scope=token.scope, agency=agency(token.agency), expires_at=token.expires_at
        ),
        day=as_of(request, When()).day,
    )


@reads("/work", Permission.READ_OWN, WorkOut)
def work(request: Call, when: Query[When]) -> WorkOut:
    """What waits for the caller: due, returned, to confirm, to decide, to give, to remove."""
    found = work_of(request.reader, as_of(request, when))
    return WorkOut(**{name: _pile(pile) for name, pile in found.piles().items()})


def _pile(of: Pile) -> PileOut:
    first = [
        LineOut(id=one.key, work=one.work, symbol=one.symbol, agency=one.agency, on=one.on, text=one.text)
        for one in of.lines
    ]
    return PileOut(count=of.count, first=first)
