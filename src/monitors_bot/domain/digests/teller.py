"""The end of a run: what is gone is taken off the records, and the digest is posted."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import date, datetime, tzinfo
from typing import Protocol

from monitors_bot.domain.digests.digest import Digest, Results, compose
from monitors_bot.domain.digests.run import DONE, NOT_POSTED, PROBLEMS, Posted, Run, Stage
from monitors_bot.domain.units.access import Asker, MaySee, Sight
from monitors_bot.domain.units.records import Record, RosterChange
from monitors_bot.domain.units.roster import Monitor, Unit
from monitors_bot.domain.units.server import Server
from monitors_bot.errors import DeliveryImpossible, RocketChatError


class Records(Protocol):
    """The recorded rosters of all units."""

    def all(self) -> list[Record]: ...

    def changes(self, unit_id: str, since_version: int = 0) -> list[RosterChange]: ...

    def record(self, unit: Unit, monitors: Sequence[Monitor], read_at: float) -> Record: ...

    def forget(self, unit_id: str, at: float) -> None: ...


class Room(Protocol):
    """A room of the server, and what runs posted there."""

    @property
    def posted(self) -> Mapping[str, Posted] | None:
        """What was last posted about each unit, by its id; None if nothing ever was."""
        ...

    def has_digest_of(self, run_id: str) -> bool: ...

    def post(self, run_id: str, digest: Digest, may_go_on: Callable[[], bool]) -> bool:
        """Record a digest, then post it as `post_pending` does."""
        ...

    def post_pending(self, may_go_on: Callable[[], bool]) -> bool:
        """Post what is recorded: a part, and more while that may go on; return whether nothing is left.

        Each part is posted once, however often this is called. Raise a DeliveryError where it can't be
        posted, or not now, and Overtaken where something else was posted in the room meanwhile.
        """
        ...


class Rooms(Protocol):
    """The rooms of the server."""

    def room_of(self, channel: str) -> str:
        """The id of a room; raise DeliveryImpossible where there is none that the account may see."""
        ...

    def open(self, room_id: str) -> Room: ...


def sight_of(run: Run, may_see: MaySee) -> Sight:
    """What everybody in the run's room may see."""
    return Sight(Asker.in_room(run.room_id), may_see)


class Teller:
    """Ends runs."""

    def __init__(
        self,
        server: Server,
        records: Records,
        rooms: Rooms,
        may_see: MaySee,
        now: Callable[[], float],
        zone_of: Callable[[str], tzinfo],
    ) -> None:
        self._server = server
        self._records = records
        self._rooms = rooms
        self._may_see = may_see
        self._now = now
        self._zone_of = zone_of
        self.room_of = rooms.room_of

    def end(self, run: Run, until: float) -> None:
        """End a run, unless what it posts takes longer than `until`.

        Raise DeliveryPostponed or Overtaken where that has to be tried again.
        """
        self._forget_units_that_are_gone(run)
        try:
            if run.posts and not self._post(run, until):
                return
        except DeliveryImpossible as error:
            run.outcome, run.why = NOT_POSTED, str(error)
        run.stage = Stage.OVER
        run.outcome = run.outcome or (PROBLEMS if run.order_problems else DONE)

    def _forget_units_that_are_gone(self, run: Run) -> None:
        """Take units off the records that certainly do not exist any more.

        The list was read a while ago, and the account may have lacked a permission then. So each missing
        unit is looked for once more. Where that can't be done now, the next run does it.
        """
        if not run.order.is_about_all or run.order_problems:
            return
        listed = {unit.id for unit in run.units}
        missing = [record.unit for record in self._records.all() if record.unit.id not in listed]
        if not missing or not self._server.sees_all_units(fresh=True):
            return
        with suppress(RocketChatError):
            for unit in missing:
                if not self._server.lists(unit):
                    self._records.forget(unit.id, self._now())

    def _post(self, run: Run, until: float) -> bool:
        """Post what runs left in the room, then the digest of this one; return whether all is posted."""
        room = self._rooms.open(run.room_id)

        def may_go_on() -> bool:
            return self._now() < until

        if not self._post_pending(room, run, may_go_on):
            return False
        if room.has_digest_of(run.order.id):
            return True
        digest = compose(self._results(run, room.posted or {}), room.posted)
        return digest is None or room.post(run.order.id, digest, may_go_on)

    def _post_pending(self, room: Room, run: Run, may_go_on: Callable[[], bool]) -> bool:
        try:
            return room.post_pending(may_go_on)
        except DeliveryImpossible:
            if room.has_digest_of(run.order.id):
                raise
            # The room refused what an earlier run left there, but may take the next digest.
            return True

    def _results(self, run: Run, posted: Mapping[str, Posted]) -> Results:
        sight = sight_of(run, self._may_see)
        records = {record.unit.id: record for record in sight.records(self._records.all())}
        read = [unit for unit in run.units[: run.cursor] if sight.sees(unit)]
        of_interest = posted if run.order.is_about_all else {unit.id for unit in read}
        changes = {
            unit_id: self._changes(records.get(unit_id), unit_id, known.version)
            for unit_id, known in posted.items()
            if known.version
            and unit_id in of_interest
            and sight.sees(records[unit_id].unit if unit_id in records else Unit(unit_id, known.name))
            and (unit_id not in records or records[unit_id].version != known.version)
        }
        return Results(
            order=run.order,
            host=self._server.host,
            now=self._now(),
            units=read,
            records=records,
            changes=changes,
            unit_problems=run.unit_problems,
            order_problems=run.order_problems,
            read_from=run.read_from,
            read_to=run.read_to,
            day_of=self._days_in(run.order.timezone),
        )

    def _days_in(self, timezone: str) -> Callable[[float], date]:
        zone = self._zone_of(timezone)
        return lambda at: datetime.fromtimestamp(at, zone).date()

    def _changes(self, record: Record | None, unit_id: str, since_version: int) -> list[RosterChange]:
        """The changes that led to the record; another run may have written later ones meanwhile."""
        changes = self._records.changes(unit_id, since_version)
        return [one for one in changes if not record or one.version <= record.version]
