"""How long what is kept of people for technical reasons stays, each period with its reason (2.22)."""

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class Period:
    """How long after its last use something is kept, and why not shorter."""

    days: int
    why: str

    @property
    def length(self) -> timedelta:
        """The period as a duration."""
        return timedelta(days=self.days)


SENDINGS = Period(30, "a form sent twice, even from a tab that stayed open, is one act")
ANSWERS = Period(7, "a write sent again by a program, even days later, gets its first answer")
BROWSERS = Period(0, "a browser that is signed out says nothing any more")
ATTEMPTS = Period(0, "counted attempts expire by themselves, after minutes")

PERIODS = {"sendings": SENDINGS, "answers": ANSWERS, "browsers": BROWSERS, "attempts": ATTEMPTS}
