"""What a reader may see of the spans: their own affairs, and of others what is public today (1.27)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from thuocdo.accounts.enums import Permission
from thuocdo.accounts.permissions import PUBLIC, Reader
from thuocdo.assignments.models import Assignment
from thuocdo.assignments.permissions import concerning
from thuocdo.directives.queries import public_aspects
from thuocdo.directives.rules.publicity import Shown

PARTS = ("lead_id", "assigner_id", "confirming_id", "monitoring_id")


@dataclass(frozen=True, slots=True)
class Sight:
    """A reader with the directives whose progress, responsibility and results are public."""

    reader: Reader
    progress: frozenset[int] = frozenset()
    responsibility: frozenset[int] = frozenset()
    results: frozenset[int] = frozenset()
    mine: frozenset[int] = frozenset()  # of the assignments asked about by `among`, the reader's own

    def spans(self, *, naming: bool = False) -> Q:
        """The spans to be seen; a figure that names agencies asks for `naming`."""
        if self.reader.reads_all:
            return Q()
        seen = Q(directive_id__in=self.responsibility if naming else self.progress)
        return seen | self.own() if self.reader.own else seen

    def form(self) -> "Form":
        """What of it decides how a statement looks; the rest are values (`statements.fixed`)."""
        return Form(self.reader.reads_all, bool(self.reader.own))

    def values(self, *, naming: bool = False) -> dict[str, frozenset[int]]:
        """The values of its statements: the public texts and the reader's agencies."""
        if self.reader.reads_all:
            return {}
        seen = {"seen": self.responsibility if naming else self.progress}
        return {**seen, "own": self.reader.own} if self.reader.own else seen

    def own(self) -> Q:
        """The spans of assignments in which an agency of the reader has a part, now or once."""
        return Q(assignment__in=Assignment.objects.filter(concerning(self.reader)).values("pk"))

    def marked(self, spans: QuerySet[Any]) -> QuerySet[Any]:
        """The spans, each with `is_own` for whoever has agencies: rows ask it of one another's parts."""
        if self.reader.reads_all or not self.reader.own:
            return spans
        own = Assignment.objects.filter(concerning(self.reader), pk=OuterRef("assignment_id"))
        marked: QuerySet[Any] = spans.annotate(is_own=Exists(own))
        return marked

    def among(self, assignment_ids: Iterable[int]) -> "Sight":
        """The same, knowing which of these are the reader's own; one statement for whoever has agencies."""
        if self.reader.reads_all or not self.reader.own:
            return self
        own = Assignment.objects.filter(concerning(self.reader), pk__in=list(assignment_ids))
        return replace(self, mine=frozenset(own.values_list("pk", flat=True)))

    def names_lead(self, span: Any) -> bool:  # noqa: ANN401 - a Span with annotations, an Assignment
        """Whether the reader may see who leads this one."""
        return span.directive_id in self.responsibility or self._is_own(span)

    def shows_results(self, span: Any) -> bool:  # noqa: ANN401 - a Span with annotations
        """Whether the reader may see what was reported of this one."""
        return span.directive_id in self.results or self._is_own(span)

    def _is_own(self, span: Any) -> bool:  # noqa: ANN401 - a Span with annotations
        key = span.assignment_id if hasattr(span, "assignment_id") else span.pk
        if self.reader.reads_all or getattr(span, "is_own", False) or key in self.mine:
            return True
        return any(getattr(span, part) in self.reader.own for part in PARTS)

    @property
    def names_all(self) -> bool:
        """Whether whatever is seen may also be named."""
        return self.reader.reads_all or self.responsibility == self.progress


@dataclass(frozen=True, slots=True)
class Form:
    """How a sight makes a statement look."""

    reads_all: bool
    has_own: bool

    def sight(self, seen: Any = frozenset(), own: Any = frozenset()) -> Sight:  # noqa: ANN401 - or places for them
        """A sight of this form, of these values."""
        if self.reads_all:
            return EVERYTHING
        return Sight(Reader(reach={Permission.READ_OWN: own}) if self.has_own else PUBLIC, seen, seen)


def sight_of(reader: Reader) -> Sight:
    """The reader's sight today; one statement, none for who reads everything."""
    if reader.reads_all:
        return Sight(reader)
    return _sight(reader, public_aspects())


def sight_of_one(reader: Reader, directive_id: int, public: Shown) -> Sight:
    """The reader's sight of one text, of which this is public; no statement."""
    return _sight(reader, {directive_id: public} if public.progress else {})


def _sight(reader: Reader, found: Mapping[int, Shown]) -> Sight:
    return Sight(
        reader,
        frozenset(found),
        frozenset(pk for pk, shown in found.items() if shown.responsibility),
        frozenset(pk for pk, shown in found.items() if shown.results),
    )


EVERYTHING = Sight(Reader(reach={Permission.READ_ALL: frozenset()}))  # the operator at the command line
