"""The wording of replies about the units that a person monitors."""

from collections.abc import Sequence
from dataclasses import replace

from monitors_bot import errors
from monitors_bot.domain.answers.conversation import Choice, Hidden, Outcome, Reply, Table
from monitors_bot.domain.answers.grammar import AboutPerson, AboutUnit
from monitors_bot.domain.answers.history_wording import how_rosters_get_recorded
from monitors_bot.domain.answers.meaning import fits_in_a_command
from monitors_bot.domain.answers.wording import FOLLOWS, UNITS_SHOWN, Wording
from monitors_bot.domain.units.phrases import (
    age,
    ages,
    clock,
    count,
    local_time,
    person,
    plain,
    some,
    unit_name,
)
from monitors_bot.domain.units.reasons import in_the_log, reason
from monitors_bot.domain.units.records import Record
from monitors_bot.domain.units.roster import Monitor, Presence, Unit

NEVER_READ_SHOWN = 5


class PeopleWording:
    """The words about the person whom a command is about."""

    def __init__(self, wording: Wording, now: float, about: AboutPerson) -> None:
        self._wording = wording
        self._now = now
        self._about = about

    def person(
        self,
        somebody: Monitor,
        records: Sequence[Record],
        never_read: Sequence[Unit],
        presence_error: errors.RocketChatError | None,
    ) -> Reply:
        only_monitor_of = [unit_name(record.unit) for record in records if len(record.monitors) == 1]
        shown = records if self._about.everyone else records[:UNITS_SHOWN]
        hidden = len(records) - len(shown)
        return Reply(
            outcome=Outcome.WITHOUT_PRESENCE if presence_error else Outcome.PERSON,
            title=f"{person(somebody)}: {somebody.presence}, monitors {count(len(records), 'unit')}",
            details=(
                *self._who_is_meant(somebody.username),
                *(
                    (f"Nobody else monitors {some(only_monitor_of, NEVER_READ_SHOWN)}.",)
                    if only_monitor_of
                    else ()
                ),
                *_status(somebody, self._now),
                *((f"Presence could not be read: {reason(presence_error)}",) if presence_error else ()),
                *_never_read(never_read),
            ),
            table=Table(("Unit", "Monitors", "Read"), tuple(self._row(record) for record in shown)),
            hidden=Hidden(hidden, "unit", self._all_of(somebody) if hidden else None),
            choices=(self._wording.choice("All units", "list"),),
            source=self._source(records, somebody),
            shared=self._about.share,
            why=in_the_log(presence_error) if presence_error else "",
            person=somebody.username,
        )

    def last_known(self, reply: Reply, error: errors.RocketChatError, *, is_promised: bool) -> Reply:
        """Turn a reply from the records alone into one that says why, and whether a fresh answer follows."""
        # A reply without presence gives the reason already.
        says_why = reply.outcome is Outcome.WITHOUT_PRESENCE
        return replace(
            reply,
            outcome=Outcome.PROMISED if is_promised else Outcome.LAST_KNOWN,
            details=(
                *(() if says_why else (reason(error),)),
                *((FOLLOWS,) if is_promised else ()),
                *reply.details,
            ),
            why=in_the_log(error),
        )

    def several(self, name: str, people: Sequence[Monitor], records: Sequence[Record]) -> Reply:
        shown = people[:UNITS_SHOWN]
        return Reply(
            outcome=Outcome.SEVERAL_PEOPLE,
            title=f"{len(people)} people are called “{plain(name)}”. Which one?",
            choices=self._wording.of_people(shown, self._options),
            hidden=Hidden(len(people) - len(shown), "monitor"),
            source=self._source(records),
        )

    def nobody(
        self, name: str, close: Sequence[Monitor], records: Sequence[Record], never_read: Sequence[Unit]
    ) -> Reply:
        suggested = self._wording.of_people(close, self._options)
        return Reply(
            outcome=Outcome.NO_PERSON,
            title=f"I know no monitor called “{plain(name)}”.",
            details=(
                *self._who_is_meant(name),
                *_never_read(never_read),
                *(("Did you mean one of these?",) if suggested else ()),
            ),
            choices=(*suggested, self._wording.choice("All units", "list")),
            source=self._source(records),
        )

    def no_name(self) -> Reply:
        return Reply(
            outcome=Outcome.NO_PERSON,
            title="I can't tell who is meant.",
            details=("Type @ and a username of Rocket.Chat.",),
            choices=(self._wording.choice("All units", "list"),),
        )

    def nothing_recorded(self, reading_since: float | None) -> Reply:
        """Say that nothing is known, and when to ask again if the rosters are being read."""
        is_read = reading_since is not None
        return Reply(
            outcome=Outcome.NOT_RECORDED,
            title="No rosters are recorded yet, so I can't tell which units a person monitors.",
            details=(
                *how_rosters_get_recorded(reading_since),
                "Ask for a unit instead.",
            ),
            choices=(
                *(self._again() if is_read else ()),
                self._wording.choice("All units", "list"),
            ),
        )

    def _again(self) -> tuple[Choice, ...]:
        label, name = "The same again", self._about.name
        if name is None:
            return (self._wording.choice(label, f"me {self._options}".strip()),)
        typed = f"@{name} {self._options}".strip()
        return (self._wording.choice(label, typed),) if fits_in_a_command(name) else ()

    def _who_is_meant(self, username: str) -> tuple[str, ...]:
        if self._about.name is not None:
            return ()
        name = plain(username)
        if not name:
            return ("I can't tell what you are called here. Type @ and your username in Rocket.Chat.",)
        looked_for = f"You are called {name} here, so that is whom I looked for in Rocket.Chat."
        return (f"{looked_for} If your username there is different, type @ and that username.",)

    @property
    def _options(self) -> str:
        return AboutUnit("", self._about.share, self._about.everyone).options

    def _all_of(self, somebody: Monitor) -> Choice | None:
        """The command that shows all units of somebody, if their username can be typed."""
        found = self._wording.of_people([somebody], "all")
        return found[0]._replace(label="all of them") if found else None

    def _row(self, record: Record) -> tuple[str, ...]:
        others = len(record.monitors) - 1
        return (
            unit_name(record.unit),
            f"with {count(others, 'other')}" if others else "the only monitor",
            f"{self._age(record)} ago",
        )

    def _source(self, records: Sequence[Record], somebody: Monitor | None = None) -> str:
        read = ages([record.read_at for record in records], self._now)
        presence = (
            ""
            if not somebody or somebody.presence is Presence.UNKNOWN
            else f"; presence of {clock(self._now)}"
        )
        return f"From the bot's records of {self._wording.host}, read {read} ago{presence}"

    def _age(self, record: Record) -> str:
        return age(max(0.0, self._now - record.read_at))


def _status(somebody: Monitor, now: float) -> tuple[str, ...]:
    status, time = plain(somebody.status_text), local_time(now, somebody.utc_offset_hours)
    return (*((f"Status: {status}",) if status else ()), *((f"Local time: {time}",) if time else ()))


def _never_read(units: Sequence[Unit]) -> tuple[str, ...]:
    """Name the units for which it is unknown whether the person monitors them."""
    if not units:
        return ()
    names = some([unit_name(unit) for unit in units], NEVER_READ_SHOWN)
    return (f"Not read yet, so I can't tell who monitors {'it' if len(units) == 1 else 'them'}: {names}.",)
