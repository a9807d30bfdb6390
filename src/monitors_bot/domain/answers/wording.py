"""The wording of replies, in plain text."""

from collections.abc import Sequence
from dataclasses import replace

from monitors_bot import errors
from monitors_bot.domain.answers.conversation import Choice, Hidden, Outcome, Reply, Table
from monitors_bot.domain.answers.grammar import AboutUnit
from monitors_bot.domain.answers.meaning import close_to, fits_in_a_command, text_for
from monitors_bot.domain.units.finding import Match, Step, Units
from monitors_bot.domain.units.phrases import (
    age,
    clock,
    count,
    local_time,
    person,
    plain,
    roster_title,
    unit_name,
)
from monitors_bot.domain.units.reasons import in_the_log, reason
from monitors_bot.domain.units.roster import Monitor, Presence, Roster, Unit

PEOPLE_SHOWN = 10
UNITS_SHOWN = 25
EXAMPLES_SHOWN = 5
FOLLOWS = "The fresh answer follows."
NAMES_ARE_OLD_SECONDS = 30
"""From this age on, the source line says that the names are older than the rest."""
ICONS = {
    Presence.ONLINE: "🟢",
    Presence.BUSY: "🔴",
    Presence.AWAY: "🟡",
    Presence.UNKNOWN: "❔",
    Presence.OFFLINE: "⚫",
}
_HOW = {
    Step.LETTERS: "its name has the letters and digits that you typed",
    Step.PREFIX: "its name starts with what you typed",
    Step.WORDS: "words of its name start with what you typed",
    Step.SUBSTRING: "its name contains what you typed",
    Step.SHORTENED: "I left out the words around its name",
}


