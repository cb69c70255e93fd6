"""What a caller hands in: small values, so that actions keep few arguments."""

from dataclasses import dataclass
from datetime import date

from thuocdo.agencies.models import Agency
from thuocdo.assignments.models import Assignment, Difficulty
from thuocdo.assignments.terms import HERE, Origin
from thuocdo.directives.models import Directive
from thuocdo.recommendations.enums import Outcome, RecommendationKind


@dataclass(frozen=True, slots=True)
class Asking:
    """What an agency asks of a higher one, under which text, and what waits for the answer."""

    kind: RecommendationKind
    agency: Agency
    addressee: Agency
    text: str
    basis: str = ""
    directive: Directive | None = None  # whose publicity it follows (1.27)
    awaits: Directive | None = None  # the text that is asked for, registered as awaited
    wanted_on: date | None = None
    assignments: tuple[Assignment, ...] = ()
    difficulties: tuple[Difficulty, ...] = ()
    origin: Origin = HERE


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer with what follows from it, or why nothing does."""

    outcome: Outcome
    text: str
    directive: Directive | None = None
