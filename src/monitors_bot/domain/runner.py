"""Doing a scheduled run: list the units, read them one by one, tell the channel what is new."""

from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

from monitors_bot import errors
from monitors_bot.domain.digest import Digest, Findings, Told, compose
from monitors_bot.domain.records import Record, RosterChange
from monitors_bot.domain.resolution import Units
from monitors_bot.domain.roster import Monitor, Roster, Unit
from monitors_bot.domain.runs import (
    DONE,
    NO_CHANNEL,
    NOT_POSTED,
    PROBLEMS,
    Finding,
    Kind,
    Post,
    Run,
    Stage,
    found_of,
)
from monitors_bot.domain.trouble import reason

UNITS_PERMISSION = "manage-livechat-units"
IN_A_ROW = 3
"""So many units that can't be read, one after the other, may mean that the server is down."""
SAVE_SECONDS = 5.0
"""How much of its work a run may have to do again."""
MOST_STALLED = 30
"""Slices in which a run gets nowhere before it gives up: half an hour of a server that limits us, or more."""
OF_ONE_UNIT = (errors.RocketChatUnavailable, errors.RocketChatUnintelligible)
OF_EVERYTHING = (errors.PermissionMissing, errors.UnitsNotAvailable)


class Survey(Protocol):
    """The server; every method may raise a RocketChatError or SettingsError."""

    host: str

    def units(self, offset: int) -> tuple[list[Unit], bool]: ...

    def roster(self, unit: Unit, *, with_presence: bool) -> Roster: ...

    def lists(self, unit: Unit) -> bool: ...

    def sees_all_units(self) -> bool | None: ...

    def is_up(self) -> bool: ...


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


class Runner:
    """Goes on with runs; `save` keeps how far one got."""

    def __init__(
        self,
        survey: Survey,
        rosters: Rosters,
        channels: Channels,
        save: Callable[[Run], None],
        now: Callable[[], float],
    ) -> None:
        self._survey = survey
        self._rosters = rosters
        self._channels = channels
        self._save = save
        self._now = now
        self._failed_in_a_row = 0

    def go_on(self, run: Run, until: float) -> None:
        """Do as much as can be done before `until`; raise RocketChatLimited where the server asks to wait."""
        try:
            if run.stage is Stage.LISTING:
                self._list(run)
            if run.stage is Stage.READING:
                self._read(run, until)
        except OF_EVERYTHING as error:
            run.problems[""] = reason(error)
            run.stage = Stage.TELLING
        except errors.RocketChatLimited as error:
            if run.stalled < MOST_STALLED:
                raise
            run.problems[""] = reason(error)
            run.stage = Stage.TELLING
        if run.stage is Stage.TELLING:
            self._tell(run)

    def _list(self, run: Run) -> None:
        self._find_room(run)
        is_complete = False
        while not is_complete:
            units, is_complete = self._survey.units(len(run.units))
            known = {unit.id for unit in run.units}
            run.units += [unit for unit in units if unit.id not in known]
        if not run.units and self._survey.sees_all_units() is False:
            raise errors.PermissionMissing(UNITS_PERMISSION)
        if not run.order.is_about_all:
            self._choose(run)
        run.stage = Stage.READING
        self._save(run)

    def _find_room(self, run: Run) -> None:
        """Find where to post; where that is nowhere, the rosters are recorded all the same."""
        if run.room_id or run.outcome or run.order.post is Post.NONE:
            return
        try:
            run.room_id = self._channels.room_of(run.order.channel)
        except errors.DeliveryImpossible:
            run.outcome = NO_CHANNEL

    def _choose(self, run: Run) -> None:
        """Keep the units that were ordered; of several with the same name, all."""
        every = Units(run.units)
        chosen: dict[str, Unit] = {}
        for wanted in run.order.units:
            found = every.exactly(wanted).units
            chosen |= {unit.id: unit for unit in found}
            if not found:
                run.problems[wanted] = self._why_not_there()
        run.units = sorted(chosen.values(), key=lambda unit: unit.id)

    def _why_not_there(self) -> str:
        if self._survey.sees_all_units():
            return "There is no unit of this name or id."
        return "I see no unit of this name or id; the bot's account may not see all units."

    def _read(self, run: Run, until: float) -> None:
        saved_at = self._now()
        while run.cursor < len(run.units):
            if self._now() >= until:
                return
            self._read_unit(run, run.units[run.cursor])
            run.cursor += 1
            if self._now() - saved_at >= SAVE_SECONDS:
                self._save(run)
                saved_at = self._now()
        run.stage = Stage.TELLING
        self._save(run)

    def _read_unit(self, run: Run, unit: Unit) -> None:
        needs_presence = run.posts and run.order.alert
        try:
            roster = self._survey.roster(unit, with_presence=needs_presence)
            is_gone = not roster.monitors and not self._survey.lists(unit)
        except OF_ONE_UNIT as error:
            self._could_not_read(run, unit, error)
            return
        self._failed_in_a_row = 0
        run.read_from = run.read_from or roster.read_at
        run.read_to = max(run.read_to, roster.read_at)
        if is_gone:
            run.findings[unit.id] = Finding(Kind.UNREAD, "It is not listed any more.")
            return
        record = self._rosters.record(unit, roster.monitors, roster.read_at)
        run.changed += record.since == record.read_at
        finding = found_of(roster)
        if finding and (needs_presence or finding.kind is Kind.EMPTY):
            run.findings[unit.id] = finding

    def _could_not_read(self, run: Run, unit: Unit, error: errors.RocketChatError) -> None:
        """Go on with the next unit, unless it is the server that is down."""
        self._failed_in_a_row += 1
        if self._failed_in_a_row >= IN_A_ROW and not self._survey.is_up():
            run.cursor -= self._failed_in_a_row - 1
            for again in run.units[run.cursor :]:
                run.findings.pop(again.id, None)
            raise error
        run.findings[unit.id] = Finding(Kind.UNREAD, reason(error))

    def _tell(self, run: Run) -> None:
        self._forget_what_is_gone(run)
        try:
            if run.posts:
                self._post(run)
        except errors.DeliveryImpossible:
            run.outcome = NOT_POSTED
        run.stage = Stage.OVER
        run.outcome = run.outcome or (PROBLEMS if run.problems else DONE)

    def _forget_what_is_gone(self, run: Run) -> None:
        """Take units off the record that are certainly not there any more."""
        if not run.order.is_about_all or run.problems:
            return
        listed = {unit.id for unit in run.units}
        missing = [record.unit.id for record in self._rosters.all() if record.unit.id not in listed]
        if missing and self._survey.sees_all_units():
            for unit_id in missing:
                self._rosters.forget(unit_id, self._now())

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
            unit_id: self._rosters.changes(unit_id, known.version)
            for unit_id, known in told.items()
            if known.version
            and unit_id in of_interest
            and (unit_id not in records or records[unit_id].version != known.version)
        }
        return Findings(
            order=run.order,
            host=self._survey.host,
            now=self._now(),
            units=read,
            records=records,
            changes=changes,
            findings=run.findings,
            problems=run.problems,
            read_from=run.read_from,
            read_to=run.read_to,
        )
