"""The map and the bodies every installation begins with."""

import csv
from collections import Counter
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.db import transaction

from tests.marks import covers
from thuocdo.agencies import actions, queries, reference, spans
from thuocdo.agencies.enums import RelationKind, Side, TerritoryLevel
from thuocdo.agencies.models import (
    Agency,
    Closure,
    DayDecision,
    DayMark,
    Relation,
    Succession,
    Territory,
    TerritoryChange,
    WorkingHours,
)
from thuocdo.agencies.rules import naming
from thuocdo.audit.models import Entry
from thuocdo.lib.fold import fold, nfc
from thuocdo.lib.moments import DAY_MAX, AsOf

BEFORE, AFTER = date(2025, 6, 30), date(2025, 7, 1)
WINTER = date(2025, 2, 28)  # the last day of the ministries of before March 2025
AT = datetime(2025, 11, 1, tzinfo=UTC)
DATA = reference.read()
TABLE = Path(__file__).parents[3] / "shared" / "data" / "provinces34.csv"


def units(level: str, day: date) -> list[reference.Unit]:
    return [unit for unit in DATA.units if unit.level == level and unit.opened_on <= day < unit.closed_on]


@covers("1.06")
@pytest.mark.parametrize(
    ("level", "day", "count"),
    [
        ("province", AFTER, 34),
        ("province", BEFORE, 63),
        ("province", date(2024, 12, 31), 63),
        ("commune", AFTER, 3321),
        ("commune", BEFORE, 0),
    ],
)
def test_so_many_units(level, day, count):
    assert len(units(level, day)) == count


@covers("1.06")
def test_kinds_of_communes():
    assert Counter(unit.kind for unit in units("commune", AFTER)) == {
        "xã": 2621,
        "phường": 687,
        "đặc khu": 13,
    }


@covers("1.06")
def test_six_cities_and_28_provinces():
    assert Counter(unit.kind for unit in units("province", AFTER)) == {"tỉnh": 28, naming.CENTRAL_CITY: 6}


@covers("1.06")
def test_eleven_provinces_did_not_change():
    assert (
        len(
            {unit.key for unit in units("province", BEFORE)} & {unit.key for unit in units("province", AFTER)}
        )
        == 11
    )


@covers("1.06")
def test_code_68_is_the_old_and_the_new_lam_dong():
    days = [(unit.name, unit.opened_on) for unit in DATA.units if unit.code == "68"]
    assert days == [("Lâm Đồng", reference.FIRST_DAY), ("Lâm Đồng", AFTER)]
    assert {unit.name for unit in DATA.units if unit.became == "68"} == {"Lâm Đồng", "Đắk Nông", "Bình Thuận"}


@covers("1.06")
@pytest.mark.parametrize(("name", "province"), [("Hoàng Sa", "48"), ("Trường Sa", "56"), ("Phú Quý", "68")])
def test_special_zones_of_the_sea(name, province):
    assert [
        (unit.kind, unit.parent) for unit in DATA.units if unit.name == name and unit.kind == "đặc khu"
    ] == [("đặc khu", province)]


def test_names_are_composed_letters():
    assert all(unit.name == nfc(unit.name) for unit in DATA.units)


def test_every_commune_stands_in_a_province_of_its_days():
    provinces = {unit.code for unit in units("province", AFTER)}
    assert {unit.parent for unit in units("commune", AFTER)} == provinces


@covers("1.06")
def test_the_provinces_are_those_of_the_shared_table():
    if not TABLE.exists():
        pytest.skip("the table of provinces beside the checkout is not on this computer")
    communes = Counter((unit.parent, unit.kind) for unit in units("commune", AFTER))
    was = {unit.code: [] for unit in units("province", AFTER)}
    for unit in units("province", BEFORE):
        was[unit.became or unit.code].append(unit.name)
    ours = {
        unit.code: (
            unit.name, *(str(communes[unit.code, kind]) for kind in ("xã", "phường", "đặc khu")),
            sorted(was[unit.code]),
        )
        for unit in units("province", AFTER)
    }  # fmt: skip
    theirs = {
        row["code"]: (
            row["name"].removeprefix("Tỉnh ").removeprefix("Thành phố "), row["n_xa"], row["n_phuong"],
            row["n_dackhu"], sorted(row["merged_from"].split(" + ")),
        )
        for row in csv.DictReader(TABLE.read_text(encoding="utf-8").splitlines())
    }  # fmt: skip
    assert ours == theirs


