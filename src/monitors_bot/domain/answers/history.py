"""Answering about a unit's past from the records: what changed, and who monitored it at a given time."""

from collections.abc import Sequence

from monitors_bot.domain.answers import moments
from monitors_bot.domain.answers.conversation import Reply
from monitors_bot.domain.answers.grammar import AboutUnit
from monitors_bot.domain.answers.history_wording import HistoryWording
from monitors_bot.domain.answers.knowledge import Knowledge
from monitors_bot.domain.answers.moments import Moment
from monitors_bot.domain.answers.wording import Wording
from monitors_bot.domain.units.finding import Match, Units
from monitors_bot.domain.units.records import NotKnown, Record, RosterChange, roster_at
from monitors_bot.domain.units.roster import Unit


class History:
    """Answers about one unit."""

    def __init__(self, knowledge: Knowledge, wording: Wording) -> None:
        self._knowledge = knowledge
        self._asked_at = knowledge.asked_at
        self._wording = wording

    def answer(self, about: AboutUnit, match: Match, units: Units, *, is_up: bool = True) -> Reply:
        """Answer from the records; where there are none, have them read if the server `is_up`."""
        wording = HistoryWording(self._wording, about, match, units)
        at = self._moment(about)
        if at and at.at > self._asked_at:
            return wording.still_to_come()
        unit = match.units[0]
        record = self._knowledge.record_of(unit)
        changes = self._knowledge.changes_of(unit)  # read after the record, so none that led to it is missing
        if not record and not changes:
            # A reading of now would not tell who monitored it then.
            may_help = is_up and not about.at and not self._knowledge.records()
            return wording.not_recorded(self._knowledge.first_reading() if may_help else None)
        if not about.at or not at:
            return wording.history(record, changes, at.at if at else None)
        return _at(record, changes, at, wording)

    def _moment(self, about: AboutUnit) -> Moment | None:
        """The moment that is asked about, or from which on changes are."""
        offset = self._wording.utc_offset
        if about.at:
            return moments.moment(about.at, self._asked_at, offset)
        return moments.beginning(about.since, self._asked_at, offset) if about.since else None


def _at(record: Record | None, changes: Sequence[RosterChange], at: Moment, wording: HistoryWording) -> Reply:
    roster = roster_at(record or _gone(wording.unit, changes[-1]), changes, at.at)
    if isinstance(roster, NotKnown):
        return wording.not_known(roster, at)
    return wording.at(roster, at, {change.at for change in changes if change.is_gone})


def _gone(unit: Unit, last: RosterChange) -> Record:
    """An empty record for a unit that is gone, from which its changes can be undone."""
    return Record(unit, (), last.version, last.at, last.at)
