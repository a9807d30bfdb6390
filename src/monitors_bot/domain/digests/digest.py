"""What a run posts in a channel: from what the run read, and what was last posted there."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from itertools import chain
from typing import Any

from monitors_bot.domain.digests.alerts import Moment, News, Subject, alert_of, utc_day
from monitors_bot.domain.digests.order import Order, Post
from monitors_bot.domain.digests.run import Posted, Problem, ProblemKind
from monitors_bot.domain.units.phrases import clock, count, plain, unit_name
from monitors_bot.domain.units.records import Record, RosterChange, joined_and_left, roster_before
from monitors_bot.domain.units.roster import Monitor, Unit

NAMES_SHOWN = 10
ALL_UNITS = "The units"
"""Stands for a unit in a line about all of them."""


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence or two about one unit.

    Once the channel has read it, the fields in `posted` replace those of what was `Posted` about the unit.
    """

    unit: str
    text: str
    unit_id: str = ""
    posted: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Digest:
    """A digest, written `at` some epoch second.

    `posted` is what its title has then said about units that no line is about, by id.
    """

    title: str
    lines: tuple[Line, ...]
    alerts: tuple[Line, ...]
    source: str
    posted: Mapping[str, Posted]
    at: float = 0.0


@dataclass(frozen=True, slots=True)
class Results:
    """All that a run read, as far as the channel may see it.

    `units` are those that were read. By id of a unit, `records` are all that exist, and `changes` what
    happened since the channel last read of it. Times are epoch seconds; `day_of` tells the day of one, by the
    calendar of the order.
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
    day_of: Callable[[float], date] = utc_day

    def problem(self, unit: Unit) -> Problem | None:
        if unit.id in self.order_problems:
            return Problem(ProblemKind.UNREAD, self.order_problems[unit.id])
        return self.unit_problems.get(unit.id)

    def is_unread(self, unit: Unit) -> bool:
        problem = self.unit_problems.get(unit.id)
        return problem is not None and problem.kind is ProblemKind.UNREAD


def compose(results: Results, posted: Mapping[str, Posted] | None) -> Digest | None:
    """Write the digest for a channel where that was `posted`, or nothing ever; None if there is no news."""
    return _Writer(results, posted).write()


@dataclass(slots=True)
class _Writer:
    """A digest while it is being written."""

    results: Results
    known: Mapping[str, Posted] | None
    changed: list[Line] = field(default_factory=list)
    unchanged: list[Line] = field(default_factory=list)
    first_seen: list[Line] = field(default_factory=list)
    alerts: dict[News, list[Line]] = field(default_factory=lambda: {news: [] for news in News})
    is_alert_a_reason: bool = False
    posted: dict[str, Posted] = field(default_factory=dict)

    @property
    def is_first(self) -> bool:
        """Whether no digest was ever posted in this channel."""
        return self.known is None

    @property
    def is_counted_only(self) -> bool:
        """Whether units that the channel never read of have no lines, because the baseline counts them."""
        return self.is_first and self.results.order.post is not Post.ALWAYS

    def write(self) -> Digest | None:
        results = self.results
        for unit in results.units:
            self._add_roster(unit)
        for unit_id in sorted(results.changes.keys() - results.records.keys()):
            self._add_gone(unit_id)
        for unit in chain(results.units, self._ordered_without_unit()):
            self._add_alert(unit)
        baseline = self._baseline()
        first_seen = [] if self.is_counted_only else self.first_seen
        lines = (*first_seen, *self.changed, *self.unchanged)
        alerts = tuple(chain.from_iterable(self.alerts.values()))
        if not baseline and not lines and not self.is_alert_a_reason:
            return None
        title = " ".join(filter(None, (baseline, *self._title())))
        return Digest(title, lines, alerts, _source(results), self.posted, results.now)

    def _known(self, unit_id: str) -> Posted:
        return (self.known or {}).get(unit_id) or Posted()

    def _add_roster(self, unit: Unit) -> None:
        record, known = self.results.records.get(unit.id), self._known(unit.id)
        if not record or self.results.is_unread(unit) or self.results.order.post is Post.ALERTS:
            return
        monitors, name = names(record.monitors), unit_name(unit)
        posted: Mapping[str, Any] = {"name": name, "version": record.version}
        # Version 0 is a unit that the channel never read of: it has nothing to compare the roster with.
        if not known.version:
            self.first_seen.append(Line(name, f"Watched from now on: {monitors}.", unit.id, posted))
        elif change := self._difference(record):
            self.changed.append(Line(name, f"{change} Now: {monitors}.", unit.id, posted))
            return
        elif self.results.order.post is Post.ALWAYS:
            self.unchanged.append(Line(name, f"{monitors}.", unit.id))
        # Two kinds of units need no line. The title of a channel's first digest counts those it begins with;
        # and someone who left and came back is no news. The channel is up to date in both cases.
        if self.is_counted_only or (known.version and known.version != record.version):
            self.posted[unit.id] = replace(known, **posted)

    def _difference(self, record: Record) -> str:
        changes = self.results.changes.get(record.unit.id, ())
        joined, left = joined_and_left(roster_before(record.monitors, changes), record.monitors)
        parts = (("Joined", joined), ("Left", left))
        return " ".join(f"{verb}: {names(people)}." for verb, people in parts if people)

    def _add_gone(self, unit_id: str) -> None:
        """Say that a unit is not recorded any more."""
        if self.results.order.post is Post.ALERTS:
            return
        name = self._known(unit_id).name
        left = roster_before((), self.results.changes[unit_id])
        text = f"The unit is gone. It had {names(left)}."
        self.changed.append(Line(name or unit_id, text, unit_id, asdict(Posted(name))))

    def _add_alert(self, unit: Unit) -> None:
        results, known = self.results, self._known(unit.id)
        monitors = len(results.records[unit.id].monitors) if unit.id in results.records else 0
        subject = Subject(monitors, is_everything=not unit.id)
        now = Moment(results.now, results.day_of)
        alert = alert_of(results.problem(unit), known, subject, now, is_wanted=results.order.alert)
        if alert:
            self.is_alert_a_reason |= alert.is_reason
            self.alerts[alert.news].append(Line(unit_name(unit), alert.text, unit.id, _state(alert.posted)))

    def _ordered_without_unit(self) -> Iterable[Unit]:
        """Names in the order that are no unit, or were none when the channel last read of them."""
        results, earlier = self.results, self.known or {}
        read = {unit.id for unit in results.units}
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
        """What the first digest of a channel begins with, unless nothing could be read."""
        results = self.results
        if not self.is_first or (results.order_problems and not results.units):
            return ""
        records = [results.records[unit.id] for unit in results.units if unit.id in results.records]
        people = {monitor.id for record in records for monitor in record.monitors}
        watched = f"{count(len(records), 'unit')} with {count(len(people), 'monitor')}"
        return f"From now on I watch {watched} for this channel."


def _state(posted: Posted) -> Mapping[str, Any]:
    """The fields of what was posted that alerts are about."""
    return {
        "alert": posted.alert,
        "alert_since": posted.alert_since,
        "alerted_at": posted.alerted_at,
    }


def _about_units(lines: Sequence[Line]) -> Sequence[Line]:
    return [line for line in lines if line.unit != ALL_UNITS]


def _source(results: Results) -> str:
    if not results.read_to:
        return f"From {results.host}"
    began = f"{clock(results.read_from)} to " if results.read_to - results.read_from >= 1 else ""
    return f"From {results.host}, {began}{clock(results.read_to)}"


def names(monitors: Sequence[Monitor]) -> str:
    """The people by name, some of many."""
    if not monitors:
        return "nobody"
    shown = ", ".join(plain(one.name) or plain(one.username) or one.id for one in monitors[:NAMES_SHOWN])
    more = len(monitors) - NAMES_SHOWN
    return f"{shown} and {more} more" if more > 0 else shown
