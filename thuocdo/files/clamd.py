"""Asks ClamAV's daemon about bytes: INSTREAM over the socket that the operator named, nowhere else."""

import socket
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

SECONDS = 30  # without a word before the scanner counts as silent
ANSWER = 2**12  # bytes; a verdict is one short line
CLEAN, FOUND = "OK", " FOUND"


class UnansweredError(Exception):
    """The scanner gave no verdict; the text says why, for the operator."""


@dataclass(frozen=True, slots=True)
class Address:
    """Where the daemon listens: a path, or a host with a port."""

    path: str = ""
    host: str = ""
    port: int = 0


def address(text: str) -> Address:
    """`/run/clamav/clamd.ctl`, `unix:/run/clamav/clamd.ctl` or `tcp://127.0.0.1:3310`; else `ValueError`."""
    if text.startswith(("/", "unix:/")):
        return Address(path=text.removeprefix("unix:"))
    parts = urlsplit(text)
    if parts.scheme != "tcp" or not parts.hostname or not parts.port or parts.path or parts.query:
        raise ValueError(f"THUOCDO_CLAMD is {text!r}; it is a path, or tcp://HOST:PORT.")
    return Address(host=parts.hostname, port=parts.port)


def threat(pieces: Iterable[bytes], at: Address, seconds: float = SECONDS) -> str | None:
    """The name of what was found in the bytes, None when they are clean. `UnansweredError`: no verdict."""
    answer = _ask(b"zINSTREAM\0", pieces, at, seconds)
    if answer.endswith(FOUND):
        return answer.removeprefix("stream: ").removesuffix(FOUND)
    if answer.removeprefix("stream: ") != CLEAN:
        raise UnansweredError(answer or "it closed the connection")
    return None


def version(at: Address, seconds: float = SECONDS) -> str:
    """What the daemon calls itself, with the day of its signatures. `UnansweredError` when it is silent."""
    answer = _ask(b"zVERSION\0", None, at, seconds)
    if not answer:
        raise UnansweredError("it closed the connection")
    return answer


def _ask(command: bytes, pieces: Iterable[bytes] | None, at: Address, seconds: float) -> str:
    try:
        with _connected(at, seconds) as line:
            line.sendall(command)
            if pieces is not None:
                _send(line, pieces)
            return _answer(line)
    except OSError as fault:
        raise UnansweredError(str(fault) or type(fault).__name__) from fault


def _connected(at: Address, seconds: float) -> socket.socket:
    if not at.path:
        return socket.create_connection((at.host, at.port), timeout=seconds)
    line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    line.settimeout(seconds)
    try:
        line.connect(at.path)
    except OSError:
        line.close()
        raise
    return line


def _send(line: socket.socket, pieces: Iterable[bytes]) -> None:
    """Each piece behind its length, then a length of nothing. A daemon that has heard enough hangs up."""
    try:
        for piece in pieces:
            if piece:
                line.sendall(len(piece).to_bytes(4, "big") + piece)
        line.sendall(bytes(4))
    except (BrokenPipeError, ConnectionResetError):
        return  # it says why in its answer


def _answer(line: socket.socket) -> str:
    heard = b""
    while len(heard) < ANSWER and not heard.endswith(b"\0"):
        more = line.recv(ANSWER)
        if not more:
            break
        heard += more
    return heard.rstrip(b"\0").decode("utf-8", "replace").strip()
