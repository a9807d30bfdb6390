"""What a run posts in a channel, given what it read and what was last posted there."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain

from monitors_bot.domain.digests.alerts import News, Subject, alert_of
from monitors_bot.domain.digests.order import Order, Post
from monitors_bot.domain.digests.run import Posted, Problem, ProblemKind
from monitors_bot.domain.units.phrases import clock, count, plain, some, unit_name
from monitors_bot.domain.units.records import Record, RosterChange, joined_and_left, roster_before
from monitors_bot.domain.units.roster import Monitor, Unit

NAMES_SHOWN = 10
FIRST_SEEN_SHOWN = 5
ALL_UNITS = "The units"
"""Takes the place of a unit's name in a line about all units."""


@dataclass(frozen=True, slots=True)
class Line:
    """One or two sentences about one unit."""

    unit: str
    text: str


@dataclass(frozen=True, slots=True)
class Digest:
    """A digest, and what to record as `posted` with it: an entry by id for each unit where that changes."""

    title: str
    lines: tuple[Line, ...]
    alerts: tuple[Line, ...]
    source: str
    posted: Mapping[str, Posted]


@dataclass(frozen=True, slots=True)
class Results:
    """All that a run read, as far as the channel may see it.

    `units` are those that the run read. `records` holds the record of every unit, and `changes` what changed
    on a unit since the channel last read of it, both by unit id. Times are epoch seconds.
    """

    order: Order
    host: str
    now: float
    units: Sequence[Unit]
    records: Mapping[str, Record]
    changes: Mapping[str, Sequence[RosterChange]]
    unit_problems: Mapping[str, Problem]
    order_problems: Mapping[str, str]
    read_from: float = 0.0
    read_to: float = 0.0

    def problem(self, unit: Unit) -> Problem | None:
        # A stand-in for a name in the order has that name as its id.
        if unit.id in self.order_problems:
            return Problem(ProblemKind.UNREAD, self.order_problems[unit.id])
        return self.unit_problems.get(unit.id)

    def is_unread(self, unit: Unit) -> bool:
        problem = self.unit_problems.get(unit.id)
        return problem is not None and problem.kind is ProblemKind.UNREAD


def compose(results: Results, posted: Mapping[str, Posted] | None) -> Digest | None:
    """Write the digest for a channel; return None if there is no news.

    `posted` is what the channel last read of each unit, or None if no digest was ever posted there.
    """
    return _Writer(results, posted).write()


