"""Files of evidence: sent before the report that names them, given back to who may see what they show."""

from django.http import Http404, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from ninja import File
from ninja.files import UploadedFile

from thuocdo.accounts.enums import Permission
from thuocdo.api.caller import Call, person
from thuocdo.api.operations import reads, writes
from thuocdo.api.schemas.own import FileOut
from thuocdo.faces import kept
from thuocdo.faces.opening import may_open
from thuocdo.files import actions
from thuocdo.files.models import StoredFile
from thuocdo.files.queries import open_file


@writes("/files", Permission.REPORT, FileOut, whole=False)
def send_file(request: Call, file: File[UploadedFile]) -> FileOut:
    """Send a file; evidence then names its ticket. The same bytes are kept once, so it may be sent again."""
    stored = actions.store(name=file.name or "", content=file.chunks(), by=person(request), at=request.at)
    return FileOut(
        id=stored.pk,
        name=stored.name,
        kind=stored.kind,
        size=stored.size,
        sha256=stored.sha256,
        ticket=kept.token(stored, person(request)),
    )


@reads("/files/{int:pk}", Permission.READ_PUBLIC, None, whole=False)
def file(request: Call, pk: int) -> StreamingHttpResponse:
    """The bytes of a piece of evidence, as they came."""
    stored = get_object_or_404(StoredFile, pk=pk)
    if not may_open(request.reader, stored):
        raise Http404
    try:
        pieces, headers = open_file(stored)
    except FileNotFoundError as gone:
        raise Http404 from gone
    return StreamingHttpResponse(pieces, headers=headers)
