"""Which decisions on publicity make sense (issue line 1.27)."""

from dataclasses import dataclass

from thuocdo.lib.say import Say, say


@dataclass(frozen=True, slots=True)
class Shown:
    """What of a directive anybody may see."""

    progress: bool = False
    responsibility: bool = False
    results: bool = False


def problem(before: Shown, after: Shown, withheld: str) -> Say | None:
    """Why the decision cannot be taken. `withheld`: what is kept back and why."""
    if not after.progress and (after.responsibility or after.results):
        return say("Responsibility and results are public only together with progress.")
    kept_back = after != Shown(progress=True, responsibility=True, results=True)
    if kept_back and (after.progress or before.progress) and not withheld:
        return say("Say what is withheld, and why.")
    return None
