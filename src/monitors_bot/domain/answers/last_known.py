"""Answering while the server fails: from what this process remembers, else from the records."""

from dataclasses import replace
from math import inf

from monitors_bot import errors
from monitors_bot.domain.answers import grammar
from monitors_bot.domain.answers.conversation import Reply
from monitors_bot.domain.answers.history import History
from monitors_bot.domain.answers.knowledge import Knowledge
from monitors_bot.domain.answers.meaning import Asked, Meaning, understand
from monitors_bot.domain.answers.people import People
from monitors_bot.domain.answers.wording import Wording
from monitors_bot.domain.units.finding import Match, Units
from monitors_bot.domain.units.roster import Roster, Unit

OLDEST_WHEN_SLOW_SECONDS = 600
"""A server that is only slow will answer soon, so an older roster is not worth showing meanwhile."""


class LastKnown:
    """Answers one command of an asker who is called `own_name` on their platform."""

    def __init__(self, knowledge: Knowledge, wording: Wording, own_name: str) -> None:
        self._knowledge = knowledge
        self._finder = knowledge.finder
        self._wording = wording
        self._own_name = own_name

    def expect(self, asked: Asked) -> None:
        """Start to read, in the background, the records that the answer will need, if any."""
        units = self._finder.last_units()
        about, matched, _ = understand(asked, units) if units else Meaning(grammar.likely(asked))
        if isinstance(about, grammar.AboutPerson):
            self._knowledge.expect_records()
        if not isinstance(about, grammar.AboutUnit):
            return
        matching = matched.units
        if not matching:
            self._knowledge.expect_records()
        elif len(matching) == 1 and not self._remembered(matching[0], OLDEST_WHEN_SLOW_SECONDS):
            self._knowledge.expect_records(matching[0].id)

    def answer(
        self, asked: Asked, error: errors.RocketChatError, *, is_promised: bool = False
    ) -> Reply | None:
        """Answer as well as possible; None where too little is known."""
        if isinstance(grammar.likely(asked), grammar.ListUnits):
            return None
        try:
            about, match, units = self._meant(asked)
            if isinstance(about, grammar.AboutPerson):
                people = People(self._knowledge, self._wording, self._own_name)
                return people.without_server(about, error, is_promised=is_promised)
            if not isinstance(about, grammar.AboutUnit) or about.unreadable or len(match.units) != 1:
                return None
            return self._about_unit(about, match, units, error, is_promised=is_promised)
        except (errors.RecordsUnreachable, errors.SettingsError):
            return None

    def _about_unit(
        self,
        about: grammar.AboutUnit,
        match: Match,
        units: Units,
        error: errors.RocketChatError,
        *,
        is_promised: bool,
    ) -> Reply | None:
        if about.is_past and not self._knowledge.allows("history"):
            return self._wording.no_history()
        if about.is_past:
            # A late answer shows the past in any case, so there is no need to show it now as well.
            history = History(self._knowledge, self._wording)
            return (
                None
                if is_promised
                else replace(history.answer(about, match, units, is_up=False), unit=match.units[0])
            )
        known = self._roster(match.units[0], error)
        if not known:
            return None
        roster, age_seconds = known
        reply = self._wording.roster(roster, match, units, everyone=about.everyone, shared=about.share)
        reply = self._wording.last_known(reply, error, age_seconds, is_promised=is_promised)
        return replace(reply, unit=match.units[0])

    def _meant(self, asked: Asked) -> tuple[grammar.Ask, Match, Units]:
        """What is asked for, by the unit names that this process remembers, else by the recorded ones."""
        remembered = self._finder.last_units()
        if remembered:
            about, match, _ = understand(asked, remembered)
            if match.units or not isinstance(about, grammar.AboutUnit):
                return about, match, remembered
        records = self._knowledge.records()
        units = Units((one.unit for one in records), max((one.read_at for one in records), default=0.0))
        about, match, _ = understand(asked, units)
        return about, match, units

    def _roster(self, unit: Unit, error: errors.RocketChatError) -> tuple[Roster, float] | None:
        """The unit's last roster and its age in seconds, if it has monitors and is not too old."""
        oldest = OLDEST_WHEN_SLOW_SECONDS if isinstance(error, errors.RocketChatTooSlow) else inf
        known = self._remembered(unit, oldest) or self._recorded(unit)
        if not known:
            return None
        roster, age_seconds = known
        # An empty roster is not trusted: the server returns one for an unknown unit as well.
        if not roster.monitors or age_seconds > oldest:
            return None
        return replace(roster, unit=unit), age_seconds

    def _remembered(self, unit: Unit, oldest_seconds: float) -> tuple[Roster, float] | None:
        known = self._knowledge.server.last_roster(unit)
        return known if known and known[1] <= oldest_seconds else None

    def _recorded(self, unit: Unit) -> tuple[Roster, float] | None:
        record = self._knowledge.record_of(unit)
        if not record:
            return None
        age_seconds = max(0.0, self._knowledge.now() - record.read_at)
        return Roster(unit, record.monitors, record.read_at), age_seconds
