"""The documents made from the code (issue lines 1.05, 2.22), each below docs/."""

from collections.abc import Callable
from pathlib import Path

from thuocdo.config.documents import acceptance, access, house, privacy, states

PAGES: dict[str, Callable[[Path], str]] = {  # file below docs/ → what writes it from the checkout
    "house.md": house.page,
    "acceptance.md": acceptance.page,
    "states.md": states.page,
    "access.md": access.page,
    "privacy.md": privacy.page,
}
MADE = "<!-- Made by `thuocdo docs` from the code; change the code, not this page. -->\n\n"


def write(checkout: Path) -> list[str]:
    """Write every page that differs from what the code says; the names of those written."""
    late = stale(checkout)
    for name in late:
        (checkout / "docs" / name).write_text(MADE + PAGES[name](checkout), encoding="utf-8")
    return late


def stale(checkout: Path) -> list[str]:
    """The pages that do not say what the code says."""
    return [name for name, page in PAGES.items() if _text(checkout / "docs" / name) != MADE + page(checkout)]


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.exists() else ""
