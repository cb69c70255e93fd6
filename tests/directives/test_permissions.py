"""Who sees which text: the public, an agency's people, registrars, inspectors."""

import pytest

from tests.agencies.factory import agency
from tests.directives.factory import NINE, directive
from tests.marks import covers
from thuocdo.accounts.enums import Permission
from thuocdo.accounts.permissions import PUBLIC, Reader
from thuocdo.directives import actions, permissions
from thuocdo.directives.actions import Shown
from thuocdo.directives.models import Directive

pytestmark = pytest.mark.django_db


@pytest.fixture
def province():
    """UBND tỉnh Lai Châu, which works in this installation."""
    return agency("UBND-12", issuer_code="UBND")


@pytest.fixture
def texts(province):
    """One public, one of Lai Châu, one of Hưng Yên, one from outside: by their symbols."""
    directive("57-NQ/TW", issuer=agency("TW", inside=False), public=True)
    directive("1780/KH-UBND", issuer=province)
    directive("144/KH-UBND", issuer=agency("UBND-33"))
    directive("71/NQ-CP", issuer=agency("CP", inside=False))


def reader(*permissions_held, of=frozenset()):
    return Reader(reach={permission: frozenset(of) for permission in permissions_held})


def seen(reader):
    return set(Directive.objects.filter(permissions.visible(reader)).values_list("symbol", flat=True))


@covers("1.27", "1.29")
@pytest.mark.usefixtures("texts")
def test_the_public_sees_what_was_made_public_only():
    assert seen(PUBLIC) == {"57-NQ/TW"}


@covers("1.29")
@pytest.mark.usefixtures("texts")
def test_an_agency_sees_its_own_texts_besides(province):
    assert seen(reader(Permission.READ_OWN, of={province.pk})) == {"57-NQ/TW", "1780/KH-UBND"}


@covers("1.29")
@pytest.mark.usefixtures("texts")
def test_a_registrar_sees_what_comes_from_outside_but_no_neighbours_text(province):
    registrar = reader(Permission.READ_OWN, Permission.REGISTER, of={province.pk})
    assert seen(registrar) == {"57-NQ/TW", "1780/KH-UBND", "71/NQ-CP"}


@pytest.mark.usefixtures("texts")
def test_an_inspector_sees_all():
    assert len(seen(reader(Permission.READ_ALL))) == 4


@covers("1.27")
def test_what_is_closed_again_is_no_longer_public():
    row = directive(public=True)
    actions.publish(
        directive=row, shown=Shown(), withheld="Rà soát", decided_on=NINE.date(), by=None, at=NINE
    )
    assert seen(PUBLIC) == set()


def test_a_registrar_registers_texts_of_the_own_scope_and_from_outside(province):
    registrar = reader(Permission.REGISTER, of={province.pk})
    outside, neighbour = agency("CP", inside=False), agency("UBND-33")
    asked = [province, outside, None, neighbour]
    assert [permissions.can_register(registrar, issuer) for issuer in asked] == [True, True, True, False]


def test_only_who_holds_the_right_publishes(province):
    row = directive("1780/KH-UBND", issuer=province)
    leader, other = reader(Permission.PUBLISH, of={province.pk}), reader(Permission.PUBLISH, of={0})
    assert [permissions.can_publish(one, row) for one in (leader, other, PUBLIC)] == [True, False, False]