def bodies(day: date, *kinds: str) -> set[str]:
    return {
        body.new.code for body in DATA.bodies
        if body.new.kind in kinds and body.new.opened_on <= day < body.closed_on
    }  # fmt: skip


@covers("1.07")
@pytest.mark.parametrize(("day", "count"), [(date(2025, 3, 1), 22), (AFTER, 22), (WINTER, 29)])
def test_central_bodies(day, count):
    central = bodies(day, "ministry", "government_agency", "office") - {"VPTW", "CQTTBCD"}
    assert len(central) == count


@covers("1.07")
def test_codes_are_plain_letters_and_used_once():
    codes = [body.new.code for body in DATA.bodies]
    assert len(set(codes)) == len(codes)
    assert all(code.isascii() for code in codes)


@covers("1.07")
def test_central_bodies_have_four_names():
    central = [body.new for body in DATA.bodies if body.new.level == "central"]
    assert all(new.name and new.name_en and new.name_fr and new.name_de for new in central)


def test_no_two_bodies_of_a_day_share_an_abbreviation():
    texts: dict[str, set[str]] = {}
    for body in DATA.bodies:
        if body.new.level != "commune" and body.new.opened_on <= AFTER < body.closed_on:
            for text in (body.new.name, *body.new.aliases):
                texts.setdefault(fold(text), set()).add(body.new.code)
    assert {text: codes for text, codes in texts.items() if len(codes) > 1} == {}


