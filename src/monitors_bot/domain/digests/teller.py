"""Telling a channel what a run found, and taking off the record what is not there any more."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from typing import Protocol

from monitors_bot.domain.digests.digest import Digest, Findings, compose
from monitors_bot.domain.digests.run import DONE, NOT_POSTED, PROBLEMS, Run, Stage, Told
from monitors_bot.domain.units.records import Record, RosterChange
from monitors_bot.domain.units.roster import Monitor, Unit
from monitors_bot.errors import DeliveryImpossible, RocketChatError


class Source(Protocol):
    """The server, as far as it knows which units there are."""

    host: str

    def lists(self, unit: Unit) -> bool: ...

    def sees_all_units(self) -> bool | None: ...


class Rosters(Protocol):
    """What is recorded."""

    def all(self) -> list[Record]: ...

    def changes(self, unit_id: str, since_version: int = 0) -> list[RosterChange]: ...

    def record(self, unit: Unit, monitors: Sequence[Monitor], read_at: float) -> Record: ...

    def forget(self, unit_id: str, at: float) -> None: ...


class Channel(Protocol):
    """A room of the server: what it was `told` of each unit by id, None if it never was told anything."""

    @property
    def told(self) -> Mapping[str, Told] | None: ...

    def was_told_by(self, run_id: str) -> bool: ...

    def tell(self, run_id: str, digest: Digest) -> None:
        """Post, and record what is told then: once, however often it is called.

        Raise a DeliveryError where it can't be posted, or not now, and Overtaken where the room was told
        something else meanwhile.
        """
        ...


class Channels(Protocol):
    """The rooms of the server."""

    def room_of(self, channel: str) -> str:
        """The id of a room; raise DeliveryImpossible where there is none that the account may see."""
        ...

    def open(self, room_id: str) -> Channel:
        """The room, with all posted that other runs left there; raise DeliveryPostponed if it can't be."""
        ...


class Teller:
    """Ends runs."""

    def __init__(
        self, source: Source, rosters: Rosters, channels: Channels, now: Callable[[], float]
    ) -> None:
        self._source = source
        self._rosters = rosters
        self._channels = channels
        self._now = now

    def tell(self, run: Run) -> None:
        """End a run; raise DeliveryPostponed or Overtaken where it has to be tried again."""
        self._forget_what_is_gone(run)
        try:
            if run.posts:
                self._post(run)
        except DeliveryImpossible as error:
            run.outcome, run.why = NOT_POSTED, str(error)
        run.stage = Stage.OVER
        run.outcome = run.outcome or (PROBLEMS if run.problems else DONE)

    def _forget_what_is_gone(self, run: Run) -> None:
        """Take units off the record that are certainly not there any more.

        The list was read a while ago, and maybe while the account lacked a permission: so each is looked for
        once more. Where that can't be done now, the next run does it.
        """
        if not run.order.is_about_all or run.problems:
            return
        listed = {unit.id for unit in run.units}
        missing = [record.unit for record in self._rosters.all() if record.unit.id not in listed]
        if not missing or not self._source.sees_all_units():
            return
        with suppress(RocketChatError):
            for unit in missing:
                if not self._source.lists(unit):
                    self._rosters.forget(unit.id, self._now())

    def _post(self, run: Run) -> None:
        channel = self._channels.open(run.room_id)
        if channel.was_told_by(run.order.id):
            return
        if digest := compose(self._found(run, channel.told or {}), channel.told):
            channel.tell(run.order.id, digest)

    def _found(self, run: Run, told: Mapping[str, Told]) -> Findings:
        records = {record.unit.id: record for record in self._rosters.all()}
        read = run.units[: run.cursor]
        of_interest = told if run.order.is_about_all else {unit.id for unit in read}
        changes = {
            unit_id: self._changes(records.get(unit_id), unit_id, known.version)
            for unit_id, known in told.items()
            if known.version
            and unit_id in of_interest
            and (unit_id not in records or records[unit_id].version != known.version)
        }
        return Findings(
            order=run.order,
            host=self._source.host,
            now=self._now(),
            units=read,
            records=records,
            changes=changes,
            findings=run.findings,
            problems=run.problems,
            read_from=run.read_from,
            read_to=run.read_to,
        )

    def _changes(self, record: Record | None, unit_id: str, since_version: int) -> list[RosterChange]:
        """What led to the record; another run may have written more since it was read."""
        changes = self._rosters.changes(unit_id, since_version)
        return [one for one in changes if not record or one.version <= record.version]
