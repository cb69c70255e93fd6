"""Another key takes over the log: what the old one sealed still verifies, and it vouches for the new one."""

from datetime import datetime

from django.db import transaction

from thuocdo.audit import actions, keyring, keys, log, queries
from thuocdo.audit.models import KeyChange, Sealer
from thuocdo.lib.say import require, say


def rotate(*, lost: bool, by: log.Actor | None, at: datetime) -> KeyChange:
    """Seal what waits with the old key, then let a new one take over; the change stands in the log.

    `lost`: the old key is gone, so nobody vouches for the new one; what waits is sealed by the new key. The
    new key lies on the disk before the change is committed, and in its place after: a crash in between is
    put right at the next sealing.
    """
    if not lost:
        _seal(at)
    change = _change(lost, by, at)
    keys.settle(change.key)
    _seal(at)
    return change


def _seal(at: datetime) -> None:
    while actions.seal(at=at):
        pass


@transaction.atomic
def _change(lost: bool, by: log.Actor | None, at: datetime) -> KeyChange:  # noqa: FBT001 - passed on
    Sealer.objects.select_for_update().get_or_create(pk=1)
    last, previous = queries.last_batch(), keyring.load().current()
    if last is None or previous is None:
        require(say("Nothing is sealed yet, so there is no key to change."))
        raise AssertionError
    change = KeyChange(
        from_batch=last.number + 1,
        chain=last.chain,
        previous_key=previous,
        key=keys.prepare(),
        recorded_at=at,
    )
    told = keyring.message(change)
    change.by_previous = "" if lost else keys.sign(told, previous)
    change.by_key = keys.sign_next(told)
    change.save()
    log.record("key.changed", change, by=by, at=at)
    return change
