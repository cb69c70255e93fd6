"""Texts enter the register: read, refused, awaited, received."""

from datetime import date

import pytest

from tests.agencies.factory import agency
from tests.directives.factory import NINE, directive
from tests.marks import covers
from thuocdo.audit.models import Entry
from thuocdo.directives import actions
from thuocdo.directives.actions import Awaited, Text
from thuocdo.directives.enums import DirectiveState
from thuocdo.directives.models import Directive
from thuocdo.lib.say import Refused

pytestmark = pytest.mark.django_db
DAY = date(2025, 4, 1)


def register(symbol="71/NQ-CP", title="Chương trình", issued_on=DAY, **more):
    text = Text(symbol=symbol, title=title, issued_on=issued_on, **more)
    return actions.register(text=text, by=None, at=NINE)


@covers("1.09")
def test_the_symbol_gives_number_type_issuer_year_and_side():
    row = register().directive
    assert (row.number, row.type_code, row.issuer_code, row.year, row.side) == (71, "NQ", "CP", 2025, "state")


@covers("1.09")
def test_a_faulty_symbol_is_set_right_and_said():
    registered = register("03-NQ/CP")
    assert (registered.directive.symbol, registered.directive.symbol_raw) == ("03/NQ-CP", "03-NQ/CP")
    assert "was read as 03/NQ-CP" in str(registered.notes[0])


def test_registering_is_entered_in_the_log():
    row = register().directive
    entry = Entry.objects.get(verb="directive.registered")
    assert (entry.row_id, entry.new["symbol"]) == (str(row.pk), "71/NQ-CP")


@covers("1.09")
def test_a_second_text_of_the_same_identity_is_refused_naming_the_first():
    register("3/NQ-CP", "Chương trình hành động")
    with pytest.raises(Refused, match=r"03/NQ-CP of 2025-04-01 .* “Chương trình hành động”"):
        register("03-NQ/CP")


@covers("1.09")
@pytest.mark.parametrize(
    ("symbol", "day"), [("71-NQ/TW", DAY), ("71/NQ-CP", date(2016, 8, 5)), ("71/QĐ-TTg", DAY)]
)
def test_the_number_alone_is_no_identity(symbol, day):
    register()
    assert register(symbol, issued_on=day).directive.number == 71


def test_two_peoples_committees_may_have_the_same_plan_number():
    lai_chau, lam_dong = agency("UBND-12", issuer_code="UBND"), agency("UBND-68", issuer_code="UBND")
    register("1780/KH-UBND", issuer=lai_chau)
    register("1780/KH-UBND", issuer=lam_dong)
    assert Directive.objects.count() == 2


def test_an_issuer_named_by_a_code_of_several_is_asked_for():
    agency("UBND-12", issuer_code="UBND"), agency("UBND-68", issuer_code="UBND")
    with pytest.raises(Refused, match="More than one agency signs as UBND"):
        register("1780/KH-UBND")


def test_the_issuer_is_the_agency_that_signs_so_on_that_day():
    ministry = agency("BKHCN", issuer_code="BKHCN")
    assert register("682/QĐ-BKHCN").directive.issuer == ministry


def test_an_unknown_issuer_is_left_open_and_said():
    registered = register()
    assert registered.directive.issuer is None
    assert "the issuer is open" in str(registered.notes[-1])


def test_a_text_with_an_open_issuer_is_not_registered_again_with_its_issuer():
    register()
    with pytest.raises(Refused, match="already registered"):
        register(issuer=agency("CP", issuer_code="CP"))


@covers("1.09")
@pytest.mark.parametrize(
    ("symbol", "title"), [("12/QĐ-TTg (Mật)", "Kế hoạch"), ("12/QĐ-TTg", "TUYỆT MẬT. Kế hoạch")]
)
def test_a_text_with_a_secrecy_mark_is_refused_and_leaves_no_trace(symbol, title):
    with pytest.raises(Refused, match="secrecy mark"):
        register(symbol, title)
    assert (Directive.objects.count(), Entry.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    ("symbol", "title", "day", "reason"),
    [
        ("Nghị quyết 71", "Chương trình", DAY, "no symbol"),
        ("118/2025/NĐ-CP", "Nghị định", date(2024, 4, 1), "The symbol 118/2025/NĐ-CP is of 2025"),
        ("71/NQ-CP", " ", DAY, "no title"),
        ("71/NQ-CP", "Chương trình", date(2025, 4, 3), "has not come yet"),
    ],
)
def test_what_cannot_be_registered_is_refused_in_words(symbol, title, day, reason):
    with pytest.raises(Refused, match=reason):
        register(symbol, title, day)


def test_titles_are_kept_in_composed_letters():
    assert register(title="Quye\u0302\u0301t   ch\u00ed").directive.title == "Quy\u1ebft ch\u00ed"


@covers("1.09")
def test_an_awaited_text_has_no_number_and_gets_it_with_its_day():
    text = Awaited(title="Quyết định về ứng dụng IoT", awaited_from=DAY, type_code="QĐ", issuer_code="TTg")
    row = actions.expect(text=text, by=None, at=NINE)
    assert (row.number, row.state) == (None, DirectiveState.AWAITED)
    actions.receive_awaited(directive=row, symbol="700/QD-TTg", issued_on=DAY, by=None, at=NINE)
    row.refresh_from_db()
    assert (row.symbol, row.number, row.state) == ("700/QĐ-TTg", 700, DirectiveState.ISSUED)
    assert "quyet dinh 700" in row.folded


def test_two_texts_of_one_issuer_may_be_awaited_at_once():
    directive(issued_on=None), directive(issued_on=None)
    assert Directive.objects.filter(number=None).count() == 2


def test_an_awaited_text_that_comes_as_another_type_is_noted():
    text = Awaited(title="Hướng dẫn vị trí việc làm", awaited_from=DAY, type_code="HD", issuer_code="BNV")
    row = actions.expect(text=text, by=None, at=NINE)
    came = actions.receive_awaited(directive=row, symbol="12/QĐ-BNV", issued_on=DAY, by=None, at=NINE)
    assert "awaited as “hướng dẫn” and came as “quyết định”" in str(came.notes[-1])


def test_an_issued_text_cannot_be_received_again():
    row = directive()
    with pytest.raises(Refused, match="is not awaited"):
        actions.receive_awaited(directive=row, symbol="72/NQ-CP", issued_on=DAY, by=None, at=NINE)


def test_a_source_is_registered_once():
    actions.register_source(key="624", title="Thông báo 624", by=None, at=NINE)
    with pytest.raises(Refused, match="624"):
        actions.register_source(key="624", title="Thông báo 624", by=None, at=NINE)
