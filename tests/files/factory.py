"""Bytes of each kind, as small as they come."""

import hashlib
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


def _signed_pdf() -> bytes:
    """A PDF with a signature dictionary; in place of a CMS stands the digest of the two signed ranges."""
    before = (
        b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<< /Type /Catalog /AcroForm << /SigFlags 3 >> >>\nendobj\n"
        b"2 0 obj\n<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /ETSI.CAdES.detached"
        b" /ByteRange [0 0000 0000 0000] /Contents <"
    )
    after = b"> >>\nendobj\n" + b"% page\r\n" * 400 + b"trailer << /Root 1 0 R >>\n%%EOF\n"
    ranges = b"[0 %04d %04d %04d]" % (len(before), len(before) + 64, len(after))
    before = before.replace(b"[0 0000 0000 0000]", ranges)
    return before + hashlib.sha256(before + after).hexdigest().encode() + after


def signed_range(pdf: bytes) -> tuple[int, int, int, int]:
    """The numbers of /ByteRange."""
    found = pdf.split(b"/ByteRange [")[1].split(b"]")[0].split()
    start, length, after, rest = (int(number) for number in found)
    return start, length, after, rest


SIGNED_PDF = _signed_pdf()


def stored(name="minh-chung.pdf", content=PDF, *, by=None, at=NINE) -> StoredFile:
    """A file that was received."""
    return actions.store(name=name, content=content, by=by, at=at)
