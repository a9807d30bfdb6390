"""Rocket.Chat's rate limiter, as far as its answers reveal it."""

import re
from email.utils import parsedate_to_datetime

from monitors_bot.outbound import Answer

SHORTEST_WAIT = 1.0
LONGEST_WAIT = 3600.0
"""No route is left alone for longer, whatever the server says: its clock may be wrong."""
DEFAULT_WAIT = 60.0
"""The limiter's default window, for an answer that does not say how long to wait."""
_NO_TIME = (ValueError, OverflowError, OSError, LookupError, TypeError)
"""What the standard library raises for a date that is none, or that no clock shows."""

_NUMBER = re.compile(r"[0-9]{1,15}", re.ASCII)
_SECONDS = re.compile(r"[0-9]+(?:\.[0-9]+)?", re.ASCII)
_WAIT = re.compile(rb"wait ([0-9]{1,6}) seconds")


class Limits:
    """How long each route must not be called: the server counts the calls it refuses, too.

    `kept` is the share of the allowed calls that is left to others, except by a route that `may_use_all`.
    """

    def __init__(self, kept: float = 0.0) -> None:
        self._kept = kept
        self._closed_until: dict[str, float] = {}

    def seconds_to_wait(self, route: str, now: float) -> float:
        return max(0.0, self._closed_until.get(route, 0.0) - now)

    def note(self, route: str, answer: Answer, now: float, *, may_use_all: bool = False) -> None:
        if answer.status == 429 or _is_used_up(answer, 0.0 if may_use_all else self._kept):
            self._closed_until[route] = now + _wait(answer, now)


def _is_used_up(answer: Answer, kept_share: float) -> bool:
    left = answer.headers.get("x-ratelimit-remaining", "")
    limit = answer.headers.get("x-ratelimit-limit", "")
    if not _NUMBER.fullmatch(left):
        return False
    # Rounded, as 0.9 * 10 in floats may come out just above 9.
    kept = round(kept_share * int(limit), 6) if _NUMBER.fullmatch(limit) else 0
    return int(left) - 1 < kept


def _wait(answer: Answer, now: float) -> float:
    """Return the seconds to leave the route alone, by the server's clock if the answer shows it."""
    reset = answer.headers.get("x-ratelimit-reset", "")
    if (asked := _retry_after(answer, now)) is not None:
        seconds = asked
    elif _NUMBER.fullmatch(reset):
        seconds = int(reset) / 1000 - _server_clock(answer, now)
    elif stated := _WAIT.search(answer.body[:1000]):
        seconds = float(stated[1])
    else:
        seconds = DEFAULT_WAIT
    return min(max(seconds, SHORTEST_WAIT), LONGEST_WAIT)


def _retry_after(answer: Answer, now: float) -> float | None:
    """Return the seconds in the Retry-After of a 429, a number or a date; None if it has none.

    Rocket.Chat's own limiter does not send it, but a proxy in front of it may.
    https://www.rfc-editor.org/rfc/rfc9110#field.retry-after
    """
    value = answer.headers.get("retry-after", "").strip() if answer.status == 429 else ""
    if _SECONDS.fullmatch(value):
        return float(value)
    at = _moment(value)
    return None if at is None else at - _server_clock(answer, now)


def _server_clock(answer: Answer, now: float) -> float:
    """Return the server's time: the second in its Date header, or `now` if that is within this second."""
    second = _moment(answer.headers.get("date", ""))
    return now if second is None or second <= now < second + 1 else second


def _moment(date: str) -> float | None:
    try:
        return parsedate_to_datetime(date).timestamp()
    except _NO_TIME:
        return None
