"""Joins the style sheets of this folder, in the order of their names, into static/css/app.css."""

from pathlib import Path

HERE = Path(__file__).parent
TARGET = HERE.parent / "static" / "css" / "app.css"


def joined() -> str:
    """All parts in one text without comments, indentation or empty lines."""
    return "".join(tight(path.read_text()) for path in sorted(HERE.glob("*.css")))


def tight(css: str) -> str:
    """The sheet without its comments and its indentation; nothing cleverer, gzip does the rest."""
    while "/*" in css:
        before, _, rest = css.partition("/*")
        css = before + rest.partition("*/")[2]
    return "".join(f"{line.strip()}\n" for line in css.splitlines() if line.strip())


def write() -> None:
    """Write the joined sheet where collectstatic finds it."""
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    TARGET.write_text(joined())
