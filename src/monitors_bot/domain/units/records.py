"""Recorded rosters, the changes between them, and who was on a unit at a given time."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from monitors_bot.domain.units.roster import Monitor, Unit, in_order


@dataclass(frozen=True, slots=True)
class Record:
    """The last roster that was read for a unit, without presence.

    `version` counts the rosters that the unit has had. This one was first seen at `since` and last seen at
    `read_at` (epoch seconds).
    """

    unit: Unit
    monitors: tuple[Monitor, ...]
    version: int
    since: float
    read_at: float


@dataclass(frozen=True, slots=True)
class RosterChange:
    """The change that led to a unit's `version`th roster.

    That roster was first seen at `at`, the previous one last at `before`. In a unit's first roster, everybody
    counts as joined. When a unit is gone, everybody counts as having left.
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
    """The roster that came after a past one, and when it was first seen."""

    monitors: tuple[Monitor, ...]
    first_seen: float


@dataclass(frozen=True, slots=True)
class PastRoster:
    """Who was on a unit from `first_seen` to `last_seen`.

    Between `last_seen` and the time when the `next` roster was first seen, it could have been either.
    """

    monitors: tuple[Monitor, ...]
    first_seen: float
    last_seen: float
    next: NextRoster | None = None


@dataclass(frozen=True, slots=True)
class NotKnown:
    """Nothing is recorded about that time; the records begin at `since`."""

    since: float


def joined_and_left(
    before: Iterable[Monitor], after: Iterable[Monitor]
) -> tuple[tuple[Monitor, ...], tuple[Monitor, ...]]:
    """Who joined and who left; people are compared by id, so a new name is no change."""
    was, now = {monitor.id: monitor for monitor in before}, {monitor.id: monitor for monitor in after}
    joined = in_order(monitor for id_, monitor in now.items() if id_ not in was)
    left = in_order(monitor for id_, monitor in was.items() if id_ not in now)
    return joined, left


def undo(monitors: Iterable[Monitor], change: RosterChange) -> tuple[Monitor, ...]:
    """The roster before a change, from the one after it."""
    joined = {monitor.id for monitor in change.joined}
    return in_order([*(monitor for monitor in monitors if monitor.id not in joined), *change.left])


def roster_before(monitors: Iterable[Monitor], changes: Iterable[RosterChange]) -> tuple[Monitor, ...]:
    """The roster before all of `changes`, from the one after them."""
    roster = tuple(monitors)
    for change in sorted(changes, key=lambda change: change.version, reverse=True):
        roster = undo(roster, change)
    return roster


def roster_at(record: Record, changes: Sequence[RosterChange], at: float) -> PastRoster | NotKnown:
    """Who was on the unit at that time; `changes` are those that are still recorded, in any order."""
    known_since = record.since
    for roster in _rosters_newest_first(record, changes):
        # The newest roster that had been seen by then, even if it was last seen before `at`.
        if at >= roster.first_seen:
            return roster
        known_since = roster.first_seen
    return NotKnown(known_since)


def _rosters_newest_first(record: Record, changes: Sequence[RosterChange]) -> Iterator[PastRoster]:
    """The rosters that the unit has had, as far back as the recorded changes go without a gap."""
    by_version = {change.version: change for change in changes}
    roster = PastRoster(record.monitors, record.since, record.read_at)
    version = record.version
    yield roster
    while (change := by_version.get(version)) and change.before is not None:
        version -= 1
        earlier = by_version.get(version)
        # The change that led to the oldest roster is no longer recorded: all that is known is when it was
        # last seen.
        first_seen = earlier.at if earlier else change.before
        after = NextRoster(roster.monitors, change.at)
        roster = PastRoster(undo(roster.monitors, change), first_seen, change.before, after)
        yield roster


def begin_record(
    unit: Unit, monitors: Iterable[Monitor], read_at: float, earlier: RosterChange | None = None
) -> tuple[Record, RosterChange]:
    """Begin the record of a unit; `earlier` is its last change if it was recorded before and then gone."""
    recorded = tuple(map(as_recorded, monitors))
    version, before = (earlier.version + 1, earlier.at) if earlier else (1, None)
    record = Record(unit, recorded, version, read_at, read_at)
    return record, RosterChange(version, read_at, before, recorded, ())


def update_record(
    known: Record, unit: Unit, monitors: Iterable[Monitor], read_at: float
) -> tuple[Record, RosterChange | None]:
    """Update a record with a new reading; a new name is no change."""
    recorded = tuple(map(as_recorded, monitors))
    joined, left = joined_and_left(known.monitors, recorded)
    if not joined and not left:
        return replace(known, unit=unit, monitors=recorded, read_at=read_at), None
    version = known.version + 1
    change = RosterChange(version, read_at, known.read_at, joined, left)
    return Record(unit, recorded, version, read_at, read_at), change


def end_record(known: Record, at: float) -> RosterChange:
    return RosterChange(known.version + 1, at, known.read_at, (), known.monitors, is_gone=True)


def as_recorded(monitor: Monitor) -> Monitor:
    """The monitor without presence, which is never recorded."""
    return Monitor(monitor.id, monitor.username, monitor.name)
