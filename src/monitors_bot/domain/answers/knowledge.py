"""Who is asked: the directory for what is, the records for what was."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Protocol

from monitors_bot.domain.units.finding import Units
from monitors_bot.domain.units.roster import Monitor, Roster, Unit

if TYPE_CHECKING:  # most commands need no records, so most do not load them
    from monitors_bot.domain.units.records import Record, RosterChange

Clock = Callable[[], float]


class Directory(Protocol):
    """Who knows the units and their monitors; asking may raise a RocketChatError or SettingsError."""

    host: str

    def expect_roster(self) -> None:
        """Begin to read what any roster will need."""
        ...

    def units(self, *, fresh: bool = False) -> Units:
        """Every unit; read again for this command if `fresh`."""
        ...

    def sees_all_units(self) -> bool | None:
        """Whether the account may see every unit; None when that can't be told."""
        ...

    def roster(self, unit: Unit) -> Roster: ...

    def with_presence(self, monitor: Monitor) -> Monitor:
        """The same person, with their presence of now."""
        ...

    def is_customer_room(self, room_id: str) -> bool:
        """Whether a customer reads that room, as far as can be told."""
        ...

    def last_units(self) -> Units | None: ...

    def last_roster(self, unit: Unit) -> tuple[Roster, float] | None:
        """The last roster known, without presence, and its age in seconds."""
        ...


class Records(Protocol):
    """Who knows the recorded rosters; what reads may raise RecordsUnreachable or SettingsError."""

    def expect(self, unit_id: str | None = None) -> None:
        """Begin to read the record of a unit, or of all."""
        ...

    def all(self) -> "Sequence[Record]":
        """The record of every unit that was ever read, and is not gone."""
        ...

    def of(self, unit_id: str) -> "Record | None": ...

    def changes(self, unit_id: str) -> "Sequence[RosterChange]":
        """The changes that are still recorded, the oldest first."""
        ...


class Knowledge:
    """What one command is answered from: who knows, what time it is, and when the command was typed."""

    def __init__(self, directory: Directory, records: Records, now: Clock, asked_at: float) -> None:
        self.directory = directory
        self.records = records
        self.now = now
        self.asked_at = asked_at