@dataclass(slots=True)
class _Writer:
    """A digest while it is being written, for a channel that last read `earlier`."""

    results: Results
    earlier: Mapping[str, Posted] | None
    changed: list[Line] = field(default_factory=list)
    unchanged: list[Line] = field(default_factory=list)
    first_seen: list[Unit] = field(default_factory=list)
    alerts: dict[News, list[Line]] = field(default_factory=lambda: {news: [] for news in News})
    posted: dict[str, Posted] = field(default_factory=dict)

    @property
    def is_first(self) -> bool:
        """Whether no digest was ever posted in this channel."""
        return self.earlier is None

    def write(self) -> Digest | None:
        results = self.results
        for unit in results.units:
            self._add_roster(unit)
        for unit_id in sorted(results.changes.keys() - results.records.keys()):
            self._add_gone(unit_id)
        # Alerts come after the rosters, because both update what is recorded as posted about a unit.
        for unit in chain(results.units, self._stand_ins()):
            self._add_alert(unit)
        baseline = self._baseline()
        lines = (*self._first_seen_lines(), *self.changed, *self.unchanged)
        alerts = tuple(chain.from_iterable(self.alerts.values()))
        if not baseline and not lines and not alerts:
            return None
        title = " ".join(filter(None, (baseline, *self._title())))
        return Digest(title, lines, alerts, _source(results), self.posted)

    def _last_posted(self, unit_id: str) -> Posted:
        """What was last posted about a unit, by this digest or an earlier one."""
        return self.posted.get(unit_id) or (self.earlier or {}).get(unit_id) or Posted()

    def _add_roster(self, unit: Unit) -> None:
        record, known = self.results.records.get(unit.id), self._last_posted(unit.id)
        if not record or self.results.is_unread(unit) or self.results.order.post is Post.ALERTS:
            return
        monitors = names(record.monitors)
        # Version 0: the channel never read of this unit, so there is no roster to compare with.
        if not known.version:
            self.first_seen.append(unit)
        elif change := self._difference(record):
            self.changed.append(Line(unit_name(unit), f"{change} Now: {monitors}."))
        elif self.results.order.post is Post.ALWAYS:
            self.unchanged.append(Line(unit_name(unit), f"{monitors}."))
        # Even without a line: if somebody left and came back, the versions differ but the rosters do not.
        if known.version != record.version:
            self.posted[unit.id] = replace(known, name=unit_name(unit), version=record.version)

    def _difference(self, record: Record) -> str:
        changes = self.results.changes.get(record.unit.id, ())
        joined, left = joined_and_left(roster_before(record.monitors, changes), record.monitors)
        parts = (("Joined", joined), ("Left", left))
        return " ".join(f"{verb}: {names(people)}." for verb, people in parts if people)

    def _first_seen_lines(self) -> Iterable[Line]:
        """Lines for the units of which the channel never read before."""
        units = self.first_seen
        if self.results.order.post is not Post.ALWAYS:
            # The title of a channel's first digest counts its units, and that is enough.
            if self.is_first:
                return []
            # Many new units at once would bury the changes, so one line stands for all of them.
            if len(units) > FIRST_SEEN_SHOWN:
                examples = some([unit_name(unit) for unit in units], FIRST_SEEN_SHOWN)
                return [Line(count(len(units), "unit"), f"watched from now on: {examples}.")]
        monitors = {unit.id: names(self.results.records[unit.id].monitors) for unit in units}
        return [Line(unit_name(unit), f"Watched from now on: {monitors[unit.id]}.") for unit in units]

    def _add_gone(self, unit_id: str) -> None:
        """Add a line for a unit that is no longer recorded."""
        if self.results.order.post is Post.ALERTS:
            return
        name = self._last_posted(unit_id).name
        left = roster_before((), self.results.changes[unit_id])
        self.changed.append(Line(name or unit_id, f"The unit is gone. It had {names(left)}."))
        # Without a version: if the unit comes back, the channel reads of it as of a new one.
        self.posted[unit_id] = Posted(name)

    def _add_alert(self, unit: Unit) -> None:
        results, known = self.results, self._last_posted(unit.id)
        monitors = len(results.records[unit.id].monitors) if unit.id in results.records else 0
        subject = Subject(monitors, is_everything=not unit.id)
        alert = alert_of(results.problem(unit), known, subject, results.now, is_wanted=results.order.alert)
        if alert:
            self.alerts[alert.news].append(Line(unit_name(unit), alert.text))
            self.posted[unit.id] = alert.posted

    def _stand_ins(self) -> Iterable[Unit]:
        """Units made up for alerts about the order: about a name without a unit, or (as "") about all units.

        Such an alert is due while its problem lasts, and once more when it has ended.
        """
        results, earlier = self.results, self.earlier or {}
        read = {unit.id for unit in results.units}
        # If no unit was read, it is unknown whether an earlier problem has ended.
        ordered = ["", *results.order.units] if results.units else list(results.order_problems)
        return (
            Unit(name, name or ALL_UNITS)
            for name in dict.fromkeys(ordered)
            if name not in read
            and (name in results.order_problems or earlier.get(name, Posted()).alert == ProblemKind.UNREAD)
        )

    def _title(self) -> Iterable[str]:
        unread, ended = self.alerts[News.UNREAD], self.alerts[News.ENDED]
        # The verb has to agree with the count, hence two forms of each.
        counted: tuple[tuple[Sequence[object], str, str], ...] = (
            (self.changed, "changed", "changed"),
            ([] if self.is_first else self.first_seen, "is new here", "are new here"),
            (self.unchanged, "is unchanged", "are unchanged"),
            (self.alerts[News.BEGUN], "has nobody online", "have nobody online"),
            (self.alerts[News.LASTING], "still has nobody online", "still have nobody online"),
            (_about_units(unread), "could not be read", "could not be read"),
            (_about_units(ended), "is back to normal", "are back to normal"),
        )
        if len(_about_units(unread)) < len(unread):
            yield "Not all could be read."
        if len(_about_units(ended)) < len(ended):
            yield "All can be read again."
        for lines, one, several in counted:
            if lines:
                yield f"{count(len(lines), 'unit')} {one if len(lines) == 1 else several}."

    def _baseline(self) -> str:
        """The first sentence of a channel's first digest, unless nothing could be read."""
        results = self.results
        if not self.is_first or (results.order_problems and not results.units):
            return ""
        records = [results.records[unit.id] for unit in results.units if unit.id in results.records]
        people = {monitor.id for record in records for monitor in record.monitors}
        watched = f"{count(len(records), 'unit')} with {count(len(people), 'monitor')}"
        return f"From now on I watch {watched} for this channel."


def _about_units(lines: Sequence[Line]) -> Sequence[Line]:
    return [line for line in lines if line.unit != ALL_UNITS]


def _source(results: Results) -> str:
    if not results.read_to:
        return f"From {results.host}"
    began = f"{clock(results.read_from)} to " if results.read_to - results.read_from >= 1 else ""
    return f"From {results.host}, {began}{clock(results.read_to)}"


def names(monitors: Sequence[Monitor]) -> str:
    """The monitors by name; of many, the first ones and the number of others."""
    if not monitors:
        return "nobody"
    every_name = [plain(monitor.name) or plain(monitor.username) or monitor.id for monitor in monitors]
    return some(every_name, NAMES_SHOWN)