class Wording:
    """Words the replies to one command: `word` is the command word as typed, `host` the server's name."""

    def __init__(
        self,
        word: str,
        host: str,
        utc_offset: float | None = None,
        *,
        may_share: bool = True,
        may_ask_history: bool = True,
    ) -> None:
        self._word = plain(word)
        self._may_share = may_share
        self._may_ask_history = may_ask_history
        self.host = host
        self.utc_offset = utc_offset or 0.0

    def roster(self, roster: Roster, match: Match, units: Units, *, everyone: bool, shared: bool) -> Reply:
        if not roster.monitors:
            return self.empty_unit(roster.unit, match, roster.read_at, shared=shared)
        shown = roster.monitors if everyone else roster.monitors[:PEOPLE_SHOWN]
        return Reply(
            outcome=Outcome.WITHOUT_PRESENCE if roster.presence_error else Outcome.ROSTER,
            title=roster_title(roster),
            details=(*partial_match_note(match), *_missing_presence_note(roster)),
            table=Table(
                ("Monitor", "Username", "Presence", "Status", "Local time"),
                tuple(_monitor_row(monitor, roster.read_at) for monitor in shown),
            ),
            hidden=self._hidden_people(len(roster.monitors) - len(shown), roster.unit, units),
            source=self._source(roster.read_at, units.read_at),
            shared=shared,
            why=in_the_log(roster.presence_error) if roster.presence_error else "",
        )

    def last_known(
        self, reply: Reply, error: errors.RocketChatError, age_seconds: float, *, is_promised: bool
    ) -> Reply:
        """Turn a reply with a remembered roster into one that says why, and how old the roster is."""
        roster_age = age(age_seconds)
        caveat = f"{reason(error)} These were the monitors {roster_age} ago; who is there now is unknown."
        return replace(
            reply,
            outcome=Outcome.PROMISED if is_promised else Outcome.LAST_KNOWN,
            details=(caveat, *((FOLLOWS,) if is_promised else ()), *reply.details),
            source=f"Last known, {roster_age} old. {reply.source}",
            why=in_the_log(error),
        )

    def still_looking(self) -> Reply:
        return Reply(Outcome.PROMISED, "Still looking, the answer follows.")

    def empty_unit(self, unit: Unit, match: Match, read_at: float, *, shared: bool) -> Reply:
        stale_count = (f"The list of units still counts {unit.monitor_count}, which is out of date.",)
        return Reply(
            outcome=Outcome.EMPTY_UNIT,
            title=f"Nobody monitors {unit_name(unit)}.",
            details=(
                *partial_match_note(match),
                *(stale_count if unit.monitor_count else ()),
                "Somebody who manages Omnichannel can add monitors to the unit.",
            ),
            source=self._source(read_at),
            shared=shared,
        )

    def no_unit(
        self, about: AboutUnit, units: Units, people: Sequence[Monitor] = (), *, certain: bool
    ) -> Reply:
        """Say that there is no such unit, and name close ones, and `people` who are called so."""
        close = [
            *(
                self._of_unit(unit_name(unit), unit, units, about.options)
                for unit in close_to(about.query, units)
            ),
            *self.of_people(people, about.share_or_all),
        ]
        return Reply(
            outcome=Outcome.NO_UNIT,
            title=f"{'There is' if certain else 'I see'} no unit “{plain(about.query)}”.",
            details=(
                *_incomplete_list_note(certain, units),
                *(("Did you mean one of these?",) if close else ()),
            ),
            choices=(*close, self.choice("All units", "list")),
            source=self._source(units.read_at),
        )

    def shown_to_nobody_else(self, reply: Reply) -> Reply:
        """Refuse `share`."""
        return replace(
            reply, shared=False, details=("Only you see this: a customer may read this room.", *reply.details)
        )

    def several(self, about: AboutUnit, match: Match, units: Units) -> Reply:
        shown = match.units[:UNITS_SHOWN]
        return Reply(
            outcome=Outcome.SEVERAL_UNITS,
            title=f"{len(match.units)} units match “{plain(about.query)}”. Which one?",
            choices=tuple(
                self._of_unit(f"{unit_name(unit)} (id {plain(unit.id)})", unit, units, about.options)
                for unit in shown
            ),
            details=("Type more of the name to see fewer.",) if len(match.units) > len(shown) else (),
            hidden=Hidden(len(match.units) - len(shown), "unit"),
            source=self._source(units.read_at),
        )

    def units(self, matching: Sequence[Unit], text: str, units: Units, *, certain: bool) -> Reply:
        shown = matching[:UNITS_SHOWN]
        named = f" with “{plain(text)}” in the name" if text else ""
        return Reply(
            outcome=Outcome.LIST,
            title=f"{count(len(matching), 'unit')}{named}" if matching else f"No units{named}",
            details=(
                *_incomplete_list_note(certain, units),
                *(
                    ("Type a part of the name after list to see fewer.",)
                    if len(matching) > len(shown)
                    else ()
                ),
            ),
            table=Table(("Unit", "Monitors"), tuple(_unit_row(unit) for unit in shown)) if shown else None,
            hidden=Hidden(len(matching) - len(shown), "unit"),
            choices=tuple(self.choice("Who monitors one", text_for(unit, units)) for unit in shown[:1]),
            source=self._source(units.read_at),
        )

    def help(self, units: Units, error: errors.MonitorsBotError | None) -> Reply:
        names = ", ".join(unit_name(unit) for unit in list(units)[:EXAMPLES_SHOWN])
        more = f" and {len(units) - EXAMPLES_SHOWN} more" if len(units) > EXAMPLES_SHOWN else ""
        return Reply(
            outcome=Outcome.HELP,
            title="Ask who monitors a unit, and who of them is there now.",
            details=(
                f"Type the name of a unit after {self._word}, or a part of it, or @ and somebody's username.",
                *((f"Units: {names}{more}.",) if names else ()),
                *((f"I can't read the units now: {reason(error)}",) if error else ()),
            ),
            choices=(
                *(choice for unit in list(units)[:1] for choice in self._examples(unit, units)),
                self.choice("The units that you monitor", "me"),
                self.choice("All units", "list"),
            ),
            source=self._source(units.read_at) if names else "",
        )

    def _examples(self, unit: Unit, units: Units) -> tuple[Choice, ...]:
        """What can be asked about a unit."""
        share = self.choice("The same, shown to the whole channel", text_for(unit, units, "share"))
        return (
            self.choice("Who monitors a unit", text_for(unit, units)),
            *((share,) if self._may_share else ()),
            self.choice("Everybody on it, however many", text_for(unit, units, "all")),
            *(self._examples_of_the_past(unit, units) if self._may_ask_history else ()),
        )

    def _examples_of_the_past(self, unit: Unit, units: Units) -> tuple[Choice, ...]:
        return (
            self.choice("What changed on it", text_for(unit, units, "history")),
            self.choice("Who monitored it at some time", text_for(unit, units, "at yesterday 14:00")),
        )

    def escaped_mention(self) -> Reply:
        return Reply(
            outcome=Outcome.MENTION,
            title="I can't tell who or what is meant by a mention.",
            details=("Type the name of a unit in plain letters, without @.",),
            choices=(self.choice("All units", "list"),),
        )

    def not_shared(self, reply: Reply) -> Reply:
        """Keep a reply from the channel, because of the access rules."""
        return replace(
            reply,
            shared=False,
            details=("Only you see this: the access rules do not let you share it here.", *reply.details),
        )

    def no_history(self) -> Reply:
        return Reply(
            outcome=Outcome.NOT_ALLOWED,
            title="You may not ask here who monitored a unit in the past.",
            details=("Whoever runs the bot decides that in its access rules.",),
        )

    def another_team(self) -> Reply:
        return Reply(
            outcome=Outcome.ANOTHER_TEAM,
            title="This message is from another workspace than yours.",
            details=(
                "Its buttons work only for people of that workspace.",
                f"In your own, type {self._word} if it is there.",
            ),
        )

    def _hidden_people(self, number: int, unit: Unit, units: Units) -> Hidden:
        more = self.choice("all of them", text_for(unit, units, "all")) if number else None
        return Hidden(number, "monitor", more)

    def of_people(self, people: Sequence[Monitor], options: str = "") -> tuple[Choice, ...]:
        """The commands for some people, but for those whose username no platform would send back."""
        return tuple(
            self.choice(person(one), f"@{one.username} {options}".strip())
            for one in people
            if one.username and not any(map(str.isspace, one.username)) and fits_in_a_command(one.username)
        )

    def choice(self, label: str, text: str, *shorter: str) -> Choice:
        return Choice(label, f"{self._word} {text}", (text, *shorter))

    def _of_unit(self, label: str, unit: Unit, units: Units, options: str) -> Choice:
        return self.choice(label, text_for(unit, units, options), f"{unit.id} {options}".strip())

    def _source(self, read_at: float, names_read_at: float | None = None) -> str:
        is_old = names_read_at is not None and read_at - names_read_at >= NAMES_ARE_OLD_SECONDS
        names = f"; names from {clock(names_read_at or read_at)}" if is_old else ""
        return f"From {self.host}, {clock(read_at)}{names}"


