"""The entries of the log, the batches that seal them, the place of each entry in its batch."""

from typing import Any, NoReturn

from django.db import models
from django.db.models import Q


class AppendOnlyQuerySet(models.QuerySet[Any]):
    """Rows written once: a change or a removal raises `TypeError`, before the database refuses it."""

    def update(self, **_values: object) -> NoReturn:
        raise TypeError("The log is never changed.")

    def delete(self) -> NoReturn:
        raise TypeError("The log is never deleted from.")

    def bulk_update(self, *_arguments: object, **_options: object) -> NoReturn:
        raise TypeError("The log is never changed.")


class AppendOnly(models.Model):
    """Saved once, then neither saved again nor deleted."""

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **options: Any) -> None:  # noqa: ANN401 - Django's own signature
        if not self._state.adding:
            raise TypeError("The log is never changed.")
        super().save(*args, **{**options, "force_insert": True})

    def delete(self, *_arguments: object, **_options: object) -> NoReturn:
        raise TypeError("The log is never deleted from.")


class Entry(AppendOnly):
    """Who did what to which row, when, with the changed values. Points at nothing: labels and ids (1.22)."""

    verb = models.CharField(max_length=60)  # "claim.sent"
    table = models.CharField(max_length=63)  # name of the database table
    row_id = models.CharField(max_length=40)
    by_id = models.BigIntegerField(null=True)  # the person's account; None: the system itself
    for_id = models.BigIntegerField(null=True)  # the account of whom they stood in for, if they did (2.11)
    at = models.DateTimeField()
    old = models.JSONField()  # only the audited fields that changed, as text or null
    new = models.JSONField()
    # SHA-256 of the whole audited row after the write; None: the row is gone
    row_digest = models.CharField(max_length=64, null=True)  # noqa: DJ001 - absent, not empty
    salt = models.CharField(max_length=32, blank=True)  # of the digests of personal fields in this entry

    class Meta:
        indexes = [models.Index(fields=["table", "row_id", "id"], name="entry_of_row")]

    def __str__(self) -> str:
        return f"{self.id} {self.verb} {self.table} {self.row_id}"


class Batch(AppendOnly):
    """Entries sealed together: the root of their Merkle tree, chained to the batch before, signed."""

    number = models.BigIntegerField(primary_key=True)  # 1, 2, 3 … without gaps
    at = models.DateTimeField()
    count = models.IntegerField()
    settled_id = models.BigIntegerField()  # every entry up to this id is sealed; none may appear later
    root = models.CharField(max_length=64)
    previous = models.CharField(max_length=64)  # chain hash of the batch before; zeros for the first
    chain = models.CharField(max_length=64)
    signature = models.CharField(max_length=128)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(number__gte=1, count__gte=1), name="batch_is_not_empty")
        ]

    def __str__(self) -> str:
        return f"batch {self.number}"


class Seal(AppendOnly):
    """The place of one entry: its batch, its position there, its leaf in the tree."""

    entry_id = models.BigIntegerField(primary_key=True)
    batch = models.BigIntegerField()
    position = models.IntegerField()
    leaf = models.BinaryField(max_length=32)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["batch", "position"], name="seal_position_once"),
            models.CheckConstraint(condition=Q(position__gte=0), name="seal_position_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.entry_id} in batch {self.batch} at {self.position}"


class KeyChange(AppendOnly):
    """From a batch on another key signs; the one before vouches for it, unless it was lost (2.23)."""

    from_batch = models.BigIntegerField(primary_key=True)  # the first batch that the new key signs
    chain = models.CharField(max_length=64)  # of the batch before: for no other log
    previous_key = models.CharField(max_length=64)
    key = models.CharField(max_length=64)
    by_previous = models.CharField(max_length=128, blank=True)  # empty: the key before was lost
    by_key = models.CharField(max_length=128)
    recorded_at = models.DateTimeField()

    audited = ("from_batch", "chain", "previous_key", "key", "by_previous", "by_key")

    def __str__(self) -> str:
        return f"key {self.key} from batch {self.from_batch}"


class Sealer(models.Model):
    """The one row that sealers lock, so that they come one after another; writers never touch it.

    On PostgreSQL a transaction may commit an entry with an id lower than one already sealed. `pending_id` is
    the highest id at a sealing and `holders` are the transactions that were then writing to the log; when
    all of them have ended, no entry up to `pending_id` can appear any more (`Batch.settled_id`).
    """

    pending_id = models.BigIntegerField(default=0)
    holders = models.JSONField(default=list)

    def __str__(self) -> str:
        return f"waits for {len(self.holders)} writers up to {self.pending_id}"
