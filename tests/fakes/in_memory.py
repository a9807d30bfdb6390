"""A directory that holds its units and people in memory, for tests of what is answered."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from monitors_bot.domain.resolution import Units
from monitors_bot.domain.roster import Monitor, Roster, Unit, in_order
from monitors_bot.errors import MonitorsBotError

READ_AT = 1_795_341_600.0
"""2026-11-22, 10:00:00 UTC."""


@dataclass
class InMemoryDirectory:
    """What the server holds now, what is remembered of it, and what goes wrong when it is asked."""

    host: str = "chat.example.com"
    remembered: Iterable[Unit] | None = None
    sees_all: bool | None = True
    customer_rooms: frozenset[str] = frozenset()
    troubles: dict[str, MonitorsBotError] = field(default_factory=dict)
    """By the name of the method that fails."""
    expects_a_roster: bool = False
    known: dict[str, tuple[Roster, float]] = field(default_factory=dict)
    _monitors: dict[Unit, tuple[Monitor, ...]] = field(default_factory=dict)

    def add(self, unit: Unit, *monitors: Monitor) -> None:
        self._monitors[unit] = in_order(monitors)

    def expect_roster(self) -> None:
        self.expects_a_roster = True

    def units(self, *, fresh: bool = False) -> Units:
        self._fail_at("fresh units" if fresh else "units")
        return Units(self._monitors if fresh or self.remembered is None else self.remembered, READ_AT)

    def sees_all_units(self) -> bool | None:
        return self.sees_all

    def roster(self, unit: Unit) -> Roster:
        self._fail_at("roster")
        return Roster(unit, self._monitors.get(unit, ()), READ_AT)

    def is_customer_room(self, room_id: str) -> bool:
        return room_id in self.customer_rooms

    def last_units(self) -> Units | None:
        return None if self.remembered is None else Units(self.remembered, READ_AT)

    def last_roster(self, unit: Unit) -> tuple[Roster, float] | None:
        return self.known.get(unit.id)

    def _fail_at(self, method: str) -> None:
        if trouble := self.troubles.get(method):
            raise trouble
