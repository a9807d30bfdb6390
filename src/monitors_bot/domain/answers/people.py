"""The units of a person: from the records, as asking the server would take a call for each unit."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from monitors_bot.domain.answers.conversation import Reply
from monitors_bot.domain.answers.knowledge import Knowledge
from monitors_bot.domain.answers.people_wording import PeopleWording
from monitors_bot.domain.answers.wording import Wording
from monitors_bot.domain.units.finding import Units, fold, most_alike
from monitors_bot.domain.units.records import Record
from monitors_bot.domain.units.roster import Monitor, Unit
from monitors_bot.errors import RocketChatError, RocketChatTooSlow


@dataclass(frozen=True, slots=True)
class Known:
    """The records of the units that there are, the newest last, and the units that were never read."""

    records: Sequence[Record]
    never_read: Sequence[Unit]


class People:
    """Answers about somebody by their username; `own_name` is that of the one who asks, on their platform."""

    def __init__(self, knowledge: Knowledge, wording: Wording, own_name: str) -> None:
        self._directory = knowledge.directory
        self._records = knowledge.records
        self._now = knowledge.now
        self._wording = wording
        self._own_name = own_name

    def answer(self, username: str | None) -> Reply:
        """Answer; raise RocketChatError where the server can't be asked for the units, or is too slow."""
        return self._answer(username, self._known(self._directory.units()), None)

    def without_server(self, username: str | None, why: RocketChatError, *, is_promised: bool) -> Reply:
        """Answer from the records alone."""
        known = _known(self._records.all(), self._directory.last_units() or ())
        reply = self._answer(username, known, why)
        return PeopleWording(self._wording, self._now()).last_known(reply, why, is_promised=is_promised)

    def _known(self, units: Units) -> Known:
        """Leave out what is gone for sure: an older list may lack a new unit, a narrow one any."""
        records = self._records.all()
        ids = {unit.id for unit in units}
        if any(record.unit.id not in ids for record in records):
            units = self._directory.units(fresh=True)
            ids = {unit.id for unit in units}
            if any(record.unit.id not in ids for record in records) and self._directory.sees_all_units():
                records = [record for record in records if record.unit.id in ids]
        return _known(records, units)

    def _answer(self, username: str | None, known: Known, trouble: RocketChatError | None) -> Reply:
        wording = PeopleWording(self._wording, self._now(), is_me=username is None)
        wanted = self._own_name if username is None else username
        if not known.records:
            return wording.nothing_recorded()
        if not fold(wanted):
            return wording.no_name()
        somebody = _called(wanted, known.records)
        if not somebody:
            return wording.nobody(wanted, _close_to(wanted, known.records), known.never_read)
        theirs = [one for one in known.records if any(each.id == somebody.id for each in one.monitors)]
        theirs.sort(key=lambda one: (fold(one.unit.name), one.unit.id))
        if not trouble:
            somebody, trouble = self._with_presence(somebody)
        return wording.person(somebody, theirs, known.never_read, trouble)

    def _with_presence(self, somebody: Monitor) -> tuple[Monitor, RocketChatError | None]:
        try:
            return self._directory.with_presence(somebody), None
        except RocketChatTooSlow:
            raise
        except RocketChatError as error:
            return somebody, error


def _known(records: Iterable[Record], units: Iterable[Unit]) -> Known:
    """Call each unit what it is called now."""
    by_id = {unit.id: unit for unit in units}
    newest_last = sorted(records, key=lambda one: one.read_at)
    read = {record.unit.id for record in newest_last}
    renamed = [_renamed(record, by_id.get(record.unit.id)) for record in newest_last]
    return Known(renamed, [unit for unit in by_id.values() if unit.id not in read])


def _renamed(record: Record, unit: Unit | None) -> Record:
    if not unit:
        return record
    return Record(unit, record.monitors, record.version, record.since, record.read_at)


def _called(username: str, records: Iterable[Record]) -> Monitor | None:
    """Whoever has that username by the newest reading; or else had it by an older one."""
    wanted = fold(username)
    everybody = [one for record in records for one in record.monitors]
    newest = {one.id: one for one in everybody}
    had_it = [newest[one.id] for one in everybody if fold(one.username) == wanted]
    have_it = [one for one in had_it if fold(one.username) == wanted]
    return next(reversed(have_it or had_it), None)


def _close_to(username: str, records: Iterable[Record]) -> list[str]:
    by_folded = {fold(one.username): one.username for record in records for one in record.monitors}
    return [by_folded[name] for name in most_alike(username, by_folded)]
