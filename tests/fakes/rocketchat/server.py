"""Rocket.Chat's REST API over real HTTP, from a workspace in memory, with faults on request."""

import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from types import TracebackType
from typing import Any, Self
from urllib.parse import parse_qsl, unquote

from tests.fakes.rocketchat import gate
from tests.fakes.rocketchat.api import Answer, Request
from tests.fakes.rocketchat.broken_wires import BROKEN_WIRES
from tests.fakes.rocketchat.connections import Listener
from tests.fakes.rocketchat.faults import Fault, Faults, Kind
from tests.fakes.rocketchat.limiter import Limiter
from tests.fakes.rocketchat.routes import Route, find_route
from tests.fakes.rocketchat.wire import Wire, head
from tests.fakes.rocketchat.workspace import Workspace
from tests.fakes.rocketchat.wrong_answers import WRONG_ANSWERS

POLL_SECONDS = 0.02


@dataclass
class Call:
    """One call as the server saw it; `status` is 0 where no answer was given."""

    method: str
    path: str
    route: str
    query: list[tuple[str, str]]
    body: Any = None
    headers: dict[str, str] = field(default_factory=dict)
    status: int = 0


class RocketChatServer(Workspace):
    """A Rocket.Chat server on a free port of the loopback address."""

    def __init__(self, base_path: str = "", tls: ssl.SSLContext | None = None) -> None:
        super().__init__()
        self.base_path = base_path.rstrip("/")
        self.tls = tls
        self.calls: list[Call] = []
        self.in_flight = 0
        self.peak_concurrency = 0
        self._faults = Faults()
        self._limiter = Limiter(self)
        self._stopping = threading.Event()
        self._counting = threading.Lock()
        self._listener: Listener | None = None

    @property
    def url(self) -> str:
        return f"{self._running.url}{self.base_path}"

    @property
    def port(self) -> int:
        return self._running.server_port

    @property
    def _running(self) -> Listener:
        if self._listener is None:
            raise RuntimeError("the server is not running")
        return self._listener

    @property
    def connections(self) -> int:
        """How many connections were made since the start."""
        return self._listener.accepted if self._listener else 0

    def start(self) -> Self:
        self._stopping.clear()
        self._listener = Listener(_handler(self), self.tls)
        threading.Thread(target=self._listener.serve_forever, args=(POLL_SECONDS,), daemon=True).start()
        return self

    def stop(self) -> None:
        if self._listener is not None:
            self._stopping.set()
            self._listener.shutdown()
            self._listener.close_all()
            self._listener = None

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def fail(self, route: str, kind: Kind, times: int | None = None, **options: Any) -> None:
        """Order a fault for the calls of a route pattern, or of all with "*"."""
        self._faults.add(Fault(route, kind, times, options))

    def heal(self) -> None:
        self._faults.clear()

    def calls_to(self, route: str) -> list[Call]:
        return [call for call in list(self.calls) if call.route == route]

    def exchange(self, request: Request, wire: Wire) -> bool:
        """Answer one request; tell whether the connection may serve another."""
        route = find_route(request)
        call = _call(request, route)
        self.calls.append(call)
        with self._counted():
            return self._respond(call, route, request, wire)

    def _respond(self, call: Call, route: Route | None, request: Request, wire: Wire) -> bool:
        def truth() -> Answer:
            answer = gate.answer(self, self._limiter, route, request)
            call.status = answer.status
            return answer

        fault = self._faults.take(call.route)
        if fault is not None and fault.kind in BROKEN_WIRES:
            return BROKEN_WIRES[fault.kind](wire, fault, truth, self.now())
        answer = WRONG_ANSWERS[fault.kind](fault, truth) if fault else truth()
        call.status = answer.status
        wire.send(head(answer, self.now()) + answer.body)
        return True

    @contextmanager
    def _counted(self) -> Iterator[None]:
        with self._counting:
            self.in_flight += 1
            self.peak_concurrency = max(self.peak_concurrency, self.in_flight)
        try:
            yield
        finally:
            with self._counting:
                self.in_flight -= 1


def _call(request: Request, route: Route | None) -> Call:
    pattern = route.pattern if route else "/".join(request.segments or ()) or request.path
    return Call(
        request.method,
        request.path,
        pattern,
        request.query,
        request.parsed_body,
        dict(request.headers.items()),
    )


def _handler(server: RocketChatServer) -> type[BaseHTTPRequestHandler]:
    """Make the handler that reads requests and hands them to this server."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def do_GET(self) -> None:
            request = _request(self, server.base_path)
            is_reusable = server.exchange(request, Wire(self.connection, server._stopping))
            self.close_connection = self.close_connection or not is_reusable

        do_POST = do_PUT = do_DELETE = do_GET  # noqa: N815 - named by http.server

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - named by http.server
            """Keep quiet: the calls are on record."""

    return Handler


def _request(handler: BaseHTTPRequestHandler, base_path: str) -> Request:
    path, _, query = handler.path.partition("?")
    body = handler.rfile.read(int(handler.headers.get("Content-Length") or 0))
    pairs = parse_qsl(query, keep_blank_values=True)
    address = handler.client_address[0]
    return Request(handler.command, path, _segments(path, base_path), pairs, handler.headers, body, address)


def _segments(path: str, base_path: str) -> tuple[str, ...] | None:
    """Cut the path below the API's root; an encoded slash stays inside its segment."""
    if path == f"{base_path}/api/info":
        return ("", "api", "info")
    root = f"{base_path}/api/v1/"
    if not path.startswith(root):
        return None
    return tuple(unquote(segment) for segment in path.removeprefix(root).split("/"))
