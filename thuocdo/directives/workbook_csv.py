"""Reading a .csv of any office: which encoding, which separator, then the rows.

The encoding is told by its mark or by the rules of UTF-8; else, among the old ones, by the most headings of a
table of obligations that are recognised. So is the separator.
"""

import csv
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice

import charset_normalizer

from thuocdo.directives.rules.headings import field_of
from thuocdo.directives.workbook_zip import MOST_ROWS, too_many_rows
from thuocdo.lib.say import Say, say

Knows = Callable[[str], object | None]  # what a heading means; None: nothing that is known

SEPARATORS = (",", ";", "\t", "|")
GUARDED = ("'=", "'+", "'-", "'@")
TOP = 40  # rows in which headings are looked for
SAMPLE = 64 * 1024  # bytes that are enough to tell an encoding

MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig", "UTF-8"),
    (b"\xff\xfe", "utf-16", "UTF-16"),
    (b"\xfe\xff", "utf-16", "UTF-16"),
)

# TCVN 5712:1993 (fonts .VnTime, .VnArial): its letters in the order of the bytes beside them.
TCVN3_BYTES = "¸µ¶·¹¨¾»¼½Æ©ÊÇÈÉË®ÐÌÎÏÑªÕÒÓÔÖÝ×ØÜÞãßáâä«èåæçé¬íêëìîóïñòô\xadøõö÷ùýúûüþ¡¢§£¤¥¦"
TCVN3_LETTERS = "áàảãạăắằẳẵặâấầẩẫậđéèẻẽẹêếềểễệíìỉĩịóòỏõọôốồổỗộơớờởỡợúùủũụưứừửữựýỳỷỹỵĂÂĐÊÔƠƯ"
TCVN3 = str.maketrans(TCVN3_BYTES, TCVN3_LETTERS)


@dataclass(frozen=True, slots=True)
class Table:
    """The rows as they stand, and what there is to say about how they were read."""

    rows: tuple[tuple[str | None, ...], ...]
    notes: tuple[Say, ...]


@dataclass(frozen=True, slots=True)
class _Guess:
    encoding: str
    text: str
    separator: str
    headings: int  # recognised with this encoding and separator


def read(content: bytes, knows: Knows = field_of) -> Table | Say:
    """The rows of the file, or why it cannot be read."""
    guesses = [_guess(encoding, text, knows) for encoding, text in _decoded(content)]
    if not guesses:
        return say("The encoding of the file is not known; save it as UTF-8.")
    best = max(guesses, key=lambda guess: guess.headings)
    try:
        rows = tuple(
            tuple(cell or None for cell in row) for row in _rows(best.text, best.separator, MOST_ROWS + 1)
        )
    except csv.Error:
        return say("The file is no table of separated values.")
    if len(rows) > MOST_ROWS:
        return too_many_rows()
    notes = () if best.encoding == "UTF-8" else (say("The file was read as %(code)s.", code=best.encoding),)
    return Table(rows, notes)


def _decoded(content: bytes) -> Iterator[tuple[str, str]]:
    """The texts that the bytes may be: one only where a mark or UTF-8's own rules tell it."""
    for mark, encoding, name in MARKS:
        if content.startswith(mark):
            yield from _try(content, encoding, name)
            return
    if b"\0" in content[:SAMPLE]:
        wide = "utf-16-be" if content[:1] == b"\0" else "utf-16-le"
        yield from _try(content, wide, "UTF-16")
        return
    utf8 = list(_try(content, "utf-8", "UTF-8"))
    yield from utf8 or _old(content)


def _old(content: bytes) -> Iterator[tuple[str, str]]:
    """Encodings of the years before Unicode; the normaliser's guess comes last, for what is none of ours."""
    yield from _try(content, "cp1258", "windows-1258")
    for _, text in _try(content, "latin-1", "latin-1"):
        yield "TCVN3", text.translate(TCVN3)
    guess = charset_normalizer.from_bytes(content[:SAMPLE]).best()
    if guess is not None:
        yield from _try(content, guess.encoding, guess.encoding)


def _try(content: bytes, encoding: str, name: str) -> Iterator[tuple[str, str]]:
    try:
        yield name, content.decode(encoding).lstrip("\ufeff")
    except (UnicodeDecodeError, LookupError):
        return


def _guess(encoding: str, text: str, knows: Knows) -> _Guess:
    """The separator with which the most headings stand at the top of the text."""
    head = text[:SAMPLE]
    scores = {separator: _headings(head, separator, knows) for separator in SEPARATORS}
    best = max(SEPARATORS, key=lambda separator: scores[separator])
    return _Guess(encoding, text, best, scores[best])


def _headings(text: str, separator: str, knows: Knows) -> int:
    try:
        return sum(knows(cell) is not None for row in _rows(text, separator, TOP) for cell in row)
    except csv.Error:
        return -1


def _rows(text: str, separator: str, most: int) -> Iterator[list[str]]:
    lines = text.removeprefix(f"sep={separator}")
    rows = islice(csv.reader(io.StringIO(lines, newline=""), delimiter=separator), most)
    return ([_bare(cell) for cell in row] for row in rows)


def _bare(cell: str) -> str:
    """Without the apostrophe that keeps a spreadsheet from taking text for a formula."""
    return cell[1:] if cell.startswith(GUARDED) else cell
