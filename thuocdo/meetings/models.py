"""Committees with their members, sessions with what was said and concluded, the pack each was given."""

from django.db import models
from django.db.models import F, Q

from thuocdo.accounts.models import User
from thuocdo.agencies.models import Agency
from thuocdo.assignments.enums import LimitClass, ProductKind
from thuocdo.directives.models import Directive
from thuocdo.files.models import StoredFile
from thuocdo.lib.moments import DAY_MAX
from thuocdo.meetings.enums import MemberRole


class Committee(models.Model):
    """A steering committee: an agency of the map (which says what it was merged from) that holds sessions."""

    agency = models.OneToOneField(Agency, models.PROTECT, related_name="committee")
    standing_body = models.ForeignKey(Agency, models.PROTECT, related_name="committees")  # prepares, follows
    covers = models.ForeignKey(Agency, models.PROTECT, related_name="covered_by")  # whose branch it follows
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="groups")  # of a working group
    basis = models.CharField(max_length=120, blank=True)  # symbol of the text that founded it
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField()

    audited = ("agency_id", "standing_body_id", "covers_id", "parent_id", "basis")

    def __str__(self) -> str:
        return self.agency.name


class Member(models.Model):
    """An agency, or a person by name and post, in a committee from day to day."""

    committee = models.ForeignKey(Committee, models.PROTECT, related_name="members")
    role = models.CharField(max_length=16, choices=MemberRole)
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="seats")
    name = models.CharField(max_length=200, blank=True)
    post = models.CharField(max_length=200, blank=True)
    opened_on = models.DateField()
    closed_on = models.DateField(default=DAY_MAX)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField()

    audited = ("committee_id", "role", "agency_id", "name", "post", "opened_on", "closed_on")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(agency__isnull=False) | (~Q(name="") & ~Q(post="")), name="member_is_somebody"
            ),
            models.CheckConstraint(
                condition=Q(closed_on__gte=F("opened_on")), name="member_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return self.name or str(self.agency_id)


class Session(models.Model):
    """One session of a committee, as it was called."""

    committee = models.ForeignKey(Committee, models.PROTECT, related_name="sessions")
    number = models.PositiveSmallIntegerField()
    starts_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField()  # how long it is meant to take
    place = models.CharField(max_length=300)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField()

    audited = ("committee_id", "number", "starts_at", "minutes", "place")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["committee", "number"], name="session_number_once")]

    def __str__(self) -> str:
        return f"{self.committee_id} {self.number}"


class Point(models.Model):
    """A place from which one takes part: the room itself, or a connection point."""

    session = models.ForeignKey(Session, models.PROTECT, related_name="points")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    audited = ("session_id", "agency_id")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["session", "agency"], name="point_once")]

    def __str__(self) -> str:
        return f"{self.session_id} {self.agency_id}"


class Attendance(models.Model):
    """Who was there at a point: how many, and who spoke for it. Append-only: the last row counts."""

    point = models.ForeignKey(Point, models.PROTECT, related_name="attendances")
    present = models.PositiveSmallIntegerField()  # 0: connected to nobody
    led_by = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField()

    audited = ("point_id", "present", "led_by")

    def __str__(self) -> str:
        return f"{self.point_id}: {self.present}"


class Item(models.Model):
    """One item of the agenda, perhaps with who reports."""

    session = models.ForeignKey(Session, models.PROTECT, related_name="items")
    ordinal = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=300)
    recorded_at = models.DateTimeField()

    audited = ("session_id", "ordinal", "title")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["session", "ordinal"], name="item_ordinal_once")]

    def __str__(self) -> str:
        return self.title


class Note(models.Model):
    """A line of the minutes, taken while the session runs. Append-only."""

    session = models.ForeignKey(Session, models.PROTECT, related_name="notes")
    item = models.ForeignKey(Item, models.PROTECT, null=True, related_name="notes")
    text = models.TextField()
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField()

    audited = ("session_id", "item_id", "text")

    def __str__(self) -> str:
        return self.text[:80]


class Conclusion(models.Model):
    """What the session decided: one duty with the six clears. `replaces`: the wording before this one."""

    session = models.ForeignKey(Session, models.PROTECT, related_name="conclusions")
    ordinal = models.PositiveSmallIntegerField()
    work = models.TextField()
    product = models.TextField(blank=True)
    product_kind = models.CharField(max_length=12, choices=ProductKind, blank=True)
    lead = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="+")
    head_post = models.CharField(max_length=200, blank=True)
    head_name = models.CharField(max_length=200, blank=True)
    head_since = models.DateField(null=True)
    limit_on = models.DateField(null=True)
    signer = models.CharField(max_length=200, blank=True)
    replaces = models.OneToOneField("self", models.PROTECT, null=True, related_name="replaced_by")
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField()

    audited = (
        "session_id", "ordinal", "work", "product", "product_kind", "lead_id", "head_post", "head_name",
        "head_since", "limit_on", "signer", "replaces_id",
    )  # fmt: skip

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(work=""), name="conclusion_says_what")]

    def __str__(self) -> str:
        return self.work[:80]

    @property
    def limit_class(self) -> LimitClass:
        """A conclusion names a day or lacks one."""
        return LimitClass.DATED if self.limit_on else LimitClass.UNDATED


class Pack(models.Model):
    """What the session was given, frozen: plain JSON, byte for byte as it was made. The last one counts."""

    session = models.ForeignKey(Session, models.PROTECT, related_name="packs")
    as_of = models.DateField()
    known = models.DateTimeField()
    log_entry = models.BigIntegerField()  # the newest entry of the log then
    log_batch = models.BigIntegerField()
    body = models.TextField()
    sha256 = models.CharField(max_length=64)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField()

    audited = ("session_id", "as_of", "known", "log_entry", "log_batch", "sha256")

    def __str__(self) -> str:
        return f"{self.session_id} {self.as_of}"


class Closing(models.Model):
    """The session is over; its conclusions are frozen as the draft of a notice."""

    session = models.OneToOneField(Session, models.PROTECT, related_name="closing")
    body = models.TextField()  # plain JSON
    sha256 = models.CharField(max_length=64)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    happened_on = models.DateField()
    recorded_at = models.DateTimeField()

    audited = ("session_id", "sha256", "happened_on")

    def __str__(self) -> str:
        return f"{self.session_id} {self.happened_on}"


class Issue(models.Model):
    """The notice of conclusions, signed and numbered: a directive whose duties are given from that day."""

    session = models.OneToOneField(Session, models.PROTECT, related_name="issue")
    directive = models.OneToOneField(Directive, models.PROTECT, related_name="issued_in")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    signer = models.CharField(max_length=200)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    happened_on = models.DateField()
    recorded_at = models.DateTimeField()

    audited = ("session_id", "directive_id", "file_id", "signer", "happened_on")

    def __str__(self) -> str:
        return f"{self.session_id} {self.directive_id}"
