"""The recorded rosters for one command: each is read once at most, before the command's deadline."""

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from monitors_bot.aws.signed import SignedAws, SignedTable
from monitors_bot.deadline import Deadline
from monitors_bot.errors import RecordsUnreachable, ServerUnreachable
from monitors_bot.outbound import Pending

if TYPE_CHECKING:  # most commands read no records, so the modules for them are loaded on demand
    from monitors_bot.aws.stores.rosters import Rosters
    from monitors_bot.domain.units.records import Record, RosterChange

Result = TypeVar("Result")


class RecordedRosters:
    """The records in the table `name`; `on_error` is called with the error if they can't be read."""

    def __init__(
        self, aws: SignedAws, name: str, deadline: Deadline, on_error: Callable[[Exception], None]
    ) -> None:
        self._aws = aws
        self._name = name
        self._deadline = deadline
        self._on_error = on_error
        self._everything: Pending[list[Record]] | None = None
        self._one: dict[str, Pending[Record | None]] = {}

    def expect(self, unit_id: str | None = None) -> None:
        """Start reading a unit's record, or all records, without waiting for it."""
        if unit_id is None:
            self._begin_all()
        else:
            self._begin(unit_id)

    def all(self) -> "Sequence[Record]":
        return self._wait(self._begin_all())

    def of(self, unit_id: str) -> "Record | None":
        if self._everything:
            return next((record for record in self.all() if record.unit.id == unit_id), None)
        return self._wait(self._begin(unit_id))

    def changes(self, unit_id: str) -> "Sequence[RosterChange]":
        return self._wait(Pending(lambda: self._rosters.changes(unit_id)))

    @cached_property
    def _rosters(self) -> "Rosters":
        from monitors_bot.aws.stores.documents import Documents  # noqa: PLC0415 - most commands read no records
        from monitors_bot.aws.stores.rosters import Rosters  # noqa: PLC0415 - the same

        return Rosters(Documents(SignedTable(self._aws, self._name, self._deadline)))

    def _begin_all(self) -> "Pending[list[Record]]":
        if not self._everything:
            self._everything = Pending(self._rosters.all)
        return self._everything

    def _begin(self, unit_id: str) -> "Pending[Record | None]":
        if unit_id not in self._one:
            self._one[unit_id] = Pending(lambda: self._rosters.of(unit_id))
        return self._one[unit_id]

    def _wait(self, pending: Pending[Result]) -> Result:
        try:
            return pending.result(self._deadline)
        # The built-in errors come from a document that makes no sense: it counts as unreadable too.
        except (ServerUnreachable, LookupError, TypeError, ValueError) as error:
            # The message of a built-in error may quote what was read.
            details = f": {error}" if isinstance(error, ServerUnreachable) else ""
            unreachable = RecordsUnreachable(f"{type(error).__name__}{details}")
            self._on_error(unreachable)
            raise unreachable from error
