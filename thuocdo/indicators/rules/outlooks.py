"""What people judge of an indicator, kept beside the computed status and never mixed with it (formulas, c6).

Four sentences, an even number, so that there is no middle to hide in. Whoever differs from the computed
status by two steps or more says why, and is counted.
"""

from collections.abc import Mapping

from thuocdo.indicators.enums import Health, Outlook
from thuocdo.indicators.rules.quality import Share
from thuocdo.lib.say import Say, say

STEPS: Mapping[Outlook, int] = {
    Outlook.COMPROMISED: 0, Outlook.SUPPORT: 1, Outlook.ATTAINABLE: 2, Outlook.SECURED: 3,
}  # fmt: skip
COMPUTED: Mapping[Health, int] = {
    Health.LATE: 0, Health.OFF_TRACK: 0, Health.BEHIND: 1, Health.ON_TRACK: 2, Health.DONE_DECLARED: 3,
    Health.DONE_CONFIRMED: 3,
}  # fmt: skip
FAR = 2  # steps from which a judgement differs


def distance(outlook: Outlook, computed: Health | None) -> int | None:
    """How many steps lie between them; None where the computed status says nothing of the way."""
    step = COMPUTED.get(computed) if computed else None
    return None if step is None else abs(STEPS[outlook] - step)


def differs(outlook: Outlook, computed: Health | None) -> bool:
    """Whether people and rule say different things."""
    steps = distance(outlook, computed)
    return steps is not None and steps >= FAR


def problem(outlook: Outlook, computed: Health | None, reason: str) -> Say | None:
    """Why the judgement cannot be given as it is."""
    if reason.strip() or not differs(outlook, computed):
        return None
    return say("The computed status is “%(status)s”: say why you judge otherwise.", status=computed)


def disagreement(differing: int, judged: int) -> Share:
    """How many of an agency's judgements differ from what was computed when they were given."""
    rule = say("Judgements that differ by two steps or more from the computed status, of all that stand.")
    return Share(rule, differing, judged)
