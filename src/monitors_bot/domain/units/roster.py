"""Units, the people who monitor them, and their presence."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from enum import StrEnum

from monitors_bot.errors import RocketChatError


class Presence(StrEnum):
    """A monitor's presence; UNKNOWN if the server does not report it, which is never shown as offline."""

    ONLINE = "online"
    BUSY = "busy"
    AWAY = "away"
    UNKNOWN = "unknown"
    OFFLINE = "offline"


_ORDER = {presence: place for place, presence in enumerate(Presence)}


@dataclass(frozen=True, slots=True)
class Unit:
    """An Omnichannel unit; `monitor_count` is the server's own count, which may be out of date.

    `is_private` is whether its visibility is private, None where that was not recorded.
    """

    id: str
    name: str
    monitor_count: int | None = None
    is_private: bool | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Monitor:
    """A person who monitors a unit; their UTC offset and status are set if the server reports them."""

    id: str
    username: str
    name: str = ""
    presence: Presence = Presence.UNKNOWN
    status_text: str = ""
    utc_offset_hours: float | None = None


@dataclass(frozen=True, slots=True)
class Roster:
    """The monitors of a unit, the most reachable first, as read at `read_at` (epoch seconds)."""

    unit: Unit
    monitors: tuple[Monitor, ...]
    read_at: float
    presence_error: RocketChatError | None = None
    """The error that kept presence from being read, in full or in part."""

    def count(self, presence: Presence) -> int:
        return sum(monitor.presence is presence for monitor in self.monitors)

    def without_presence(self) -> "Roster":
        """The same monitors with presence unknown, for a roster too old to say who is online."""
        return replace(self, monitors=in_order(map(without_presence, self.monitors)))


def without_presence(monitor: Monitor) -> Monitor:
    return replace(monitor, presence=Presence.UNKNOWN, status_text="", utc_offset_hours=None)


def in_order(monitors: Iterable[Monitor]) -> tuple[Monitor, ...]:
    """Sort by presence (online, busy, away, unknown, offline), then by name."""
    return tuple(
        sorted(
            monitors, key=lambda m: (_ORDER[m.presence], (m.name or m.username).casefold(), m.username, m.id)
        )
    )
