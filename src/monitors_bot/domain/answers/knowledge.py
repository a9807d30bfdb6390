"""What a command is answered from: the server for the present, and the records for the past."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Protocol

from monitors_bot.domain.units.access import Sight
from monitors_bot.domain.units.finder import Finder
from monitors_bot.domain.units.roster import Monitor, Unit

if TYPE_CHECKING:  # most commands need no records, and a protocol is for the type checker alone
    from monitors_bot.domain.units.records import Record, RosterChange
    from monitors_bot.domain.units.server import Server

Clock = Callable[[], float]


class Records(Protocol):
    """The recorded rosters; every method that reads may raise RecordsUnreachable or SettingsError."""

    def expect(self, unit_id: str | None = None) -> None:
        """Start to read, in the background, the record of a unit, or of all units."""
        ...

    def all(self) -> "Sequence[Record]":
        """The record of every unit that was ever read, except those that are gone."""
        ...

    def of(self, unit_id: str) -> "Record | None": ...

    def changes(self, unit_id: str) -> "Sequence[RosterChange]":
        """The changes that are still recorded, oldest first."""
        ...


class Knowledge:
    """What one command is answered from, limited to what its asker may see.

    `asked_at` is when the command was typed (epoch seconds); for a late answer, that is a while ago.
    `first_reading` is called when nothing is recorded: it has the rosters read in the background, or sees
    that they are, and returns since when; None if they are not.
    """

    def __init__(
        self,
        server: "Server",
        records: Records,
        sight: Sight,
        now: Clock,
        asked_at: float,
        first_reading: Callable[[], float | None] = lambda: None,
    ) -> None:
        self.server = server
        self.finder = Finder(server, sight)
        self.now = now
        self.asked_at = asked_at
        self.first_reading = first_reading
        self._records = records
        self._sight = sight

    def expect_records(self, unit_id: str | None = None) -> None:
        self._records.expect(unit_id)

    def records(self) -> "Sequence[Record]":
        return self._sight.records(self._records.all())

    @property
    def sees_all(self) -> bool:
        """Whether nothing is hidden from the asker."""
        return self._sight.is_unlimited

    @property
    def is_closed(self) -> bool:
        """Whether a mistake in the access rules hides everything."""
        return self._sight.is_closed

    def allows(self, feature: str) -> bool:
        return self._sight.allows(feature)

    def known(self, people: Sequence[Monitor]) -> Sequence[Monitor]:
        """Those of some people whom the asker may know of: a hidden unit's people are hidden with it."""
        if self._sight.is_unlimited or not people:
            return people
        seen = {one.id for record in self.records() for one in record.monitors}
        return [one for one in people if one.id in seen]

    def record_of(self, unit: Unit) -> "Record | None":
        """The record of a unit; the caller has checked that the asker may see it."""
        return self._records.of(unit.id)

    def changes_of(self, unit: Unit) -> "Sequence[RosterChange]":
        return self._records.changes(unit.id)
