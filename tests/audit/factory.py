"""A small world for the log: a ministry, a file, a person."""

from datetime import UTC, date, datetime, timedelta

from thuocdo.accounts.models import User
from thuocdo.agencies.enums import AgencyKind, Level, Side
from thuocdo.agencies.models import Agency
from thuocdo.files.models import StoredFile

NINE = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)  # nine in the morning in Hà Nội


def after(minutes: int) -> datetime:
    """So many minutes after nine."""
    return NINE + timedelta(minutes=minutes)


def ministry(code: str = "BKHCN", name: str = "Bộ Khoa học và Công nghệ") -> Agency:
    """A saved agency; the log knows nothing of it yet."""
    return Agency.objects.create(
        code=code,
        name=name,
        aliases=["KHCN"],
        names_folded=name,
        kind=AgencyKind.values[0],
        side=Side.values[0],
        level=Level.values[0],
        opened_on=date(2025, 3, 1),
        recorded_at=NINE,
    )


def stored(name: str = "minh-chung.pdf") -> StoredFile:
    """A saved file; the log knows nothing of it yet."""
    return StoredFile.objects.create(
        sha256="0" * 64, name=name, kind="application/pdf", size=10, recorded_at=NINE
    )


def lan() -> User:
    """Nguyễn Thị Lan of the ministry's office."""
    return User.objects.create(email="lan@example.vn", name="Nguyễn Thị Lan", created_at=NINE)
