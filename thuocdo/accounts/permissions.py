"""Who is reading, and how far their rights reach. Rights are always today's, whatever day is looked at."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.db.models import BigIntegerField, CharField, F, QuerySet, Value
from django.db.models.functions import Cast

from thuocdo.accounts.enums import Permission, Role
from thuocdo.accounts.models import Membership, Substitution, Token, User
from thuocdo.accounts.models.people import MembershipQuerySet
from thuocdo.accounts.rules.giving import WHOLE_INSTALLATION, Giver, giving_problem
from thuocdo.accounts.rules.roles import FOR_THE_BODY, OF_ANYBODY, OF_WHO_SIGNED_IN, PERMISSIONS
from thuocdo.accounts.rules.standing_in import standing_in_problem
from thuocdo.agencies.enums import AgencyKind, RelationKind
from thuocdo.agencies.models import Agency, Closure, Relation
from thuocdo.lib.moments import AsOf
from thuocdo.lib.say import Say, say

LED_BY_OFFICES = frozenset({AgencyKind.LEADERSHIP, AgencyKind.COMMITTEE})


@dataclass(frozen=True, slots=True)
class Reader:
    """A person, or the public, with the agencies each of their permissions reaches today."""

    user: User | None = None
    reach: dict[Permission, frozenset[int]] = field(default_factory=dict)
    agencies: frozenset[int] = frozenset()  # where the person is a member
    roles: frozenset[Role] = frozenset()
    acts_for: Substitution | None = None  # whose rights these are, while the person stands in

    def may(self, permission: Permission) -> bool:
        """Whether the permission is held anywhere at all."""
        if permission in OF_WHO_SIGNED_IN:
            return self.user is not None
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


def reader_of(user: User | None, day: date, acts_for: int | None = None) -> Reader:
    """The reader for a request: one statement, whatever the number of memberships.

    `acts_for`: the substitution in which the person acts now, by its key (a statement more). Then the rights
    are those of whom they stand in for, in that agency, and nothing of their own; a substitution that has
    ended gives none.
    """
    if user is None:
        return PUBLIC
    standing = _substitution(user, day, acts_for)
    memberships: list[tuple[str, str, int]] = []
    closure: list[tuple[str, int, int, str]] = []
    for role, kind, agency, descendant, sort in _reaching(_memberships(user, standing, day), AsOf(day)):
        if role:
            memberships.append((role, kind, agency))
        else:
            closure.append((kind, agency, descendant or 0, sort))
    ids = frozenset(agency for _, _, agency in memberships)
    below, served = _reached(ids, closure)
    reach: dict[Permission, set[int]] = {}
    for role, kind, agency in memberships:
        inside = below.get((kind, agency), {agency})
        for permission in PERMISSIONS[Role(role)]:
            reach.setdefault(permission, set()).update(inside)
        for permission in FOR_THE_BODY.get(Role(role), ()):
            reach.setdefault(permission, set()).update(served.get(agency, ()))
    return Reader(
        user=user,
        reach={permission: frozenset(inside) for permission, inside in reach.items()},
        agencies=ids,
        roles=frozenset(Role(role) for role, _, _ in memberships),
        acts_for=standing,
    )


def _substitution(user: User, day: date, key: int | None) -> Substitution | None:
    if key is None:
        return None
    rows = Substitution.objects.valid(day).filter(deputy=user, pk=key)
    return rows.select_related("principal", "agency").first()


def _memberships(user: User, standing: Substitution | None, day: date) -> MembershipQuerySet:
    held = Membership.objects.valid(day)
    if standing is None:
        return held.filter(user=user)
    return held.filter(user=standing.principal_id, agency=standing.agency_id)


def reader_with(token: Token, day: date) -> Reader:
    """The reader for a request that comes with this token: its account, as far as the token reaches."""
    reader = reader_of(token.user, day)
    if token.agency_id is None:
        return narrowed(reader, token.scope, None)
    inside = Closure.objects.standing(AsOf(day)).filter(ancestor=token.agency_id)
    return narrowed(reader, token.scope, {token.agency_id, *inside.values_list("descendant_id", flat=True)})


def narrowed(reader: Reader, scope: Collection[str], inside: Collection[int] | None) -> Reader:
    """The reader with only the permissions of the scope, and those only for the agencies `inside`.

    What no agency bounds (to read all that is kept here) does not go with a bound.
    """
    kept = {permission: ids for permission, ids in reader.reach.items() if permission in scope}
    if inside is None:
        return replace(reader, reach=kept)
    bound = frozenset(inside)
    reach = {one: ids & bound for one, ids in kept.items() if one not in WHOLE_INSTALLATION and ids & bound}
    return replace(reader, reach=reach, agencies=reader.agencies & bound)


def may_keep_tokens(reader: Reader, user: User) -> Say | None:
    """Why the reader may not make or revoke tokens of this account.

    Everybody keeps their own. Those of programs are kept by the stewards of all their agencies, who must hold
    themselves what no agency bounds.
    """
    if reader.user is None:
        return say("Sign in to make tokens.")
    if reader.user.pk == user.pk:
        return None
    if not user.is_machine:
        return say("Everybody makes their own tokens.")
    if not reader.may(Permission.STEWARD):
        return say("Only a steward makes tokens of programs.")
    roles = Membership.objects.filter(user=user).values_list("role", flat=True)
    held = {permission for role in roles for permission in PERMISSIONS[Role(role)]}
    if (held & WHOLE_INSTALLATION) - set(reader.reach):
        return say("This program reads more than you may.")
    return may_manage(reader, user)


def may_give(
    reader: Reader, user: User, agency: Agency, role: Role, kind: RelationKind, day: date
) -> Say | None:
    """Why the reader may not give, or end, this role; None when they may. One statement."""
    if reader.user is None:
        return say("Only a steward gives roles.")
    return giving_problem(_giver(reader, reader.user), user.pk, role, _subtrees(agency, day, {kind})[kind])


def may_stand_in(reader: Reader, deputy: User, principal: User, agency: Agency, day: date) -> Say | None:
    """Why the reader may not let one stand in for the other in this agency, or end it. Two statements.

    It counts which roles the principal holds there on the day, or will hold.
    """
    if reader.user is None:
        return say("Only a steward gives roles.")
    held = list(Membership.objects.filter(user=principal, agency=agency, closed_on__gt=day))
    subtrees = _subtrees(agency, day, {RelationKind(row.kind) for row in held})
    roles: dict[Role, set[int]] = {}
    for row in held:
        roles.setdefault(Role(row.role), set()).update(subtrees[RelationKind(row.kind)])
    return standing_in_problem(_giver(reader, reader.user), deputy.pk, principal.pk, roles)


def _giver(reader: Reader, user: User) -> Giver:
    people = {user.pk, *([reader.acts_for.principal_id] if reader.acts_for else [])}
    reach = reader.reach.get(Permission.STEWARD, frozenset())
    return Giver(frozenset(people), reach, frozenset(reader.reach))


def _subtrees(agency: Agency, day: date, kinds: set[RelationKind]) -> dict[RelationKind, set[int]]:
    """For each kind of tree the agency and all below it; one statement."""
    found = {kind: {agency.pk} for kind in kinds}
    inside = Closure.objects.standing(AsOf(day)).filter(ancestor=agency, kind__in=kinds)
    for kind, descendant in inside.values_list("kind", "descendant_id"):
        found[RelationKind(kind)].add(descendant)
    return found


def may_manage(reader: Reader, user: User) -> Say | None:
    """Why the reader may not change this account: it belongs, or belonged, outside their agencies."""
    reach = reader.reach.get(Permission.STEWARD, frozenset())
    agencies = set(Membership.objects.filter(user=user).values_list("agency_id", flat=True))
    if agencies <= reach:
        return None
    return say("This person also works in agencies that are not yours.")


def may_amend(reader: Reader, user: User, today: date) -> Say | None:
    """Putting name or address right: another address opens the account to whoever reads its mail.

    So only who could give each of the person's roles does it.
    """
    rows = Membership.objects.valid(today).filter(user=user).select_related("agency").order_by("pk")
    given = (
        may_give(reader, user, row.agency, Role(row.role), RelationKind(row.kind), today) for row in rows
    )
    return may_manage(reader, user) or next((problem for problem in given if problem is not None), None)


def _reaching(mine: MembershipQuerySet, as_of: AsOf) -> QuerySet[Any, tuple[str, str, int, int | None, str]]:
    """The memberships, and of their agencies what stands below them and below their parents.

    As (role, kind, agency, None, "") and ("", kind, agency, descendant, kind of that), each sort a part of
    one statement, so that each is found by its own index.
    """
    nothing, nobody = Value("", CharField()), Cast(Value(None), BigIntegerField())
    columns = ("role_", "kind_", "agency_", "descendant_", "sort_")
    offices = Relation.objects.standing(as_of).filter(
        child__in=mine.values("agency"), child__kind=AgencyKind.OFFICE
    )
    standing = Closure.objects.standing(as_of)
    below = standing.filter(ancestor__in=mine.values("agency"))
    beside = standing.filter(ancestor__in=offices.values("parent"), depth=1)
    held = mine.annotate(
        role_=F("role"), kind_=F("kind"), agency_=F("agency_id"), descendant_=nobody, sort_=nothing
    )
    parts = [
        rows.annotate(
            role_=nothing, kind_=F("kind"), agency_=F("ancestor_id"), descendant_=F("descendant_id"),
            sort_=F("descendant__kind"),
        ).values_list(*columns)
        for rows in (below, beside)
    ]  # fmt: skip
    return held.values_list(*columns).union(*parts, all=True)


def _reached(
    ids: Collection[int], closure: Iterable[tuple[str, int, int, str]]
) -> tuple[dict[tuple[str, int], set[int]], dict[int, set[int]]]:
    """For each (kind, agency) of the memberships the agency and all below it; for each office whom it serves.

    An office serves the body right above it, and the leadership bodies and committees beside it: the
    Government Office also the Prime Minister.
    """
    below: dict[tuple[str, int], set[int]] = {}
    bodies: dict[int, set[int]] = {}
    above: list[tuple[int, int]] = []
    for kind, ancestor, descendant, sort in closure:
        below.setdefault((kind, ancestor), {ancestor}).add(descendant)
        bodies.setdefault(ancestor, {ancestor}).update({descendant} if sort in LED_BY_OFFICES else ())
        if descendant in ids and sort == AgencyKind.OFFICE and ancestor != descendant:
            above.append((descendant, ancestor))
    served: dict[int, set[int]] = {}
    for office, ancestor in above:
        served.setdefault(office, set()).update(bodies[ancestor])
    return below, served
