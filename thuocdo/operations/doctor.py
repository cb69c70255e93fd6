"""Everything the doctor looks at, one after another; what cannot be looked at is a finding too."""

from collections.abc import Callable, Iterator
from datetime import datetime

from django.conf import settings
from django.db import Error, connection

from thuocdo.audit import queries as audit
from thuocdo.files import queries as files
from thuocdo.jobs import queries as background
from thuocdo.operations import probes
from thuocdo.operations.rules import findings
from thuocdo.operations.rules.findings import Finding

CURE = "Is it running, and does DATABASE_URL name it? Its own log says more."


def look(now: datetime, *, read_files: bool) -> Iterator[Finding]:
    """What is found: first the machine, then the database and all that needs it."""
    yield from _machine(now)
    try:
        probes.answers()
    except Error as fault:
        yield Finding("database", f"it does not answer: {str(fault).strip()}.", CURE)
        return
    yield Finding("database")
    yield findings.durable(probes.durability(), probes.WANTED[connection.vendor])
    pending = probes.pending()
    yield findings.migrations(pending)
    if not pending:
        yield from _contents(now, read_files=read_files)


def _machine(now: datetime) -> Iterator[Finding]:
    for what, (free, total) in probes.disks().items():
        yield findings.disk(what, free, total)
    for name, mode, mine in probes.secrets():
        yield findings.key(name, mode, mine=mine)
    yield findings.backup(probes.backup_age(now))
    yield from _tried("static files", lambda: findings.static(probes.missing_static()))
    yield findings.zone(settings.TIME_ZONE, probes.offset(now))
    yield findings.exposed(
        debug=settings.DEBUG,
        examples=settings.SIGN_IN_OF_EXAMPLES,
        secure=settings.SESSION_COOKIE_SECURE,
        public=probes.public(),
    )


def _contents(now: datetime, *, read_files: bool) -> Iterator[Finding]:
    yield findings.sealing(audit.unsealed_age(now))
    yield findings.jobs(*background.trouble(now))
    yield findings.clock(probes.ahead(now), turned_back=probes.turned_back())
    yield findings.files(probes.damaged_files(read=read_files), read=read_files)
    if settings.CLAMD:
        yield findings.scanner(probes.scanner_fault(), files.unchecked().count())


def _tried(subject: str, make: Callable[[], Finding]) -> Iterator[Finding]:
    try:
        yield make()
    except OSError as fault:
        yield Finding(subject, f"cannot be looked at: {fault}.", "May the service's account read it?")
