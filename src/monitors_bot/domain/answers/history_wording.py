"""The wording of replies about a unit's past."""

from collections.abc import Collection, Sequence

from monitors_bot.domain.answers.conversation import Choice, Hidden, Outcome, Reply, Table
from monitors_bot.domain.answers.grammar import AboutUnit
from monitors_bot.domain.answers.meaning import text_for
from monitors_bot.domain.answers.moments import Moment
from monitors_bot.domain.answers.times_wording import STILL_TO_COME, unreadable_time
from monitors_bot.domain.answers.wording import PEOPLE_SHOWN, Wording, partial_match_note
from monitors_bot.domain.units.finding import Match, Units
from monitors_bot.domain.units.phrases import (
    between,
    clock,
    count,
    minute,
    person,
    plain,
    some,
    unit_name,
    when,
    zone,
)
from monitors_bot.domain.units.reasons import RUNS_THE_BOT
from monitors_bot.domain.units.records import NextRoster, NotKnown, PastRoster, Record, RosterChange
from monitors_bot.domain.units.roster import Monitor

CHANGES_SHOWN = 10
PEOPLE_IN_A_CHANGE = 5
NOTHING_HIDDEN = Hidden(0, "line")
HOW_ROSTERS_GET_RECORDED = (
    "Rosters are recorded by scheduled runs: somebody who runs the bot can set one up.",
)


def how_rosters_get_recorded(reading_since: float | None) -> tuple[str, ...]:
    """Say when to ask again if the rosters are being read, else who can have them read."""
    if reading_since is None:
        return HOW_ROSTERS_GET_RECORDED
    since = clock(reading_since)
    return (
        f"I began to read the rosters at {since}. Ask again in a minute; many units take longer.",
        f"If it stays like this, tell {RUNS_THE_BOT}: the log says more.",
    )


