"""Bytes of each kind, as small as they come."""

import io
import zipfile
from datetime import UTC, datetime

from thuocdo.files import actions
from thuocdo.files.models import StoredFile

NINE = datetime(2025, 4, 2, 2, 0, tzinfo=UTC)
PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\nBao cao\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n" + bytes(20)
JPEG = b"\xff\xd8\xff\xe0" + bytes(20)
WEBP = b"RIFF\x1a\x00\x00\x00WEBPVP8 " + bytes(10)
OPEN_DOCUMENT = "application/vnd.oasis.opendocument."


def zipped(*names: str, mimetype: str = "") -> bytes:
    """A zip with these entries, first of all OpenDocument's own."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        if mimetype:
            archive.writestr("mimetype", mimetype)
        for name in names:
            archive.writestr(name, "<xml/>", zipfile.ZIP_DEFLATED)
    return out.getvalue()


DOCX = zipped("[Content_Types].xml", "word/document.xml")
XLSX = zipped("[Content_Types].xml", "xl/workbook.xml")
ODT = zipped("content.xml", mimetype=OPEN_DOCUMENT + "text")
ODS = zipped("content.xml", mimetype=OPEN_DOCUMENT + "spreadsheet")


def stored(name="minh-chung.pdf", content=PDF, *, by=None, at=NINE) -> StoredFile:
    """A file that was received."""
    return actions.store(name=name, content=content, by=by, at=at)
