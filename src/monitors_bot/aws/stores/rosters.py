"""The recorded rosters: the last of each unit, and what changed, for a year."""

from collections.abc import Iterable, Sequence
from typing import Any

from monitors_bot.aws.stores.documents import Document, Documents
from monitors_bot.domain.units.records import Record, RosterChange, first_read, gone, read_again
from monitors_bot.domain.units.roster import Monitor, Unit
from monitors_bot.errors import Overtaken

ROSTERS = "roster"
"""All in one place, so that one question finds the units of a person, and every unit's name."""
CHANGES_KEPT_SECONDS = 366 * 86_400
HISTORY = 25
WRITES = 5
"""How often a roster is written that other runs are writing at the same time."""


class Rosters:
    """What is recorded."""

    def __init__(self, documents: Documents) -> None:
        self._documents = documents

    def all(self) -> list[Record]:
        """The last roster of every unit that was ever read, and is not gone."""
        return [_record(document) for document in self._documents.all(ROSTERS)]

    def of(self, unit_id: str) -> Record | None:
        document = self._documents.get(ROSTERS, unit_id)
        return _record(document) if document else None

    def changes(self, unit_id: str, since_version: int = 0) -> list[RosterChange]:
        """The changes that are still recorded after that version, the oldest first."""
        found = self._documents.between(_changes(unit_id), _number(since_version + 1), _number(10**10 - 1))
        return [_change(document.content) for document in found]

    def last_changes(self, unit_id: str, most: int = HISTORY) -> list[RosterChange]:
        """The last changes, the last first; fewer where they are huge."""
        return [_change(document.content) for document in self._documents.last(_changes(unit_id), most)]

    def record(self, unit: Unit, monitors: Iterable[Monitor], read_at: float) -> Record:
        """Record a roster as read at that time; an older reading never replaces a newer one."""
        for _ in range(WRITES):
            document = self._documents.get(ROSTERS, unit.id)
            if document and _record(document).read_at >= read_at:
                return _record(document)
            record, change = self._read_again(document, unit, monitors, read_at)
            try:
                self._documents.put(written(record, document), [_kept(unit.id, change)] if change else [])
            except Overtaken:
                continue
            return record
        raise Overtaken(unit.id)

    def forget(self, unit_id: str, at: float) -> None:
        """Record that a unit is gone."""
        if document := self._documents.get(ROSTERS, unit_id):
            self._documents.delete(document, [_kept(unit_id, gone(_record(document), at))])

    def _read_again(
        self, document: Document | None, unit: Unit, monitors: Iterable[Monitor], read_at: float
    ) -> tuple[Record, RosterChange | None]:
        if document:
            return read_again(_record(document), unit, monitors, read_at)
        earlier = self.last_changes(unit.id, 1)  # of a unit that was gone
        return first_read(unit, monitors, read_at, earlier[0] if earlier else None)


def _record(document: Document) -> Record:
    values = document.content
    return Record(
        Unit(document.name, values["name"]),
        _people(values["monitors"]),
        values["version"],
        values["since"],
        values["read_at"],
    )


def written(record: Record, document: Document | None) -> Document:
    content = {
        "name": record.unit.name,
        "version": record.version,
        "since": record.since,
        "read_at": record.read_at,
        "monitors": _rows(record.monitors),
    }
    stamp, pieces = (document.stamp, document.pieces) if document else (0, 0)
    return Document(ROSTERS, record.unit.id, content, stamp, pieces)


def _change(values: Any) -> RosterChange:
    return RosterChange(
        values["version"],
        values["at"],
        values["before"],
        _people(values["joined"]),
        _people(values["left"]),
        values["is_gone"],
    )


def _kept(unit_id: str, change: RosterChange) -> Document:
    content = {
        "version": change.version,
        "at": change.at,
        "before": change.before,
        "joined": _rows(change.joined),
        "left": _rows(change.left),
        "is_gone": change.is_gone,
    }
    expires_at = int(change.at) + CHANGES_KEPT_SECONDS
    return Document(_changes(unit_id), _number(change.version), content, expires_at=expires_at)


def _changes(unit_id: str) -> str:
    return f"changes#{unit_id}"


def _number(version: int) -> str:
    return f"{version:010}"


def _rows(monitors: Sequence[Monitor]) -> list[list[str]]:
    return [[one.id, one.username, one.name] for one in monitors]


def _people(rows: Sequence[Sequence[str]]) -> tuple[Monitor, ...]:
    return tuple(Monitor(id_, username, name) for id_, username, name in rows)
