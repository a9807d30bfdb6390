"""A server and records that hold all they know in memory, for tests of the middle."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from monitors_bot.domain.units.access import Asker, Sight, everybody_sees_everything
from monitors_bot.domain.units.finding import Units
from monitors_bot.domain.units.records import Record, RosterChange, first_read, gone, read_again
from monitors_bot.domain.units.roster import Monitor, Roster, Unit, in_order
from monitors_bot.errors import MonitorsBotError

READ_AT = 1_795_341_600.0
"""2026-11-22, 10:00:00 UTC."""
SEES_EVERYTHING = Sight(Asker("slack"), everybody_sees_everything)


@dataclass
class InMemoryServer:
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

    def units_from(self, offset: int) -> tuple[list[Unit], bool]:
        self._fail_at("units")
        return list(self._monitors)[offset:], True

    def sees_all_units(self, *, fresh: bool = False) -> bool | None:
        return self.sees_all

    def lists(self, unit: Unit) -> bool:
        self._fail_at("lists")
        return any(one.id == unit.id for one in self._monitors)

    def is_up(self) -> bool:
        return "up" not in self.troubles

    def roster(self, unit: Unit, *, with_presence: bool = True) -> Roster:
        self._fail_at("roster")
        by_id = {one.id: monitors for one, monitors in self._monitors.items()}
        roster = Roster(unit, by_id.get(unit.id, ()), READ_AT)
        return roster if with_presence else roster.without_presence()

    def staff(self) -> Sequence[Monitor]:
        return [one for monitors in self._monitors.values() for one in monitors]

    def with_presence(self, monitor: Monitor) -> Monitor:
        self._fail_at("presence")
        everybody = (one for monitors in self._monitors.values() for one in monitors)
        seen = next((one for one in everybody if one.id == monitor.id), monitor)
        return replace(seen, username=monitor.username, name=monitor.name)

    def is_customer_room(self, room_id: str) -> bool:
        return room_id in self.customer_rooms

    def last_units(self) -> Units | None:
        return None if self.remembered is None else Units(self.remembered, READ_AT)

    def last_roster(self, unit: Unit) -> tuple[Roster, float] | None:
        return self.known.get(unit.id)

    def _fail_at(self, method: str) -> None:
        if trouble := self.troubles.get(method):
            raise trouble


@dataclass
class InMemoryRecords:
    """What was recorded of each unit, and what goes wrong when it is read."""

    trouble: MonitorsBotError | None = None
    reads: list[str] = field(default_factory=list)
    """What was asked for, or begun to be read."""
    records: dict[str, Record] = field(default_factory=dict)
    all_changes: dict[str, list[RosterChange]] = field(default_factory=dict)

    def record(self, unit: Unit, *monitors: Monitor, at: float) -> None:
        changes = self.all_changes.setdefault(unit.id, [])
        if known := self.records.get(unit.id):
            record, change = read_again(known, unit, monitors, at)
        else:
            record, change = first_read(unit, monitors, at, changes[-1] if changes else None)
        self.records[unit.id] = record
        changes += [change] if change else []

    def forget(self, unit: Unit, *, at: float) -> None:
        self.all_changes[unit.id].append(gone(self.records.pop(unit.id), at))

    def expect(self, unit_id: str | None = None) -> None:
        self.reads.append(unit_id or "all")

    def all(self) -> Sequence[Record]:
        self._read("all")
        return list(self.records.values())

    def of(self, unit_id: str) -> Record | None:
        self._read(unit_id)
        return self.records.get(unit_id)

    def changes(self, unit_id: str) -> Sequence[RosterChange]:
        self._read(f"changes of {unit_id}")
        return self.all_changes.get(unit_id, [])

    def _read(self, what: str) -> None:
        self.reads.append(what)
        if self.trouble:
            raise self.trouble
