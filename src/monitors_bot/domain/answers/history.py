"""Answering about a unit's past from the records: what changed, and who monitored it at a given time."""

from collections.abc import Sequence

from monitors_bot.domain.answers import moments
from monitors_bot.domain.answers.conversation import Reply
from monitors_bot.domain.answers.grammar import AboutUnit
from monitors_bot.domain.answers.history_wording import HistoryWording
from monitors_bot.domain.answers.knowledge import Knowledge
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

    def answer(self, about: AboutUnit, match: Match, units: Units) -> Reply:
        wording = HistoryWording(self._wording, about, match, units)
        at = moments.epoch(about.at, self._asked_at) if about.at else None
        if at is not None and at > self._asked_at:
            return wording.still_to_come(at)
        unit = match.units[0]
        record = self._knowledge.record_of(unit)
        changes = self._knowledge.changes_of(unit)  # read after the record, so none that led to it is missing
        if not record and not changes:
            return wording.not_recorded()
        if at is None:
            return wording.history(record, changes)
        return _at(record, changes, at, wording)


def _at(record: Record | None, changes: Sequence[RosterChange], at: float, wording: HistoryWording) -> Reply:
    roster = roster_at(record or _gone(wording.unit, changes[-1]), changes, at)
    if isinstance(roster, NotKnown):
        return wording.not_known(roster, at)
    return wording.at(roster, at, {change.at for change in changes if change.is_gone})


def _gone(unit: Unit, last: RosterChange) -> Record:
    """An empty record for a unit that is gone, from which its changes can be undone."""
    return Record(unit, (), last.version, last.at, last.at)
