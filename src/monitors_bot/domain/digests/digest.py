"""What a run posts in a channel: from what the run read, and what was last posted there."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain

from monitors_bot.domain.digests.alerts import News, Subject, alert_of
from monitors_bot.domain.digests.order import Order, Post
from monitors_bot.domain.digests.run import Posted, Problem, ProblemKind
from monitors_bot.domain.units.phrases import clock, count, plain, unit_name
from monitors_bot.domain.units.records import Record, RosterChange, joined_and_left, roster_before
from monitors_bot.domain.units.roster import Monitor, Unit

NAMES_SHOWN = 10
FIRST_SEEN_SHOWN = 5
ALL_UNITS = "The units"
"""Stands for a unit in a line about all of them."""


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence or two about one unit."""

    unit: str
    text: str


@dataclass(frozen=True, slots=True)
class Digest:
    """A digest, and what has then been `posted` about each unit that it changes anything for, by id."""

    title: str
    lines: tuple[Line, ...]
    alerts: tuple[Line, ...]
    source: str
    posted: Mapping[str, Posted]


@dataclass(frozen=True, slots=True)
class Results:
    """All that a run read, as far as the channel may see it.

    `units` are those that were read. By id of a unit, `records` are all that exist, and `changes` what
    happened since the channel last read of it. Times are epoch seconds.
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
    first_seen: list[Unit] = field(default_factory=list)
    alerts: dict[News, list[Line]] = field(default_factory=lambda: {news: [] for news in News})
    posted: dict[str, Posted] = field(default_factory=dict)

    @property
    def is_first(self) -> bool:
        """Whether no digest was ever posted in this channel."""
        return self.known is None

    def write(self) -> Digest | None:
        results = self.results
        for unit in results.units:
            self._add_roster(unit)
        for unit_id in sorted(results.changes.keys() - results.records.keys()):
            self._add_gone(unit_id)
        for unit in chain(results.units, self._ordered_without_unit()):
            self._add_alert(unit)
        baseline = self._baseline()
        lines = (*self._first_seen_lines(), *self.changed, *self.unchanged)
        alerts = tuple(chain.from_iterable(self.alerts.values()))
        if not baseline and not lines and not alerts:
            return None
        title = " ".join(filter(None, (baseline, *self._title())))
        return Digest(title, lines, alerts, _source(results), self.posted)

    def _known(self, unit_id: str) -> Posted:
        return self.posted.get(unit_id) or (self.known or {}).get(unit_id) or Posted()

    def _add_roster(self, unit: Unit) -> None:
        record, known = self.results.records.get(unit.id), self._known(unit.id)
        if not record or self.results.is_unread(unit) or self.results.order.post is Post.ALERTS:
            return
        monitors = names(record.monitors)
        # Version 0 is a unit that the channel never read of: it has nothing to compare the roster with.
        if not known.version:
            self.first_seen.append(unit)
        elif change := self._difference(record):
            self.changed.append(Line(unit_name(unit), f"{change} Now: {monitors}."))
        elif self.results.order.post is Post.ALWAYS:
            self.unchanged.append(Line(unit_name(unit), f"{monitors}."))
        # Someone who left and came back is no news, but the channel is up to date from now on.
        if known.version != record.version:
            self.posted[unit.id] = replace(known, name=unit_name(unit), version=record.version)

    def _difference(self, record: Record) -> str:
        changes = self.results.changes.get(record.unit.id, ())
        joined, left = joined_and_left(roster_before(record.monitors, changes), record.monitors)
        parts = (("Joined", joined), ("Left", left))
        return " ".join(f"{verb}: {names(people)}." for verb, people in parts if people)

    def _first_seen_lines(self) -> Iterable[Line]:
        """Lines for units that the channel never read of; many at once are only counted."""
        shown = self.first_seen
        if self.results.order.post is Post.ALWAYS or (not self.is_first and len(shown) <= FIRST_SEEN_SHOWN):
            return [
                Line(
                    unit_name(unit), f"Watched from now on: {names(self.results.records[unit.id].monitors)}."
                )
                for unit in shown
            ]
        if self.is_first:  # the title counts them
            return []
        examples = ", ".join(unit_name(unit) for unit in shown[:FIRST_SEEN_SHOWN])
        more = f" and {len(shown) - FIRST_SEEN_SHOWN} more"
        return [Line(count(len(shown), "unit"), f"watched from now on: {examples}{more}.")]

    def _add_gone(self, unit_id: str) -> None:
        """Say that a unit is not recorded any more."""
        if self.results.order.post is Post.ALERTS:
            return
        name = self._known(unit_id).name
        left = roster_before((), self.results.changes[unit_id])
        self.changed.append(Line(name or unit_id, f"The unit is gone. It had {names(left)}."))
        self.posted[unit_id] = Posted(name)

    def _add_alert(self, unit: Unit) -> None:
        results, known = self.results, self._known(unit.id)
        monitors = len(results.records[unit.id].monitors) if unit.id in results.records else 0
        subject = Subject(monitors, is_everything=not unit.id)
        alert = alert_of(results.problem(unit), known, subject, results.now, is_wanted=results.order.alert)
        if alert:
            self.alerts[alert.news].append(Line(unit_name(unit), alert.text))
            self.posted[unit.id] = alert.posted

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
