"""The passport of one value: who gave it and from what, its corrections, what was said of it (3.03, 3.05)."""

from dataclasses import dataclass

from thuocdo.accounts.permissions import Reader
from thuocdo.audit import queries as log_queries
from thuocdo.audit.queries import Line
from thuocdo.indicators.enums import Standing
from thuocdo.indicators.models import Definition, Observation, Verdict
from thuocdo.indicators.permissions import visible_values
from thuocdo.indicators.queries import definitions
from thuocdo.indicators.rules import observing
from thuocdo.lib.moments import AsOf


@dataclass(frozen=True, slots=True)
class Passport:
    """One value with all that is known of it on the day."""

    observation: Observation
    definition: Definition
    standing: Standing
    versions: tuple[Observation, ...]  # itself, what it corrects, what corrects it: the newest first
    verdicts: tuple[Verdict, ...]  # of itself, the last first
    log: tuple[Line, ...]

    @property
    def newer(self) -> Observation | None:
        """The correction that stands in its place; None: it stands."""
        return self.versions[0] if self.versions[0].pk != self.observation.pk else None


def passport(pk: int, reader: Reader, as_of: AsOf) -> Passport | None:
    """The value, if the reader may see it and it was known. Six statements."""
    rows = Observation.objects.filter(visible_values(reader), happened_on__lte=as_of.day)
    verdicts = Verdict.objects.filter(observation=pk, happened_on__lte=as_of.day)
    if as_of.known is not None:
        rows = rows.filter(recorded_at__lte=as_of.known)
        verdicts = verdicts.filter(recorded_at__lte=as_of.known)
    found = rows.select_related("indicator", "agency", "source", "file", "by__erasure").filter(pk=pk).first()
    definition = definitions.on(found.indicator, AsOf(found.period_to, as_of.known)) if found else None
    if found is None or definition is None:
        return None
    same = rows.filter(
        indicator=found.indicator_id,
        agency=found.agency_id,
        period_from=found.period_from,
        period_to=found.period_to,
        part=found.part,
    )
    said = tuple(verdicts.select_related("agency", "by__erasure").order_by("-recorded_at", "-pk"))
    lines = log_queries.entries_of(Observation._meta.db_table, pk)
    return Passport(
        found,
        definition,
        observing.standing(found.origin, accepted=said[0].accepted if said else None),
        tuple(same.select_related("by__erasure").order_by("-recorded_at", "-pk")),
        said,
        tuple(line for line in lines if as_of.known is None or line.entry.at <= as_of.known),
    )
