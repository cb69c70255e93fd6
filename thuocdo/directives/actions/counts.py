"""Counts that somebody else printed are kept as printed, whether or not they add up (issue line 1.21)."""

from datetime import datetime

from django.db import transaction

from thuocdo.accounts.models import User
from thuocdo.audit import log
from thuocdo.directives.actions.checks import future, too_long
from thuocdo.directives.actions.given import Count, Recorded
from thuocdo.directives.models import Tally, TallyPart
from thuocdo.directives.rules import tally as rule
from thuocdo.lib.fold import nfc
from thuocdo.lib.say import require, say


@transaction.atomic
def record_tally(*, count: Count, by: User | None, at: datetime) -> Recorded:
    """Keep a printed count with its parts. One that does not add up is kept and flagged, never mended."""
    numbers = [count.total, *(number for _, number in count.parts)]
    require(
        None if count.counting_rule.strip() else say("Say what the count counts."),
        future(count.happened_on, at),
        say("A count is never below zero.") if any(number < 0 for number in numbers) else None,
    )
    tally = Tally(
        agency=count.agency,
        directive=count.directive,
        source=count.source,
        happened_on=count.happened_on,
        total=count.total,
        counting_rule=nfc(count.counting_rule),
        not_itemised=nfc(count.not_itemised),
        recorded_at=at,
    )
    tally.save()
    log.record("tally.recorded", tally, by=by, at=at)
    parts = [
        TallyPart(tally=tally, ordinal=place, label=nfc(label), count=number)
        for place, (label, number) in enumerate(count.parts, 1)
    ]
    for part in parts:
        require(too_long(part))
        part.save()
    log.record_many("tally.itemised", parts, by=by, at=at)
    return Recorded(tally, tuple(rule.problems(count.total, [(part.label, part.count) for part in parts])))
