"""The data files of the demo world say what the sources say, no more."""

import pytest

from tests.marks import covers
from thuocdo.demo import tables
from thuocdo.directives.rules.symbol import Symbol, parse_symbol

SOURCES = {row.key for row in tables.sources()}
MAY = [row for row in tables.duties() if row.source == "VNMP"]
NOVEMBER = [row for row in tables.duties() if row.source == "624TB"]


@covers("1.26")
@pytest.mark.parametrize(
    "rows",
    [tables.directives(), tables.awaited(), tables.relations(), tables.targets(), tables.duties(),
     tables.tallies(), tables.difficulties(), tables.figures(),
     tables.recommendations()],
)  # fmt: skip
def test_every_row_names_a_source(rows):
    assert rows
    assert {row.source for row in rows} <= SOURCES


def test_every_source_but_the_examples_and_one_copy_has_an_address():
    assert [row.key for row in tables.sources() if not row.address.startswith("http")] == ["LD-2711", "VIDU"]


@covers("1.26")
def test_there_are_41_targets_35_for_2030_and_6_for_2045():
    years = [row.year for row in tables.targets() if "." not in row.number]
    assert (len(years), years.count("2030"), years.count("2045")) == (41, 35, 6)


@pytest.mark.parametrize(("number", "parts"), [("11", 12), ("23", 4)])
def test_targets_have_their_parts(number, parts):
    assert sum(row.number.startswith(f"{number}.") for row in tables.targets()) == parts


@covers("1.26")
def test_of_37_duties_due_in_spring_the_29_printed_ones_are_itemised():
    numbers = [int(row.key.rpartition("/")[2]) for row in MAY]
    assert numbers == [*range(1, 14), *range(22, 38)]


@pytest.mark.parametrize(("state", "count"), [("done", 19), ("doing", 8), ("late", 2)])
def test_states_of_the_itemised_spring_duties(state, count):
    assert sum(row.state == state for row in MAY) == count


@covers("1.26")
def test_of_74_duties_overdue_in_november_37_are_itemised_all_of_them_overdue():
    assert len(NOVEMBER) == 37
    assert {row.state for row in NOVEMBER} == {"late"}


def test_a_duty_listed_twice_points_at_the_first():
    keys = {row.key for row in MAY}
    assert len([row for row in NOVEMBER if row.same_as]) == 3
    assert {row.same_as for row in NOVEMBER} - {""} <= keys


@pytest.mark.parametrize("row", tables.directives(), ids=lambda row: row.key)
def test_symbols_are_well_formed_and_titles_stand_in_four_languages(row):
    symbol = parse_symbol(row.symbol)
    assert isinstance(symbol, Symbol)
    assert symbol.canonical == row.symbol
    assert all((row.title, *row.translations.values()))


def test_three_texts_share_the_number_71():
    keys = {row.key for row in tables.directives() if row.symbol.startswith("71")}
    assert keys == {"71/NQ-CP 2025", "71/NQ-CP 2016", "71-NQ/TW 2025"}
