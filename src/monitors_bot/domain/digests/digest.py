"""What a run tells a channel: from what was found, and what the channel was last told."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain

from monitors_bot.domain.digests.alerts import News, Subject, alert_of
from monitors_bot.domain.digests.order import Order, Post
from monitors_bot.domain.digests.run import Finding, Kind, Told
from monitors_bot.domain.units.phrases import clock, count, plain, unit_name
from monitors_bot.domain.units.records import Record, RosterChange, before_changes, changed
from monitors_bot.domain.units.roster import Monitor, Unit

NAMES_SHOWN = 10
FIRST_SEEN_SHOWN = 5
EVERYTHING_ELSE = "The units"


@dataclass(frozen=True, slots=True)
class Line:
    """What is told of one unit."""

    unit: str
    text: str


@dataclass(frozen=True, slots=True)
class Digest:
    """What is posted, and what the channel has then been told, of the units that it is told anything of."""

    title: str
    lines: tuple[Line, ...]
    alerts: tuple[Line, ...]
    source: str
    told: Mapping[str, Told]


@dataclass(frozen=True, slots=True)
class Findings:
    """All that a run found.

    `units` are those that were read, `records` all there are by id, and `changes` what became of a unit since
    the channel was told.
    """

    order: Order
    host: str
    now: float
    units: Sequence[Unit]
    records: Mapping[str, Record]
    changes: Mapping[str, Sequence[RosterChange]]
    findings: Mapping[str, Finding]
    problems: Mapping[str, str]
    read_from: float = 0.0
    read_to: float = 0.0


@dataclass(slots=True)
class _Page:
    """A digest while it is being written."""

    changed: list[Line] = field(default_factory=list)
    unchanged: list[Line] = field(default_factory=list)
    first_seen: list[Unit] = field(default_factory=list)
    alerts: dict[News, list[Line]] = field(default_factory=lambda: {news: [] for news in News})
    told: dict[str, Told] = field(default_factory=dict)


def compose(found: Findings, told: Mapping[str, Told] | None) -> Digest | None:
    """Write the digest for a channel that was `told` that, or nothing ever; None if nothing is to be said."""
    page = _Page()
    for unit in found.units:
        _roster(page, found, unit, told or {})
    for unit_id in sorted(found.changes.keys() - found.records.keys()):
        _gone(page, found, unit_id, (told or {})[unit_id])
    for unit in chain(found.units, _as_units(found, told or {})):
        _alert(page, found, unit, told or {})
    baseline = _baseline(found) if told is None and (found.units or not found.problems) else ""
    lines = (*_first_seen(page, found, is_baseline=told is None), *page.changed, *page.unchanged)
    alerts = tuple(chain.from_iterable(page.alerts.values()))
    if not baseline and not lines and not alerts:
        return None
    title = " ".join(filter(None, (baseline, *_title(page, is_baseline=told is None))))
    return Digest(title, lines, alerts, _source(found), page.told)


def _roster(page: _Page, found: Findings, unit: Unit, told: Mapping[str, Told]) -> None:
    """Tell of a unit's roster what is new."""
    record, known = found.records.get(unit.id), told.get(unit.id)
    if not record or _is_unread(found, unit) or found.order.post is Post.ALERTS:
        return
    now = names(record.monitors)
    if not known or not known.version:
        page.first_seen.append(unit)
    elif change := _difference(record, found.changes.get(unit.id, ())):
        page.changed.append(Line(unit_name(unit), f"{change} Now: {now}."))
    elif found.order.post is Post.ALWAYS:
        page.unchanged.append(Line(unit_name(unit), f"{now}."))
    if not known or known.version != record.version:
        page.told[unit.id] = replace(known or Told(), name=unit_name(unit), version=record.version)


def _difference(record: Record, changes: Sequence[RosterChange]) -> str:
    joined, left = changed(before_changes(record.monitors, changes), record.monitors)
    parts = (("Joined", joined), ("Left", left))
    return " ".join(f"{verb}: {names(people)}." for verb, people in parts if people)


