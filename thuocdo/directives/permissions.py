"""Which texts a reader may see, register, publish. Rights are always today's."""

from django.db.models import Q

from thuocdo.accounts.enums import Permission
from thuocdo.accounts.permissions import Reader
from thuocdo.agencies.models import Agency
from thuocdo.directives.models import Directive


def visible(reader: Reader) -> Q:
    """A condition on directives: public ones, those issued in the reader's scope, and, for a registrar, what
    comes from outside the installation (its issuer works elsewhere or is open).

    `assignments` widens it by "or", with the texts that put a duty on an agency of the reader's scope.
    """
    if reader.reads_all:
        return Q(pk__isnull=False)
    seen = Q(pk__in=Directive.objects.public().values("pk"))
    if reader.own:
        seen |= Q(issuer_id__in=reader.own)
    if reader.may(Permission.REGISTER):
        seen |= Q(issuer=None) | Q(issuer__inside=False)
    return seen


def can_register(reader: Reader, issuer: Agency | None) -> bool:
    """Whether the reader may register, or add to, a text of this issuer."""
    return _of_scope(reader, Permission.REGISTER, issuer)


def can_publish(reader: Reader, directive: Directive) -> bool:
    """Whether the reader may decide what of the text is public."""
    return _of_scope(reader, Permission.PUBLISH, directive.issuer)


def _of_scope(reader: Reader, permission: Permission, issuer: Agency | None) -> bool:
    """Texts from outside are anybody's who holds the permission; others are their issuer's."""
    if issuer is None or not issuer.inside:
        return reader.may(permission)
    return reader.may_for(permission, issuer.pk)
