"""One client's connection: bytes out, waiting that ends with the server, and the ways to hang up."""

import socket
import struct
import threading
from collections.abc import Iterator
from datetime import datetime
from email.utils import format_datetime
from http import HTTPStatus

from tests.fakes.rocketchat.api import Answer

LOOK_AGAIN_SECONDS = 0.05


def head(answer: Answer, now: datetime, length: int | None = None) -> bytes:
    """Write the status line and headers; `length` replaces the length of the body."""
    declared = len(answer.body) if length is None else length
    headers = {
        "Date": format_datetime(now, usegmt=True),
        "Content-Type": answer.content_type,
        "Content-Length": str(declared),
        **answer.headers,
    }
    lines = [
        f"HTTP/1.1 {answer.status} {_phrase(answer.status)}",
        *(f"{key}: {headers[key]}" for key in headers),
    ]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")


def _phrase(status: int) -> str:
    return HTTPStatus(status).phrase if status in set(HTTPStatus) else "Unknown"


class Wire:
    """The server's end of one connection."""

    def __init__(self, connection: socket.socket, stopping: threading.Event) -> None:
        self._connection = connection
        self._stopping = stopping

    def send(self, content: bytes) -> None:
        self._connection.sendall(content)

    def drip(self, content: bytes, interval: float) -> None:
        """Send byte after byte until all is out, the client is gone or the server stops."""
        for byte in content:
            if not self.wait(interval):
                return
            self.send(bytes([byte]))

    def wait(self, seconds: float) -> bool:
        """Wait, and tell whether there is still somebody to answer."""
        return not any(self._stopping.wait(pause) or self._is_client_gone() for pause in _pauses(seconds))

    def reset(self) -> None:
        """Hang up with RST: lingering for no time at all throws the connection away."""
        self._connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self._connection.close()

    def _is_client_gone(self) -> bool:
        try:
            # Below TLS, which knows no such flags.
            return not socket.socket.recv(self._connection, 1, socket.MSG_PEEK | socket.MSG_DONTWAIT)
        except BlockingIOError:
            return False


def _pauses(seconds: float) -> Iterator[float]:
    while seconds > 0:
        yield min(seconds, LOOK_AGAIN_SECONDS)
        seconds -= LOOK_AGAIN_SECONDS
