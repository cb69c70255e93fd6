"""A daemon that speaks clamd's protocol on a real socket: finds the word EICAR, hangs up, or falls silent."""

import socketserver
import threading
from contextlib import contextmanager
from pathlib import Path

BAD = b"EICAR"


class _Line(socketserver.StreamRequestHandler):
    """One question and its answer, as clamd gives it."""

    def handle(self):
        command = self._word()
        self.server.asked.append(command)
        if command == b"zVERSION":
            self.wfile.write(b"ClamAV 1.0.7/27000/Tue Sep 30 08:00:00 2025\0")
        elif self.server.says is not None:
            self.wfile.write(self.server.says)
        elif command == b"zINSTREAM":
            heard = b"".join(self._pieces())
            self.server.heard.append(heard)
            found = b"stream: Eicar-Test-Signature FOUND\0" if BAD in heard else b"stream: OK\0"
            self.wfile.write(found)

    def _word(self):
        word = b""
        while (letter := self.rfile.read(1)) not in (b"\0", b""):
            word += letter
        return word

    def _pieces(self):
        while size := int.from_bytes(self.rfile.read(4), "big"):
            yield self.rfile.read(size)


@contextmanager
def scanner(place: Path | None = None, says: bytes | None = None):
    """The running daemon: `.address` for settings, `.heard` what it was sent. `says`: its only answer."""
    kind = socketserver.ThreadingUnixStreamServer if place else socketserver.ThreadingTCPServer
    with kind(str(place) if place else ("127.0.0.1", 0), _Line) as server:
        server.says, server.heard, server.asked = says, [], []
        server.address = str(place) if place else f"tcp://127.0.0.1:{server.server_address[1]}"
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
