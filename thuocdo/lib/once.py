"""A file that is written once, whole or not at all, and safe on the disk before it is used."""

import os
import secrets
from pathlib import Path


def put_once(path: Path, content: bytes, mode: int) -> None:
    """Write the file with this mode; one that is there already stays. A kill in between leaves none."""
    draft = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    with os.fdopen(os.open(draft, os.O_CREAT | os.O_WRONLY | os.O_EXCL, mode), "wb") as handle:
        handle.write(content)
        handle.flush()
        os.fsync(handle.fileno())
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
