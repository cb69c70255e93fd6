"""The name under which an uploaded file is kept and given back."""

import unicodedata
from collections.abc import Collection

LONGEST = 200


def clean(name: str, endings: Collection[str]) -> str:
    """The name in NFC: no folders, no control or direction marks, at most 200 letters.

    Its ending fits the kind: one that is not among `endings` gets the first of them behind it, so that no
    "report.exe" is ever given back.
    """
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rpartition("/")[2]
    visible = "".join(" " if letter in '"<>|:*?' else letter for letter in last if _is_kept(letter))
    bare = " ".join(visible.split()).strip(". ") or "file"
    stem, dot, ending = bare.rpartition(".")
    fits = bool(dot) and ending.lower() in endings
    stem, ending = (stem, ending) if fits else (bare, next(iter(endings)))
    return f"{stem[: LONGEST - len(ending) - 1].rstrip('. ') or 'file'}.{ending}"


def _is_kept(letter: str) -> bool:
    """Everything but control, format (writing direction), surrogate and unassigned letters."""
    return not unicodedata.category(letter).startswith("C") or letter in "\t\n"
