"""Calling Rocket.Chat's REST API, and what its refusals mean: https://developer.rocket.chat/apidocs"""

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from threading import Lock
from typing import NamedTuple, Protocol
from urllib.parse import quote

from monitors_bot import errors
from monitors_bot.deadline import Deadline
from monitors_bot.outbound import Answer, Outbound
from monitors_bot.rocketchat.limits import WAIT_WHEN_UNTOLD, Limits
from monitors_bot.rocketchat.parsing import id_of, objects

Send = Callable[[dict[str, str]], Answer]
PAGE = 100
"""The server lowers a larger `count` to this without a word."""
LONGEST_NAME = 80
"""Characters of an error's name that we log; where a server names none, it may be any text."""
_BRACKETS = re.compile(r"\[([\w-]{1,60})\]$")
_REFUSALS = frozenset(
    {"error-unauthorized", "unauthorized", "error-not-authorized", "not-authorized", "error-not-allowed"}
)


class Route(NamedTuple):
    """An endpoint: its path (`{}` is filled in), and what its refusals mean."""

    path: str
    permission: str = ""
    needs_units: bool = False
    """Whether the route is missing, or refused, where the server has no Omnichannel units."""
    may_refuse: bool = False
    """Whether "no" is an answer to expect of the route, and not a sign that we misunderstand each other."""
    is_one_list: bool = False
    """Whether its pages are of use only together, so that a list once begun has to be read to its end."""


UNITS = Route("livechat/units", "manage-livechat-units", needs_units=True)
UNIT_MONITORS = Route("livechat/units/{}/monitors", "manage-livechat-monitors", needs_units=True)
MONITORS = Route("livechat/monitors", "manage-livechat-monitors", needs_units=True, is_one_list=True)
PRESENCE = Route("users.presence")
ROOM = Route("rooms.info")
ME = Route("me")
PERMISSIONS = Route("permissions.listAll")


@dataclass(frozen=True, slots=True)
class Account:
    """The bot's account on the server."""

    user_id: str
    token: str

    def headers(self) -> dict[str, str]:
        return {"X-User-Id": self.user_id, "X-Auth-Token": self.token}

    def __repr__(self) -> str:
        return f"Account({self.user_id!r})"


class Accounts(Protocol):
    """Who knows the account."""

    def current(self, deadline: Deadline) -> Account: ...

    def instead_of(self, refused: Account, deadline: Deadline) -> Account | None:
        """Another account to try, in case it was just changed; None if there is none."""
        ...


class RocketChat:
    """The server, as one command sees it: `calls` it made, and `seconds_waited` for them together."""

    def __init__(
        self, url: str, outbound: Outbound, accounts: Accounts, limits: Limits, now: Callable[[], float]
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
        """How long the route has to be left alone."""
        return self._limits.seconds_to_wait(route.path, self._now())

    def get(
        self, route: Route, deadline: Deadline, params: Sequence[tuple[str, str]] = (), *, part: str = ""
    ) -> Mapping[str, object]:
        """Read a route; what comes back said `success: true`."""
        url = self._address(route, part)
        return self._call(
            route, deadline, lambda headers: self._outbound.get(url, deadline, headers=headers, params=params)
        )

    def post(self, route: Route, payload: Mapping[str, object], deadline: Deadline) -> Mapping[str, object]:
        """Write to a route; it may be done twice, so the payload has to make that harmless."""
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
        """Read a whole list: in one call where the server allows it, else page by page."""
        seen: set[str] = set()
        page = self.get(route, deadline, [*params, ("count", "0")])
        while True:
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
        if answer.status == 401 and (other := self._accounts.instead_of(account, deadline)):
            answer = self._send(route, send, other)
        return _understood(route, answer, self._limits.seconds_to_wait(route.path, self._now()))

    def _send(self, route: Route, send: Send, account: Account) -> Answer:
        if wait := self._limits.seconds_to_wait(route.path, self._now()):
            raise errors.RocketChatLimited(wait)
        started = self._now()
        try:
            answer = send(account.headers())
        except errors.OutOfTime as error:
            raise errors.RocketChatTooSlow(str(error)) from error
        except errors.ServerUnreachable as error:
            raise errors.RocketChatUnavailable(str(error)) from error
        finally:
            self._count(self._now() - started)
        self._limits.note(route.path, answer, self._now(), may_use_all=route.is_one_list)
        return answer

    def _count(self, seconds: float) -> None:
        with self._lock:
            self.calls += 1
            self.seconds_waited += seconds


def _require_end(total: object, key: str) -> None:
    """A page with nothing new is the end only if the server did not promise more."""
    if isinstance(total, int):
        raise errors.RocketChatUnintelligible(f"{key} ends before its total")


def _understood(route: Route, answer: Answer, wait_seconds: float) -> Mapping[str, object]:
    """Give back a success, and raise what anything else means."""
    payload = _json(answer)
    if answer.status == 200 and payload.get("success") is True:
        return payload
    kind = _error_type(payload)
    if answer.status == 429 or kind == "error-too-many-requests":
        raise errors.RocketChatLimited(wait_seconds or WAIT_WHEN_UNTOLD)
    if answer.status == 401:
        raise errors.CredentialsRefused(kind)
    if answer.status >= 500:
        raise errors.RocketChatUnavailable(f"{answer.status} {kind}")
    if route.needs_units and _lacks_units(answer, kind):
        raise errors.UnitsNotAvailable(f"{answer.status} {kind}")
    if route.permission and payload and (answer.status == 403 or kind in _REFUSALS):
        raise errors.PermissionMissing(route.permission)
    if route.may_refuse and payload and 400 <= answer.status < 500:
        raise errors.RocketChatRejected(f"{answer.status} {kind}")
    raise errors.RocketChatUnintelligible(f"{answer.status} {kind}")


def _lacks_units(answer: Answer, kind: str) -> bool:
    """Servers without the premium module answer in one of these ways."""
    is_page = answer.status == 200 and "html" in answer.content_type
    return answer.status == 404 or kind == "error-action-not-allowed" or is_page


def _json(answer: Answer) -> Mapping[str, object]:
    """The answer's JSON object; an empty one where it has none."""
    if not answer.is_json:
        return {}
    try:
        payload = json.loads(answer.body)
    except (ValueError, RecursionError):
        return {}
    return payload if isinstance(payload, dict) else {}


def _error_type(payload: Mapping[str, object]) -> str:
    """The server's own name of the error: a field in some answers, in brackets after a text in others."""
    told = payload.get("errorType")
    if isinstance(told, str):
        return told[:LONGEST_NAME]
    text = payload.get("error") or payload.get("message")
    if not isinstance(text, str):
        return ""
    found = _BRACKETS.search(text)
    return found[1] if found else text[:LONGEST_NAME]