def partial_match_note(match: Match) -> tuple[str, ...]:
    """Say which unit is shown, and why, if neither its id nor its name was typed."""
    how = _HOW.get(match.step)
    return (f"This is {unit_name(match.units[0])}: {how}.",) if how else ()


def _missing_presence_note(roster: Roster) -> tuple[str, ...]:
    """Say which part of the presence could not be read, and why."""
    if not roster.presence_error:
        return ()
    is_partly_known = roster.count(Presence.UNKNOWN) < len(roster.monitors)
    what = "Status texts and local times" if is_partly_known else "Presence"
    return (f"{what} could not be read: {reason(roster.presence_error)}",)


def _incomplete_list_note(certain: bool, units: Units) -> tuple[str, ...]:  # noqa: FBT001 - it is the only thing the function asks
    """Say that the account may not see every unit, unless it certainly does."""
    if certain:
        return ()
    seen = f"I can see {count(len(units), 'unit')}" if len(units) else "I can see no units at all"
    needs = "the permission manage-livechat-units, and not the role livechat-monitor"
    return (f"{seen}. If there are others, the bot's account may not see them: it needs {needs}.",)


def _monitor_row(monitor: Monitor, at: float) -> tuple[str, ...]:
    username = plain(monitor.username) or plain(monitor.id)
    name = plain(monitor.name)
    return (
        name or username,
        username if name else "",
        f"{ICONS[monitor.presence]} {monitor.presence}",
        plain(monitor.status_text),
        local_time(at, monitor.utc_offset_hours),
    )


def _unit_row(unit: Unit) -> tuple[str, ...]:
    return unit_name(unit), "" if unit.monitor_count is None else count(unit.monitor_count, "monitor")
