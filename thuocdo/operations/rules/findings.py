"""What the doctor says about a value: all right, or what is wrong and what to do."""

from dataclasses import dataclass
from datetime import timedelta

ROOM = 2 * 2**30  # bytes: less may not last a day
SHARE = 0.05  # of the disk
SEALED_WITHIN = timedelta(minutes=10)  # the worker seals every minute
BACKED_UP_WITHIN = timedelta(hours=26)  # a night's backup, with two hours to be late
AHEAD = timedelta(minutes=2)  # by so much clocks may differ
OWNER_ONLY = 0o077


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at. `problem` is empty when it is as it should be; `cure` says what to do."""

    subject: str
    problem: str = ""
    cure: str = ""

    def __str__(self) -> str:
        return f"{self.subject}: {self.problem}\n    {self.cure}" if self.problem else f"{self.subject}: ok"


def migrations(pending: int) -> Finding:
    """Tables that are older than the program."""
    problem = f"{pending} changes of the tables wait." if pending else ""
    return Finding("tables", problem, "Make a backup, then run: thuocdo migrate")


def disk(what: str, free: int, total: int) -> Finding:
    """Room for what comes."""
    low = free < ROOM or free < total * SHARE
    problem = f"only {free // 2**20} MB of {total // 2**20} MB are free." if low else ""
    return Finding(f"disk of {what}", problem, "Make room or add a larger disk; old backups go first.")


def key(name: str, mode: int | None, *, mine: bool) -> Finding:
    """A secret that only the service may read."""
    problem = "it is missing." if mode is None else ""
    if mode is not None and mode & OWNER_ONLY:
        problem = f"others may read it (mode {mode & 0o777:03o})."
    if mode is not None and not mine:
        problem = "it belongs to another account than the one that runs this."
    cure = "Put your copy back." if mode is None else f"sudo chown thuocdo {name}; sudo chmod 600 {name}"
    return Finding(f"key {name}", problem, cure)


def sealing(age: timedelta | None) -> Finding:
    """How long the end of the log waits for its seal."""
    late = age is not None and age > SEALED_WITHIN
    problem = f"the oldest unsealed entry waits for {_span(age)}." if late and age else ""
    return Finding("log", problem, "Is the worker running? systemctl status thuocdo-worker; or: thuocdo seal")


def clock(ahead: timedelta | None, *, turned_back: bool) -> Finding:
    """Whether time went backwards, or the log is ahead of it."""
    problem = ""
    if turned_back:
        problem = "a batch of the log was sealed before the one that it follows: the clock was turned back."
    if ahead is not None and ahead > AHEAD:
        problem = f"the last moment in the log is {_span(ahead)} ahead of this machine's clock."
    return Finding("clock", problem, "Let the clock be set by a time server: timedatectl set-ntp true")


def backup(age: timedelta | None) -> Finding:
    """How old the last backup is."""
    problem = "none was made yet." if age is None else ""
    if age is not None and age > BACKED_UP_WITHIN:
        problem = f"the last one is {_span(age)} old."
    return Finding("backup", problem, "systemctl status thuocdo-backup.timer; or: thuocdo backup FILE")


def files(missing: list[str], *, read: bool) -> Finding:
    """Stored files that the database names."""
    how = "missing or altered" if read else "missing or of another size"
    shown = ", ".join(missing[:3]) + (" …" if len(missing) > 3 else "")
    problem = f"{len(missing)} are {how}: {shown}." if missing else ""
    return Finding("stored files", problem, "Get them from a backup: tar -x --file BACKUP files/…")


def jobs(stuck: int, failed: int) -> Finding:
    """Background work that stands still."""
    problem = f"{stuck} stand still, {failed} failed." if stuck or failed else ""
    return Finding("background work", problem, "Is the worker running? systemctl status thuocdo-worker")


def static(missing: int) -> Finding:
    """Styles and scripts as they were released."""
    problem = f"{missing} are missing or older than the program." if missing else ""
    return Finding("static files", problem, "Run: thuocdo prepare --empty, then restart the server")


def durable(settings: dict[str, str], wanted: dict[str, tuple[str, ...]]) -> Finding:
    """Whether what the database acknowledged is on the disk."""
    wrong = [
        f"{name} is {settings.get(name)}" for name, good in wanted.items() if settings.get(name) not in good
    ]
    cure = "Take the setting out of the database's configuration: an acknowledged write could be lost."
    return Finding("durability", "; ".join(wrong) + "." if wrong else "", cure)


def zone(name: str, offset: timedelta | None) -> Finding:
    """Whether days begin when they begin in Vietnam."""
    problem = "" if offset == timedelta(hours=7) else f"{name} is not seven hours ahead of UTC here."
    return Finding("time zone", problem, "Leave TIME_ZONE at Asia/Ho_Chi_Minh; reinstall the package tzdata.")


def scanner(fault: str, waiting: int) -> Finding:
    """ClamAV, where it is set up."""
    problem = f"it does not answer: {fault}." if fault else ""
    if waiting:
        problem = f"{problem} {waiting} files wait for it.".strip()
    return Finding("virus scanner", problem, "systemctl status clamav-daemon; then: thuocdo scan-files")


def exposed(*, debug: bool, examples: bool, secure: bool, public: bool) -> Finding:
    """Settings that must not stand where others can reach the server."""
    wrong = ["THUOCDO_DEBUG is 1"] if debug and public else []
    wrong += ["THUOCDO_EXAMPLES is 1"] if examples and public else []
    wrong += ["THUOCDO_HTTPS is not 1, so cookies travel unprotected"] if public and not secure else []
    cure = "Put it right in /etc/thuocdo/thuocdo.env, then restart the server."
    return Finding("settings", "; ".join(wrong) + "." if wrong else "", cure)


def _span(age: timedelta) -> str:
    minutes = int(age.total_seconds() // 60)
    return f"{minutes} minutes" if minutes < 120 else f"{minutes // 60} hours"
