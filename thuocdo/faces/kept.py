"""Files that came with a form and are kept, so that they need not be sent again with its correction."""

from django.core import signing

from thuocdo.accounts.models import User
from thuocdo.files.models import StoredFile

SALT = "thuocdo.form.kept"


def token(stored: StoredFile, user: User) -> str:
    """What stands in the form in place of the file; good for this person alone."""
    return signing.dumps([stored.pk, user.pk], salt=SALT)


def found(given: str, user: User) -> StoredFile | None:
    """The file that this very person sent before; None for anything else."""
    try:
        pk, user_pk = signing.loads(given, salt=SALT)
    except signing.BadSignature:
        return None
    return StoredFile.objects.filter(pk=pk).first() if user_pk == user.pk else None
