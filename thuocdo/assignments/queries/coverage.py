"""How far the duties of directives were handed out, and which provisions nobody has been given (1.28)."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet

from thuocdo.accounts.permissions import Reader
from thuocdo.assignments import permissions
from thuocdo.assignments.models import Assignment
from thuocdo.directives import permissions as directive_permissions
from thuocdo.directives.models import Directive, DirectiveQuerySet, Obligation, Provision
from thuocdo.directives.queries import find_by_symbol
from thuocdo.lib.moments import MOMENT_MAX, AsOf


@dataclass(frozen=True, slots=True)
class Coverage:
    """Provisions of a directive, those with a duty read out, and those whose duty somebody was given."""

    provisions: int = 0
    read: int = 0
    given: int = 0

    @property
    def nobodys(self) -> int:
        """Provisions with a duty that nobody has been given."""
        return self.read - self.given


def readable_directives(reader: Reader) -> DirectiveQuerySet:
    """The texts the register shows this reader, and those that put a duty on an agency of the reader."""
    seen = directive_permissions.visible(reader)
    if reader.own:
        mine = Assignment.objects.given().filter(directive=OuterRef("pk"))
        part = Q(lead__in=reader.own) | Q(assigner__in=reader.own) | Q(confirming__in=reader.own)
        seen |= Q(Exists(mine.filter(part)))
    return Directive.objects.filter(seen)


def registered(symbol: str, reader: Reader) -> Directive | None:
    """The text of this number, if just one that the reader may see is registered here."""
    found = [one.pk for one in find_by_symbol(symbol)]
    seen = list(readable_directives(reader).filter(pk__in=found)[:2])
    return seen[0] if len(seen) == 1 else None


def coverage(directive_ids: Iterable[int], as_of: AsOf) -> dict[int, Coverage]:
    """The coverage of each directive on the day; one statement."""
    ids = list(directive_ids)
    moment = as_of.known or MOMENT_MAX
    read = Obligation.objects.filter(provision=OuterRef("pk"), recorded_at__lte=moment)
    given = Assignment.objects.filter(
        obligation__provision=OuterRef("pk"), given_on__lte=as_of.day, given_recorded_at__lte=moment
    )
    rows = (
        Provision.objects.filter(directive__in=ids, recorded_at__lte=moment)
        .annotate(is_read=Exists(read), is_given=Exists(given))
        .order_by()
        .values("directive")
        .annotate(
            provisions=Count("pk"),
            read=Count("pk", filter=Q(is_read=True)),
            given=Count("pk", filter=Q(is_given=True)),
        )
    )
    found = {row["directive"]: Coverage(row["provisions"], row["read"], row["given"]) for row in rows}
    return {pk: found.get(pk, Coverage()) for pk in ids}


def lines(directive: Directive, reader: Reader, as_of: AsOf) -> QuerySet[Provision]:
    """The provisions in order with their duties and, of each, the `given` the reader may see, on the day."""
    moment = as_of.known or MOMENT_MAX
    given = Assignment.objects.filter(given_on__lte=as_of.day, given_recorded_at__lte=moment)
    seen = given.filter(permissions.visible(reader), parent=None).select_related("lead").order_by("pk")
    duties = Obligation.objects.filter(recorded_at__lte=moment).order_by("pk")
    return (
        Provision.objects.filter(directive=directive, recorded_at__lte=moment)
        .prefetch_related(
            Prefetch("obligations", duties.prefetch_related(Prefetch("assignments", seen, to_attr="given")))
        )
        .order_by("ordinal", "pk")
    )


def following(rows: QuerySet[Provision], ordinal: int, pk: int) -> QuerySet[Provision]:
    """Of `lines`, those after this place in the order."""
    return rows.filter(Q(ordinal__gt=ordinal) | Q(ordinal=ordinal, pk__gt=pk))
