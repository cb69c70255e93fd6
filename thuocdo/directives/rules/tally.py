"""Whether a printed count adds up to its printed total (issue line 1.21)."""

from collections import Counter
from collections.abc import Sequence

from thuocdo.lib.say import Say, say


def problems(total: int, parts: Sequence[tuple[str, int]]) -> list[Say]:
    """What does not fit in a count of `total` with its parts, each (printed name, count).

    No part printed: nothing to compare, so nothing is wrong.
    """
    found = [
        say("The part “%(part)s” is printed twice.", part=label)
        for label, times in Counter(label for label, _ in parts).items()
        if times > 1
    ]
    added = sum(count for _, count in parts)
    if parts and added < total:
        found.append(
            say(
                "The parts add up to %(sum)s, the printed total is %(total)s: %(rest)s stand in no part.",
                sum=added,
                total=total,
                rest=total - added,
            )
        )
    if added > total:
        found.append(
            say(
                "The parts add up to %(sum)s, the printed total is %(total)s: that is %(rest)s too many.",
                sum=added,
                total=total,
                rest=added - total,
            )
        )
    return found
