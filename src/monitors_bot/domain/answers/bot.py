"""Answering a command from the server or, if that fails, from what was last known."""

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from monitors_bot import errors
from monitors_bot.domain.answers import grammar
from monitors_bot.domain.answers.bad_news import bad_news
from monitors_bot.domain.answers.conversation import Command, Reply
from monitors_bot.domain.answers.knowledge import Knowledge
from monitors_bot.domain.answers.meaning import Asked, named, understand
from monitors_bot.domain.answers.wording import Wording
from monitors_bot.domain.units.finding import Match, Units
from monitors_bot.domain.units.roster import Unit

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
        wording = self._wording(command)
        if command.is_from_another_team:
            return wording.another_team()
        if command.has_escaped_mention:
            return wording.escaped_mention()
        if command.share is not None:
            reply = self._reply(command, wording)
            reply = replace(reply, shared=command.share and reply.outcome.may_be_shared)
            return self._shown_as_allowed(reply, wording)
        if not command.is_with_customer:
            return self._shown_as_allowed(self._reply(command, wording), wording)
        answer = self._reply if command.text.strip() else self._about_the_room
        reply = answer(command, wording)
        return wording.shown_to_nobody_else(reply) if reply.shared else reply

    def _wording(self, command: Command) -> Wording:
        allows = self._knowledge.allows
        return Wording(
            command.word,
            self._server.host,
            command.utc_offset,
            may_share=command.may_share and allows("share"),
            may_ask_history=allows("history"),
        )

    def _shown_as_allowed(self, reply: Reply, wording: Wording) -> Reply:
        """Share nothing where that is not allowed."""
        is_kept_back = reply.shared and not self._knowledge.allows("share")
        return wording.not_shared(reply) if is_kept_back else reply

    def _about_the_room(self, command: Command, wording: Wording) -> Reply:
        from monitors_bot.domain.answers.customers_room import text_for_room  # noqa: PLC0415 - few rooms need it

        found = text_for_room(command.room_id, self._knowledge, wording)
        return found if isinstance(found, Reply) else self._reply(replace(command, text=found), wording)

    def _reply(self, command: Command, wording: Wording) -> Reply:
        asked = grammar.read(command.text)
        try:
            if isinstance(asked, grammar.Help):
                return self._help(wording)
            if isinstance(asked, grammar.Version):
                return self._version(wording)
            if self._knowledge.is_closed:
                return bad_news(errors.AccessRulesMalformed("what it grants to whoever asks"))
            return self._about(asked, command, wording)
        except errors.MonitorsBotError as error:
            return self._after(error, asked, command, wording)

    def _after(
        self, error: errors.MonitorsBotError, asked: Asked, command: Command, wording: Wording
    ) -> Reply:
        """Reply as well as possible after an error."""
        likely = grammar.likely(asked)
        if isinstance(likely, grammar.Help):
            return self._help(wording)
        if isinstance(likely, grammar.Version):
            return self._version(wording)
        if isinstance(error, errors.RocketChatTooSlow):
            return self._too_slow(asked, command, wording, error)
        # A roster that is some minutes old helps while the trouble passes, not when somebody has to mend it.
        if isinstance(error, errors.RocketChatError) and error.may_pass:
            return self._last_known(command, wording).answer(asked, error) or bad_news(error)
        return bad_news(error)

    def _help(self, wording: Wording) -> Reply:
        if self._knowledge.is_closed:
            return wording.help(Units(()), errors.AccessRulesMalformed("what it grants to whoever asks"))
        try:
            return wording.help(self._finder.units(), None)
        except errors.MonitorsBotError as error:
            return wording.help(self._finder.last_units() or Units(()), error)

    def _version(self, wording: Wording) -> Reply:
        from monitors_bot.domain.answers.version import version  # noqa: PLC0415 - hardly anybody asks for it

        return version(self._knowledge, wording)

    def _about(self, asked: Asked, command: Command, wording: Wording) -> Reply:
        if _is_likely_about_a_roster(asked):
            self._server.expect_roster()
        units = self._finder.units()
        meaning = understand(asked, units)
        if meaning.is_guess:  # a remembered list may lack a new unit that fits better
            units = self._finder.units(fresh=True)
            meaning = understand(asked, units)
        match meaning.ask:
            case grammar.AboutUnit(unreadable="") as about:
                return self._about_unit(asked, about, command, wording)
            case grammar.AboutUnit() as about:
                return _unreadable_time(wording, about, meaning.match, units)
            case grammar.AboutPerson() as about:
                return self._people(command, wording).answer(about)
            case grammar.ListUnits(text):
                return self._list(text, units, wording)
            case grammar.Version():
                return self._version(wording)
        return self._help(wording)

    def _list(self, text: str, units: Units, wording: Wording) -> Reply:
        # A remembered list may lack a new unit, so it is not enough to report that there is none.
        if not units.containing(text):
            units = self._finder.units(fresh=True)
        certain = self._finder.require_complete()
        matching, text = named(text, units)
        return wording.units(matching, text, units, certain=certain)

    def _about_unit(
        self, asked: Asked, about: grammar.AboutUnit, command: Command, wording: Wording
    ) -> Reply:
        if about.is_past and not self._knowledge.allows("history"):
            return wording.no_history()
        find = self._finder.find if about.is_past else self._finder.roster
        found = find(lambda units: understand(asked, units).match)
        match found.match.units:
            case ():
                certain = self._finder.require_complete()
                people = self._people(command, wording).called(about.query)
                reply = wording.no_unit(about, found.units, people, certain=certain)
                hidden = self._hidden(asked)
                return replace(reply, unit=hidden, why=f"not allowed to see {hidden.id}") if hidden else reply
            case (_, _, *_):
                return wording.several(about, found.match, found.units)
        unit = found.match.units[0]
        if found.roster:
            reply = wording.roster(
                found.roster, found.match, found.units, everyone=about.everyone, shared=about.share
            )
            return replace(reply, unit=unit)
        from monitors_bot.domain.answers.history import History  # noqa: PLC0415 - few commands need it

        reply = History(self._knowledge, wording).answer(about, found.match, found.units)
        return replace(reply, unit=unit)

    def _hidden(self, asked: Asked) -> Unit | None:
        """Return the unit that was meant, for the log alone, where whoever asks may not see it."""
        known = None if self._knowledge.sees_all else self._server.last_units()
        hidden = understand(asked, known).match.units if known else ()
        return hidden[0] if hidden else None

    def _people(self, command: Command, wording: Wording) -> "People":
        from monitors_bot.domain.answers.people import People  # noqa: PLC0415 - few commands need it

        return People(self._knowledge, wording, command.user_name)

    def _last_known(self, command: Command, wording: Wording) -> "LastKnown":
        from monitors_bot.domain.answers.last_known import LastKnown  # noqa: PLC0415 - only failures do

        return LastKnown(self._knowledge, wording, command.user_name)

    def _too_slow(
        self,
        asked: Asked,
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


def _unreadable_time(wording: Wording, about: grammar.AboutUnit, match: Match, units: Units) -> Reply:
    from monitors_bot.domain.answers.times_wording import unreadable_time  # noqa: PLC0415 - rarely needed

    return unreadable_time(wording, about, match, units)


def _is_likely_about_a_roster(asked: Asked) -> bool:
    likely = grammar.likely(asked)
    return isinstance(likely, grammar.AboutUnit) and not likely.is_past
