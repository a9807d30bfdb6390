"""Calls to Rocket.Chat's REST API, and the meaning of its errors: https://developer.rocket.chat/apidocs"""

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from threading import Lock
from typing import NamedTuple, Protocol
from urllib.parse import quote

from monitors_bot import errors
from monitors_bot.deadline import Deadline
from monitors_bot.outbound import Answer
from monitors_bot.rocketchat.limits import DEFAULT_WAIT, Limits
from monitors_bot.rocketchat.parsing import id_of, objects

Send = Callable[[dict[str, str]], Answer]
PAGE = 100
"""The largest page; a server with default settings silently lowers a larger `count` to it."""
_BRACKETS = re.compile(r"\[([\w-]{1,60})\]$")
_UNREACHED: Mapping[type[errors.ServerUnreachable], type[errors.RocketChatUnavailable]] = {
    errors.NameUnknown: errors.ServerNameUnknown,
    errors.ConnectionRefused: errors.NothingListens,
    errors.CertificateRefused: errors.CertificateNotTrusted,
    errors.ProxyNotReached: errors.ProxyDown,
    errors.ProxyRefused: errors.ProxyForbids,
}
_ERROR = re.compile(r"error(?:-[a-z]{1,20}){1,8}", re.ASCII)
_OTHER_ERRORS = frozenset(
    {"invalid-params", "invalid-user", "not-authorized", "totp-invalid", "totp-required", "unauthorized"}
)
_REFUSALS = frozenset(
    {"error-unauthorized", "unauthorized", "error-not-authorized", "not-authorized", "error-not-allowed"}
)


class Route(NamedTuple):
    """An endpoint: its path, in which `{}` is replaced, and what its errors mean."""

    path: str
    permission: str = ""
    """The permission that is missing if the server refuses the call; empty if the route needs none."""
    needs_units: bool = False
    """Whether a server without Omnichannel units lacks the route, or refuses it."""
    may_refuse: bool = False
    """Whether a refusal is an ordinary answer of the route: a room that does not exist, for instance."""
    is_one_list: bool = False
    """Whether the list is useless unless every page is read, so that it may use up the rate limit."""


UNITS = Route("livechat/units", "manage-livechat-units", needs_units=True)
UNIT_MONITORS = Route("livechat/units/{}/monitors", "manage-livechat-monitors", needs_units=True)
MONITORS = Route("livechat/monitors", "manage-livechat-monitors", needs_units=True, is_one_list=True)
PRESENCE = Route("users.presence")
ROOM = Route("rooms.info")
ME = Route("me")
PERMISSIONS = Route("permissions.listAll")


class Account(NamedTuple):
    """The bot's account on the server."""

    user_id: str
    token: str

    def headers(self) -> dict[str, str]:
        return {"X-User-Id": self.user_id, "X-Auth-Token": self.token}

    def __repr__(self) -> str:
        return f"Account({self.user_id!r})"


class Accounts(Protocol):
    """The source of the account."""

    def current(self, deadline: Deadline) -> Account: ...

    def instead_of(self, refused: Account, deadline: Deadline) -> Account | None:
        """Return another account to try, in case it has just been changed; None if there is none."""
        ...


class Calls(Protocol):
    """The way to the server."""

    def get(
        self, url: str, deadline: Deadline, *, headers: Mapping[str, str], params: Sequence[tuple[str, str]]
    ) -> Answer: ...

    def post(self, url: str, deadline: Deadline, *, headers: Mapping[str, str], body: bytes) -> Answer: ...


