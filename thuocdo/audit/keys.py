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

from thuocdo.lib.once import put_once


def _place(name: str) -> Path:
    return Path(settings.VAR) / name


def _private() -> Ed25519PrivateKey:
    path = _place("log-key.pem")
    if not path.exists():
        made = Ed25519PrivateKey.generate()
        put_once(path, made.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()), 0o600)
    key = load_pem_private_key(path.read_bytes(), None)
    if not isinstance(key, Ed25519PrivateKey):
        raise TypeError(f"{path.name} holds another kind of key than Ed25519.")
    if not _place("log-key.pub").exists():
        put_once(_place("log-key.pub"), _hex(key.public_key()).encode() + b"\n", 0o644)
    return key


def _hex(key: Ed25519PublicKey) -> str:
    return key.public_bytes(Encoding.Raw, PublicFormat.Raw).hex()


def public_key() -> str | None:
    """The public key, 64 hexadecimal digits, as the file beside the private one gives it; None: no file."""
    path = _place("log-key.pub")
    return path.read_text().strip() if path.exists() else None


def sign(message: bytes) -> str:
    """The signature in hexadecimal. The key is made on first use, readable by its owner alone."""
    return _private().sign(message).hex()


def signed(message: bytes, signature: str, key: str) -> bool:
    """Whether this key made this signature of the message; False also for text that is no key."""
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(key)).verify(bytes.fromhex(signature), message)
    except (InvalidSignature, ValueError, TypeError):
        return False
    return True
