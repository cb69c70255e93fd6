"""The key that signs the heads of the log: a file outside the database, its public half beside it."""

from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)
from django.conf import settings

from thuocdo.lib.once import put, sync

PRIVATE, PUBLIC, NEXT = "log-key.pem", "log-key.pub", "log-key.next.pem"


class KeyProblemError(Exception):
    """The key that should sign is not there; the text says what to do."""


def place(name: str) -> Path:
    """Where the file of this name lies."""
    return Path(settings.VAR) / name


def _load(path: Path) -> Ed25519PrivateKey:
    key = load_pem_private_key(path.read_bytes(), None)
    if not isinstance(key, Ed25519PrivateKey):
        raise TypeError(f"{path.name} holds another kind of key than Ed25519.")
    return key


def _pem(key: Ed25519PrivateKey) -> bytes:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def _private(expected: str | None) -> Ed25519PrivateKey:
    """The key that signs. The first is made on first use; it is never made anew for a log that has one."""
    path = place(PRIVATE)
    if expected is not None:
        settle(expected)
    if not path.exists():
        if expected is not None:
            raise KeyProblemError(
                f"{path.name} is missing. Put your copy of it back; if there is none, a new key takes over "
                "with: thuocdo rotate-log-key --lost"
            )
        put(path, _pem(Ed25519PrivateKey.generate()), 0o600)
    key = _load(path)
    if expected is not None and _hex(key.public_key()) != expected:
        raise KeyProblemError(f"{path.name} is not the key of this log. Put the right one back.")
    if not place(PUBLIC).exists():
        put(place(PUBLIC), _hex(key.public_key()).encode() + b"\n", 0o644)
    return key


def _hex(key: Ed25519PublicKey) -> str:
    return key.public_bytes(Encoding.Raw, PublicFormat.Raw).hex()


def public_key() -> str | None:
    """The public key, 64 hexadecimal digits, as the file beside the private one gives it; None: no file."""
    path = place(PUBLIC)
    return path.read_text().strip() if path.exists() else None


def sign(message: bytes, expected: str | None = None) -> str:
    """The signature in hexadecimal, by the key whose public half is expected. `KeyProblemError`: gone."""
    return _private(expected).sign(message).hex()


def prepare() -> str:
    """Make the next key and lay it beside the one that signs; its public half."""
    key = Ed25519PrivateKey.generate()
    put(place(NEXT), _pem(key), 0o600, replace=True)
    return _hex(key.public_key())


def sign_next(message: bytes) -> str:
    """The signature of the prepared key."""
    return _load(place(NEXT)).sign(message).hex()


def settle(expected: str) -> None:
    """Put the prepared key into its place, if it is the one that is expected; the one before is gone then."""
    prepared = place(NEXT)
    if not prepared.exists() or _hex(_load(prepared).public_key()) != expected:
        return
    put(place(PUBLIC), expected.encode() + b"\n", 0o644, replace=True)
    prepared.replace(place(PRIVATE))
    sync(prepared.parent)


def signed(message: bytes, signature: str, key: str) -> bool:
    """Whether this key made this signature of the message; False also for text that is no key."""
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(key)).verify(bytes.fromhex(signature), message)
    except (InvalidSignature, ValueError, TypeError):
        return False
    return True
