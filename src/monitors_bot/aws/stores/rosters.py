"""The recorded rosters: the last one of each unit, and every change.

Two kinds of documents: the record of a unit, in the place `roster` under the unit's id, kept until the unit
is gone; and each change, in the place `changes#UNIT` under its version in ten digits, kept for a year and a
day.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from monitors_bot.aws.stores.documents import Document, Documents
from monitors_bot.domain.units.records import Record, RosterChange, begin_record, end_record, update_record
from monitors_bot.domain.units.roster import Monitor, Unit
from monitors_bot.errors import Overtaken
from monitors_bot.text import is_encodable

ROSTERS = "roster"
"""One place for all records, so that one query finds every unit's name and every unit of a person."""
CHANGES_KEPT_SECONDS = 366 * 86_400
LAST_CHANGES = 25
LAST_VERSION = 10**10 - 1
END_OF_TIME = 1e11
"""The upper bound for epoch seconds: in the year 5138."""
WRITES = 5
"""How often a write is tried if other runs write the same record at the same time."""


class Rosters:
    """The records of all units, and their changes."""

    def __init__(self, documents: Documents) -> None:
        self._documents = documents

    def all(self) -> list[Record]:
        """Return the record of every unit that was ever read and is not gone."""
        return [_record(document) for document in self._documents.all(ROSTERS)]

    def of(self, unit_id: str) -> Record | None:
        document = self._documents.get(ROSTERS, unit_id)
        return _record(document) if document else None

    def changes(self, unit_id: str, since_version: int = 0) -> list[RosterChange]:
        """Return the changes after a version that are still kept, oldest first."""
        first, last = _version(since_version + 1), _version(LAST_VERSION)
        found = self._documents.between(_changes(unit_id), first, last)
        return [_change(document.content) for document in found]

    def last_changes(self, unit_id: str, most: int = LAST_CHANGES) -> list[RosterChange]:
        """Return the last `most` changes, newest first; fewer if they are huge."""
        return [_change(document.content) for document in self._documents.last(_changes(unit_id), most)]

    def record(self, unit: Unit, monitors: Iterable[Monitor], read_at: float) -> Record:
        """Record a roster as read at `read_at`, unless a newer one is recorded; return the newer record."""
        for _ in range(WRITES):
            document = self._documents.get(ROSTERS, unit.id)
            if document and _record(document).read_at >= read_at:
                return _record(document)
            record, change = self._next(document, unit, monitors, read_at)
            also = [_change_document(unit.id, change)] if change else []
            try:
                self._documents.put(record_document(record, document), also)
            except Overtaken:
                continue
            return record
        raise Overtaken(unit.id)

    def forget(self, unit_id: str, at: float) -> None:
        """Record that a unit is gone."""
        if document := self._documents.get(ROSTERS, unit_id):
            change = end_record(_record(document), at)
            self._documents.delete(document, [_change_document(unit_id, change)])

    def _next(
        self, document: Document | None, unit: Unit, monitors: Iterable[Monitor], read_at: float
    ) -> tuple[Record, RosterChange | None]:
        if document:
            return update_record(_record(document), unit, monitors, read_at)
        earlier = self.last_changes(unit.id, 1)  # the unit may have been gone for a while
        return begin_record(unit, monitors, read_at, earlier[0] if earlier else None)


def record_document(record: Record, known: Document | None) -> Document:
    """Return the document of a record, ready to replace the `known` one if there is one."""
    content = {
        "name": record.unit.name,
        "version": record.version,
        "since": record.since,
        "read_at": record.read_at,
        "monitors": _rows(record.monitors),
        **({} if record.unit.is_private is None else {"private": record.unit.is_private}),
    }
    stamp, pieces = (known.stamp, known.pieces) if known else (0, 0)
    return Document(ROSTERS, record.unit.id, content, stamp, pieces)


def _record(document: Document) -> Record:
    values = document.content
    is_private = values["private"] is not False if "private" in values else None
    return Record(
        Unit(document.name, _text(values["name"]), is_private=is_private),
        _people(values["monitors"]),
        _number(values["version"]),
        _time(values["since"]),
        _time(values["read_at"]),
    )


def _change_document(unit_id: str, change: RosterChange) -> Document:
    content = {
        "version": change.version,
        "at": change.at,
        "before": change.before,
        "joined": _rows(change.joined),
        "left": _rows(change.left),
        "is_gone": change.is_gone,
    }
    expires_at = int(change.at) + CHANGES_KEPT_SECONDS
    return Document(_changes(unit_id), _version(change.version), content, expires_at=expires_at)


def _change(values: Any) -> RosterChange:
    return RosterChange(
        _number(values["version"]),
        _time(values["at"]),
        None if values["before"] is None else _time(values["before"]),
        _people(values["joined"]),
        _people(values["left"]),
        values["is_gone"] is True,
    )


def _changes(unit_id: str) -> str:
    return f"changes#{unit_id}"


def _version(version: int) -> str:
    """Return a version as a document's name; the leading zeros make names sort like numbers."""
    return f"{version:010}"


def _rows(monitors: Sequence[Monitor]) -> list[list[str]]:
    return [[one.id, one.username, one.name] for one in monitors]


def _people(rows: Sequence[Sequence[str]]) -> tuple[Monitor, ...]:
    return tuple(Monitor(_text(id_), _text(username), _text(name)) for id_, username, name in rows)


# A document that makes no sense raises a TypeError or ValueError, whoever wrote it.


def _text(value: Any) -> str:
    if not isinstance(value, str) or not is_encodable(value):
        raise TypeError("not a text")
    return value


def _number(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= LAST_VERSION:
        raise TypeError("not a version")
    return value


def _time(value: Any) -> float:
    """Return epoch seconds."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < END_OF_TIME:
        raise TypeError("not a time")
    return float(value)
