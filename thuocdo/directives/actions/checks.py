"""What several actions of the register check before they write."""

from datetime import date, datetime

from django.db import models

from thuocdo.lib.moments import day_of
from thuocdo.lib.say import Say, say


def lock(row: models.Model) -> None:
    """Hold the row to the end of the transaction, and take over what others wrote to it meanwhile."""
    row.refresh_from_db(from_queryset=type(row)._base_manager.select_for_update())


def future(day: date, at: datetime) -> Say | None:
    """Why a day cannot be one on which something has happened."""
    return say("%(day)s has not come yet.", day=day) if day > day_of(at) else None


def too_long(row: models.Model) -> Say | None:
    """The first text that does not fit into its column, in words: PostgreSQL refuses it without any."""
    for field in row._meta.concrete_fields:
        limit, value = field.max_length, row.__dict__.get(field.attname)
        if limit and isinstance(value, str) and len(value) > limit:
            return say("“%(start)s…” is too long: at most %(limit)s letters.", start=value[:40], limit=limit)
    return None
