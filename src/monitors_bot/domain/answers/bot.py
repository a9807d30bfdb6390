"""Answering a command from the server or, if that fails, from what was last known."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from monitors_bot import errors
from monitors_bot.domain.answers import grammar
from monitors_bot.domain.answers.bad_news import bad_news
from monitors_bot.domain.answers.conversation import Command, Reply
from monitors_bot.domain.answers.knowledge import Knowledge
from monitors_bot.domain.answers.meaning import settle
from monitors_bot.domain.answers.wording import Wording
from monitors_bot.domain.units.finding import Units

if TYPE_CHECKING:  # loaded only when a command needs them
    from monitors_bot.domain.answers.last_known import LastKnown
    from monitors_bot.domain.answers.people import People


class Bot:
    """Answers commands."""

    def __init__(self, knowledge: Knowledge, promise: Callable[[Command], bool] = lambda _: False) -> None:
        """`promise` queues a late answer, and returns whether it is certainly queued."""
        self._knowledge = knowledge
        self._server = knowledge.server
        self._finder = knowledge.finder
        self._promise = promise

    def answer(self, command: Command) -> Reply | None:
        """Answer a command; return None if a customer might read the reply."""
        if command.unnamed_room_id and self._server.is_customer_room(command.unnamed_room_id):
            return None
        wording = Wording(command.word, self._server.host)
        if command.has_escaped_mention:
            return wording.escaped_mention()
        return self._reply(command, wording)

    def _reply(self, command: Command, wording: Wording) -> Reply:
        asked = grammar.read(command.text)
        try:
            if isinstance(asked, grammar.Help):
                return self._help(wording)
            if isinstance(asked, grammar.Version):
                return self._version(wording)
            return self._answer_from_server(asked, command, wording)
        except errors.RocketChatTooSlow as error:
            return self._too_slow(asked, command, wording, error)
        except errors.RocketChatError as error:
            # While a passing failure lasts, an older roster helps. If a person has to fix the cause, it would
            # only hide that.
            known = self._last_known(command, wording).answer(asked, error) if error.may_pass else None
            return known or bad_news(error)
        except errors.MonitorsBotError as error:
            return bad_news(error)

    def _help(self, wording: Wording) -> Reply:
        try:
            return wording.help(self._finder.units(), None)
        except errors.MonitorsBotError as error:
            return wording.help(self._finder.last_units() or Units(()), error)

    def _version(self, wording: Wording) -> Reply:
        from monitors_bot.domain.answers.version import version  # noqa: PLC0415 - hardly anybody asks for it

        return version(self._knowledge, wording)

    def _answer_from_server(
        self, asked: grammar.Ask | grammar.Unquoted, command: Command, wording: Wording
    ) -> Reply:
        if _is_likely_about_a_roster(asked):
            self._server.expect_roster()
        units = self._finder.units()
        match settle(asked, units):
            case grammar.AboutUnit() as about:
                return self._about_unit(about, wording)
            case grammar.AboutPerson(username):
                return self._people(command, wording).answer(username)
            case grammar.ListUnits(text):
                return self._list(text, units, wording)
        return self._help(wording)

    def _list(self, text: str, units: Units, wording: Wording) -> Reply:
        # A remembered list may lack a new unit, so it is not enough to report that there is none.
        if not units.containing(text):
            units = self._finder.units(fresh=True)
        certain = self._finder.require_complete()
        return wording.units(units.containing(text), text, units, certain=certain)

    def _about_unit(self, about: grammar.AboutUnit, wording: Wording) -> Reply:
        # The past is read from the records, so only the present needs the roster.
        find = self._finder.find if about.is_past else self._finder.roster
        found = find(lambda units: units.find(about.query))
        match found.match.units:
            case ():
                certain = self._finder.require_complete()
                return wording.no_unit(about.query, found.units, certain=certain)
            case (_, _, *_):
                return wording.several(about.query, found.match, found.units)
        if found.roster:
            return wording.roster(
                found.roster, found.match, found.units, everyone=about.everyone, shared=about.share
            )
        from monitors_bot.domain.answers.history import History  # noqa: PLC0415 - few commands need it

        return History(self._knowledge, wording).answer(about, found.match, found.units)

    def _people(self, command: Command, wording: Wording) -> "People":
        from monitors_bot.domain.answers.people import People  # noqa: PLC0415 - few commands need it

        return People(self._knowledge, wording, command.user_name)

    def _last_known(self, command: Command, wording: Wording) -> "LastKnown":
        from monitors_bot.domain.answers.last_known import LastKnown  # noqa: PLC0415 - only failures do

        return LastKnown(self._knowledge, wording, command.user_name)

    def _too_slow(
        self,
        asked: grammar.Ask | grammar.Unquoted,
        command: Command,
        wording: Wording,
        error: errors.RocketChatTooSlow,
    ) -> Reply:
        """Reply with what was last known, and promise the fresh answer if it can be delivered."""
        known = self._last_known(command, wording)
        known.expect(asked)  # so the records are read while the promise is queued
        if self._promise(command):
            return known.answer(asked, error, is_promised=True) or wording.still_looking()
        return known.answer(asked, error) or bad_news(error)


def _is_likely_about_a_roster(asked: grammar.Ask | grammar.Unquoted) -> bool:
    likely = asked.otherwise if isinstance(asked, grammar.Unquoted) else asked
    return isinstance(likely, grammar.AboutUnit) and not likely.is_past
