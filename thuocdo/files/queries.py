"""Files are given back: as attachments only, since what was uploaded is not trusted."""

from collections.abc import Iterable, Iterator

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.http import content_disposition_header

from thuocdo.files import places
from thuocdo.files.enums import Verdict
from thuocdo.files.models import Scan, StoredFile
from thuocdo.files.rules import verdicts
from thuocdo.lib.say import require

PIECE = 2**16  # bytes


def open_file(stored: StoredFile) -> tuple[Iterator[bytes], dict[str, str]]:
    """The bytes in pieces and the headers to send with them. `FileNotFoundError` if they are gone.

    They are saved, not shown; the kind is not guessed; a browser that opens them all the same gives them no
    rights. `Refused` while the scanner has not called them clean, where it was asked.
    """
    require(verdicts.bar(_last_verdict(stored)))
    pieces = read(stored)
    disposition = content_disposition_header(as_attachment=True, filename=stored.name)
    headers = {
        "Content-Type": stored.kind,
        "Content-Length": str(stored.size),
        "Content-Disposition": disposition or "attachment",
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "Cache-Control": "private, no-store",
    }
    return pieces, headers


def read(stored: StoredFile) -> Iterator[bytes]:
    """The bytes in pieces, for the program itself to read. `FileNotFoundError` if they are gone."""
    place = places.place_of(stored.sha256)
    if not place.is_file():
        raise FileNotFoundError(place.name)

    def pieces() -> Iterator[bytes]:
        with place.open("rb") as handle:  # opened when it is sent: a request for the head alone opens nothing
            while piece := handle.read(PIECE):
                yield piece

    return pieces()


def _last_verdict(stored: StoredFile) -> str | None:
    """What the scanner said last; None when it was never asked."""
    last = Scan.objects.filter(file=stored).order_by("pk").last()
    return None if last is None else last.verdict


def unchecked() -> "QuerySet[StoredFile]":
    """Files that wait for the scanner's verdict, oldest first."""
    last = Scan.objects.filter(file=OuterRef("pk")).order_by("-pk").values("verdict")[:1]
    return StoredFile.objects.annotate(last=Subquery(last)).filter(last=Verdict.UNANSWERED).order_by("pk")


def held(files: Iterable[StoredFile]) -> list[StoredFile]:
    """Those of these files that wait for the scanner's verdict, in one statement."""
    return list(unchecked().filter(pk__in=[file.pk for file in files]))


def verify(stored: StoredFile) -> bool:
    """Whether the bytes on the disk are those that were received."""
    return places.is_whole(stored.sha256)
