"""The end of a run: the records of units that are gone end, and the digest is posted."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
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
    """A room of Rocket.Chat, and what runs posted there."""

    @property
    def posted(self) -> Mapping[str, Posted] | None:
        """What was last posted about each unit, by unit id; None if no digest was ever posted here."""
        ...

    def has_digest_of(self, run_id: str) -> bool: ...

    def post(self, run_id: str, digest: Digest) -> None:
        """Post a digest and record it, once per run however often this is called.

        Raise a DeliveryError if it can't be posted, for now or for good, and Overtaken if something else was
        posted in the room meanwhile.
        """
        ...


class Rooms(Protocol):
    """The rooms of Rocket.Chat."""

    def room_of(self, channel: str) -> str:
        """The id of a room; raise DeliveryImpossible if the account sees no such room."""
        ...

    def open(self, room_id: str) -> Room:
        """Open a room, after posting what earlier runs left unposted there.

        Raise DeliveryPostponed if that can't be posted now.
        """
        ...


def sight_of(run: Run, may_see: MaySee) -> Sight:
    """What everybody in the run's room may see."""
    return Sight(Asker.in_room(run.room_id), may_see)


class Teller:
    """Ends runs."""

    def __init__(
        self, server: Server, records: Records, rooms: Rooms, may_see: MaySee, now: Callable[[], float]
    ) -> None:
        self._server = server
        self._records = records
        self._rooms = rooms
        self._may_see = may_see
        self._now = now

    def end(self, run: Run) -> None:
        """End a run; raise DeliveryPostponed or Overtaken if the end has to be retried."""
        self._forget_gone_units(run)
        try:
            if run.posts:
                self._post(run)
        except DeliveryImpossible as error:
            run.outcome, run.why = NOT_POSTED, str(error)
        run.stage = Stage.OVER
        run.outcome = run.outcome or (PROBLEMS if run.order_problems else DONE)

    def _forget_gone_units(self, run: Run) -> None:
        """End the records of units that certainly no longer exist.

        The list was read a while ago, and the account may have lacked a permission then. So each missing unit
        is looked up once more. If the server fails meanwhile, the next run does the rest.
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

    def _post(self, run: Run) -> None:
        room = self._rooms.open(run.room_id)
        # The slice may be a retry of one that died after it had posted.
        if room.has_digest_of(run.order.id):
            return
        if digest := compose(self._results(run, room.posted or {}), room.posted):
            room.post(run.order.id, digest)

    def _results(self, run: Run, posted: Mapping[str, Posted]) -> Results:
        sight = sight_of(run, self._may_see)
        records = {record.unit.id: record for record in sight.records(self._records.all())}
        read = [unit for unit in run.units[: run.cursor] if sight.sees(unit)]
        # A run about all units also reports those that are gone, which it had no chance to read.
        reported = posted.keys() if run.order.is_about_all else {unit.id for unit in read}
        changes = {
            unit_id: self._changes(records.get(unit_id), unit_id, known.version)
            for unit_id, known in posted.items()
            if unit_id in reported
            and _is_outdated(known, records.get(unit_id))
            and sight.sees(Unit(unit_id, known.name))
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
        )

    def _changes(self, record: Record | None, unit_id: str, since_version: int) -> list[RosterChange]:
        """The changes up to the record; another run may have recorded later ones since it was read."""
        changes = self._records.changes(unit_id, since_version)
        return [change for change in changes if not record or change.version <= record.version]


def _is_outdated(known: Posted, record: Record | None) -> bool:
    """Whether the unit has another roster, or is gone, since the channel last read its roster."""
    has_read_a_roster = known.version > 0
    return has_read_a_roster and (not record or record.version != known.version)
