"""Files are given back: as attachments only, since what was uploaded is not trusted."""

import hashlib
from collections.abc import Iterator

from django.utils.http import content_disposition_header

from thuocdo.files import places
from thuocdo.files.models import StoredFile

PIECE = 2**16  # bytes


def open_file(stored: StoredFile) -> tuple[Iterator[bytes], dict[str, str]]:
    """The bytes in pieces and the headers to send with them. `FileNotFoundError` if they are gone.

    They are saved, not shown; the kind is not guessed; a browser that opens them all the same gives them no
    rights.
    """
    place = places.place_of(stored.sha256)
    if not place.is_file():
        raise FileNotFoundError(place.name)

    def pieces() -> Iterator[bytes]:
        with place.open("rb") as handle:  # opened when it is sent: a request for the head alone opens nothing
            while piece := handle.read(PIECE):
                yield piece

    disposition = content_disposition_header(as_attachment=True, filename=stored.name)
    headers = {
        "Content-Type": stored.kind,
        "Content-Length": str(stored.size),
        "Content-Disposition": disposition or "attachment",
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "Cache-Control": "private, no-store",
    }
    return pieces(), headers


def verify(stored: StoredFile) -> bool:
    """Whether the bytes on the disk are those that were received."""
    try:
        with places.place_of(stored.sha256).open("rb") as handle:
            return hashlib.file_digest(handle, "sha256").hexdigest() == stored.sha256
    except FileNotFoundError:
        return False
