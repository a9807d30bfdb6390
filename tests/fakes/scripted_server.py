"""A server that says, byte for byte, what a test tells it to: what no faithful stand-in would say."""

import ssl
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from types import TracebackType
from typing import Any, Self

from tests.fakes.rocketchat.connections import Listener

POLL_SECONDS = 0.02


@dataclass(frozen=True)
class Heard:
    """One request as it arrived; header names in lower case."""

    method: str
    path: str
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""


Script = Callable[[Heard], Iterable[bytes]]
"""What to send, piece by piece, when something was heard."""


def http_answer(body: bytes = b"{}", status: int = 200, **headers: str) -> bytes:
    """Write a whole answer; `Content_Type` becomes the header Content-Type."""
    fields = {"Content_Type": "application/json", "Content_Length": str(len(body))} | headers
    lines = [f"HTTP/1.1 {status} Status", *(f"{name.replace('_', '-')}: {fields[name]}" for name in fields)]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


class ScriptedServer:
    """Answers every request with the same bytes or by a script, on a free port of the loopback address."""

    def __init__(
        self, script: Script | bytes, *, keeps: bool = True, tls: ssl.SSLContext | None = None
    ) -> None:
        self.heard: list[Heard] = []
        self._listener = Listener(_handler(script, self.heard, keeps=keeps), tls)

    @property
    def url(self) -> str:
        return self._listener.url

    def __enter__(self) -> Self:
        threading.Thread(target=self._listener.serve_forever, args=(POLL_SECONDS,), daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._listener.shutdown()
        self._listener.close_all()


def _handler(script: Script | bytes, heard: list[Heard], *, keeps: bool) -> type[BaseHTTPRequestHandler]:
    """Make the handler that reads requests and follows the script; `keeps` connections, or hangs up."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def do_GET(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            headers = {name.lower(): value for name, value in self.headers.items()}
            request = Heard(self.command, self.path, headers, body)
            heard.append(request)
            for piece in [script] if isinstance(script, bytes) else script(request):
                self.connection.sendall(piece)
            self.close_connection = self.close_connection or not keeps

        do_POST = do_GET  # noqa: N815 - named by http.server

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - named by http.server
            """Keep quiet: the requests are on record."""

    return Handler
