"""What one process remembers of the server between commands, and for how long."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Generic, NamedTuple, TypeVar

from monitors_bot.domain.units.finding import Units
from monitors_bot.domain.units.roster import Roster
from monitors_bot.rocketchat.parsing import Link, Person

MOST_REMEMBERED = 1000

Answer = TypeVar("Answer")


class People(NamedTuple):
    """Everybody with the monitor role by id, as asked for at `read_at`."""

    by_id: Mapping[str, Person]
    read_at: float


@dataclass(slots=True)
class Memory:
    """What was read last; whoever uses it decides how old it may be. Presence is read anew each time."""

    units: Units | None = None
    people: People | None = None
    strangers: frozenset[str] = frozenset()
    """Linked people whom the list of monitors was seen to lack."""
    links: dict[str, tuple[float, tuple[Link, ...]]] = field(default_factory=dict)
    rosters: dict[str, Roster] = field(default_factory=dict)
    sees_all_until: float = 0.0


class Remembered(Generic[Answer]):
    """What `read` returned for each text, kept for so many seconds; failures are not remembered."""

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
