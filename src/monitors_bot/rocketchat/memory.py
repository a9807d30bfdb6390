"""What a process remembers of the server between commands."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Generic, NamedTuple, TypeVar

from monitors_bot.domain.units.finding import Units
from monitors_bot.domain.units.roster import Roster
from monitors_bot.rocketchat.parsing import Link, Person

MOST_REMEMBERED = 1000

Answer = TypeVar("Answer")


class People(NamedTuple):
    """Everybody with the monitor role, by id; the server was asked at `read_at`."""

    by_id: Mapping[str, Person]
    read_at: float


@dataclass(slots=True)
class Memory:
    """The last readings; the caller decides how old one may be. Presence is never reused."""

    units: Units | None = None
    people: People | None = None
    strangers: frozenset[str] = frozenset()
    """People on a unit who lack the monitor role, so that the list of monitors does not have them."""
    links: dict[str, tuple[float, tuple[Link, ...]]] = field(default_factory=dict)
    """The links of each unit, by its id, and when they were read."""
    rosters: dict[str, Roster] = field(default_factory=dict)
    sees_all_until: float = 0.0
    """Until when the account is known to see all units."""


class Cached(Generic[Answer]):
    """A function `read` whose results are kept for some seconds; its exceptions are not kept."""

    def __init__(self, read: Callable[[str], Answer], seconds: float, now: Callable[[], float]) -> None:
        self._read = read
        self._seconds = seconds
        self._now = now
        self._known: dict[str, tuple[float, Answer]] = {}

    def __call__(self, text: str) -> Answer:
        known = self._known.get(text)
        if known and self._now() - known[0] < self._seconds:
            return known[1]
        if len(self._known) >= MOST_REMEMBERED:
            self._known.clear()
        self._known[text] = self._now(), self._read(text)
        return self._known[text][1]
