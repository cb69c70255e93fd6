"""Which indicators and values a reader may see, enter, confirm, define. Rights are always today's."""

from collections.abc import Collection

from django.db.models import Q

from thuocdo.accounts.enums import Permission
from thuocdo.accounts.permissions import Reader
from thuocdo.files.models import StoredFile
from thuocdo.indicators.models import Indicator, Observation
from thuocdo.lib.say import Say, say


def visible_values(reader: Reader) -> Q:
    """A condition on observations: of public indicators, of the reader's scope, or all for who reads all."""
    if reader.reads_all:
        return Q(pk__isnull=False)
    seen = Q(indicator__in=Indicator.objects.public())
    return seen | Q(agency_id__in=reader.own) if reader.own else seen


def visible_indicators(reader: Reader) -> Q:
    """A condition on indicators: who has signed in reads all definitions, others those of public ones."""
    if reader.user is not None:
        return Q(pk__isnull=False)
    return Q(pk__in=Indicator.objects.public().values("pk"))


def may_read(reader: Reader, agency_ids: Collection[int], *, public: bool) -> bool:
    """Whether the reader may see a figure made of the values of all these agencies.

    A total over agencies of which some are closed to the reader is closed too: with the others known, it
    would tell theirs (docs/adr/0023).
    """
    return public or reader.reads_all or reader.own.issuperset(agency_ids)


def may_observe(reader: Reader, agency_id: int) -> Say | None:
    """Why the reader may not give values of the agency; None when they may."""
    if reader.may_for(Permission.REPORT, agency_id):
        return None
    return say("You do not report for this agency.")


def may_open(reader: Reader, stored: StoredFile) -> bool:
    """The file beside a value is for those who may see the value."""
    return Observation.objects.filter(visible_values(reader), file=stored).exists()


def may_judge(reader: Reader, observation: Observation) -> Say | None:
    """Why the reader may not accept or return the value: by right, and never one's own."""
    if not reader.may_for(Permission.REVIEW, observation.agency_id):
        return say("You do not review the figures of this agency.")
    if reader.user is not None and observation.by_id == reader.user.pk:
        return say("Nobody confirms a value they entered.")
    if observation.agency_id in reader.agencies:
        return say("Nobody confirms the figures of the agency they work in.")
    return None


def may_define(reader: Reader) -> Say | None:
    """Why the reader may not declare indicators and targets."""
    return None if reader.may(Permission.STEWARD) else say("Only a steward declares indicators.")


def may_read_service(reader: Reader, agency_id: int) -> bool:
    """Whether the reader may see what is counted of an agency’s services before it is published.

    Published rankings, with the counts they were made of, are everybody's.
    """
    return reader.reads_all or agency_id in reader.own


def may_publish_ranking(reader: Reader, agency_id: int) -> Say | None:
    """Why the reader may not publish, or withdraw, a ranking of the units below the agency."""
    if reader.may_for(Permission.PUBLISH, agency_id):
        return None
    return say("You do not publish for this agency.")
