"""State machines as tables: a check, the final states, and a diagram for the docs."""

from collections.abc import Mapping
from typing import Generic, TypeVar

from thuocdo.lib.say import Say, say

State = TypeVar("State", bound=str)


class Transitions(Generic[State]):
    """Which state may follow which. `table` names every state; a state with no successor is final."""

    def __init__(self, table: Mapping[State, frozenset[State] | set[State]]) -> None:
        self.table = {state: frozenset(following) for state, following in table.items()}

    def problem(self, old: State, new: State) -> Say | None:
        """Why the move is not allowed, or None when it is."""
        if new in self.table[old]:
            return None
        return say("The state “%(old)s” cannot become “%(new)s”.", old=old, new=new)

    def final(self) -> frozenset[State]:
        """The states that nothing follows."""
        return frozenset(state for state, following in self.table.items() if not following)

    def diagram(self) -> str:
        """The table as a Mermaid state diagram."""
        lines = [f"    {old} --> {new}" for old, following in self.table.items() for new in sorted(following)]
        return "\n".join(["stateDiagram-v2", *lines])
