"""Finding the rows of a table in the register again, so that a second import changes nothing (1.24).

A duty is known by its group and number. Where a table has no numbers, or one number stands for two works,
it is known by its folded words.
"""

import hashlib
import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from thuocdo.lib.fold import fold
from thuocdo.lib.say import Say, say

LONGEST_ORDINAL = 24
LONGEST_LABEL = 100
LONGEST_GROUP = 300
GROUP = re.compile(
    r"(?:(?:nhóm|phần|mục|group|part)\s+)?(?P<number>[ivxlc]{1,6}|[a-zđ]|\d{1,2})\s*(?:[.):–-].*)?",
    re.IGNORECASE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Line:
    """What of a row tells which duty it is."""

    group: str
    ordinal: str
    work: str
    product: str
    limit_raw: str


@dataclass(frozen=True, slots=True)
class Known:
    """A duty that stands in the register."""

    pk: int
    key: str
    work: str
    product: str
    limit_raw: str


@dataclass(frozen=True, slots=True)
class Match:
    """One duty of the table: its key, the places of its rows, the duty of the register if it stands there."""

    key: str
    lines: tuple[int, ...]
    known: Known | None


@dataclass(frozen=True, slots=True)
class Wrong:
    """A row that contradicts another one, or the register."""

    line: int
    say: Say


def group_number(group: str) -> str:
    """ "I" of "I", "I. Nâng cao nhận thức" and "Nhóm I: …"; eight letters of a digest for other names."""
    found = GROUP.fullmatch(group.strip())
    if found:
        return found["number"].upper()
    return _digest(fold(group), 8) if group.strip() else ""


def number_key(line: Line) -> str:
    """The key by group and number; empty where the row has no number of its own."""
    number = fold(line.ordinal).strip(" .)(")
    if not number or len(number) > LONGEST_ORDINAL:
        return ""
    group = group_number(line.group)
    return f"{group}/{number}" if group else number


def words_key(work: str, product: str) -> str:
    """The key by the words alone."""
    return "w-" + _digest(f"{fold(work)}\n{fold(product)}", 32)


def ordinal_of(key: str) -> str:
    """The number that a key was made from, empty for a key made from words: exports print it."""
    return "" if key.startswith("w-") else key.rpartition("/")[2]


def label(line: Line) -> str:
    """The provision a row stands for, as the text would be cited: "Nhóm III, số 12"."""
    found = GROUP.fullmatch(line.group.strip())
    group = f"Nhóm {found['number'].upper()}" if found else line.group.strip()[:60]
    number = f"số {line.ordinal.strip(' .)(')}" if number_key(line) else line.work[:LONGEST_LABEL]
    text = f"{group}, {number}" if group else number
    return text[:1].upper() + text[1:]


def matched(lines: Sequence[Line], known: Sequence[Known]) -> tuple[list[Match], list[Wrong]]:
    """The duties of the table in its order, and the rows that cannot be one of them."""
    by_key = {one.key: one for one in known}
    by_words: dict[str, list[Known]] = defaultdict(list)
    for one in known:
        by_words[words_key(one.work, one.product)].append(one)
    groups, wrong = _grouped(lines)
    claimed = {
        key for key, places in groups.items() if key in by_key and _same(by_key[key], lines[places[0]])
    }
    found = []
    for key, places in groups.items():
        first = lines[places[0]]
        if key in claimed:
            found.append(Match(key, tuple(places), by_key[key]))
            continue
        alike = [one for one in by_words[words_key(first.work, first.product)] if one.key not in claimed]
        if alike:
            claimed.add(alike[0].key)
            found.append(Match(alike[0].key, tuple(places), alike[0]))
        elif key in by_key:
            wrong += [Wrong(place, _taken(by_key[key])) for place in places]
        else:
            found.append(Match(key, tuple(places), None))
    return found, sorted(wrong, key=lambda one: one.line)


def _grouped(lines: Sequence[Line]) -> tuple[dict[str, list[int]], list[Wrong]]:
    """The places of the rows by key; one that repeats a row with other terms is wrong."""
    works: dict[str, set[str]] = defaultdict(set)
    for line in lines:
        works[number_key(line)].add(fold(line.work))
    groups: dict[str, list[int]] = {}
    wrong = []
    for place, line in enumerate(lines):
        if len(line.group) > LONGEST_GROUP:
            wrong.append(Wrong(place, say("The group is longer than %(most)s letters.", most=LONGEST_GROUP)))
            continue
        number = number_key(line)
        by_number = number and len(works[number]) == 1
        key = number if by_number else words_key(line.work, line.product)
        places = groups.setdefault(key, [])
        if places and not _same_terms(lines[places[0]], line):
            wrong.append(Wrong(place, say("This duty stands in the table before, with other terms.")))
            continue
        places.append(place)
    return groups, wrong


def _same(known: Known, line: Line) -> bool:
    return fold(known.work) == fold(line.work)


def _same_terms(first: Line, other: Line) -> bool:
    return (fold(first.product), fold(first.limit_raw)) == (fold(other.product), fold(other.limit_raw))


def _taken(known: Known) -> Say:
    return say("This number already says something else in the register: “%(work)s”.", work=known.work[:120])


def _digest(text: str, letters: int) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:letters]
