"""The words of a question, and whether a text answers it: it has them all; the last may only be begun.

Case, marks, đ and signs do not count. Answers stand in three ranks: a whole line of the text is the question
(`422/QĐ-TTg`, "quyết định 422"), then texts with every word whole, then those where the last only begins.
"""

import re
from dataclasses import dataclass
from enum import IntEnum

from thuocdo.lib.fold import fold
from thuocdo.lib.say import Say, say

LONGEST = 200  # letters of a question that are looked at
MOST_WORDS = 10
SHORTEST = 2  # letters of the whole question
WORD = re.compile(r"[^\W_]+")


class Rank(IntEnum):
    """How well a text answers; the smaller the better."""

    LINE = 0
    WORDS = 1
    BEGINNINGS = 2


@dataclass(frozen=True, slots=True)
class Question:
    """The folded words of a question."""

    words: tuple[str, ...]

    @property
    def line(self) -> str:
        return " ".join(self.words)

    @property
    def begun(self) -> tuple[str, ...]:
        """The word that may be the beginning of one: the last, unless it is a single letter."""
        return self.words[-1:] if len(self.words[-1]) > 1 else ()

    @property
    def whole(self) -> tuple[str, ...]:
        """The words that have to stand in a text as they are."""
        return self.words[:-1] if self.begun else self.words


def read(text: str) -> Question | Say:
    """The question in a text, or why it asks for too little."""
    words = tuple(WORD.findall(fold(text[:LONGEST])))[:MOST_WORDS]
    if not words:
        return say("Write what you look for: a symbol, words of a duty, an agency.")
    if sum(len(word) for word in words) < SHORTEST:
        return say("One letter is too little to look for: write at least %(least)s.", least=SHORTEST)
    return Question(words)


def rank(question: Question, folded: str) -> Rank | None:
    """How well a folded text answers the question; None if it does not."""
    lines = [WORD.findall(line) for line in folded.split("\n")]
    if any(" ".join(line) == question.line for line in lines):
        return Rank.LINE
    present = {word for line in lines for word in line}
    if present.issuperset(question.words):
        return Rank.WORDS
    if not question.begun or not present.issuperset(question.whole):
        return None
    return Rank.BEGINNINGS if any(word.startswith(question.begun) for word in present) else None
