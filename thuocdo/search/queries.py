"""The answers to a question, by kind, best first, as far as the reader may see them (1.23)."""

from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db.models import Q, QuerySet

from thuocdo.accounts.permissions import Reader
from thuocdo.agencies.models import Agency
from thuocdo.assignments import permissions
from thuocdo.assignments.models import Assignment
from thuocdo.assignments.queries import coverage
from thuocdo.directives.models import Directive, Obligation
from thuocdo.lib.moments import MOMENT_MAX, AsOf
from thuocdo.lib.say import Say
from thuocdo.search.narrowing import narrowed
from thuocdo.search.rules import words
from thuocdo.search.rules.words import Question

MOST = 200  # answers of one kind that are ranked and counted; beyond, the newest of them
Kind = TypeVar("Kind")


@dataclass(frozen=True, slots=True)
class Found(Generic[Kind]):
    """The best answers of one kind; `more` when there are so many that only the newest were counted."""

    rows: tuple[Kind, ...]
    count: int
    more: bool


@dataclass(frozen=True, slots=True)
class Results:
    """What a question brings, by kind."""

    question: Question
    directives: Found[Directive]
    obligations: Found[Obligation]
    assignments: Found[Assignment]
    agencies: Found[Agency]

    @property
    def count(self) -> int:
        return sum(one.count for one in (self.directives, self.obligations, self.assignments, self.agencies))


def search(text: str, reader: Reader, as_of: AsOf, limit: int = 10) -> Results | Say:
    """The answers on the day, `limit` of each kind, or why the question asks for too little."""
    question = words.read(text)
    if isinstance(question, Say):
        return question
    seen = coverage.readable_directives(reader).standing(as_of)
    known = Q(recorded_at__lte=as_of.known or MOMENT_MAX)
    obligations = Obligation.objects.filter(known, directive__in=seen.values("pk"))
    return Results(
        question,
        directives=_best(seen, question, limit),
        obligations=_best(obligations.select_related("directive"), question, limit),
        assignments=_best(assignments(reader, as_of), question, limit),
        agencies=_best(Agency.objects.alive(as_of), question, limit, column="names_folded"),
    )


def assignments(reader: Reader, as_of: AsOf) -> QuerySet[Assignment]:
    """What can be found: assignments with words of their own.

    A child of a duty for many has none; its parent is found in its place.
    """
    own_words = Q(parent=None) | Q(depth__gt=0)
    given = Q(given_on=None) | Q(given_on__lte=as_of.day)
    if as_of.known is not None:
        given &= Q(recorded_at__lte=as_of.known)
    rows = Assignment.objects.filter(own_words, given).filter(permissions.visible(reader))
    return rows.select_related("directive", "lead")


def _best(rows: QuerySet[Any], question: Question, limit: int, column: str = "folded") -> Found[Any]:
    """The answers among the newest candidates, the best rank first, the newest first within a rank."""
    candidates = list(narrowed(rows, question, column).order_by("-pk")[: MOST + 1])
    ranked = [
        (words.rank(question, getattr(candidate, column)), candidate) for candidate in candidates[:MOST]
    ]
    answers = [(rank, row) for rank, row in ranked if rank is not None]
    answers.sort(key=lambda answer: answer[0])  # keeps the newest first within a rank
    return Found(tuple(row for _, row in answers[:limit]), len(answers), more=len(candidates) > MOST)
