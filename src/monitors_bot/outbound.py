"""Every connection to another server: one time limit for the whole call, no redirects, a capped size."""

import ssl
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from functools import partial
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Generic, NamedTuple, TypeVar

import requests
import urllib3
from requests.auth import AuthBase

from monitors_bot import __version__, errors
from monitors_bot.connections import Connections
from monitors_bot.deadline import Clock, Deadline
from monitors_bot.reach import PUBLIC, Reach

MAX_BODY_BYTES = 16 * 1024 * 1024
CONNECT_SECONDS = 3.0
"""The most time to connect in `deliver`, so that "never connected" is known before the deadline."""
CHUNK_BYTES = 64 * 1024
HEADERS = {
    "User-Agent": f"monitors-bot/{__version__}",
    "Accept": "application/json",
    "Accept-Encoding": "gzip, deflate",
}

Result = TypeVar("Result")


class Answer(NamedTuple):
    """What a server answered; header names in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def content_type(self) -> str:
        return self.headers.get("content-type", "").lower()

    @property
    def is_json(self) -> bool:
        return "json" in self.content_type


class Pending(Generic[Result]):
    """The result of `work`, which runs in another thread and can be waited for or abandoned.

    A socket's timeout bounds each read, so a server that drips bytes can exceed any deadline. A thread can be
    left behind instead; it is a daemon, so that not even the interpreter's exit waits for it.
    """

    def __init__(self, work: Callable[[], Result]) -> None:
        self._work = work
        self._outcome: SimpleQueue[tuple[Result | None, BaseException | None]] = SimpleQueue()
        _begin(self._run)

    def result(self, deadline: Deadline) -> Result:
        """Wait for the result, or raise what the work raised; OutOfTime at the deadline."""
        try:
            result, error = self._outcome.get(timeout=max(0.0, deadline.seconds_left()))
        except Empty:
            raise errors.OutOfTime("no answer in time") from None
        self._outcome.put((result, error))  # for the next caller
        if error:
            raise error
        return result  # type: ignore[return-value]  # without an error there is a result

    def _run(self) -> None:
        try:
            self._outcome.put((self._work(), None))
        except BaseException as error:  # noqa: BLE001 - it is raised again where the result is asked for
            self._outcome.put((None, error))


_idle: list[SimpleQueue[Callable[[], None]]] = []


def _begin(work: Callable[[], None]) -> None:
    """Run `work` in an idle thread if there is one: starting a new thread takes longer."""
    try:
        inbox = _idle.pop()
    except IndexError:
        inbox = SimpleQueue()
        Thread(target=_work_on, args=(inbox,), daemon=True).start()
    inbox.put(work)


def _work_on(inbox: SimpleQueue[Callable[[], None]]) -> None:
    while True:
        inbox.get()()
        _idle.append(inbox)


class Outbound:
    """All calls to other servers, over one pool of connections that are made as `reach` says.

    It uses no requests.Session, which would follow redirects, keep cookies, and look for a .netrc and for
    proxies in the environment. That would cost a sixth of the time of a call.
    """

    def __init__(
        self, reach: Reach = PUBLIC, public_authorities: Path | None = None, now: Clock = time.time
    ) -> None:
        self.reach = reach
        self._new_connections = partial(Connections, reach, public_authorities, now)
        self._connections = self._new_connections()

    def get(
        self,
        url: str,
        deadline: Deadline,
        *,
        headers: Mapping[str, str],
        params: Sequence[tuple[str, str]] = (),
    ) -> Answer:
        request = requests.Request("GET", url, headers={**HEADERS, **headers}, params=list(params))
        return self._answer(request, deadline)

    def post(
        self,
        url: str,
        deadline: Deadline,
        *,
        headers: Mapping[str, str],
        body: bytes,
        auth: AuthBase | None = None,
    ) -> Answer:
        """Post a body; the request may be sent twice, so that must be harmless."""
        request = requests.Request("POST", url, headers={**HEADERS, **headers}, data=body, auth=auth)
        return self._answer(request, deadline)

    def deliver(self, url: str, deadline: Deadline, body: bytes) -> int:
        """Post JSON without any retry, over a new connection, and return the status.

        Raise ServerNotReached only if the server certainly did not get the request.
        """
        request = requests.Request(
            "POST", url, headers={**HEADERS, "Content-Type": "application/json"}, data=body
        )
        if deadline.seconds_left() <= 0:
            raise errors.ServerNotReached("no time left")
        return Pending(lambda: _with_our_errors(self._deliver, request, deadline)).result(deadline)

    def close(self) -> None:
        self._connections.close()

    def _answer(self, request: requests.Request, deadline: Deadline) -> Answer:
        if deadline.seconds_left() <= 0:
            raise errors.OutOfTime("no time left")
        return Pending(lambda: _with_our_errors(self._send_with_retry, request, deadline)).result(deadline)

    def _send_with_retry(self, request: requests.Request, deadline: Deadline) -> Answer:
        try:
            return self._send(request, deadline)
        except requests.Timeout:  # some timeouts are ConnectionErrors, too
            raise
        except requests.ConnectionError:  # a kept connection may have died while it was idle
            if deadline.seconds_left() <= 0:
                raise errors.OutOfTime("no time left") from None
            return self._send(request, deadline)

    def _deliver(self, request: requests.Request, deadline: Deadline) -> int:
        with closing(self._new_connections()) as connections:
            times = (min(CONNECT_SECONDS, deadline.seconds_left()), max(0.001, deadline.seconds_left()))
            with connections.send(request.prepare(), timeout=times, stream=True) as response:
                return response.status_code

    def _send(self, request: requests.Request, deadline: Deadline) -> Answer:
        seconds = max(0.001, deadline.seconds_left())
        with self._connections.send(request.prepare(), timeout=seconds, stream=True) as response:
            headers = {name.lower(): value for name, value in response.headers.items()}
            return Answer(response.status_code, headers, _read(response.raw, deadline))


def _with_our_errors(
    send: Callable[[requests.Request, Deadline], Result], request: requests.Request, deadline: Deadline
) -> Result:
    try:
        return send(request, deadline)
    except requests.ConnectTimeout as error:
        raise errors.NotReachedInTime("no connection in time") from error
    except (requests.Timeout, urllib3.exceptions.TimeoutError) as error:
        raise errors.OutOfTime("no answer in time") from error
    except (requests.RequestException, urllib3.exceptions.HTTPError, OSError, ValueError) as error:
        raise _unreachable(error) from error


def _unreachable(error: Exception) -> errors.ServerUnreachable:
    """Why there is no answer, as precisely as the error says; ServerNotReached if there was no connection."""
    # A UnicodeError comes from writing the name for a proxy.
    if isinstance(
        error, requests.exceptions.InvalidURL | urllib3.exceptions.LocationParseError | UnicodeError
    ):
        return errors.NameUnknown("no server can have this name")
    # requests wraps urllib3's MaxRetryError, whose `reason` is the cause.
    reason = getattr(error.args[0], "reason", None) if error.args else None
    match reason:
        # Other TLS errors may come from a connection that was established, after the request was sent.
        case urllib3.exceptions.SSLError(args=(ssl.SSLCertVerificationError() as cause, *_)):
            return errors.CertificateRefused(cause.verify_message)
        case urllib3.exceptions.NameResolutionError():
            return errors.NameUnknown(getattr(reason.__cause__, "strerror", None) or "no address")
        case urllib3.exceptions.NewConnectionError(__cause__=ConnectionRefusedError()):
            return errors.ConnectionRefused("connection refused")
        case urllib3.exceptions.NewConnectionError():
            return errors.ServerNotReached("no connection")
    return errors.ServerUnreachable(type(error).__name__)


def _read(raw: urllib3.BaseHTTPResponse, deadline: Deadline) -> bytes:
    """Read a body until the deadline; raise errors.ServerUnreachable if it is too large."""
    body = bytearray()
    while chunk := raw.read1(CHUNK_BYTES, decode_content=True):
        body += chunk
        if len(body) > MAX_BODY_BYTES:
            raise errors.ServerUnreachable("the answer is too large")
        if deadline.seconds_left() <= 0:
            raise errors.OutOfTime("the answer came too slowly")
    return bytes(body)