class HistoryWording:
    """Words the replies about the one unit that matched."""

    def __init__(self, wording: Wording, about: AboutUnit, match: Match, units: Units) -> None:
        self.unit = match.units[0]
        self._name = unit_name(self.unit)
        self._wording = wording
        self._about = about
        self._match = match
        self._units = units
        self._offset = wording.utc_offset

    def not_recorded(self, reading_since: float | None = None) -> Reply:
        """Say that nothing is known, and when to ask again if the rosters are being read."""
        return self._reply(
            Outcome.NOT_RECORDED,
            f"Nothing is recorded of {self._name} yet, so I can't tell who monitored it before now.",
            how_rosters_get_recorded(reading_since),
            choices=(self._now(),),
        )

    def history(
        self, record: Record | None, changes: Sequence[RosterChange], since: float | None = None
    ) -> Reply:
        """The last changes, or all `since` then, as many as the platform takes."""
        known_since = _since(record, changes)
        each_with_the_one_before = list(zip((None, *changes), changes, strict=False))
        meant = [pair for pair in each_with_the_one_before if since is None or pair[1].at >= since]
        shown = meant[-CHANGES_SHOWN:] if since is None else meant
        rows = [self._row(change, before) for before, change in shown]
        later = sum(not change.is_first for _, change in meant)
        changed = count(later, "change") if later else "no change"
        asked_since = known_since if since is None else max(since, known_since)
        return self._reply(
            Outcome.HISTORY,
            f"{self._name}: {changed} recorded since {self._when(asked_since)}",
            self._monitors_now(record),
            table=Table(("Seen", "What changed"), tuple(rows[::-1])) if rows else None,
            hidden=self._earlier(meant, len(rows)),
            choices=(self._now(),),
            source=self._source(record.read_at if record else changes[-1].at),
        )

    def _earlier(self, meant: Sequence[tuple[RosterChange | None, RosterChange]], shown: int) -> Hidden:
        """The changes that are not shown, and the command that shows all of them."""
        number = len(meant) - shown
        if not number:
            return Hidden(0, "change")
        first = minute(meant[0][1].at, self._offset)
        return Hidden(number, "change", self._choice("all of them", f"history since {first}"))

    def still_to_come(self) -> Reply:
        return unreadable_time(self._wording, self._about, self._match, self._units, STILL_TO_COME)

    def not_known(self, known: NotKnown, at: Moment) -> Reply:
        return self._reply(
            Outcome.NOT_RECORDED,
            f"I don't know who monitored {self._name} at {self._moment(at)}.",
            (f"What I know of it begins at {self._when(known.since)}.",),
            choices=(self._choice("What changed on it", "history"),),
        )

    def at(self, roster: PastRoster, at: Moment, gone_at: Collection[float]) -> Reply:
        """Who monitored the unit at a time; `gone_at` are the times at which it was seen to be gone."""
        # There are three cases. Between two readings that differ, nobody knows which roster it was.
        if roster.next and at.at > roster.last_seen:
            return self._either(roster, roster.next, at, gone_at)
        who = "the unit was gone" if roster.first_seen in gone_at else _monitors(roster.monitors)
        rows = [_person_row(one) for one in roster.monitors]
        # After the last reading, the roster may have changed without being seen.
        if at.at > roster.last_seen:
            seen = (
                f"Last read at {self._when(roster.last_seen)}, before that time: it may have changed since."
            )
            return self._people(f"{who}, as last read", at, (seen,), rows)
        # In the span in which the same roster was seen, it was this one.
        return self._people(who, at, (f"Seen so {self._span(roster)}.",), rows)

    def _either(self, before: PastRoster, after: NextRoster, at: Moment, gone_at: Collection[float]) -> Reply:
        """Show the rosters before and after, where the time is between the two."""
        before_ids, after_ids = (
            {one.id for one in monitors} for monitors in (before.monitors, after.monitors)
        )
        rows = [
            _person_row(monitor, "before and after" if monitor.id in after_ids else "before")
            for monitor in before.monitors
        ]
        rows += [_person_row(monitor, "after") for monitor in after.monitors if monitor.id not in before_ids]
        was, became = (
            "the unit was gone" if roster.first_seen in gone_at else _monitors(roster.monitors)
            for roster in (before, after)
        )
        details = (
            f"It changed {self._between(before.last_seen, after.first_seen)}, and nobody knows when exactly.",
            f"Before that: {was}. After it: {became}.",
        )
        return self._people("one of two rosters", at, details, rows)

    def _people(
        self, what: str, at: Moment, details: tuple[str, ...], rows: Sequence[tuple[str, ...]]
    ) -> Reply:
        shown = rows if self._about.everyone else rows[:PEOPLE_SHOWN]
        hidden = len(rows) - len(shown)
        everyone = self._about._replace(share=False, everyone=True)
        more = self._choice("all of them", everyone.options) if hidden else None
        return self._reply(
            Outcome.ROSTER_THEN,
            f"{self._name} at {self._moment(at)}: {what}",
            details,
            table=Table(("Monitor", "Username", "Seen"), tuple(shown)) if shown else None,
            hidden=Hidden(hidden, "monitor", more),
            choices=(self._choice("What changed on it", "history"),),
            source=self._source(),
        )

    def _reply(  # noqa: PLR0913 - the parts of a reply
        self,
        outcome: Outcome,
        title: str,
        details: tuple[str, ...],
        *,
        table: Table | None = None,
        hidden: Hidden = NOTHING_HIDDEN,
        choices: tuple[Choice, ...] = (),
        source: str = "",
    ) -> Reply:
        return Reply(
            outcome,
            title,
            (*partial_match_note(self._match), *details),
            table,
            hidden,
            choices,
            source or self._source(),
            self._about.share,
        )

    def _moment(self, at: Moment) -> str:
        if at.is_end:
            return f"the end of {self._when(at.at).split()[0]} {zone(self._offset)}"
        return self._when(at.at)

    def _when(self, at: float) -> str:
        return when(at, self._offset)

    def _between(self, before: float, at: float) -> str:
        return between(before, at, self._offset)

    def _source(self, read_at: float | None = None) -> str:
        last = f", last read {self._when(read_at)}" if read_at is not None else ""
        return f"From the bot's records of {self._wording.host}{last}"

    def _now(self) -> Choice:
        return self._choice("Who monitors it now", "")

    def _choice(self, label: str, options: str) -> Choice:
        return self._wording.choice(label, text_for(self.unit, self._units, options))

    def _monitors_now(self, record: Record | None) -> tuple[str, ...]:
        if not record:
            return ("The unit was gone when it was last looked for.",)
        since = f", the same since {self._when(record.since)}" if record.read_at > record.since else ""
        return (f"Last read: {_monitors(record.monitors)}{since}.",)

    def _row(self, change: RosterChange, before: RosterChange | None) -> tuple[str, str]:
        if change.before is None:
            return self._when(change.at), f"first read: {_monitors(change.joined)}"
        seen = self._between(change.before, change.at)
        if change.is_gone:
            return seen, "the unit was gone"
        if before and before.is_gone:
            return seen, f"the unit was there again: {_monitors(change.joined)}"
        parts = [(change.joined, "joined"), (change.left, "left")]
        return seen, "; ".join(f"{_names(people)} {did}" for people, did in parts if people)

    def _span(self, roster: PastRoster) -> str:
        first, last = self._when(roster.first_seen), self._when(roster.last_seen)
        return f"at {first}" if first == last else f"from {first} to {last}"


def _since(record: Record | None, changes: Sequence[RosterChange]) -> float:
    """The earliest time for which a roster of the unit is known."""
    if changes:
        # The oldest recorded change also says when the roster before it was last seen.
        before = changes[0].before
        return changes[0].at if before is None else before
    return record.since if record else 0.0


def _monitors(monitors: Sequence[Monitor]) -> str:
    return count(len(monitors), "monitor") if monitors else "nobody"


def _names(people: Sequence[Monitor]) -> str:
    return some([person(monitor) for monitor in people], PEOPLE_IN_A_CHANGE)


def _person_row(monitor: Monitor, seen: str = "") -> tuple[str, ...]:
    username, name = plain(monitor.username) or plain(monitor.id), plain(monitor.name)
    return name or username, username if name else "", seen
