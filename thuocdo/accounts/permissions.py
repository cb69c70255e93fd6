"""Who is reading, and how far their rights reach. Rights are always today's, whatever day is looked at."""

from dataclasses import dataclass, field
from datetime import date

from thuocdo.accounts.enums import Permission, Role
from thuocdo.accounts.models import Membership, User
from thuocdo.accounts.rules.roles import OF_ANYBODY, PERMISSIONS
from thuocdo.agencies.models import Closure
from thuocdo.lib.moments import AsOf


@dataclass(frozen=True, slots=True)
class Reader:
    """A person, or the public, with the agencies each of their permissions reaches today."""

    user: User | None = None
    reach: dict[Permission, frozenset[int]] = field(default_factory=dict)
    agencies: frozenset[int] = frozenset()  # where the person is a member

    def may(self, permission: Permission) -> bool:
        """Whether the permission is held anywhere at all."""
        return permission in OF_ANYBODY or permission in self.reach

    def may_for(self, permission: Permission, agency_id: int | None) -> bool:
        """Whether the permission is held for this agency."""
        return agency_id is not None and agency_id in self.reach.get(permission, ())

    @property
    def reads_all(self) -> bool:
        """Whether nothing the installation holds is closed to this reader."""
        return Permission.READ_ALL in self.reach

    @property
    def own(self) -> frozenset[int]:
        """The agencies whose affairs the reader may read."""
        return self.reach.get(Permission.READ_OWN, frozenset())


PUBLIC = Reader()


def reader_of(user: User | None, day: date) -> Reader:
    """The reader for a request: two statements, whatever the number of memberships."""
    if user is None:
        return PUBLIC
    memberships = list(Membership.objects.valid(day).filter(user=user))
    below = _below(memberships, AsOf(day))
    reach: dict[Permission, set[int]] = {}
    for membership in memberships:
        inside = below.get((membership.kind, membership.agency_id), {membership.agency_id})
        for permission in PERMISSIONS[Role(membership.role)]:
            reach.setdefault(permission, set()).update(inside)
    return Reader(
        user=user,
        reach={permission: frozenset(ids) for permission, ids in reach.items()},
        agencies=frozenset(membership.agency_id for membership in memberships),
    )


def _below(memberships: list[Membership], as_of: AsOf) -> dict[tuple[str, int], set[int]]:
    """For each (kind, agency) of the memberships, the agency and all below it."""
    rows = (
        Closure.objects.standing(as_of)
        .filter(ancestor_id__in={membership.agency_id for membership in memberships})
        .values_list("kind", "ancestor_id", "descendant_id")
    )
    below: dict[tuple[str, int], set[int]] = {}
    for kind, ancestor, descendant in rows:
        below.setdefault((kind, ancestor), {ancestor}).add(descendant)
    return below