@pytest.mark.parametrize(
    ("kind", "name", "expected"),
    [
        ("tỉnh", "Lai Châu", ("Ủy ban nhân dân tỉnh Lai Châu", "Tỉnh ủy Lai Châu")),
        (naming.CENTRAL_CITY, "Huế", ("Ủy ban nhân dân thành phố Huế", "Thành ủy Huế")),
        (
            naming.CENTRAL_CITY, "Hồ Chí Minh",
            ("Ủy ban nhân dân Thành phố Hồ Chí Minh", "Thành ủy Thành phố Hồ Chí Minh"),
        ),
    ],
)  # fmt: skip
def test_names_of_bodies(kind, name, expected):
    found = naming.peoples_committee(kind, name).vi, naming.provincial_party_committee(kind, name).vi
    assert found == expected


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker):
    """The whole reference data, loaded once and rolled back at the end."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield actions.load_reference(reference=DATA, by=None, at=AT)
        transaction.set_rollback(True)


@pytest.mark.usefixtures("loaded", "db")
class TestLoaded:
    @covers("1.06")
    def test_the_map_of_a_day(self):
        found = queries.territory_of_day(TerritoryLevel.PROVINCE, BEFORE)
        assert (found.units.count(), str(found.note)) == (
            63, "Before 2025-07-01 only provinces are held, not communes."
        )  # fmt: skip
        assert queries.territory_of_day(TerritoryLevel.COMMUNE, AFTER).note is None

    @covers("1.06")
    def test_what_merged_into_what(self):
        changes = TerritoryChange.objects.filter(happened_on=AFTER)
        assert changes.count() == 52
        assert changes.values("successor").distinct().count() == 23

    @covers("1.07")
    @pytest.mark.parametrize(("side", "code"), [(Side.STATE, "UBND-68"), (Side.PARTY, "TU-68")])
    def test_the_localities_by_side_on_the_map_of_the_day(self, side, code):
        before, after = (queries.localities(side, AsOf(day)) for day in (BEFORE, AFTER))
        assert (len(before), len(after)) == (63, 34)
        assert code in {agency.code for agency in before}
        assert f"{code}-2025" in {agency.code for agency in after}

    def test_the_centrally_run_cities(self):
        names = {agency.territory.name for agency in queries.centrally_run_cities(AsOf(AFTER))}
        assert names == {"Hà Nội", "Hải Phòng", "Huế", "Đà Nẵng", "Hồ Chí Minh", "Cần Thơ"}
        assert len(queries.centrally_run_cities(AsOf(date(2024, 1, 1)))) == 5

    @covers("1.07")
    def test_ministries_before_and_after_march_2025(self):
        after = {agency.code for agency in queries.ministries(Side.STATE, AsOf(AFTER))}
        assert len(after) == 22
        assert {"BKHCN-2025", "BNNMT-2025", "VPCP", "VTV"} <= after
        assert "BTTTT" in {agency.code for agency in queries.ministries(Side.STATE, AsOf(WINTER))}

    def test_central_party_bodies(self):
        assert [one.code for one in queries.ministries(Side.PARTY, AsOf(AFTER))] == ["VPTW"]

    @covers("1.11")
    @pytest.mark.parametrize(
        ("code", "office"),
        [
            ("CP", "VPCP"), ("TTG", "VPCP"), ("BCDCP", "VPCP"), ("TW", "VPTW"), ("BCHINHTRI", "VPTW"),
            ("BCDTW", "CQTTBCD"), ("BCA", None), ("UBND-12", None),
        ],
    )  # fmt: skip
    def test_whose_office(self, code, office):
        found = queries.office_of(Agency.objects.get(code=code), AsOf(AFTER))
        assert (found.code if found else None) == office

    @covers("1.08")
    @pytest.mark.parametrize(
        ("code", "heir"),
        [
            ("BTTTT", "BKHCN-2025"), ("BHXH", "BTC-2025"), ("BGTVT", "BXD-2025"), ("BNNPTNT", "BNNMT-2025"),
            ("UBND-67", "UBND-68-2025"), ("TU-34", "TU-33-2025"), ("BCA", "BCA"),
        ],
    )  # fmt: skip
    def test_who_carries_on(self, code, heir):
        agency = Agency.objects.get(code=code)
        assert [one.code for one in queries.successors_of(agency.pk, AsOf(AFTER))] == [heir]

    @covers("1.07")
    def test_the_party_committee_of_the_peoples_committee_in_both_trees(self):
        inner = Agency.objects.get(code="DUUBND-12-2025")
        above = {kind: queries.ancestors(inner.pk, kind, AsOf(AFTER)) for kind in RelationKind}
        assert [one.code for one in above[RelationKind.PARTY]] == ["TU-12", "TW"]
        assert [one.code for one in above[RelationKind.ADMINISTRATIVE]] == ["UBND-12", "CP"]

    @covers("1.07")
    def test_communes_below_their_province(self):
        top = Agency.objects.get(code="UBND-12")
        assert queries.children(top.pk, RelationKind.ADMINISTRATIVE, AsOf(AFTER)).count() == 38 + 1

    @covers("1.24")
    @pytest.mark.parametrize(
        ("text", "code", "former"),
        [
            ("bo kh&cn", "BKHCN-2025", False), ("bo tt&tt", "BKHCN-2025", True),
            ("dak nong", "UBND-68-2025", True),
            ("tinh uy lai chau", "TU-12", False), ("bkhcn", "BKHCN-2025", False), ("tphcm", None, False),
            ("bo van hoa, the thao va du lich", "BVHTTDL", False), ("vtv", "VTV", False),
            ("tp. ho chi minh", "UBND-79-2025", False), ("lam dong", "UBND-68-2025", False),
        ],
    )  # fmt: skip
    def test_names_lead_to_the_agency_of_the_day(self, text, code, former, django_assert_num_queries):
        with django_assert_num_queries(2):
            entries = queries.name_index_entries(AsOf(AFTER))
        found = {(entry.code, entry.former) for entry in entries if entry.folded == text}
        assert found == ({(code, former)} if code else set())

    def test_names_of_before_march_lead_to_the_agencies_of_then(self):
        entries = queries.name_index_entries(AsOf(WINTER))
        assert {entry.code for entry in entries if entry.folded == "bo tt&tt"} == {"BTTTT"}

    def test_running_it_again_adds_nothing(self):
        before = [
            model.objects.count() for model in (Agency, Relation, Closure, Succession, Territory, Entry)
        ]
        again = actions.load_reference(reference=DATA, by=None, at=AT)
        after = [model.objects.count() for model in (Agency, Relation, Closure, Succession, Territory, Entry)]
        assert (again.units, again.agencies, after) == (0, 0, before)

    @covers("1.22")
    def test_every_row_has_its_entry(self):
        rows = sum(
            model.objects.count()
            for model in (
                Agency,
                DayDecision,
                DayMark,
                Relation,
                Succession,
                Territory,
                TerritoryChange,
                WorkingHours,
            )
        )
        assert Entry.objects.count() == rows

    @covers("1.20")
    def test_a_rebuild_gives_the_same_digest(self):
        before = spans.digest()
        assert spans.rebuild() == Closure.objects.count()
        assert spans.digest() == before

    def test_an_open_body_is_open(self):
        assert Agency.objects.get(code="UBND-03388-2025").closed_on == DAY_MAX
