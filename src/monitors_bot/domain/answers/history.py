"""What was before now: the changes of a unit, and who monitored it at some time, from the records."""

from collections.abc import Sequence

from monitors_bot.domain.answers import moments
from monitors_bot.domain.answers.conversation import Reply
from monitors_bot.domain.answers.grammar import AboutUnit
from monitors_bot.domain.answers.history_wording import PastWording
from monitors_bot.domain.answers.knowledge import Knowledge
from monitors_bot.domain.answers.wording import Wording
from monitors_bot.domain.units.finding import Found, Units
from monitors_bot.domain.units.records import NotKnown, Record, RosterChange, at_time
from monitors_bot.domain.units.roster import Unit


class Past:
    """Answers about one unit."""

    def __init__(self, knowledge: Knowledge, wording: Wording) -> None:
        self._records = knowledge.records
        self._asked_at = knowledge.asked_at
        self._wording = wording

    def answer(self, about: AboutUnit, found: Found, units: Units) -> Reply:
        wording = PastWording(self._wording, about, found, units)
        at = moments.epoch(about.at, self._asked_at) if about.at else None
        if at is not None and at > self._asked_at:
            return wording.still_to_come(at)
        unit_id = found.units[0].id
        record = self._records.of(unit_id)
        changes = self._records.changes(unit_id)  # read after the record, so that none is missing
        if not record and not changes:
            return wording.not_recorded()
        if at is None:
            return wording.history(record, changes)
        return _then(record, changes, at, wording)


def _then(record: Record | None, changes: Sequence[RosterChange], at: float, wording: PastWording) -> Reply:
    then = at_time(record or _gone(wording.unit, changes[-1]), changes, at)
    if isinstance(then, NotKnown):
        return wording.not_known(then, at)
    return wording.then(then, at, {change.at for change in changes if change.is_gone})


def _gone(unit: Unit, last: RosterChange) -> Record:
    """What stands for the record of a unit that was gone when it was last looked for."""
    return Record(unit, (), last.version, last.at, last.at)
