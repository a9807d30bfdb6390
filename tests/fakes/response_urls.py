"""Where Slack and Mattermost take late answers: a real server that records them, and can refuse."""

import json
import ssl
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from types import TracebackType
from typing import Any, Self

from tests.fakes.rocketchat.connections import Listener


@dataclass
class ResponseUrlServer:
    """A server on a free loopback port; `statuses` are given out in order, then 200."""

    received: list[tuple[str, Any]] = field(default_factory=list)
    statuses: list[int] = field(default_factory=list)
    before_answering: Callable[[], object] = lambda: None
    tls: ssl.SSLContext | None = None
    _server: Listener | None = None

    @property
    def url(self) -> str:
        assert self._server
        return self._server.url

    @property
    def accepted(self) -> list[Any]:
        """What people got to read."""
        return [payload for _, payload in self.received]

    def __enter__(self) -> Self:
        self._server = Listener(_handler(self), self.tls)
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._server
        self._server.shutdown()
        self._server.server_close()


def _handler(fake: ResponseUrlServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def do_POST(self) -> None:
            payload = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            status = fake.statuses.pop(0) if fake.statuses else 200
            if status == 200:
                fake.received.append((self.path, payload))
            fake.before_answering()
            self.send_response(status)
            if 300 <= status < 400:
                self.send_header("Location", f"{fake.url}/elsewhere")
            self.send_header("Content-Length", "2")
            self.end_headers()
            self.wfile.write(b"ok")

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - named by http.server
            """Keep quiet: what was received is on record."""

    return Handler
