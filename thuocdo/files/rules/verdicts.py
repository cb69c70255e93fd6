"""Who gets a file of which verdict: nobody gets one that waits for its check, or that is infected."""

from thuocdo.lib.say import Say, say

WAITS = say(
    "This file is kept, but the virus scanner has not answered yet, so it is given to nobody. It opens here "
    "as soon as it is checked."
)
INFECTED = say("The virus scanner found something in this file, so it is given to nobody.")
BARS = {"unanswered": WAITS, "infected": INFECTED}


def bar(verdict: str | None) -> Say | None:
    """Why a file with this last verdict is not given out; None when it is, or when nobody was asked."""
    return None if verdict is None else BARS.get(verdict)
