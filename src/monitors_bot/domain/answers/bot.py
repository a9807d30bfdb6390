"""What to answer to a command, from what a directory knows, and what was recorded."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from monitors_bot import errors
from monitors_bot.domain.answers import grammar
from monitors_bot.domain.answers.bad_news import bad_news
from monitors_bot.domain.answers.conversation import Command, Reply
from monitors_bot.domain.answers.knowledge import Knowledge
from monitors_bot.domain.answers.meaning import settle
from monitors_bot.domain.answers.wording import Wording
from monitors_bot.domain.units.finding import Found, Step, Units
from monitors_bot.domain.units.roster import Unit

if TYPE_CHECKING:  # they are loaded when a command needs them
    from monitors_bot.domain.answers.last_known import WithoutServer
    from monitors_bot.domain.answers.people import People

UNITS_PERMISSION = "manage-livechat-units"
LIKELY_TO_PASS = (errors.RocketChatUnavailable, errors.RocketChatLimited, errors.RocketChatUnintelligible)
"""Troubles in which the last known roster is better than none."""


class Bot:
    """Answers commands."""

    def __init__(self, knowledge: Knowledge, promise: Callable[[Command], bool] = lambda _: False) -> None:
        """Take who knows, and who can promise an answer for later and tell whether that is done."""
        self._knowledge = knowledge
        self._directory = knowledge.directory
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
            return self._about(asked, command, wording)
        except errors.RocketChatTooSlow as error:
            return self._too_slow(asked, command, wording, error)
        except LIKELY_TO_PASS as error:
            return self._without_server(command, wording).answer(asked, error) or bad_news(error)
        except errors.MonitorsBotError as error:
            return bad_news(error)

    def _help(self, wording: Wording) -> Reply:
        try:
            return wording.help(self._directory.units(), None)
        except errors.MonitorsBotError as error:
            return wording.help(self._directory.last_units() or Units(()), error)

    def _about(self, asked: grammar.Ask | grammar.Unquoted, command: Command, wording: Wording) -> Reply:
        if _may_be_about_a_unit(asked):
            self._directory.expect_roster()
        units = self._directory.units()
        match settle(asked, units):
            case grammar.AboutUnit() as about:
                return self._about_unit(about, units, wording)
            case grammar.AboutPerson(username):
                return self._people(command, wording).answer(username)
            case grammar.ListUnits(text):
                return self._list(text, units, wording)
        return self._help(wording)

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
        if about.is_past:
            return self._past(about, found, units, wording)
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

    def _past(self, about: grammar.AboutUnit, found: Found, units: Units, wording: Wording) -> Reply:
        from monitors_bot.domain.answers.history import Past  # noqa: PLC0415 - only what is past needs it

        return Past(self._knowledge, wording).answer(about, found, units)

    def _people(self, command: Command, wording: Wording) -> "People":
        from monitors_bot.domain.answers.people import People  # noqa: PLC0415 - only persons need it

        return People(self._knowledge, wording, command.user_name)

    def _without_server(self, command: Command, wording: Wording) -> "WithoutServer":
        from monitors_bot.domain.answers.last_known import WithoutServer  # noqa: PLC0415 - only a failure needs it

        return WithoutServer(self._knowledge, wording, command.user_name)

    def _too_slow(
        self,
        asked: grammar.Ask | grammar.Unquoted,
        command: Command,
        wording: Wording,
        error: errors.RocketChatTooSlow,
    ) -> Reply:
        """Say at once what is known, and promise the rest if it can be promised."""
        known = self._without_server(command, wording)
        known.expect(asked)  # it is read while we promise
        if self._promise(command):
            return known.answer(asked, error, is_promised=True) or wording.still_looking()
        return known.answer(asked, error) or bad_news(error)


def _may_be_about_a_unit(asked: grammar.Ask | grammar.Unquoted) -> bool:
    likely = asked.otherwise if isinstance(asked, grammar.Unquoted) else asked
    return isinstance(likely, grammar.AboutUnit) and not likely.is_past
