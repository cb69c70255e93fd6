"""Loads what is measured: the targets of texts as indicators, the figures sources print (3.10)."""

from datetime import datetime
from decimal import Decimal
from importlib import resources
from pathlib import Path

from thuocdo.demo import places, tables
from thuocdo.demo.register import Sources
from thuocdo.demo.tables import FigureRow
from thuocdo.indicators import actions, catalogue
from thuocdo.indicators.enums import Origin, Periodicity
from thuocdo.indicators.models import Indicator
from thuocdo.indicators.rules.periods import Period
from thuocdo.indicators.terms import Value

CATALOGUES = ("indicators-national.yaml", "indicators-provinces.yaml")


def load(sources: Sources, at: datetime) -> None:
    """The catalogues, then every printed figure: read outside, so it stays declared."""
    pages = [_page(name) for name in CATALOGUES]
    entered = actions.enter_catalogue(pages=pages, by=None, at=at)
    if entered.mistakes:
        raise ValueError(str([(one.file, one.line, str(one.text)) for one in entered.mistakes]))
    indicators = {row.code: row for row in Indicator.objects.all()}
    for row in tables.figures():
        actions.observe(
            indicator=indicators[row.indicator], value=_value(row, sources), happened_on=row.happened_on,
            by=None, at=at,
        )  # fmt: skip


def _page(name: str) -> catalogue.Page:
    with resources.as_file(resources.files("thuocdo.demo") / "data" / name) as path:
        page, mistakes = catalogue.read(Path(path))
    if page is None or mistakes:
        raise ValueError(str([(one.line, str(one.text)) for one in mistakes]))
    return page


def _value(row: FigureRow, sources: Sources) -> Value:
    """As printed: a share is computed only where both of its parts are."""
    value = Decimal(row.value) if row.value else _share(row.numerator or 0, row.denominator or 1)
    return Value(
        agency=places.agency(row.agency, row.last),
        period=Period(Periodicity.YEAR, row.first, row.last),
        value=value,
        numerator=row.numerator,
        denominator=row.denominator,
        origin=Origin.OUTSIDE,
        source=sources[row.source],
        page=row.page,
        note=row.note,
    )


def _share(numerator: int, denominator: int) -> Decimal:
    return round(Decimal(numerator) / denominator, 6)
