"""The outlines of territories are entered; of each territory the last one is drawn (3.16)."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from thuocdo.agencies.enums import TerritoryLevel
from thuocdo.agencies.models import Outline
from thuocdo.agencies.rules.outlines import Drawn
from thuocdo.audit import log
from thuocdo.lib.say import require, say


@transaction.atomic
def enter_outlines(
    *, level: TerritoryLevel, outlines: Sequence[Drawn], source: str, by: log.Actor | None, at: datetime
) -> int:
    """Enter these outlines; who has the right to them, and from where, stands in `source`."""
    require(
        None if source.strip() else say("Say where the outlines come from and who may use them."),
        None if outlines else say("The file has no outline."),
    )
    rows = [
        Outline(level=level, code=one.code, path=one.path, source=source.strip(), recorded_at=at)
        for one in outlines
    ]
    Outline.objects.bulk_create(rows)
    log.record_many("outline.entered", rows, by=by, at=at)
    return len(rows)
