"""Every connection to a server that is not ours: bounded as a whole, no redirects, a capped size."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Generic, TypeVar

import requests
import urllib3
from requests.adapters import HTTPAdapter
from requests.auth import AuthBase

from monitors_bot import __version__
from monitors_bot.errors import OutOfTime, ServerUnreachable
from monitors_bot.web import Deadline

MAX_BODY_BYTES = 16 * 1024 * 1024
CHUNK_BYTES = 64 * 1024
USER_AGENT = f"monitors-bot/{__version__}"

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Answer:
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
    """Something that has been begun, and can be waited for or abandoned.

    A socket's own time-out bounds one read; a server that drips outlasts it. So the work is done in a
    daemon thread: nobody waits for it longer than they want, not even the interpreter at its end.
    """

    def __init__(self, work: Callable[[], Result]) -> None:
        self._work = work
        self._outcome: SimpleQueue[tuple[Result | None, BaseException | None]] = SimpleQueue()
        Thread(target=self._run, daemon=True).start()

    def result(self, deadline: Deadline) -> Result:
        """Wait for the result, or raise what the work raised; OutOfTime at the deadline."""
        try:
            result, error = self._outcome.get(timeout=max(0.0, deadline.seconds_left()))
        except Empty:
            raise OutOfTime("no answer in time") from None
        self._outcome.put((result, error))
        if error:
            raise error
        return result  # type: ignore[return-value]  # without an error there is a result

    def _run(self) -> None:
        try:
            self._outcome.put((self._work(), None))
        except BaseException as error:  # noqa: BLE001 - it is raised again where the result is asked for
            self._outcome.put((None, error))


class _Session(requests.Session):
    """Takes a redirect for an answer: requests would read its body whole, even without following it."""

    def get_redirect_target(self, resp: requests.Response) -> None:  # noqa: ARG002 - named by requests
        return None


class Outbound:
    """One kept Session for everything, so that connections are used again."""

    def __init__(self) -> None:
        self._session = _Session()
        self._session.trust_env = False  # a .netrc or a proxy would send our credentials elsewhere
        self._session.headers.update({"User-Agent": USER_AGENT, "Accept": "application/json"})
        for scheme in ("http://", "https://"):
            self._session.mount(scheme, HTTPAdapter(pool_maxsize=20))

    def get(
        self,
        url: str,
        deadline: Deadline,
        *,
        headers: Mapping[str, str],
        params: Sequence[tuple[str, str]] = (),
    ) -> Answer:
        request = requests.Request("GET", url, headers=dict(headers), params=list(params))
        return self._answer(request, deadline)

    def post(
        self, url: str, deadline: Deadline, *, headers: Mapping[str, str], body: bytes, auth: AuthBase
    ) -> Answer:
        request = requests.Request("POST", url, headers=dict(headers), data=body, auth=auth)
        return self._answer(request, deadline)

    def close(self) -> None:
        self._session.close()

    def _answer(self, request: requests.Request, deadline: Deadline) -> Answer:
        if deadline.seconds_left() <= 0:
            raise OutOfTime("no time left")
        return Pending(lambda: self._translated(request, deadline)).result(deadline)

    def _translated(self, request: requests.Request, deadline: Deadline) -> Answer:
        try:
            return self._sent(request, deadline)
        except (requests.Timeout, urllib3.exceptions.TimeoutError) as error:
            raise OutOfTime("no answer in time") from error
        except (requests.RequestException, urllib3.exceptions.HTTPError, OSError, ValueError) as error:
            raise ServerUnreachable(type(error).__name__) from error

    def _sent(self, request: requests.Request, deadline: Deadline) -> Answer:
        """Send, and once more if the connection breaks: a kept one may have been closed meanwhile."""
        try:
            return self._send(request, deadline)
        except requests.Timeout:
            raise
        except requests.ConnectionError:
            return self._send(request, deadline)

    def _send(self, request: requests.Request, deadline: Deadline) -> Answer:
        seconds = max(0.001, deadline.seconds_left())
        prepared = self._session.prepare_request(request)
        with self._session.send(prepared, timeout=seconds, stream=True) as response:
            headers = {name.lower(): value for name, value in response.headers.items()}
            return Answer(response.status_code, headers, _read(response.raw, deadline))


def _read(raw: urllib3.BaseHTTPResponse, deadline: Deadline) -> bytes:
    """Read a body no larger than we can hold, and no longer than somebody waits for it."""
    body = bytearray()
    while chunk := raw.read1(CHUNK_BYTES, decode_content=True):
        body += chunk
        if len(body) > MAX_BODY_BYTES:
            raise ServerUnreachable("the answer is too large")
        if deadline.seconds_left() <= 0:
            raise OutOfTime("the answer came too slowly")
    return bytes(body)
