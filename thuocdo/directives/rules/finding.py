"""The text that search looks at, so that "quyet dinh 422" finds 422/QĐ-TTg (issue line 1.23)."""

import re
from collections.abc import Iterable

from thuocdo.directives.rules.symbol_tables import DocumentType
from thuocdo.lib.fold import fold

SIGNS = re.compile(r"[\W_]+")


def of_directive(symbol: str, number: int | None, kind: DocumentType | None, titles: Iterable[str]) -> str:
    """One folded line for each way to ask: symbol, symbol without signs, type with number, titles."""
    names = (kind.name, f"{kind.name} số", kind.name_en) if kind else ()
    spelled = [f"{name} {digits}" for name in names for digits in _numbers(number)]
    lines = [symbol, SIGNS.sub(" ", symbol), *spelled, *titles]
    return "\n".join(dict.fromkeys(fold(line) for line in lines if line))


def _numbers(number: int | None) -> list[str]:
    """3 is asked for as 3 or as 03."""
    return [] if number is None else list(dict.fromkeys((str(number), f"{number:02d}")))


def of_obligation(*texts: str) -> str:
    """One folded line for each text."""
    return "\n".join(fold(text) for text in texts if text)
