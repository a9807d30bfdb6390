"""The wording of replies about the units that a person monitors."""

from collections.abc import Sequence
from dataclasses import replace

from monitors_bot import errors
from monitors_bot.domain.answers.conversation import Choice, Hidden, Outcome, Reply, Table
from monitors_bot.domain.answers.history_wording import HOW_ROSTERS_GET_RECORDED
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
from monitors_bot.domain.units.reasons import RUNS_THE_BOT, in_the_log, reason
from monitors_bot.domain.units.records import Record
from monitors_bot.domain.units.roster import Monitor, Presence, Unit

NEVER_READ_SHOWN = 5


class PeopleWording:
    """Words the replies about one person; `is_me` if that is the asker, by their name on the platform."""

    def __init__(self, wording: Wording, now: float, *, is_me: bool = False) -> None:
        self._wording = wording
        self._now = now
        self._is_me = is_me

    def person(
        self,
        somebody: Monitor,
        records: Sequence[Record],
        never_read: Sequence[Unit],
        presence_error: errors.RocketChatError | None,
    ) -> Reply:
        only_monitor_of = [unit_name(record.unit) for record in records if len(record.monitors) == 1]
        shown = records[:UNITS_SHOWN]
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
            hidden=Hidden(len(records) - len(shown), "unit"),
            choices=(self._wording.choice("All units", "list"),),
            source=self._source(records, somebody),
            why=in_the_log(presence_error) if presence_error else "",
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

    def nobody(
        self, username: str, close: Sequence[str], records: Sequence[Record], never_read: Sequence[Unit]
    ) -> Reply:
        return Reply(
            outcome=Outcome.NO_PERSON,
            title=f"I know no monitor called “{plain(username)}”.",
            details=(
                *self._who_is_meant(username),
                *_never_read(never_read),
                *(("Did you mean one of these?",) if close else ()),
            ),
            choices=(*self._people(close), self._wording.choice("All units", "list")),
            source=self._source(records),
        )

    def no_name(self) -> Reply:
        return Reply(
            outcome=Outcome.NO_PERSON,
            title="I can't tell who is meant.",
            details=("Type @ and a username of Rocket.Chat.",),
            choices=(self._wording.choice("All units", "list"),),
        )

    def nothing_recorded(self, username: str | None, reading_since: float | None) -> Reply:
        """Say that nothing is known, and when to ask again if the rosters are being read."""
        is_read = reading_since is not None
        return Reply(
            outcome=Outcome.NOT_RECORDED,
            title="No rosters are recorded yet, so I can't tell which units a person monitors.",
            details=(
                *(_being_read(reading_since) if reading_since is not None else HOW_ROSTERS_GET_RECORDED),
                "Ask for a unit instead.",
            ),
            choices=(
                *(self._again(username) if is_read else ()),
                self._wording.choice("All units", "list"),
            ),
        )

    def _again(self, username: str | None) -> tuple[Choice, ...]:
        return (
            (self._wording.choice("The same again", "me"),) if username is None else self._people([username])
        )

    def _who_is_meant(self, username: str) -> tuple[str, ...]:
        if not self._is_me:
            return ()
        name = plain(username)
        if not name:
            return ("I can't tell what you are called here. Type @ and your username in Rocket.Chat.",)
        looked_for = f"You are called {name} here, so that is whom I looked for in Rocket.Chat."
        return (f"{looked_for} If your username there is different, type @ and that username.",)

    def _people(self, usernames: Sequence[str]) -> tuple[Choice, ...]:
        return tuple(
            self._wording.choice(plain(name), f"@{name}")
            for name in usernames
            if name and not any(map(str.isspace, name)) and fits_in_a_command(name)
        )

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


def _being_read(since: float) -> tuple[str, ...]:
    return (
        f"I began to read them at {clock(since)}. Ask again in a minute; many units take longer.",
        f"If it stays like this, tell {RUNS_THE_BOT}: the log says more.",
    )


def _status(somebody: Monitor, now: float) -> tuple[str, ...]:
    status, time = plain(somebody.status_text), local_time(now, somebody.utc_offset_hours)
    return (*((f"Status: {status}",) if status else ()), *((f"Local time: {time}",) if time else ()))


def _never_read(units: Sequence[Unit]) -> tuple[str, ...]:
    """Name the units for which it is unknown whether the person monitors them."""
    if not units:
        return ()
    names = some([unit_name(unit) for unit in units], NEVER_READ_SHOWN)
    return (f"Not read yet, so I can't tell who monitors {'it' if len(units) == 1 else 'them'}: {names}.",)
