"""Rocket.Chat's rate limiter, as its answers tell of it."""

import re
from email.utils import parsedate_to_datetime

from monitors_bot.outbound import Answer

SHORTEST_WAIT = 1.0
LONGEST_WAIT = 600.0
WAIT_WHEN_UNTOLD = 60.0
"""The limiter's default window."""

_NUMBER = re.compile(r"[0-9]{1,15}", re.ASCII)
_WAIT = re.compile(rb"wait ([0-9]{1,6}) seconds")


class Limits:
    """How long each route has to be left alone; the server counts refused calls too.

    Of the calls that the server allows, the part `kept` is left to others, but where a route `may_use_all`.
    """

    def __init__(self, kept: float = 0.0) -> None:
        self._kept = kept
        self._closed_until: dict[str, float] = {}

    def seconds_to_wait(self, route: str, now: float) -> float:
        return max(0.0, self._closed_until.get(route, 0.0) - now)

    def note(self, route: str, answer: Answer, now: float, *, may_use_all: bool = False) -> None:
        if answer.status == 429 or _is_used_up(answer, 0.0 if may_use_all else self._kept):
            self._closed_until[route] = now + _wait(answer, now)


def _is_used_up(answer: Answer, kept_part: float) -> bool:
    left = answer.headers.get("x-ratelimit-remaining", "")
    limit = answer.headers.get("x-ratelimit-limit", "")
    if not _NUMBER.fullmatch(left):
        return False
    kept = round(kept_part * int(limit), 6) if _NUMBER.fullmatch(limit) else 0
    return int(left) - 1 < kept


def _wait(answer: Answer, now: float) -> float:
    """Seconds until the window ends, by the server's own clock where it shows one."""
    reset = answer.headers.get("x-ratelimit-reset", "")
    if _NUMBER.fullmatch(reset):
        seconds = int(reset) / 1000 - _server_clock(answer, now)
    elif told := _WAIT.search(answer.body[:1000]):
        seconds = float(told[1])
    else:
        seconds = WAIT_WHEN_UNTOLD
    return min(max(seconds, SHORTEST_WAIT), LONGEST_WAIT)


def _server_clock(answer: Answer, now: float) -> float:
    """The server's time: its answers tell whole seconds, within which we believe our own clock."""
    try:
        second = parsedate_to_datetime(answer.headers.get("date", "")).timestamp()
    except (ValueError, OverflowError):
        return now
    return now if second <= now < second + 1 else second
