"""Reads what the operator says of the ways out: the mail server, the hours in which nothing is sent."""

from datetime import time
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit


def smtp(address: str) -> dict[str, Any]:
    """Django's settings of a mail server from `smtp://user:password@host:587?starttls=1` or `smtps://…`."""
    if not address:
        return {}
    parts = urlsplit(address)
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
        raise ValueError("THUOCDO_SMTP is written smtp://host:port or smtps://user:password@host:port")
    return {
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or (465 if parts.scheme == "smtps" else 25),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_USE_TLS": parse_qs(parts.query).get("starttls") == ["1"],
        "EMAIL_TIMEOUT": 20,
    }


def hours(text: str) -> tuple[time, time]:
    """(from, to) of `20:00-07:00`."""
    evening, _, morning = text.partition("-")
    try:
        return time.fromisoformat(evening.strip()), time.fromisoformat(morning.strip())
    except ValueError:
        raise ValueError("THUOCDO_QUIET is written 20:00-07:00") from None
