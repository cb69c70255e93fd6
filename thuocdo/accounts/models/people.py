"""People who sign in, and what they are in which agency, since when."""

from datetime import date
from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q

from thuocdo.accounts.enums import Role
from thuocdo.agencies.enums import RelationKind
from thuocdo.agencies.models import Agency
from thuocdo.lib.moments import DAY_MAX

MACHINES = "machine.invalid"  # no mail is delivered there (RFC 2606), and nobody signs in from there


class UserManager(BaseUserManager["User"]):
    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)


class User(AbstractBaseUser):
    """A person with an account. Signs in by e-mail; what they may do stands in their memberships."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=200)
    language = models.CharField(max_length=2, default="vi")
    is_active = models.BooleanField(default=True)
    is_example = models.BooleanField(default=False)  # an invented person of the demo world
    created_at = models.DateTimeField()

    objects: ClassVar[UserManager] = UserManager()
    audited = ("email", "name", "language", "is_active", "is_example")
    audited_personal = ("email", "name")
    for_id: int | None = None  # no column: for whom this person acts in the request at hand (2.11)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def is_machine(self) -> bool:
        """Whether it is the account of a program: it has roles and tokens, and cannot sign in."""
        return self.email.endswith(f"@{MACHINES}")


PROGRAMS = models.Q(email__endswith=f"@{MACHINES}")
"""A condition on users: the accounts of programs."""


class MembershipQuerySet(models.QuerySet["Membership"]):
    def valid(self, day: date) -> "MembershipQuerySet":
        """Those that hold on this day."""
        return self.filter(opened_on__lte=day, closed_on__gt=day)


class Membership(models.Model):
    """A person's role in an agency, over the agency's subtree of one relation kind, from day to day."""

    user = models.ForeignKey(User, models.PROTECT, related_name="memberships")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=12, choices=Role)
    kind = models.CharField(max_length=16, choices=RelationKind, default=RelationKind.ADMINISTRATIVE)
    opened_on = models.DateField()
    closed_on = models.DateField(default=DAY_MAX)

    objects = MembershipQuerySet.as_manager()
    audited = ("user_id", "agency_id", "role", "kind", "opened_on", "closed_on")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_on__gte=F("opened_on")), name="membership_ends_after_start"
            ),
            models.UniqueConstraint(
                fields=["user", "agency", "role", "kind", "opened_on"], name="membership_stated_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.role} {self.agency_id}"


class Sending(models.Model):
    """A form that a person has sent: the same form sent twice is one act. Technical, so not in the log."""

    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    key = models.CharField(max_length=43)  # made with the form, 256 random bits
    address = models.CharField(max_length=400, blank=True)  # where its result is shown; empty: being done
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="sending_once")]

    def __str__(self) -> str:
        return self.address
