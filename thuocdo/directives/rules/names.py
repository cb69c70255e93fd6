"""Finding the agencies that a cell names, the longest known name first.

A name counts only when it stands by itself: at both ends a comma, semicolon, line break, "và", bracket, or
the end of the cell. So "Bộ Văn hóa, Thể thao và Du lịch" is one agency, "các bộ, ngành liên quan" is not all
of them, and what no name, code or abbreviation fits comes back as unknown, to be asked for (issue line 1.24).
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field

from thuocdo.directives.rules.collectives import Collective, phrases
from thuocdo.lib.fold import fold, nfc
from thuocdo.lib.say import Say, say

LONGEST = 2_000  # letters of a cell that is still looked at
REMEMBERED = 20_000  # cells whose reading is kept: tables repeat the same ones

WORD = re.compile(r"\w+")
INSIDE = re.compile(r"[\s,.&/'’–-]*")  # between the words of one name
APART = re.compile(r"[,;\n+/•|()\[\]]|\.\s")  # ends a stretch of unknown words
STANDS_ALONE = re.compile(r"[,;\n+/•|()\[\]&–-]|\.\s")  # may follow a name
NUMBERED = re.compile(r"\d{1,2}|[a-zđ]")
AND = {"va", "cung", "and"}
ROLES = ("chủ trì", "cơ quan chủ trì", "đơn vị chủ trì", "đầu mối", "lead")  # say again what the column says
HELPERS = ("phối hợp", "phối hợp với", "cơ quan phối hợp", "đơn vị phối hợp")  # whoever follows does not lead


@dataclass(frozen=True, slots=True)
class Name:
    """One way to call an agency: its name, code, known abbreviation or translation."""

    key: int
    text: str


@dataclass(frozen=True, slots=True)
class Leads:
    """What a cell names, each once, in its order."""

    agency_keys: tuple[int, ...] = ()
    collectives: tuple[Collective, ...] = ()
    unknown: tuple[str, ...] = ()  # to be asked for, in the cell's own words
    notes: tuple[Say, ...] = ()

    @property
    def several(self) -> bool:
        """More than one agency by name and no group: one assignment each."""
        return len(self.agency_keys) > 1 and not self.collectives


@dataclass(slots=True)
class _Node:
    after: dict[str, "_Node"] = field(default_factory=dict)
    names: list[Name] = field(default_factory=list)
    collectives: tuple[Collective, ...] = ()
    is_role: bool = False
    is_helper: bool = False

    def grow(self, words: Iterable[str]) -> "_Node":
        """The node at the end of these words, made where it is missing."""
        node = self
        for word in words:
            node = node.after.setdefault(word, _Node())
        return node

    @property
    def ends(self) -> bool:
        return bool(self.names or self.collectives or self.is_role or self.is_helper)


class NameIndex:
    """All names known on a day, made once and asked for every cell."""

    def __init__(self, entries: Iterable[Name]) -> None:
        self._root = _Node()
        self._words: dict[str, str] = {}
        self._read: dict[str, Leads] = {}
        for entry in entries:
            if words := self._split(entry.text):
                self._root.grow(words).names.append(entry)
        for phrase, groups in phrases().items():
            self._root.grow(self._split(phrase)).collectives = groups
        for role in ROLES:
            self._root.grow(self._split(role)).is_role = True
        for helper in HELPERS:
            self._root.grow(self._split(helper)).is_helper = True

    def read(self, cell: str) -> Leads:
        """See `read_leads`."""
        if cell not in self._read:
            if len(self._read) >= REMEMBERED:
                self._read.clear()
            self._read[cell] = _Reader(self, cell).leads()
        return self._read[cell]

    def folded(self, word: str) -> str:
        """The word without case or marks, remembered."""
        if word not in self._words:
            if len(self._words) >= REMEMBERED:
                self._words.clear()
            self._words[word] = fold(word)
        return self._words[word]

    def longest(self, words: list[str], gaps: list[str], start: int) -> tuple[_Node, int] | None:
        """The longest known phrase that begins at word `start`, with the place of the word after it."""
        node, found = self._root, None
        for at in range(start, len(words)):
            if at > start and not INSIDE.fullmatch(gaps[at]):
                break
            following = node.after.get(words[at])
            if following is None:
                break
            node = following
            if node.ends:
                found = (node, at + 1)
        return found

    def _split(self, text: str) -> list[str]:
        return [self.folded(word) for word in WORD.findall(unicodedata.normalize("NFC", text))]


def read_leads(cell: str, index: NameIndex) -> Leads:
    """The agencies, groups and unknown names of a cell; nothing is invented, nothing is dropped."""
    return index.read(cell)


class _Reader:
    """One cell on its way: `gaps[n]` is what stands before word n, the last gap what stands at the end."""

    def __init__(self, index: NameIndex, cell: str) -> None:
        self.index = index
        self.text = unicodedata.normalize("NFC", cell)
        self.places = [match.span() for match in WORD.finditer(self.text[:LONGEST])]
        self.words = [index.folded(self.text[start:end]) for start, end in self.places]
        edges = [0, *(end for _, end in self.places)]
        starts = [*(start for start, _ in self.places), len(self.text)]
        self.gaps = [self.text[edge:start] for edge, start in zip(edges, starts, strict=True)]
        self.keys: dict[int, None] = {}
        self.groups: dict[Collective, None] = {}
        self.unknown: dict[str, None] = {}
        self.notes: list[Say] = []

    def leads(self) -> Leads:
        """Read from the first word to the last."""
        if len(self.text) > LONGEST:
            return Leads(unknown=(nfc(self.text)[:LONGEST],))
        at = 0
        while at < len(self.words):
            at = self._step(at)
        return Leads(tuple(self.keys), tuple(self.groups), tuple(self.unknown), tuple(self.notes))

    def _step(self, at: int) -> int:
        """Take what begins at word `at`; the place of the next word to look at."""
        if self._is_number(at) or self.words[at] in AND:
            return at + 1
        found = self.index.longest(self.words, self.gaps, at)
        if found is not None and found[0].is_role:
            return found[1]
        if found is not None and found[0].is_helper:
            self._ask(at, len(self.words))
            return len(self.words)
        if found is not None and self._alone(found[1]):
            self._take(found[0], at, found[1])
            return found[1]
        end = self._end_of_unknown(found[1] if found else at + 1)
        self._ask(at, end)
        return end

    def _is_number(self, at: int) -> bool:
        """ "1." or "a)" before a name."""
        opens_line = at == 0 or "\n" in self.gaps[at] or ";" in self.gaps[at]
        return (
            opens_line
            and NUMBERED.fullmatch(self.words[at]) is not None
            and self.gaps[at + 1][:1] in (".", ")")
        )

    def _alone(self, end: int) -> bool:
        """Whether the phrase before word `end` stands by itself and is not narrowed by what follows."""
        if end == len(self.words) or STANDS_ALONE.search(self.gaps[end]):
            return True
        if self.words[end] in AND:
            return True
        following = self.index.longest(self.words, self.gaps, end)
        return following is not None and following[0].is_role

    def _end_of_unknown(self, at: int) -> int:
        """Where the unknown words end: at a mark, or at an "and" before a known name."""
        while at < len(self.words):
            if APART.search(self.gaps[at]):
                return at
            if self.words[at - 1] in AND:
                found = self.index.longest(self.words, self.gaps, at)
                if found is not None and self._alone(found[1]):
                    return at
            at += 1
        return at

    def _slice(self, start: int, end: int) -> str:
        return nfc(self.text[self.places[start][0] : self.places[end - 1][1]])

    def _ask(self, start: int, end: int) -> None:
        while end - start > 1 and self.words[end - 1] in AND:
            end -= 1
        self.unknown[self._slice(start, end)] = None

    def _take(self, node: _Node, start: int, end: int) -> None:
        if node.names:
            self._take_name(node, self._slice(start, end))
        for group in node.collectives if not node.names else ():
            self.groups[group] = None

    def _take_name(self, node: _Node, found: str) -> None:
        """One agency, or a question where the same letters without marks name two."""
        exact = [name for name in node.names if nfc(name.text).casefold() == found.casefold()]
        fitting = exact or node.names
        keys = {name.key for name in fitting}
        if len(keys) > 1:
            self.unknown[found] = None
            self.notes.append(say("“%(found)s” may be %(count)s agencies.", found=found, count=len(keys)))
            return
        self.keys[fitting[0].key] = None
        if not exact:
            self.notes.append(say("“%(found)s” was read as “%(name)s”.", found=found, name=fitting[0].text))
