"""What Prometheus is shown, read at the moment it asks: no memory is shared between the processes."""

from collections.abc import Iterator
from datetime import datetime

from django.db import Error, connection
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from thuocdo.audit import queries as audit
from thuocdo.files import queries as files
from thuocdo.jobs import queries as background
from thuocdo.operations import backups, probes


class Gauges(Collector):
    """One reading."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def collect(self) -> Iterator[Metric]:
        """The gauges; those of the database only while it answers."""
        yield from self._machine()
        try:
            probes.answers()
            found = list(self._database())
        except Error:
            found = []
        yield _gauge("thuocdo_database_up", "Whether the database answers.", float(bool(found)))
        yield from found

    def _machine(self) -> Iterator[Metric]:
        free = GaugeMetricFamily("thuocdo_disk_free_bytes", "Free bytes of the disk.", labels=["holds"])
        for what, (bytes_free, _total) in probes.disks().items():
            free.add_metric([what.replace(" ", "_")], bytes_free)
        yield free
        told = backups.last()
        if told is not None:
            made = datetime.fromisoformat(told["at"]).timestamp()
            yield _gauge("thuocdo_backup_timestamp_seconds", "When the last backup was made.", made)
            yield _gauge("thuocdo_backup_size_bytes", "How large the last backup is.", told["size"])

    def _database(self) -> Iterator[Metric]:
        yield _gauge("thuocdo_migrations_pending", "Changes of the tables that wait.", probes.pending())
        status = audit.head_status(self.now)
        age = status.age.total_seconds() if status.age is not None else 0
        yield _gauge("thuocdo_log_batch", "The number of the last sealed batch.", _number(status.head))
        yield _gauge("thuocdo_log_unsealed_entries", "Entries that wait for a seal.", status.unsealed)
        yield _gauge("thuocdo_log_unsealed_age_seconds", "How long the oldest of them waits.", age)
        still, failed = background.trouble(self.now)
        yield _gauge("thuocdo_jobs_standing_still", "Alerts of background work that stands still.", still)
        yield _gauge("thuocdo_jobs_failed", "Jobs that failed after every try.", failed)
        yield _gauge("thuocdo_files_unchecked", "Files that wait for the scanner.", files.unchecked().count())
        vendor = GaugeMetricFamily("thuocdo_database_info", "The kind of database.", labels=["vendor"])
        vendor.add_metric([connection.vendor], 1)
        yield vendor


def _number(head: object) -> int:
    return getattr(head, "number", 0)


def _gauge(name: str, about: str, value: float) -> Metric:
    return GaugeMetricFamily(name, about, value=value)
