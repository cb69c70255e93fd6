"""The answers to a question, by kind, best first, as far as the reader may see them (1.23)."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db.models import Q, QuerySet

from thuocdo.accounts.permissions import Reader
from thuocdo.agencies.models import Agency
from thuocdo.assignments import permissions
from thuocdo.assignments.models import Assignment
from thuocdo.assignments.queries import coverage
from thuocdo.assignments.queries.sight import Sight, sight_of
from thuocdo.directives.models import Directive, Obligation
from thuocdo.lib.fold import fold
from thuocdo.lib.moments import MOMENT_MAX, AsOf
from thuocdo.lib.say import Say
from thuocdo.search.narrowing import narrowed
from thuocdo.search.rules import words
from thuocdo.search.rules.words import Question

MOST = 200  # answers of one kind that are ranked and counted; whoever gets more is asked for more words
Kind = TypeVar("Kind")


@dataclass(frozen=True, slots=True)
class Found(Generic[Kind]):
    """The best answers of one kind; `more` when there are so many that not all were looked at."""

    rows: tuple[Kind, ...]
    count: int
    more: bool


@dataclass(frozen=True, slots=True)
class Results:
    """What a question brings, by kind."""

    question: Question
    sight: Sight  # which leads the reader may see
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
    sight = sight_of(reader)
    agencies = Agency.objects.alive(as_of).order_by("-pk")
    known = Q(recorded_at__lte=as_of.known or MOMENT_MAX)
    obligations = Obligation.objects.filter(known, directive__in=seen.values("pk"))
    return Results(
        question,
        sight,
        directives=_best(seen.order_by("-pk"), question, limit, _folded),
        obligations=_best(obligations.select_related("directive"), question, limit, _stated(sight)),
        assignments=_best(assignments(reader, as_of), question, limit, _folded),
        agencies=_best(agencies, question, limit, _names, column="names_folded"),
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


def names_leads(obligation: Obligation, sight: Sight) -> bool:
    """Whether the reader may see whom the text makes responsible."""
    return sight.reader.reads_all or obligation.directive_id in sight.responsibility


def _stated(sight: Sight) -> Callable[[Obligation], str]:
    """The text of an obligation, without its leads where the reader may not see them."""

    def text(obligation: Obligation) -> str:
        if names_leads(obligation, sight):
            return obligation.folded
        return "\n".join((fold(obligation.work), fold(obligation.product)))

    return text


def _folded(row: Directive | Assignment) -> str:
    return row.folded


def _names(agency: Agency) -> str:
    return agency.names_folded


def _best(
    rows: QuerySet[Any], question: Question, limit: int, text: Callable[[Any], str], *, column: str = "folded"
) -> Found[Any]:
    """The answers among the first candidates, the best rank first, the newest first within a rank.

    Large tables come without an order: to sort 200,000 candidates takes a third of a second, to look at the
    first of them nothing.
    """
    candidates = list(narrowed(rows, question, column)[: MOST + 1])
    ranked = [(words.rank(question, text(candidate)), candidate) for candidate in candidates[:MOST]]
    answers = [(rank, row) for rank, row in ranked if rank is not None]
    answers.sort(key=lambda answer: (answer[0], -answer[1].pk))
    return Found(tuple(row for _, row in answers[:limit]), len(answers), more=len(candidates) > MOST)
