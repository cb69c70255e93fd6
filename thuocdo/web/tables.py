"""The words of the table in which many values are given at once: as written and as read, in all languages."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import cache

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override, pgettext_lazy

from thuocdo.assignments.exports import Table
from thuocdo.faces import wording
from thuocdo.indicators.enums import Kind, Missing
from thuocdo.indicators.queries.tabling import Offered
from thuocdo.indicators.rules.sheet import AMBIGUOUS, COLUMNS, Words
from thuocdo.lib.fold import fold
from thuocdo.web import measures

HEADINGS: dict[str, Promise] = {
    "indicator": gettext_lazy("Code of the indicator"),
    "name": gettext_lazy("Indicator"),
    "agency": gettext_lazy("Code of the agency"),
    "agency_name": gettext_lazy("Agency"),
    "period": gettext_lazy("Period"),
    "part": pgettext_lazy("of a value", "Part"),
    "value": gettext_lazy("Value"),
    "numerator": gettext_lazy("Numerator"),
    "denominator": gettext_lazy("Denominator"),
    "missing": gettext_lazy("Why there is no value"),
    "note": gettext_lazy("Note"),
    "reason": gettext_lazy("Why it is corrected"),
}
Cell = str | int | Decimal | None


@cache
def words() -> Words:
    """Every heading and every reason in every language, and by its own name."""
    headings = {name: name for name in COLUMNS}
    reasons = {one.value: one for one in Missing}
    for language, _name in settings.LANGUAGES:
        with override(language):
            headings |= {fold(str(text)): name for name, text in HEADINGS.items()}
            reasons |= {fold(str(one.label)): one for one in Missing}
    return Words(headings, reasons)


def knows(cell: str) -> str | None:
    """The column that a heading names."""
    return words().headings.get(fold(cell))


def of(lines: Sequence[Offered]) -> Table:
    """The table that is filled in and given back, in the reader's language."""
    about = [
        _("Values of indicators, to be filled in and given back."),
        _("A row without a value is passed over. A changed value needs its reason in the last column."),
    ]
    return Table(about, COLUMNS, [str(HEADINGS[name]) for name in COLUMNS], _records(lines))


def _records(lines: Sequence[Offered]) -> Iterator[tuple[Cell, ...]]:
    for line in lines:
        told = line.told
        ratio = line.definition.kind == Kind.RATIO
        yield (
            line.definition.indicator.code,
            measures.name_of(line.definition),
            line.agency.code,
            wording.name_of(line.agency),
            line.period.key,
            line.part,
            None if told is None or ratio else _plain(told.value),
            told.numerator if told else None,
            told.denominator if told else None,
            str(told.missing.label) if told and told.missing else None,
            None,
            None,
        )


def _plain(value: Decimal | None) -> Cell:
    """Three decimals are written as four, as text: 1.234 could be read as a thousand."""
    text = "" if value is None else f"{value.normalize():f}"
    return f"{text}0" if AMBIGUOUS.fullmatch(text) else value
