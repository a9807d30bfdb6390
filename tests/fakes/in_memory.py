"""A server and records that hold all they know in memory, for tests of the middle."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from monitors_bot.domain.digests.digest import Digest
from monitors_bot.domain.digests.parts import posted_after
from monitors_bot.domain.digests.run import Posted
from monitors_bot.domain.digests.teller import Room
from monitors_bot.domain.units.access import Asker, Sight, everybody_sees_everything
from monitors_bot.domain.units.finding import Units
from monitors_bot.domain.units.records import Record, RosterChange, begin_record, end_record, update_record
from monitors_bot.domain.units.roster import Monitor, Roster, Unit, in_order
from monitors_bot.domain.units.server import Conversation
from monitors_bot.errors import DeliveryImpossible, MonitorsBotError

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
    conversations: dict[str, Conversation] = field(default_factory=dict)
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

    def units_from(self, offset: int) -> tuple[list[Unit], int | None]:
        self._fail_at("units")
        return list(self._monitors)[offset:], None

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

    def conversation(self, room_id: str) -> Conversation:
        self._fail_at("conversation")
        return self.conversations.get(room_id, Conversation(is_there=False))

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
            record, change = update_record(known, unit, monitors, at)
        else:
            record, change = begin_record(unit, monitors, at, changes[-1] if changes else None)
        self.records[unit.id] = record
        changes += [change] if change else []

    def forget(self, unit: Unit, *, at: float) -> None:
        self.all_changes[unit.id].append(end_record(self.records.pop(unit.id), at))

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


class InMemoryRunRecords:
    """The records as runs read and write them."""

    def __init__(self, records: InMemoryRecords) -> None:
        self._records = records

    def all(self) -> list[Record]:
        return list(self._records.all())

    def changes(self, unit_id: str, since_version: int = 0) -> list[RosterChange]:
        return [change for change in self._records.changes(unit_id) if change.version > since_version]

    def record(self, unit: Unit, monitors: Sequence[Monitor], read_at: float) -> Record:
        self._records.record(unit, *monitors, at=read_at)
        return self._records.records[unit.id]

    def forget(self, unit_id: str, at: float) -> None:
        self._records.forget(Unit(unit_id, ""), at=at)


@dataclass
class InMemoryRoom:
    """A room, the digests in it, and why it refuses the next one."""

    trouble: MonitorsBotError | None = None
    digests: dict[str, Digest] = field(default_factory=dict)
    """By the id of their run."""
    posted: Mapping[str, Posted] | None = None

    def has_digest_of(self, run_id: str) -> bool:
        return run_id in self.digests

    def post(self, run_id: str, digest: Digest, may_go_on: Callable[[], bool]) -> bool:
        """Post a digest whole, unless there is no time left for it."""
        if self.trouble:
            raise self.trouble
        if not may_go_on():
            return False
        self.digests[run_id] = digest
        earlier = self.posted or {}
        lines = [*digest.lines, *digest.alerts]
        self.posted = {**earlier, **posted_after(lines, earlier, digest.posted)}
        return True

    def post_pending(self, may_go_on: Callable[[], bool]) -> bool:
        return True


@dataclass
class InMemoryRooms:
    """Rooms by their names, each also its own id."""

    rooms: dict[str, InMemoryRoom]

    def room_of(self, channel: str) -> str:
        if channel not in self.rooms:
            raise DeliveryImpossible(f"no room {channel}")
        return channel

    def open(self, room_id: str) -> Room:
        return self.rooms[room_id]
