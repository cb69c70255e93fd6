"""The facts of the demo world as its data files hold them, each row with the key of its source.

Dates are only those a source states. A text whose day of issue no source states (331-KH/TU, 24/CT-TTg,
2244/QĐ-TTg) is therefore not in `directives.csv`. Classes of difficulties, kinds of products and of what is
recommended are our reading; titles are shortened where a source gives no full one.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from importlib import resources

LANGUAGES = ("en", "fr", "de")


@dataclass(frozen=True, slots=True)
class SourceRow:
    """Where facts were read."""

    key: str
    title: str
    address: str
    published_on: date | None


@dataclass(frozen=True, slots=True)
class TextRow:
    """An issued text, or one that is awaited (`day` is then since when, `symbol` a key)."""

    symbol: str
    day: date
    issuer: str
    source: str
    title: str
    translations: dict[str, str]
    is_awaited: bool = False
    type_code: str = ""

    @property
    def key(self) -> str:
        """Symbol and year: there are several texts with the symbol 71/NQ-CP."""
        return self.symbol if self.is_awaited else f"{self.symbol} {self.day.year}"


@dataclass(frozen=True, slots=True)
class RelationRow:
    """`directive` does `kind` to `to`; both by `TextRow.key`."""

    directive: str
    kind: str
    to: str
    source: str


@dataclass(frozen=True, slots=True)
class TargetRow:
    """One target of 03/NQ-CP, appendix I; 11.3 is part of number 11."""

    number: str
    year: str
    target: str
    level: str
    agency: str
    source: str


@dataclass(frozen=True, slots=True)
class DutyRow:
    """One row of a printed list: a duty with its leads and its state on the day the list is of.

    `leads`: codes of agencies with semicolons, or the words of the list for a collective; `each:` before the
    words when the source says of each of them what it did.
    """

    directive: str
    key: str
    provision: str
    group: str
    work: str
    product: str
    product_kind: str
    limit: str
    leads: str
    state: str  # done, doing, late
    result: str
    evidence: str  # symbol of a text
    observed_on: date
    source: str
    same_as: str  # key of the same duty in another list


@dataclass(frozen=True, slots=True)
class TallyRow:
    """A count somebody printed."""

    key: str
    agency: str
    directive: str
    happened_on: date
    total: int
    parts: tuple[tuple[str, int], ...]
    counting_rule: str
    not_itemised: str
    source: str


@dataclass(frozen=True, slots=True)
class DifficultyRow:
    """What a source says holds work back."""

    agency: str
    kind: str
    text: str
    owner: str
    opened_on: date
    observed_on: date
    source: str


@dataclass(frozen=True, slots=True)
class RecommendationRow:
    """What a source says an agency asks of a higher one; `note` says what we had to read into it."""

    agency: str
    addressee: str
    kind: str
    text: str
    directive: str
    awaits: str
    note: str
    happened_on: date
    source: str


@dataclass(frozen=True, slots=True)
class FigureRow:
    """A figure that a source prints of an indicator: its value, or both parts of a share."""

    indicator: str
    agency: str
    first: date
    last: date
    value: str
    numerator: int | None
    denominator: int | None
    happened_on: date
    source: str
    page: str
    note: str


def sources() -> list[SourceRow]:
    """sources.csv"""
    return [
        SourceRow(row["key"], row["title"], row["address"], _day_or_none(row["published_on"]))
        for row in _rows("sources")
    ]


def directives() -> list[TextRow]:
    """directives.csv"""
    return [
        TextRow(
            row["symbol"], date.fromisoformat(row["issued_on"]), row["issuer"], row["source"], row["title"],
            _translations(row),
        )
        for row in _rows("directives")
    ]  # fmt: skip


def awaited() -> list[TextRow]:
    """awaited.csv"""
    return [
        TextRow(
            row["key"], date.fromisoformat(row["awaited_from"]), row["issuer"], row["source"], row["title"],
            _translations(row), is_awaited=True, type_code=row["type_code"],
        )
        for row in _rows("awaited")
    ]  # fmt: skip


def relations() -> list[RelationRow]:
    """relations.csv"""
    return [RelationRow(**row) for row in _rows("relations")]


def targets() -> list[TargetRow]:
    """targets.csv"""
    return [TargetRow(**row) for row in _rows("targets")]


def duties() -> list[DutyRow]:
    """duties.csv"""
    return [
        DutyRow(**{key: value for key, value in row.items() if key != "observed_on"},
                observed_on=date.fromisoformat(row["observed_on"]))
        for row in _rows("duties")
    ]  # fmt: skip


def tallies() -> list[TallyRow]:
    """tallies.csv"""
    return [
        TallyRow(
            row["key"], row["agency"], row["directive"], date.fromisoformat(row["happened_on"]),
            int(row["total"]), tuple(_parts(row["parts"])), row["counting_rule"], row["not_itemised"],
            row["source"],
        )
        for row in _rows("tallies")
    ]  # fmt: skip


def difficulties() -> list[DifficultyRow]:
    """difficulties.csv"""
    return [
        DifficultyRow(
            row["agency"], row["kind"], row["text"], row["owner"], date.fromisoformat(row["opened_on"]),
            date.fromisoformat(row["observed_on"]), row["source"],
        )
        for row in _rows("difficulties")
    ]  # fmt: skip


def recommendations() -> list[RecommendationRow]:
    """recommendations.csv"""
    return [
        RecommendationRow(
            **{**row, "happened_on": date.fromisoformat(row["happened_on"])}  # type: ignore[arg-type]
        )
        for row in _rows("recommendations")
    ]


def figures() -> list[FigureRow]:
    """observations.csv"""
    return [
        FigureRow(
            row["indicator"], row["agency"], date.fromisoformat(row["first"]),
            date.fromisoformat(row["last"]), row["value"], _number(row["numerator"]),
            _number(row["denominator"]), date.fromisoformat(row["happened_on"]), row["source"], row["page"],
            row["note"],
        )
        for row in _rows("observations")
    ]  # fmt: skip


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (resources.files("thuocdo.demo") / "data" / f"{name}.csv").open(encoding="utf-8") as handle:
        yield from csv.DictReader(handle)


def _translations(row: dict[str, str]) -> dict[str, str]:
    return {language: row[f"title_{language}"] for language in LANGUAGES}


def _day_or_none(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _number(text: str) -> int | None:
    return int(text) if text else None


def _parts(text: str) -> Iterator[tuple[str, int]]:
    for part in filter(None, text.split(";")):
        label, _, count = part.rpartition("=")
        yield label, int(count)