def _first_seen(page: _Page, found: Findings, *, is_baseline: bool) -> Iterable[Line]:
    """A unit that the channel never heard of; many at once, as at the beginning, are only counted."""
    shown = page.first_seen
    if found.order.post is not Post.ALWAYS and (is_baseline or len(shown) > FIRST_SEEN_SHOWN):
        if is_baseline:
            return []
        examples = ", ".join(unit_name(unit) for unit in shown[:FIRST_SEEN_SHOWN])
        more = f" and {len(shown) - FIRST_SEEN_SHOWN} more"
        return [Line(count(len(shown), "unit"), f"watched from now on: {examples}{more}.")]
    return [
        Line(unit_name(unit), f"Watched from now on: {names(found.records[unit.id].monitors)}.")
        for unit in shown
    ]


def _gone(page: _Page, found: Findings, unit_id: str, known: Told) -> None:
    """Tell that a unit is not recorded any more."""
    if found.order.post is Post.ALERTS:
        return
    left = before_changes((), found.changes[unit_id])
    page.changed.append(Line(known.name or unit_id, f"The unit is gone. It had {names(left)}."))
    page.told[unit_id] = Told(known.name)


def _alert(page: _Page, found: Findings, unit: Unit, told: Mapping[str, Told]) -> None:
    known = page.told.get(unit.id) or told.get(unit.id) or Told()
    monitors = len(found.records[unit.id].monitors) if unit.id in found.records else 0
    subject = Subject(monitors, is_everything=not unit.id)
    alert = alert_of(_finding(found, unit), known, subject, found.now, is_wanted=found.order.alert)
    if alert:
        page.alerts[alert.news].append(Line(unit_name(unit), alert.text))
        page.told[unit.id] = alert.told


def _finding(found: Findings, unit: Unit) -> Finding | None:
    if unit.id in found.problems:
        return Finding(Kind.UNREAD, found.problems[unit.id])
    return found.findings.get(unit.id)


def _is_unread(found: Findings, unit: Unit) -> bool:
    finding = found.findings.get(unit.id)
    return finding is not None and finding.kind is Kind.UNREAD


def _as_units(found: Findings, told: Mapping[str, Told]) -> Iterable[Unit]:
    """What was ordered and is no unit, or was none when the channel was told so."""
    known = {unit.id for unit in found.units}
    ordered = ["", *found.order.units] if found.units else list(found.problems)
    return (
        Unit(name, name or EVERYTHING_ELSE)
        for name in dict.fromkeys(ordered)
        if name not in known and (name in found.problems or told.get(name, Told()).alert == Kind.UNREAD)
    )


def _title(page: _Page, *, is_baseline: bool) -> Iterable[str]:
    counted: tuple[tuple[Sequence[object], str], ...] = (
        (page.changed, "changed"),
        ([] if is_baseline else page.first_seen, "new here"),
        (page.unchanged, "as before"),
        (page.alerts[News.BEGUN], "with nobody there"),
        (page.alerts[News.LASTING], "still with nobody there"),
        (_of_units(page.alerts[News.UNREAD]), "could not be read"),
        (_of_units(page.alerts[News.ENDED]), "back to normal"),
    )
    if len(_of_units(page.alerts[News.UNREAD])) < len(page.alerts[News.UNREAD]):
        yield "Not all could be read."
    if len(_of_units(page.alerts[News.ENDED])) < len(page.alerts[News.ENDED]):
        yield "All can be read again."
    yield from (f"{count(len(lines), 'unit')} {words}." for lines, words in counted if lines)


def _of_units(lines: Sequence[Line]) -> Sequence[Line]:
    return [line for line in lines if line.unit != EVERYTHING_ELSE]


def _baseline(found: Findings) -> str:
    units = [found.records[unit.id] for unit in found.units if unit.id in found.records]
    people = {monitor.id for record in units for monitor in record.monitors}
    watched = f"{count(len(units), 'unit')} with {count(len(people), 'monitor')}"
    return f"From now on I watch {watched} for this channel."


def _source(found: Findings) -> str:
    if not found.read_to:
        return f"From {found.host}"
    began = f"{clock(found.read_from)} to " if found.read_to - found.read_from >= 1 else ""
    return f"From {found.host}, {began}{clock(found.read_to)}"


def names(monitors: Sequence[Monitor]) -> str:
    """The people by name, some of many."""
    if not monitors:
        return "nobody"
    shown = ", ".join(plain(one.name) or plain(one.username) or one.id for one in monitors[:NAMES_SHOWN])
    more = len(monitors) - NAMES_SHOWN
    return f"{shown} and {more} more" if more > 0 else shown
