"""Whether a kept file is given to a reader: it shows a report on a duty, or a value that they may see."""

from thuocdo.accounts.permissions import Reader
from thuocdo.assignments.queries import one
from thuocdo.files.models import StoredFile
from thuocdo.indicators import permissions


def may_open(reader: Reader, stored: StoredFile) -> bool:
    """What nobody refers to is given to nobody."""
    return one.may_open(reader, stored) or permissions.may_open(reader, stored)
