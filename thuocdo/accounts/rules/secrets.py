"""The secrets of tokens: 256 random bits behind a mark, of which only a digest is kept."""

import hashlib

MARK = "td_"  # by which a secret that lies about is recognised


def digest(secret: str) -> str:
    """What is kept of a secret."""
    return hashlib.sha256(secret.encode()).hexdigest()
