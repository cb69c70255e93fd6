"""The answers to a question, by kind, best first, as far as the reader may see them (1.23)."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db.models import Q, QuerySet

from thuocdo.accounts.permissions import Reader
from thuocdo.agencies.models import Agency
from thuocdo.assignments import permissions, wording
from thuocdo.assignments.models import Assignment, ChangeRequest
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
        assignments=_of_duties(reader, as_of, question, limit),
        agencies=_best(agencies, question, limit, _names, column="names_folded"),
    )


def assignments(reader: Reader, as_of: AsOf) -> QuerySet[Assignment]:
    """What can be found by its first wording: assignments with words of their own.

    A child of a duty for many has none until a change is granted; its parent is found in its place.
    """
    own_words = Q(parent=None) | Q(depth__gt=0)
    rows = Assignment.objects.filter(own_words, given_by(as_of)).filter(permissions.visible(reader))
    return rows.select_related("directive", "lead")


def given_by(as_of: AsOf) -> Q:
    """A condition on assignments: drafts, and those given by the day as far as was known."""
    given = Q(given_on=None) | Q(given_on__lte=as_of.day)
    return given if as_of.known is None else given & Q(recorded_at__lte=as_of.known)


def _of_duties(reader: Reader, as_of: AsOf, question: Question, limit: int) -> Found[Assignment]:
    """Duties by their first wording and by those granted up to the day, each shown as it reads on the day."""
    seen = assignments(reader, as_of)
    found = list(narrowed(seen, question)[: MOST + 1])
    granted = ChangeRequest.objects.filter(
        decision__granted=True,
        decision__happened_on__lte=as_of.day,
        decision__recorded_at__lte=as_of.known or MOMENT_MAX,
    )
    changed = list(narrowed(granted.exclude(folded=""), question).values_list("assignment", flat=True)[:MOST])
    of_many = Assignment.objects.filter(permissions.visible(reader), given_by(as_of))  # children too
    known = [row.pk for row in found]
    others = of_many.filter(pk__in=changed).exclude(pk__in=known).select_related("directive", "lead")
    rows = [*others, *found]
    return _ranked(rows, question, limit, _read_on(rows, as_of))


def _read_on(rows: list[Assignment], as_of: AsOf) -> Callable[[Assignment], str]:
    """What is judged: the first wording, and the one of the day, which the row shows from now on."""
    texts = wording.texts(rows, as_of)
    lines = {pk: fold(f"{text.work}\n{text.product}") for pk, text in texts.items()}
    for row in rows:
        row.work = texts[row.pk].work
    return lambda row: row.folded if row.folded == lines[row.pk] else f"{row.folded}\n{lines[row.pk]}"


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


def _folded(row: Directive) -> str:
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
    return _ranked(list(narrowed(rows, question, column)[: MOST + 1]), question, limit, text)


def _ranked(candidates: list[Any], question: Question, limit: int, text: Callable[[Any], str]) -> Found[Any]:
    """The best of these, and whether there were more than are looked at."""
    ranked = [(words.rank(question, text(candidate)), candidate) for candidate in candidates[:MOST]]
    answers = [(rank, row) for rank, row in ranked if rank is not None]
    answers.sort(key=lambda answer: (answer[0], -answer[1].pk))
    return Found(tuple(row for _, row in answers[:limit]), len(answers), more=len(candidates) > MOST)
