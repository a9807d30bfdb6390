"""Doing a scheduled run: list the units, read them one by one, have the channel told what is new."""

from collections.abc import Callable
from typing import Protocol

from monitors_bot import errors
from monitors_bot.domain.digests.order import Post
from monitors_bot.domain.digests.run import NO_CHANNEL, Finding, Kind, Run, Stage, found_of
from monitors_bot.domain.digests.teller import Channels, Rosters, Teller
from monitors_bot.domain.units.finding import Units
from monitors_bot.domain.units.reasons import reason
from monitors_bot.domain.units.roster import Roster, Unit

UNITS_PERMISSION = "manage-livechat-units"
IN_A_ROW = 3
"""So many units that can't be read, one after the other, may mean that the server is down."""
SAVE_SECONDS = 5.0
"""How much of its work a run may have to do again."""
MOST_STALLED = 30
"""Slices in which a run gets nowhere before it gives up: half an hour of a server that limits us, or more."""
OF_ONE_UNIT = (errors.RocketChatUnavailable, errors.RocketChatUnintelligible, errors.UnitsNotAvailable)
"""Once units were listed they are available: a unit that seems not to be is alone in that."""
OF_EVERYTHING = (errors.PermissionMissing, errors.UnitsNotAvailable)


class Survey(Protocol):
    """The server; every method may raise a RocketChatError or SettingsError."""

    host: str

    def units(self, offset: int) -> tuple[list[Unit], bool]: ...

    def roster(self, unit: Unit, *, with_presence: bool) -> Roster: ...

    def lists(self, unit: Unit) -> bool: ...

    def sees_all_units(self) -> bool | None: ...

    def is_up(self) -> bool: ...


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
        self._teller = Teller(survey, rosters, channels, now)
        self._failed_in_a_row = 0

    def go_on(self, run: Run, until: float) -> None:
        """Do as much as can be done before `until`; raise RocketChatLimited where the server asks to wait."""
        try:
            if run.stage is Stage.LISTING:
                self._list(run, until)
            if run.stage is Stage.READING:
                self._read(run, until)
        except OF_EVERYTHING as error:
            self._give_up(run, error)
        except errors.RocketChatLimited as error:
            if run.stalled < MOST_STALLED:
                raise
            self._give_up(run, error)
        if run.stage is Stage.TELLING and self._now() < until:
            self._teller.tell(run)

    def _give_up(self, run: Run, error: errors.RocketChatError) -> None:
        """Tell what was read until now, and why that is not all."""
        run.problems[""] = reason(error)
        run.stage = Stage.TELLING

    def _list(self, run: Run, until: float) -> None:
        self._find_room(run)
        is_complete = False
        while not is_complete:
            if self._now() >= until:
                return
            is_complete = self._list_more(run)
        if not run.units and (problem := self._why_nothing_is_listed()):
            run.problems[""] = problem
        if not run.order.is_about_all and not run.problems:
            self._choose(run)
        run.stage = Stage.READING
        self._save(run)

    def _list_more(self, run: Run) -> bool:
        """Read on in the list; tell whether that was its end."""
        units, is_complete = self._survey.units(len(run.units))
        known = {unit.id for unit in run.units}
        new = [unit for unit in units if unit.id not in known]
        if not new and not is_complete:
            raise errors.RocketChatUnintelligible("the list of units does not go on")
        run.units += new
        return is_complete

    def _why_nothing_is_listed(self) -> str:
        """Why an empty list may not be the truth; nothing where it is."""
        sees_all = self._survey.sees_all_units()
        if sees_all is None:
            return "The server lists no units, and I can't tell whether the bot's account may see them."
        return "" if sees_all else reason(errors.PermissionMissing(UNITS_PERMISSION))

    def _find_room(self, run: Run) -> None:
        """Find where to post; where that is nowhere, the rosters are recorded all the same."""
        if run.room_id or run.outcome or run.order.post is Post.NONE:
            return
        try:
            run.room_id = self._channels.room_of(run.order.channel)
        except errors.DeliveryImpossible as error:
            run.outcome, run.why = NO_CHANNEL, str(error)

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
