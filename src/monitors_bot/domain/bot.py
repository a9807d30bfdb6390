"""What to answer to a command, from what a directory knows."""

from collections.abc import Callable
from dataclasses import replace
from typing import Protocol

from monitors_bot import errors
from monitors_bot.domain import grammar
from monitors_bot.domain.conversation import Command, Reply
from monitors_bot.domain.resolution import Found, Step, Units
from monitors_bot.domain.roster import Roster, Unit
from monitors_bot.domain.trouble import bad_news
from monitors_bot.domain.wording import Wording

UNITS_PERMISSION = "manage-livechat-units"
LIKELY_TO_PASS = (errors.RocketChatUnavailable, errors.RocketChatLimited, errors.RocketChatUnintelligible)
"""Troubles in which the last known roster is better than none."""

OLDEST_WHEN_SLOW_SECONDS = 600
"""A server that is only slow will answer soon: an older roster would not help meanwhile."""


class Directory(Protocol):
    """Who knows the units and their monitors; every method may raise a RocketChatError or SettingsError."""

    host: str

    def expect_roster(self) -> None:
        """Begin to read what any roster will need."""
        ...

    def units(self, *, fresh: bool = False) -> Units:
        """Every unit; read again for this command if `fresh`."""
        ...

    def sees_all_units(self) -> bool | None:
        """Whether the account may see every unit; None when that can't be told."""
        ...

    def roster(self, unit: Unit) -> Roster: ...

    def is_customer_room(self, room_id: str) -> bool:
        """Whether a customer reads that room, as far as can be told."""
        ...

    def last_units(self) -> Units | None: ...

    def last_roster(self, unit: Unit) -> tuple[Roster, float] | None:
        """The last roster known, without presence, and its age in seconds."""
        ...


class Bot:
    """Answers commands."""

    def __init__(self, directory: Directory, promise: Callable[[Command], bool] = lambda _: False) -> None:
        """Take who knows, and who can promise an answer for later and tell whether that is done."""
        self._directory = directory
        self._promise = promise

    def answer(self, command: Command) -> Reply | None:
        """Answer; None where nothing may be said, because a customer would read it."""
        if command.unnamed_room_id and self._directory.is_customer_room(command.unnamed_room_id):
            return None
        wording = Wording(command.word, self._directory.host)
        if command.has_escaped_mention:
            return wording.escaped_mention()
        return self._reply(command, wording)

    def _reply(self, command: Command, wording: Wording) -> Reply:
        asked = grammar.read(command.text)
        try:
            if isinstance(asked, grammar.Help):
                return self._help(wording)
            if asked == grammar.AboutPerson(None):
                return wording.no_people_yet()
            return self._about_units(asked, wording)
        except errors.RocketChatTooSlow as error:
            return self._too_slow(command, asked, wording, error)
        except LIKELY_TO_PASS as error:
            return self._last_known(asked, wording, error) or bad_news(error)
        except errors.MonitorsBotError as error:
            return bad_news(error)

    def _help(self, wording: Wording) -> Reply:
        try:
            return wording.help(self._directory.units(), None)
        except errors.MonitorsBotError as error:
            return wording.help(self._directory.last_units() or Units(()), error)

    def _about_units(self, asked: grammar.Ask | grammar.Unquoted, wording: Wording) -> Reply:
        if _may_be_about_a_unit(asked):
            self._directory.expect_roster()
        units = self._directory.units()
        match units.settle(asked):
            case grammar.AboutUnit() as about:
                return self._about_unit(about, units, wording)
            case grammar.ListUnits(text):
                return self._list(text, units, wording)
        return wording.no_people_yet()

    def _list(self, text: str, units: Units, wording: Wording) -> Reply:
        if not units.containing(text):
            units = self._directory.units(fresh=True)
        return wording.units(units.containing(text), text, units, certain=self._is_certain())

    def _about_unit(self, about: grammar.AboutUnit, units: Units, wording: Wording) -> Reply:
        found = units.find(about.query)
        if not found.units or found.step in {Step.PREFIX, Step.SUBSTRING}:
            units = self._directory.units(fresh=True)  # a remembered list may lack the unit that is meant
            found = units.find(about.query)
        match found.units:
            case ():
                return wording.no_unit(about.query, units, certain=self._is_certain())
            case (unit,):
                return self._one_unit(unit, about, found, units, wording)
        return wording.several(about.query, found, units)

    def _one_unit(
        self, unit: Unit, about: grammar.AboutUnit, found: Found, units: Units, wording: Wording
    ) -> Reply:
        if about.history or about.at:
            return wording.no_history_yet(unit, units)
        roster = self._directory.roster(unit)
        if roster.monitors:
            return wording.roster(roster, found, units, everyone=about.everyone, shared=about.share)
        units = self._directory.units(fresh=True)  # an unknown unit has an empty list of monitors too
        found = units.find(about.query)
        if [now.id for now in found.units] != [unit.id]:
            return self._about_unit(about, units, wording)
        return wording.empty_unit(found.units[0], found, roster.read_at, shared=about.share)

    def _is_certain(self) -> bool:
        """Whether a unit that is not listed does not exist; raise when too few are listed for sure."""
        sees_all = self._directory.sees_all_units()
        if sees_all is False:
            raise errors.PermissionMissing(UNITS_PERMISSION)
        return sees_all is True

    def _too_slow(
        self,
        command: Command,
        asked: grammar.Ask | grammar.Unquoted,
        wording: Wording,
        error: errors.RocketChatTooSlow,
    ) -> Reply:
        """Say at once what is known, and promise the rest if it can be promised."""
        if self._promise(command):
            return self._last_known(asked, wording, error, is_promised=True) or wording.still_looking()
        return self._last_known(asked, wording, error) or bad_news(error)

    def _last_known(
        self,
        asked: grammar.Ask | grammar.Unquoted,
        wording: Wording,
        error: errors.RocketChatError,
        *,
        is_promised: bool = False,
    ) -> Reply | None:
        units = self._directory.last_units()
        about = units.settle(asked) if units else None
        if not units or not isinstance(about, grammar.AboutUnit) or about.history or about.at:
            return None
        found = units.find(about.query)
        known = self._directory.last_roster(found.units[0]) if len(found.units) == 1 else None
        if not known or not known[0].monitors:
            return None
        if isinstance(error, errors.RocketChatTooSlow) and known[1] > OLDEST_WHEN_SLOW_SECONDS:
            return None
        roster, age_seconds = replace(known[0], unit=found.units[0]), known[1]
        reply = wording.roster(roster, found, units, everyone=about.everyone, shared=about.share)
        return wording.last_known(reply, error, age_seconds, is_promised=is_promised)


def _may_be_about_a_unit(asked: grammar.Ask | grammar.Unquoted) -> bool:
    likely = asked.otherwise if isinstance(asked, grammar.Unquoted) else asked
    return isinstance(likely, grammar.AboutUnit) and not likely.history and not likely.at
