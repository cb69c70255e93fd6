"""A simple picture of the cascade, kept beside the product and without its rules, for random people at work.

It knows the arrows of docs/states.md, read from that page, and what each act does to a duty, its claim and
its requests. What it foretells is compared with what the product does.
"""

import re
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

PAGE = (Path(__file__).parents[2] / "docs" / "states.md").read_text(encoding="utf-8")
ARROW = re.compile(r"^    (\w+) --> (\w+)$", re.MULTILINE)
OPEN = {"given", "paused"}


def arrows(machine: str) -> set[tuple[str, str]]:
    """The arrows that docs/states.md draws for one machine."""
    part = PAGE.split(f"## assignments: {machine}\n", 1)[1].split("\n## ", 1)[0]
    return set(ARROW.findall(part))


DUTY, CLAIM, REQUEST, HOLD = arrows("duty"), arrows("claim"), arrows("request"), arrows("hold")


@dataclass
class Duty:
    """One assignment as this picture sees it."""

    lead: str  # of an agency, by its code; empty: one duty for many
    parent: int | None = None
    state: str = "draft"
    claim: str = ""  # of the last claim; empty: none was made
    reviewed_on: date | None = None
    moved_on: date | None = None  # the last pause, resumption, withdrawal, giving anew
    reporters: set[str] = field(default_factory=set)
    waits_for: set[str] = field(default_factory=set)
    asked: dict[int, str] = field(default_factory=dict)  # requests that are not decided, with their kind

    def move(self, state: str, on: date | None = None) -> None:
        """Along an arrow of the page, or not at all."""
        assert (self.state, state) in DUTY, f"docs/states.md has no arrow {self.state} --> {state}"
        self.state = state
        if on is not None:
            self.moved_on = on

    def claimed(self, state: str) -> None:
        """The last claim goes along an arrow of the page; a first one is sent."""
        assert not self.claim or (self.claim, state) in CLAIM, f"no arrow {self.claim} --> {state}"
        self.claim = state


class Picture:
    """All duties by the key of their row."""

    def __init__(self) -> None:
        self.duties: dict[int, Duty] = {}
        self.holds: dict[int, str] = {}  # what became of each, by its key

    def below(self, pk: int) -> list[Duty]:
        """All that stands below, whatever the depth."""
        direct = [key for key, duty in self.duties.items() if duty.parent == pk]
        return [duty for key in direct for duty in (self.duties[key], *self.below(key))]

    def children(self, pk: int) -> list[Duty]:
        """What stands right below."""
        return [duty for duty in self.duties.values() if duty.parent == pk]

    def foretold(self, act: str, pk: int, what: object = None) -> bool:
        """Whether the product must do it (True) or refuse it (False)."""
        duty = self.duties[pk]
        one = bool(duty.lead)
        answers = {
            "issue": duty.state == "draft",
            "report": one and duty.state in {*OPEN, "confirmed"},
            "claim": one and duty.state == "given" and duty.claim in ("", "returned"),
            "correct_claim": duty.state == "given" and duty.claim == "sent",
            "accept": duty.state == "given" and duty.claim == "sent",
            "send_back": duty.state in OPEN and duty.claim == "sent",
            "put_right": self._put_right(duty),
            "ask": one and duty.state in OPEN and str(what) not in duty.asked.values(),
            "decide": duty.state in OPEN,
            "pause": duty.state == "given",
            "resume": duty.state == "paused",
            "withdraw": duty.state in OPEN,
            "give_anew": one and duty.state == "withdrawn",
            "hold": one and duty.state in OPEN and str(what) not in duty.waits_for,
            "resource": one and duty.state != "draft",
            "difficulty": one and duty.state != "draft",
            "split": one and duty.state == "given",
        }
        return answers[act]

    def _put_right(self, duty: Duty) -> bool:
        """A confirmation is always taken back; a return becomes one if nothing has moved the duty since."""
        if duty.claim == "accepted":
            return True
        since = duty.moved_on and duty.reviewed_on and duty.moved_on > duty.reviewed_on
        return duty.claim == "returned" and duty.state == "given" and not since

    def withdraw(self, pk: int, on: date) -> None:
        """With every open duty below."""
        self.duties[pk].move("withdrawn", on)
        for duty in self.below(pk):
            if duty.state in OPEN:
                duty.move("withdrawn", on)

    def interrupt(self, pk: int, state: str, on: date) -> None:
        """A duty for many rests and goes on with its children that can."""
        duty = self.duties[pk]
        former = duty.state
        duty.move(state, on)
        for child in self.children(pk) if not duty.lead else []:
            if child.state == former:
                child.move(state, on)
