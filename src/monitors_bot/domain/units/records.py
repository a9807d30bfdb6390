"""Rosters as they were recorded, what changed between them, and who was on a unit at some time."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from monitors_bot.domain.units.roster import Monitor, Unit, in_order


@dataclass(frozen=True, slots=True)
class Record:
    """The last roster that was read of a unit; the monitors' presence was not recorded.

    It is the `version`th that the unit was seen to have: first at `since`, last at `read_at` (epoch seconds).
    """

    unit: Unit
    monitors: tuple[Monitor, ...]
    version: int
    since: float
    read_at: float


@dataclass(frozen=True, slots=True)
class RosterChange:
    """How a unit came to its `version`th roster: seen at `at`, the one before was last seen at `before`.

    Of the first roster everybody counts as joined; a unit that is gone has no roster, and everybody left.
    """

    version: int
    at: float
    before: float | None
    joined: tuple[Monitor, ...]
    left: tuple[Monitor, ...]
    is_gone: bool = False

    @property
    def is_first(self) -> bool:
        return self.before is None


@dataclass(frozen=True, slots=True)
class NextRoster:
    """Who was seen on a unit next, and when."""

    monitors: tuple[Monitor, ...]
    first_seen: float


@dataclass(frozen=True, slots=True)
class PastRoster:
    """Who was on a unit at some time.

    After `last_seen`, and before the `next` roster was seen, it may have been either.
    """

    monitors: tuple[Monitor, ...]
    first_seen: float
    last_seen: float
    next: NextRoster | None = None


@dataclass(frozen=True, slots=True)
class NotKnown:
    """Nothing is known of that time; the record begins at `since`."""

    since: float


def changed(
    before: Iterable[Monitor], after: Iterable[Monitor]
) -> tuple[tuple[Monitor, ...], tuple[Monitor, ...]]:
    """Who joined and who left; a person is known by their id, whatever they are called."""
    was, now = {one.id: one for one in before}, {one.id: one for one in after}
    joined = in_order(one for id_, one in now.items() if id_ not in was)
    left = in_order(one for id_, one in was.items() if id_ not in now)
    return joined, left


def undone(monitors: Iterable[Monitor], change: RosterChange) -> tuple[Monitor, ...]:
    """The roster before a change, from the one after it."""
    joined = {one.id for one in change.joined}
    return in_order([*(one for one in monitors if one.id not in joined), *change.left])


def before_changes(monitors: Iterable[Monitor], changes: Iterable[RosterChange]) -> tuple[Monitor, ...]:
    """The roster before all of `changes`, from the one after them."""
    roster = tuple(monitors)
    for change in sorted(changes, key=lambda one: one.version, reverse=True):
        roster = undone(roster, change)
    return roster


def at_time(record: Record, changes: Sequence[RosterChange], at: float) -> PastRoster | NotKnown:
    """Who was on the unit `at` that time; `changes` are those that are still recorded, in any order."""
    known_since = record.since
    for roster in _past_rosters(record, changes):
        if at >= roster.first_seen:
            return roster
        known_since = roster.first_seen
    return NotKnown(known_since)


def _past_rosters(record: Record, changes: Sequence[RosterChange]) -> Iterator[PastRoster]:
    """The rosters that the unit had, the last first, as far back as every change is recorded."""
    by_version = {change.version: change for change in changes}
    roster = PastRoster(record.monitors, record.since, record.read_at)
    version = record.version
    yield roster
    while (change := by_version.get(version)) and change.before is not None:
        version -= 1
        earlier = by_version.get(version)
        # When the oldest recorded change is undone, only the end of the roster before it is known.
        began = earlier.at if earlier else change.before
        after = NextRoster(roster.monitors, change.at)
        roster = PastRoster(undone(roster.monitors, change), began, change.before, after)
        yield roster


def first_read(
    unit: Unit, monitors: Iterable[Monitor], read_at: float, earlier: RosterChange | None = None
) -> tuple[Record, RosterChange]:
    """Begin a record, after `earlier` if the unit was gone meanwhile."""
    everybody = tuple(map(as_recorded, monitors))
    version, before = (earlier.version + 1, earlier.at) if earlier else (1, None)
    record = Record(unit, everybody, version, read_at, read_at)
    return record, RosterChange(version, read_at, before, everybody, ())


def read_again(
    known: Record, unit: Unit, monitors: Iterable[Monitor], read_at: float
) -> tuple[Record, RosterChange | None]:
    """Go on with a record; a new name is no change."""
    everybody = tuple(map(as_recorded, monitors))
    joined, left = changed(known.monitors, everybody)
    if not joined and not left:
        return replace(known, unit=unit, monitors=everybody, read_at=read_at), None
    version = known.version + 1
    change = RosterChange(version, read_at, known.read_at, joined, left)
    return Record(unit, everybody, version, read_at, read_at), change


def gone(known: Record, at: float) -> RosterChange:
    return RosterChange(known.version + 1, at, known.read_at, (), known.monitors, is_gone=True)


def as_recorded(monitor: Monitor) -> Monitor:
    """The person alone: nobody's presence is recorded."""
    return Monitor(monitor.id, monitor.username, monitor.name)
