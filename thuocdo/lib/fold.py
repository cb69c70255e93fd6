"""Text without case, marks or đ, so that "quyet dinh" finds "Quyết định"."""

import unicodedata

_LETTERS = str.maketrans({"đ": "d", "Đ": "d", "ß": "ss", "æ": "ae", "œ": "oe"})


def nfc(text: str) -> str:
    """The text with composed letters, single spaces and no space at either end."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def fold(text: str) -> str:
    """The text in lower case without diacritics, đ as d, spaces single: for both sides of a search."""
    bare = unicodedata.normalize("NFD", text.translate(_LETTERS).casefold())
    return " ".join("".join(letter for letter in bare if not unicodedata.combining(letter)).split())
