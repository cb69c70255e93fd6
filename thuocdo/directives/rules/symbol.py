"""Reading the symbol of an official document: `57-NQ/TW`, `71/NQ-CP`, `118/2025/NĐ-CP`, `562/BKHCN-VCL`.

Shapes (Decree 30/2020/NĐ-CP, Appendix I; the Party Office's guideline; issue line 1.09):

    National Assembly   number/year/issuer             193/2025/QH15
    Party               number-type/issuer             57-NQ/TW
    State               number/type-issuer             71/NQ-CP
    State, normative    number/year/type-issuer        118/2025/NĐ-CP
    State, letter       number/issuer-unit             562/BKHCN-VCL

Faulty forms that can have one meaning only (`03-NQ/CP`, `422/QD-TTg`) are read, and every change is said.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from thuocdo.directives.rules.symbol_tables import (
    LETTER,
    OTHER_CODES,
    PARTY_ISSUERS,
    STATE_ISSUERS,
    TYPES,
    DocumentType,
    Side,
)
from thuocdo.lib.fold import fold
from thuocdo.lib.say import Say, say

LONGEST = 120  # letters of a cell that is still looked at; the longest real symbol has 24
YEARS = range(1945, 2101)

DASHES = re.compile("[‐‑‒–—―−]")
LIKE_D = str.maketrans({"Ð": "Đ", "ð": "đ", "Ɖ": "Đ", "ɖ": "đ"})  # other letters that only look like Đ
WORDS_BEFORE = re.compile(r"^(?:[^\d]*\s)?(?:số|so|no)\s*[.:]?\s*(?=\d)", re.IGNORECASE)
NAME_BEFORE = re.compile(r"^[^\d/]+\s(?=\d)")
DATE_AFTER = re.compile(r"[\s,;(]+(?:ngày|ngay|dated|of)\s.*$", re.IGNORECASE)
SPACES = re.compile(r"\s*([/-])\s*")
NUMBER = re.compile(r"\d{1,5}")
CODE = re.compile(r"[^\W\d_][\w.&]*")
ASSEMBLY = re.compile(r"(?:UBTV)?QH\d{1,2}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Symbol:
    """What a symbol says, and what had to be set right to read it."""

    number: int
    number_text: str  # as written, leading zeros kept
    type_code: str  # "" for an official letter and for acts of the National Assembly
    issuer_code: str
    year: int | None  # only where the symbol itself has one
    side: Side
    unit: str  # the drafting unit of a letter, else ""
    canonical: str
    fixes: tuple[Say, ...]

    @property
    def type(self) -> DocumentType | None:
        """The kind of document, or None where the symbol does not tell (acts of the National Assembly)."""
        if self.type_code:
            return TYPES[self.type_code]
        return None if self.side == "assembly" else LETTER

    @property
    def series(self) -> str:
        """Whose numbering it is of: the issuer's; of a letter, that of the issuer's unit."""
        return f"{self.issuer_code}-{self.unit}" if self.unit else self.issuer_code


@dataclass(frozen=True, slots=True)
class _Parts:
    """A symbol cut at its strokes: `marks` are the strokes themselves, e.g. "/-"."""

    number: str
    year: int | None
    codes: tuple[str, ...]
    marks: str


def parse_symbol(raw: str) -> Symbol | Say:
    """The symbol in `raw`, or the reason why it is none."""
    fixes: list[Say] = []
    text = _clean(raw, fixes)
    parts = _cut(text) if len(text) <= LONGEST else None
    if parts is None:
        return say(
            "“%(raw)s” is no symbol of a document, such as 57-NQ/TW or 71/NQ-CP.", raw=raw.strip()[:LONGEST]
        )
    if len(parts.codes) == 1:
        return _assembly(parts, text, fixes)
    type_code = _known(parts.codes[0], TYPES)
    if type_code is not None:
        return _typed(parts, type_code, text, fixes)
    return _letter(parts, text, fixes)


def identity(symbol: Symbol, year: int) -> str:
    """Which document it is: number, type, issuer, year; the number alone says nothing (1.09).

    `year` is that of issue; a year inside the symbol goes before it.
    """
    return f"{symbol.number}|{symbol.type_code}|{symbol.series}|{symbol.year or year}"


def year_problem(symbol: Symbol, year: int) -> Say | None:
    """Why a document of this symbol cannot have been issued in `year`."""
    if symbol.year is None or symbol.year == year:
        return None
    return say(
        "The symbol %(symbol)s is of %(inside)s, the day of issue is in %(year)s.",
        symbol=symbol.canonical,
        inside=str(symbol.year),
        year=str(year),
    )


def _clean(raw: str, fixes: list[Say]) -> str:
    """The bare symbol in NFC with plain strokes; what was set right goes to `fixes`."""
    text = " ".join(unicodedata.normalize("NFC", raw).split())
    bare = DATE_AFTER.sub("", text).strip(" .;,:()“”\"'")
    bare = NAME_BEFORE.sub("", WORDS_BEFORE.sub("", bare))
    if bare != text:
        fixes.append(say("Only the symbol was read from “%(found)s”.", found=text[:LONGEST]))
    plain = DASHES.sub("-", bare)
    if plain != bare:
        fixes.append(say("A long dash was read as a hyphen."))
    real = plain.translate(LIKE_D)
    if real != plain:
        fixes.append(say("A foreign letter was read as Đ."))
    tight = SPACES.sub(r"\1", real)
    if tight != real:
        fixes.append(say("Spaces inside the symbol were left out."))
    return tight


def _cut(text: str) -> _Parts | None:
    """The parts between the strokes, or None where they cannot be a symbol."""
    number, *rest = re.split("[/-]", text)
    marks = "".join(mark for mark in text if mark in "/-")
    year = int(rest[0]) if rest and re.fullmatch(r"[0-9]{4}", rest[0]) else None
    codes = tuple(rest[1:] if year is not None else rest)
    if not (number.isascii() and NUMBER.fullmatch(number)) or int(number) == 0:
        return None
    if year is not None and year not in YEARS:
        return None
    if not codes or not all(CODE.fullmatch(code) or code.isdigit() for code in codes) or codes[0].isdigit():
        return None
    return _Parts(number, year, codes, marks)


def _known(code: str, table: Iterable[str]) -> str | None:
    """The code of the table that is meant: by its letters, or without their marks if one only fits."""
    same = [known for known in table if known.casefold() == code.casefold()]
    if code in same:
        return code
    alike = same or [known for known in table if fold(known) == fold(code)]
    return alike[0] if len(alike) == 1 else None


def _issuer(code: str) -> str:
    """The issuer's code as its owner spells it; an unknown one in capitals."""
    heads, *tails = code.split("-")
    names = [*PARTY_ISSUERS, *STATE_ISSUERS, *OTHER_CODES]
    spelled = [_known(part, names) or _capitals(part) for part in (heads, *tails)]
    return "-".join(spelled)


