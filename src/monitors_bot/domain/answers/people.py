"""Answering which units a person monitors, from the records: the server would need a call for each unit."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from monitors_bot.domain.answers.conversation import Reply
from monitors_bot.domain.answers.knowledge import Knowledge
from monitors_bot.domain.answers.people_wording import PeopleWording
from monitors_bot.domain.answers.wording import Wording
from monitors_bot.domain.units.finding import Units, fold, most_alike
from monitors_bot.domain.units.records import Record
from monitors_bot.domain.units.roster import Monitor, Unit
from monitors_bot.errors import RocketChatError, RocketChatTooSlow


@dataclass(frozen=True, slots=True)
class Recorded:
    """The records of the units that exist, newest last, and the units that were never read."""

    records: Sequence[Record]
    never_read: Sequence[Unit]


class People:
    """Answers about a person by their username; `own_name` is the asker's username on their platform."""

    def __init__(self, knowledge: Knowledge, wording: Wording, own_name: str) -> None:
        self._knowledge = knowledge
        self._finder = knowledge.finder
        self._now = knowledge.now
        self._wording = wording
        self._own_name = own_name

    def answer(self, username: str | None) -> Reply:
        """Answer; raise RocketChatError if the server can't list the units, or is too slow."""
        return self._answer(username, self._recorded(self._finder.units()), None)

    def without_server(self, username: str | None, error: RocketChatError, *, is_promised: bool) -> Reply:
        """Answer from the records alone."""
        recorded = _recorded(self._knowledge.records(), self._finder.last_units() or ())
        reply = self._answer(username, recorded, error)
        return PeopleWording(self._wording, self._now()).last_known(reply, error, is_promised=is_promised)

    def _recorded(self, units: Units) -> Recorded:
        """The records, without those of units that are gone for certain.

        A recorded unit that is not listed may be newer than the remembered list, so the list is read again.
        If the unit is still missing, it is gone only if the account sees every unit.
        """
        records = self._knowledge.records()
        if not all(units.with_id(record.unit.id) for record in records):
            units = self._finder.units(fresh=True)
            listed = [record for record in records if units.with_id(record.unit.id)]
            if len(listed) < len(records) and self._finder.is_complete():
                records = listed
        return _recorded(records, units)

    def _answer(self, username: str | None, recorded: Recorded, error: RocketChatError | None) -> Reply:
        wording = PeopleWording(self._wording, self._now(), is_me=username is None)
        wanted = self._own_name if username is None else username
        if not recorded.records:
            return wording.nothing_recorded(username, self._reading_since(recorded, error))
        if not fold(wanted):
            return wording.no_name()
        somebody = _called(wanted, recorded.records)
        if not somebody:
            return wording.nobody(
                wanted, _close_to(wanted, recorded.records), recorded.records, recorded.never_read
            )
        theirs = [record for record in recorded.records if _monitors(somebody, record)]
        theirs.sort(key=lambda record: (fold(record.unit.name), record.unit.id))
        if not error:  # the server works so far, so it can be asked for the presence as well
            somebody, error = self._with_presence(somebody)
        return wording.person(somebody, theirs, recorded.never_read, error)

    def _reading_since(self, recorded: Recorded, error: RocketChatError | None) -> float | None:
        """Have the rosters read unless that would be in vain: there are no units, or the server is down."""
        may_work = isinstance(error, RocketChatTooSlow) if error else bool(recorded.never_read)
        return self._knowledge.first_reading() if may_work else None

    def _with_presence(self, somebody: Monitor) -> tuple[Monitor, RocketChatError | None]:
        try:
            return self._knowledge.server.with_presence(somebody), None
        except RocketChatTooSlow:
            raise  # a late answer will have the presence
        except RocketChatError as error:
            return somebody, error


def _monitors(somebody: Monitor, record: Record) -> bool:
    return any(monitor.id == somebody.id for monitor in record.monitors)


def _recorded(records: Iterable[Record], units: Iterable[Unit]) -> Recorded:
    """Sort the records by age, and give each unit its current name."""
    by_id = {unit.id: unit for unit in units}
    newest_last = sorted(records, key=lambda record: record.read_at)
    read = {record.unit.id for record in newest_last}
    renamed = [replace(record, unit=by_id.get(record.unit.id, record.unit)) for record in newest_last]
    return Recorded(renamed, [unit for unit in by_id.values() if unit.id not in read])


def _called(username: str, records: Iterable[Record]) -> Monitor | None:
    """The person with that username: who has it now, else who had it before; `records` are newest last."""
    wanted = fold(username)
    readings = [monitor for record in records for monitor in record.monitors]
    # A person's newest reading has their current username.
    newest = {monitor.id: monitor for monitor in readings}
    had_it = [newest[monitor.id] for monitor in readings if fold(monitor.username) == wanted]
    have_it = [monitor for monitor in had_it if fold(monitor.username) == wanted]
    return next(reversed(have_it or had_it), None)


def _close_to(username: str, records: Iterable[Record]) -> list[str]:
    by_folded = {
        fold(monitor.username): monitor.username for record in records for monitor in record.monitors
    }
    return [by_folded[name] for name in most_alike(username, by_folded)]
