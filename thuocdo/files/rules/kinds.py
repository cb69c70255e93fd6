"""What kind of file it is, found by looking at its bytes, never at its name or at what the sender claims."""

from dataclasses import dataclass, field

from thuocdo.lib.say import Say, say

HEAD = 4096  # bytes from the start that are looked at
TAIL = 2**20  # bytes from the end: the list of contents of a zip stands there


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind that is accepted: its media type and the endings its names may have, the usual one first."""

    media: str
    endings: tuple[str, ...]


PDF = Kind("application/pdf", ("pdf",))
PNG = Kind("image/png", ("png",))
JPEG = Kind("image/jpeg", ("jpg", "jpeg"))
WEBP = Kind("image/webp", ("webp",))
OFFICE = "application/vnd.openxmlformats-officedocument."
DOCX = Kind(OFFICE + "wordprocessingml.document", ("docx",))
XLSX = Kind(OFFICE + "spreadsheetml.sheet", ("xlsx",))
ODT = Kind("application/vnd.oasis.opendocument.text", ("odt",))
ODS = Kind("application/vnd.oasis.opendocument.spreadsheet", ("ods",))
TEXT = Kind("text/plain", ("txt", "csv"))

STARTS = ((b"%PDF-", PDF), (b"\x89PNG\r\n\x1a\n", PNG), (b"\xff\xd8\xff", JPEG))
ZIP, ZIP_END, ZIP64_END = b"PK\x03\x04", b"PK\x05\x06", b"PK\x06\x07"
PARTS = ((b"word/document.xml", DOCX), (b"xl/workbook.xml", XLSX))
MACROS = b"vbaProject.bin"
OPEN_DOCUMENTS = (ODT, ODS)
MIMETYPE_AT = 30  # OpenDocument 1.3, part 2, 3.3: the first entry is "mimetype", not compressed
BOMS_OF_UTF16 = (b"\xff\xfe", b"\xfe\xff")
CONTROLS = bytes(set(range(32)) - set(b"\t\n\r\f")) + b"\x7f"


@dataclass(slots=True)
class Look:
    """Looks at a file as it comes in: `feed` every piece, then ask for its `kind`."""

    size: int = 0
    head: bytes = b""
    tail: bytes = b""
    plain: bool = True  # no control bytes so far
    _room: int = field(default=HEAD, repr=False)

    def feed(self, piece: bytes) -> None:
        """Take the next bytes of the file."""
        self.size += len(piece)
        self.head += piece[: self._room]
        self._room = HEAD - len(self.head)
        self.tail = (self.tail + piece)[-TAIL:]
        self.plain = self.plain and not piece.translate(None, _ALL_BUT_CONTROLS)

    @property
    def kind(self) -> Kind | None:
        """The kind of what was fed, None if it is not accepted."""
        for start, kind in STARTS:
            if self.head.startswith(start):
                return kind
        if self.head[:4] == b"RIFF" and self.head[8:12] == b"WEBP":
            return WEBP
        if self.head.startswith(ZIP):
            return _zipped(self.head, self.tail)
        return TEXT if self._is_text() else None

    def _is_text(self) -> bool:
        """Words without markup: a page or a drawing with scripts in it is not taken as text."""
        start = self.head.removeprefix(b"\xef\xbb\xbf").lstrip()
        if self.head.startswith(BOMS_OF_UTF16):
            start = self.head.decode("utf-16", "replace").lstrip().encode()
            return self.size % 2 == 0 and not start.startswith(b"<")
        return self.plain and not start.startswith((b"<", b"#!", b"MZ"))


_ALL_BUT_CONTROLS = bytes(set(range(256)) - set(CONTROLS))


def _zipped(head: bytes, tail: bytes) -> Kind | None:
    """The office document inside a zip, read from its list of contents without unpacking anything."""
    for kind in OPEN_DOCUMENTS:
        if head[MIMETYPE_AT:].startswith(b"mimetype" + kind.media.encode() + b"PK"):
            return kind
    end = tail.rfind(ZIP_END)
    if end < 0 or ZIP64_END in tail[max(0, end - 20) : end]:
        return None
    length = int.from_bytes(tail[end + 12 : end + 16], "little")
    if length > end:
        return None
    contents = tail[end - length : end]
    if MACROS in contents:
        return None
    return next((kind for name, kind in PARTS if name in contents), None)


def problem(size: int, kind: Kind | None, largest: int) -> Say | None:
    """Why a file of this size and kind is not taken."""
    if size > largest:
        return say("The file is larger than %(limit)s MB.", limit=largest // 2**20)
    if size == 0:
        return say("The file is empty.")
    if kind is None:
        return say(
            "This kind of file is not accepted. Accepted are: PDF; Word (.docx) and Excel (.xlsx) without "
            "macros; OpenDocument (.odt, .ods); pictures (.png, .jpg, .webp); text and tables as text "
            "(.txt, .csv)."
        )
    return None
