"""That the personal data of an account were erased, on whose decision; the account and its acts stay."""

from django.db import models

from thuocdo.accounts.models.people import User


class Erasure(models.Model):
    """A person who left had their data erased (2.22)."""

    user = models.OneToOneField(User, models.PROTECT, related_name="erasure")
    decision = models.CharField(max_length=300)  # by whom and by which decision
    happened_on = models.DateField()
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField()

    audited = ("user_id", "decision", "happened_on", "by_id")

    def __str__(self) -> str:
        return f"{self.user_id} erased on {self.happened_on}"