class RocketChat:
    """The server; it counts its `calls`, and the `seconds_waited` for all of them together."""

    def __init__(
        self, url: str, outbound: Calls, accounts: Accounts, limits: Limits, now: Callable[[], float]
    ) -> None:
        self._url = url
        self._outbound = outbound
        self._accounts = accounts
        self._limits = limits
        self._now = now
        self._lock = Lock()
        self.seconds_waited = 0.0
        self.calls = 0

    def seconds_to_wait(self, route: Route) -> float:
        """Return how long the rate limiter forbids the route; 0 if it may be called now."""
        return self._limits.seconds_to_wait(route.path, self._now())

    def get(
        self, route: Route, deadline: Deadline, params: Sequence[tuple[str, str]] = (), *, part: str = ""
    ) -> Mapping[str, object]:
        """Read a route and return its JSON, in which `success` is true."""
        url = self._address(route, part)
        return self._call(
            route, deadline, lambda headers: self._outbound.get(url, deadline, headers=headers, params=params)
        )

    def post(self, route: Route, payload: Mapping[str, object], deadline: Deadline) -> Mapping[str, object]:
        """Write to a route; the request may be sent twice, so the payload has to make that harmless."""
        url, body = self._address(route), json.dumps(payload).encode()
        json_type = {"Content-Type": "application/json"}
        return self._call(
            route,
            deadline,
            lambda headers: self._outbound.post(url, deadline, headers={**headers, **json_type}, body=body),
        )

    def get_all(
        self, route: Route, key: str, deadline: Deadline, params: Sequence[tuple[str, str]] = ()
    ) -> Iterator[Mapping[str, object]]:
        """Read a whole list: in one call if the server allows it, otherwise page by page."""
        seen: set[str] = set()
        # `count=0` asks for everything; servers with API_Allow_Infinite_Count off answer with one page.
        page = self.get(route, deadline, [*params, ("count", "0")])
        while True:
            # The list may shift between two pages, so an item may come twice.
            new = {id_: item for item in objects(page, key) if (id_ := id_of(item)) not in seen}
            yield from new.values()
            seen.update(new)
            total = page.get("total")
            if isinstance(total, int) and len(seen) >= total:
                return
            if not new:
                _require_end(total, key)
                return
            page = self.get(route, deadline, [*params, ("offset", str(len(seen))), ("count", str(PAGE))])

    def _address(self, route: Route, part: str = "") -> str:
        return f"{self._url}/api/v1/{route.path.format(quote(part, safe=''))}"

    def _call(self, route: Route, deadline: Deadline, send: Send) -> Mapping[str, object]:
        account = self._accounts.current(deadline)
        answer = self._send(route, send, account)
        # The token may have been renewed since we read the secret.
        if answer.status == 401 and (other := self._accounts.instead_of(account, deadline)):
            answer = self._send(route, send, other)
        return _payload(route, answer, self._limits.seconds_to_wait(route.path, self._now()))

    def _send(self, route: Route, send: Send, account: Account) -> Answer:
        if wait := self._limits.seconds_to_wait(route.path, self._now()):
            raise errors.RocketChatLimited(wait)
        started = self._now()
        try:
            answer = send(account.headers())
        except errors.OutOfTime as error:
            raise errors.RocketChatTooSlow(str(error)) from error
        except errors.ServerUnreachable as error:
            raise _UNREACHED.get(type(error), errors.RocketChatUnavailable)(str(error)) from error
        finally:
            self._count(self._now() - started)
        self._limits.note(route.path, answer, self._now(), may_use_all=route.is_one_list)
        return answer

    def _count(self, seconds: float) -> None:
        with self._lock:
            self.calls += 1
            self.seconds_waited += seconds


def _require_end(total: object, key: str) -> None:
    """Raise if the server announced more items: a page with nothing new is then not the end of the list."""
    if isinstance(total, int):
        raise errors.RocketChatUnintelligible(f"{key} ends before its total")


def _payload(route: Route, answer: Answer, wait_seconds: float) -> Mapping[str, object]:
    """Return the JSON of a successful answer; raise the RocketChatError that any other answer means."""
    payload = _json(answer)
    if answer.status == 200 and payload.get("success") is True:
        return payload
    name = _error_name(payload)
    raise _error_of_any_route(answer, name, wait_seconds) or _error_of(route, answer, name, payload)


def _error_of_any_route(answer: Answer, name: str, wait_seconds: float) -> errors.RocketChatError | None:
    if answer.status == 429 or name == "error-too-many-requests":
        return errors.RocketChatLimited(wait_seconds or DEFAULT_WAIT)
    if answer.status == 401:
        return errors.CredentialsRefused(name)
    if answer.status >= 500:
        return errors.RocketChatUnavailable(_what(answer, name))
    return None


def _error_of(
    route: Route, answer: Answer, name: str, payload: Mapping[str, object]
) -> errors.RocketChatError:
    what = _what(answer, name)
    if route.needs_units and _lacks_units(answer, name):
        return errors.UnitsNotAvailable(what)
    # Rocket.Chat refuses in JSON. Without a payload, a proxy in front of it may have refused the call.
    if route.permission and payload and (answer.status == 403 or name in _REFUSALS):
        return errors.PermissionMissing(route.permission)
    if route.may_refuse and payload and 400 <= answer.status < 500:
        return errors.RocketChatRejected(what)
    return errors.RocketChatUnintelligible(what)


def _what(answer: Answer, name: str) -> str:
    return f"{answer.status} {name}".rstrip()


def _lacks_units(answer: Answer, name: str) -> bool:
    """Whether the answer is one that servers without the premium module of units give."""
    is_page = answer.status == 200 and "html" in answer.content_type
    return answer.status == 404 or name == "error-action-not-allowed" or is_page


def _json(answer: Answer) -> Mapping[str, object]:
    """Return the answer's JSON object; an empty one if it has none."""
    if not answer.is_json:
        return {}
    try:
        payload = json.loads(answer.body)
    except (ValueError, RecursionError):
        return {}
    return payload if isinstance(payload, dict) else {}


def _error_name(payload: Mapping[str, object]) -> str:
    """Return the server's name for the error: a field of some answers, in brackets after a text in others.

    It is "" unless it has a known form, because it is logged: any other text may quote the token.
    """
    name = payload.get("errorType")
    text = name if isinstance(name, str) else payload.get("error") or payload.get("message")
    if not isinstance(text, str):
        return ""
    bracketed = _BRACKETS.search(text)
    found = bracketed[1] if bracketed else text
    return found if _ERROR.fullmatch(found) or found in _OTHER_ERRORS else ""
