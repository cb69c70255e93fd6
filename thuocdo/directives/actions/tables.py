"""Duties enter by the table, in a number of statements that does not grow with it."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from thuocdo.accounts.models import User
from thuocdo.audit import log
from thuocdo.directives.actions.checks import too_long
from thuocdo.directives.actions.duties import unsaved
from thuocdo.directives.actions.given import Line
from thuocdo.directives.models import Directive, Obligation, Provision
from thuocdo.lib.fold import nfc
from thuocdo.lib.say import Say, require, say

ROWS_PER_INSERT = 500


@transaction.atomic
def add_duties(
    *, directive: Directive, lines: Sequence[Line], by: User | None, at: datetime
) -> list[Obligation]:
    """Keep the duties of a table, in its order; a line of the text that stands here already is used again.

    `Refused`, with nothing written, for a duty without words, one too long, or a key that is taken.
    """
    require(*_key_problems(directive, lines))
    provisions = _provisions(directive, lines, by, at)
    rows = [unsaved(line.duty, line.limit, provisions[_label(line)], at) for line in lines]
    require(*(too_long(row) for row in rows))
    Obligation.objects.bulk_create(rows, batch_size=ROWS_PER_INSERT)
    log.record_many("obligation.added", rows, by=by, at=at)
    return rows


def _label(line: Line) -> str:
    return nfc(line.label)[:120]


def _key_problems(directive: Directive, lines: Sequence[Line]) -> list[Say]:
    taken = set(Obligation.objects.filter(directive=directive).values_list("key", flat=True))
    problems = []
    for line in lines:
        if not nfc(line.duty.work):
            problems.append(say("The duty says nothing that is to be done."))
        if not line.duty.key or line.duty.key in taken:
            problems.append(
                say(
                    "%(symbol)s already has a duty with the key %(key)s.",
                    symbol=str(directive),
                    key=line.duty.key,
                )
            )
        taken.add(line.duty.key)
    return problems


def _provisions(
    directive: Directive, lines: Sequence[Line], by: User | None, at: datetime
) -> dict[str, Provision]:
    found = {row.label: row for row in Provision.objects.filter(directive=directive)}
    wanted = [label for label in dict.fromkeys(_label(line) for line in lines) if label not in found]
    new = [
        Provision(directive=directive, label=label, ordinal=ordinal, recorded_at=at)
        for ordinal, label in enumerate(wanted, len(found) + 1)
    ]
    Provision.objects.bulk_create(new, batch_size=ROWS_PER_INSERT)
    log.record_many("provision.added", new, by=by, at=at)
    return {**found, **{row.label: row for row in new}}
