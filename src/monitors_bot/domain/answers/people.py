"""Answering which units a person monitors, from the records: the server would need a call for each unit."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from monitors_bot.domain.answers.conversation import Reply
from monitors_bot.domain.answers.grammar import AboutPerson
from monitors_bot.domain.answers.knowledge import Knowledge
from monitors_bot.domain.answers.people_wording import PeopleWording
from monitors_bot.domain.answers.small_words import without_any
from monitors_bot.domain.answers.wording import Wording
from monitors_bot.domain.units.finding import LONGEST_COMPARED, Units, fold, most_alike, words
from monitors_bot.domain.units.records import Record
from monitors_bot.domain.units.roster import Monitor, Unit
from monitors_bot.errors import RecordsUnreachable, RocketChatError, RocketChatTooSlow, SettingsError

PEOPLE_SUGGESTED = 3


@dataclass(frozen=True, slots=True)
class Recorded:
    """The records of the units that exist, newest last, and the units that were never read."""

    records: Sequence[Record]
    never_read: Sequence[Unit]


class People:
    """Answers about somebody by their username or full name; `own_name` is the asker's on their platform."""

    def __init__(self, knowledge: Knowledge, wording: Wording, own_name: str) -> None:
        self._knowledge = knowledge
        self._finder = knowledge.finder
        self._now = knowledge.now
        self._wording = wording
        self._own_name = own_name

    def answer(self, about: AboutPerson) -> Reply:
        """Answer; raise RocketChatError where the server can't be asked for the units, or is too slow."""
        return self._answer(about, self._recorded(self._finder.units()), None)

    def without_server(self, about: AboutPerson, why: RocketChatError, *, is_promised: bool) -> Reply:
        """Answer from the records alone."""
        recorded = _recorded(self._knowledge.records(), self._finder.last_units() or ())
        reply = self._answer(about, recorded, why)
        return PeopleWording(self._wording, self._now(), about).last_known(
            reply, why, is_promised=is_promised
        )

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

    def called(self, name: str) -> Sequence[Monitor]:
        """The monitors who have that username, name or part of a name, as far as the asker may know of them.

        This only adds to an answer about units, which must not fail because of it.
        """
        if len(name) > LONGEST_COMPARED:
            return ()
        staff = self._knowledge.server.staff()
        names = [name, *([shorter] if (shorter := without_any(name)) not in {"", name} else [])]
        found = (_called(one, staff) or _partly_called(one, staff) for one in names)
        try:
            return self._knowledge.known(next(filter(None, found), ()))[:PEOPLE_SUGGESTED]
        except (RecordsUnreachable, SettingsError):
            return ()

    def _answer(self, about: AboutPerson, recorded: Recorded, error: RocketChatError | None) -> Reply:
        wording = PeopleWording(self._wording, self._now(), about)
        wanted = self._own_name if about.name is None else about.name
        if not recorded.records:
            return wording.nothing_recorded(self._reading_since(recorded, error))
        if not fold(wanted):
            return wording.no_name()
        everybody = [monitor for record in recorded.records for monitor in record.monitors]
        found = _called(wanted, everybody) or _called(without_any(wanted), everybody)
        if not found:
            close = _close_to(wanted, everybody)
            return wording.nobody(wanted, close, recorded.records, recorded.never_read)
        if len(found) > 1:
            return wording.several(wanted, found, recorded.records)
        somebody = found[0]
        theirs = [
            record
            for record in recorded.records
            if any(monitor.id == somebody.id for monitor in record.monitors)
        ]
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


def _called(name: str, everybody: Sequence[Monitor]) -> Sequence[Monitor]:
    """Whoever has that username, else that full name, else one of the same letters.

    `everybody` comes newest last: a name of now counts before one of before.
    """
    newest = {one.id: one for one in everybody}
    for of, is_unique in (
        (_username, True),
        (_full_name, False),
        (_letters_of_username, False),
        (_letters, False),
    ):
        wanted = of(Monitor("", name, name))
        if not wanted:
            continue
        had_it = list(dict.fromkeys(newest[one.id] for one in everybody if of(one) == wanted))
        have_it = [one for one in had_it if of(one) == wanted]
        if found := have_it or had_it:
            return found[-1:] if is_unique else found
    return ()


def _partly_called(name: str, everybody: Sequence[Monitor]) -> Sequence[Monitor]:
    """The people in whose names there are all the words of `name`, in order."""
    wanted = words(fold(name))
    newest = {one.id: one for one in everybody}
    return [one for one in newest.values() if wanted and _is_among(wanted, words(_full_name(one)))]


def _is_among(wanted: Iterable[str], name: Iterable[str]) -> bool:
    remaining = iter(name)
    return all(word in remaining for word in wanted)


def _username(monitor: Monitor) -> str:
    return fold(monitor.username)


def _full_name(monitor: Monitor) -> str:
    return fold(monitor.name)


def _letters_of_username(monitor: Monitor) -> str:
    return "".join(words(fold(monitor.username)))


def _letters(monitor: Monitor) -> str:
    return "".join(words(fold(monitor.name)))


def _close_to(name: str, everybody: Sequence[Monitor]) -> Sequence[Monitor]:
    """The people whose username or full name is most like `name`, or has it as a part."""
    newest = {one.id: one for one in everybody}
    by_name: dict[str, Monitor] = {}
    for of in (_full_name, _username):
        by_name |= {of(one): one for one in newest.values() if of(one)}
    alike = [by_name[one] for one in most_alike(name, by_name)]
    return list(dict.fromkeys((*_partly_called(name, everybody), *alike)))[:PEOPLE_SUGGESTED]