def _capitals(code: str) -> str:
    return code.upper() if code.islower() else code


def _typed(parts: _Parts, type_code: str, text: str, fixes: list[Say]) -> Symbol | Say:
    """A Party or State document with a type; the issuer tells the side, else the strokes do."""
    issuer = _issuer("-".join(parts.codes[1:]))
    side = _side(issuer, parts)
    if side is None:
        return say(
            "“%(found)s” may be of the Party (number-type/issuer) or of the State (number/type-issuer).",
            found=text,
        )
    if side == "party" and parts.year is not None:
        return say("“%(found)s” has a year, but symbols of the Party have none.", found=text)
    number = _two_digits(parts.number)
    year = f"{parts.year}/" if parts.year is not None else ""
    canonical = (
        f"{number}-{type_code}/{issuer}" if side == "party" else f"{number}/{year}{type_code}-{issuer}"
    )
    return Symbol(
        number=int(parts.number),
        number_text=parts.number,
        type_code=type_code,
        issuer_code=issuer,
        year=parts.year,
        side=side,
        unit="",
        canonical=canonical,
        fixes=(*fixes, *_respelled(text, canonical)),
    )


def _side(issuer: str, parts: _Parts) -> Side | None:
    """Party or State: by a known issuer, then by the order of the strokes, then by a year inside."""
    if issuer in PARTY_ISSUERS:
        return "party"
    if issuer in STATE_ISSUERS or parts.year is not None:
        return "state"
    if parts.marks.startswith("-/"):
        return "party"
    return "state" if parts.marks.startswith("/-") else None


def _letter(parts: _Parts, text: str, fixes: list[Say]) -> Symbol | Say:
    """An official letter of the State: no type code, the drafting unit after the issuer."""
    if parts.year is not None or not parts.marks.startswith("/-"):
        return say("“%(found)s” has no known type of document: “%(code)s”.", found=text, code=parts.codes[0])
    issuer, unit = _issuer(parts.codes[0]), _issuer("-".join(parts.codes[1:]))
    canonical = f"{_two_digits(parts.number)}/{issuer}-{unit}"
    return Symbol(
        number=int(parts.number),
        number_text=parts.number,
        type_code=LETTER.code,
        issuer_code=issuer,
        year=None,
        side="state",
        unit=unit,
        canonical=canonical,
        fixes=(*fixes, *_respelled(text, canonical)),
    )


def _assembly(parts: _Parts, text: str, fixes: list[Say]) -> Symbol | Say:
    """An act of the National Assembly or of its Standing Committee, named by its legislature."""
    code = parts.codes[0].upper()
    if not ASSEMBLY.fullmatch(code):
        return say("“%(found)s” is only a part of a symbol: the type or the issuer is missing.", found=text)
    if parts.year is None:
        return say("“%(found)s” lacks its year, as in 193/2025/QH15.", found=text)
    canonical = f"{_two_digits(parts.number)}/{parts.year}/{code}"
    return Symbol(
        number=int(parts.number),
        number_text=parts.number,
        type_code="",
        issuer_code=code,
        year=parts.year,
        side="assembly",
        unit="",
        canonical=canonical,
        fixes=(*fixes, *_respelled(text, canonical)),
    )


def _two_digits(number: str) -> str:
    """Numbers are written with two digits at least (Decree 30/2020, Appendix I)."""
    return number.zfill(2)


def _respelled(text: str, canonical: str) -> tuple[Say, ...]:
    if text == canonical:
        return ()
    return (say("“%(found)s” was read as %(symbol)s.", found=text, symbol=canonical),)
