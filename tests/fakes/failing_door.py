"""Doors before servers, at which one request fails: before it is passed on, or when its answer is lost."""

import json
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from enum import StrEnum
from http.server import BaseHTTPRequestHandler
from typing import Any

import requests

from tests.fakes.rocketchat.connections import Listener

NOT_PASSED_ON = frozenset({"host", "content-length", "accept-encoding", "connection"})
NOT_GIVEN_BACK = frozenset({"content-length", "transfer-encoding", "connection", "content-encoding"})
REFUSAL = json.dumps({"__type": "com.amazonaws.fake#AccessDeniedException", "success": False}).encode()


class Way(StrEnum):
    """How a request fails."""

    REFUSED = "refused before it is passed on"
    LOST = "passed on, and the answer is lost"
    DIES = "passed on, and nothing comes through afterwards: who asked died"
    LOST_ONCE = "passed on, and the answer is lost; who asks again gets one"


@dataclass
class Doors:
    """All doors count together; the `fails_at`th request fails, `way` tells how."""

    urls: dict[str, str] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    """What came, as words for people."""
    fails_at: int = 0
    way: Way = Way.REFUSED
    has_failed: bool = False
    hangs_after: str = ""
    """The request that is passed on and never answered."""
    until_it_hangs: int = 0
    hangs: threading.Event = field(default_factory=threading.Event)
    goes_on: threading.Event = field(default_factory=threading.Event)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def fail(self, number: int, way: Way) -> None:
        with self.lock:
            self.asked, self.fails_at, self.way, self.has_failed = [], number, way, False

    def hang_after(self, path: str, number: int = 1) -> None:
        """Never answer the `number`th request that ends like that."""
        self.hangs_after, self.until_it_hangs = path, number

    def heal(self) -> bool:
        """Let everything through again; tell whether something had failed."""
        with self.lock:
            self.fails_at = 0
            return self.has_failed

    def pass_on(self, target: str, request: BaseHTTPRequestHandler) -> tuple[int, dict[str, str], bytes]:
        body = request.rfile.read(int(request.headers.get("Content-Length") or 0))
        fails, is_passed_on = self._fate(request)
        if not is_passed_on:
            return self._refusal(request)
        kept = {name: value for name, value in request.headers.items() if name.lower() not in NOT_PASSED_ON}
        answer = requests.request(
            request.command, target + request.path, data=body, headers=kept, timeout=10, allow_redirects=False
        )
        self._maybe_hang(request)
        if fails:
            return self._refusal(request)
        given = {name: value for name, value in answer.headers.items() if name.lower() not in NOT_GIVEN_BACK}
        return answer.status_code, given, answer.content

    def _fate(self, request: BaseHTTPRequestHandler) -> tuple[bool, bool]:
        """Whether the request fails, and whether it is passed on nevertheless."""
        with self.lock:
            words = request.headers.get("X-Amz-Target") or request.path.partition("?")[0]
            self.asked.append(f"{request.command} {words}")
            number = len(self.asked)
            fails = number == self.fails_at or (
                self.way is Way.DIES and self.fails_at and number > self.fails_at
            )
            self.has_failed = self.has_failed or bool(fails)
            return bool(fails), not fails or (self.way is not Way.REFUSED and number == self.fails_at)

    def _maybe_hang(self, request: BaseHTTPRequestHandler) -> None:
        with self.lock:
            if not self.hangs_after or not request.path.partition("?")[0].endswith(self.hangs_after):
                return
            self.until_it_hangs -= 1
            if self.until_it_hangs:
                return
            self.hangs_after = ""
        self.hangs.set()
        self.goes_on.wait(20)

    def _refusal(self, request: BaseHTTPRequestHandler) -> tuple[int, dict[str, str], bytes]:
        """Fail so that AWS's client asks again by itself only in the one case; Rocket.Chat's never does."""
        asks_again = self.way is Way.LOST_ONCE or "X-Amz-Target" not in request.headers
        return 503 if asks_again else 400, {"Content-Type": "application/json"}, REFUSAL


@contextmanager
def failing_doors(**targets: str) -> Iterator[Doors]:
    """Open a door before each of the servers; `urls` are the doors' addresses, by the same names."""
    doors = Doors()
    with ExitStack() as running:
        for name, target in targets.items():
            server = running.enter_context(Listener(_handler(doors, target)))
            running.callback(server.shutdown)
            threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
            doors.urls[name] = f"http://127.0.0.1:{server.server_port}"
        yield doors
        doors.goes_on.set()


def _handler(doors: Doors, target: str) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def do_POST(self) -> None:
            status, headers, body = doors.pass_on(target, self)
            with suppress(OSError):  # who asked may be dead
                self._give(status, headers, body)

        def _give(self, status: int, headers: dict[str, str], body: bytes) -> None:
            self.send_response_only(status)
            for name, value in {**headers, "Content-Length": str(len(body))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        do_GET = do_POST  # noqa: N815 - named by http.server

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    return Handler
