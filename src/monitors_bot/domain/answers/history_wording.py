"""The wording of replies about a unit's past."""

from collections.abc import Collection, Sequence

from monitors_bot.domain.answers import moments
from monitors_bot.domain.answers.conversation import Choice, Hidden, Outcome, Reply, Table
from monitors_bot.domain.answers.grammar import AboutUnit
from monitors_bot.domain.answers.meaning import text_for
from monitors_bot.domain.answers.wording import PEOPLE_SHOWN, Wording, partial_match_note
from monitors_bot.domain.units.finding import Match, Units
from monitors_bot.domain.units.phrases import between, count, person, plain, some, unit_name, when
from monitors_bot.domain.units.records import NextRoster, NotKnown, PastRoster, Record, RosterChange
from monitors_bot.domain.units.roster import Monitor

CHANGES_SHOWN = 10
PEOPLE_IN_A_CHANGE = 5
NOTHING_HIDDEN = Hidden(0, "line")
HOW_ROSTERS_GET_RECORDED = (
    "Rosters are recorded by scheduled runs: somebody who runs the bot can set one up.",
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

    def not_recorded(self) -> Reply:
        return self._reply(
            Outcome.NOT_RECORDED,
            f"Nothing is recorded of {self._name} yet, so I can't tell who monitored it before now.",
            HOW_ROSTERS_GET_RECORDED,
            choices=(self._now(),),
        )

    def history(self, record: Record | None, changes: Sequence[RosterChange]) -> Reply:
        since = _since(record, changes)
        # The first reading is a row of the table, but no change.
        real_changes = sum(not change.is_first for change in changes)
        changed = count(real_changes, "change") if real_changes else "no change"
        # What a change means depends on the one before it: after a unit was gone, everybody has joined.
        pairs = list(zip((None, *changes), changes, strict=False))
        rows = [_row(change, before) for before, change in pairs[-CHANGES_SHOWN:]]
        return self._reply(
            Outcome.HISTORY,
            f"{self._name}: {changed} recorded since {when(since)}",
            _monitors_now(record),
            table=Table(("Seen", "What changed"), tuple(rows[::-1])) if rows else None,
            hidden=Hidden(len(changes) - len(rows), "change"),
            choices=(self._now(),),
            source=self._source(record.read_at if record else changes[-1].at),
        )

    def still_to_come(self, at: float) -> Reply:
        return self._reply(
            Outcome.NOT_RECORDED,
            f"Nobody can tell yet: {self._moment(at)} is still to come.",
            ("Times are in UTC.",),
            choices=(self._now(),),
        )

    def not_known(self, known: NotKnown, at: float) -> Reply:
        return self._reply(
            Outcome.NOT_RECORDED,
            f"I don't know who monitored {self._name} at {self._moment(at)}.",
            (f"What I know of it begins at {when(known.since)}.",),
            choices=(self._choice("What changed on it", "history"),),
        )

    def at(self, roster: PastRoster, at: float, gone_at: Collection[float]) -> Reply:
        """Say who monitored the unit at a time; `gone_at` are the times at which it was found to be gone."""
        # Between two readings that differ: it could have been either roster.
        if roster.next and at > roster.last_seen:
            return self._either(roster, roster.next, at, gone_at)
        who = "the unit was gone" if roster.first_seen in gone_at else _monitors(roster.monitors)
        rows = [_person_row(monitor) for monitor in roster.monitors]
        # After the last reading: the roster may have changed since.
        if at > roster.last_seen:
            seen = f"Last read at {when(roster.last_seen)}, before that time: it may have changed since."
            return self._people(f"{who}, as last read", at, (seen,), rows)
        # Between two readings of the same roster: it was this one.
        return self._people(who, at, (f"Seen so {_span(roster)}.",), rows)

    def _either(self, before: PastRoster, after: NextRoster, at: float, gone_at: Collection[float]) -> Reply:
        """Show the two rosters that it could have been."""
        before_ids = {monitor.id for monitor in before.monitors}
        after_ids = {monitor.id for monitor in after.monitors}
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
            f"It changed {between(before.last_seen, after.first_seen)}, and nobody knows when exactly.",
            f"Before that: {was}. After it: {became}.",
        )
        return self._people("one of two rosters", at, details, rows)

    def _people(
        self, what: str, at: float, details: tuple[str, ...], rows: Sequence[tuple[str, ...]]
    ) -> Reply:
        shown = rows if self._about.everyone else rows[:PEOPLE_SHOWN]
        hidden = len(rows) - len(shown)
        typed = " ".join((self._about.at or "").split())
        more = self._choice("all of them", f"at {typed} all") if hidden else None
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

    def _moment(self, at: float) -> str:
        if self._about.at and moments.is_date(self._about.at):
            return f"the end of {when(at).split()[0]} UTC"
        return when(at)

    def _source(self, read_at: float | None = None) -> str:
        last = f", last read {when(read_at)}" if read_at is not None else ""
        return f"From the bot's records of {self._wording.host}{last}"

    def _now(self) -> Choice:
        return self._choice("Who monitors it now", "")

    def _choice(self, label: str, options: str) -> Choice:
        return self._wording.choice(label, text_for(self.unit, self._units, options))


def _since(record: Record | None, changes: Sequence[RosterChange]) -> float:
    """The earliest time for which a roster of the unit is known."""
    if changes:
        # The oldest recorded change also says when the roster before it was last seen.
        before = changes[0].before
        return changes[0].at if before is None else before
    return record.since if record else 0.0


def _monitors_now(record: Record | None) -> tuple[str, ...]:
    if not record:
        return ("The unit was gone when it was last looked for.",)
    since = f", the same since {when(record.since)}" if record.read_at > record.since else ""
    return (f"Last read: {_monitors(record.monitors)}{since}.",)


def _row(change: RosterChange, before: RosterChange | None) -> tuple[str, str]:
    if change.before is None:
        return when(change.at), f"first read: {_monitors(change.joined)}"
    seen = between(change.before, change.at)
    if change.is_gone:
        return seen, "the unit was gone"
    if before and before.is_gone:
        return seen, f"the unit was there again: {_monitors(change.joined)}"
    parts = [(change.joined, "joined"), (change.left, "left")]
    return seen, "; ".join(f"{_names(people)} {did}" for people, did in parts if people)


def _monitors(monitors: Sequence[Monitor]) -> str:
    return count(len(monitors), "monitor") if monitors else "nobody"


def _names(people: Sequence[Monitor]) -> str:
    return some([person(monitor) for monitor in people], PEOPLE_IN_A_CHANGE)


def _person_row(monitor: Monitor, seen: str = "") -> tuple[str, ...]:
    username, name = plain(monitor.username) or plain(monitor.id), plain(monitor.name)
    return name or username, username if name else "", seen


def _span(roster: PastRoster) -> str:
    first, last = when(roster.first_seen), when(roster.last_seen)
    return f"at {first}" if first == last else f"from {first} to {last}"
