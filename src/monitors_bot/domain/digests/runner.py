"""Work on a scheduled run: list the units, read them one by one, and end with a digest."""

from collections.abc import Callable

from monitors_bot import errors
from monitors_bot.domain.digests.order import Post
from monitors_bot.domain.digests.run import (
    NO_CHANNEL,
    NOT_SET_UP,
    TOO_MANY_SLICES,
    Problem,
    ProblemKind,
    Run,
    Stage,
    problem_of,
)
from monitors_bot.domain.digests.teller import Records, Teller, sight_of
from monitors_bot.domain.units.access import MaySee, everybody_sees_everything
from monitors_bot.domain.units.finder import UNITS_PERMISSION, is_gone
from monitors_bot.domain.units.finding import Units
from monitors_bot.domain.units.reasons import reason
from monitors_bot.domain.units.roster import Unit
from monitors_bot.domain.units.server import Server

FAILURES_IN_A_ROW = 3
"""After this many unreadable units in a row, the server itself may be down."""
SAVE_SECONDS = 5.0
"""How often progress is saved while units are read: a crash repeats at most so much reading, or all
listing."""
MOST_STALLED = 30
"""Slices without progress before a run gives up: half an hour at the limiter's usual window of a minute."""


class Runner:
    """Works on runs; `save` records the progress of one."""

    def __init__(
        self,
        server: Server,
        records: Records,
        teller: Teller,
        save: Callable[[Run], None],
        now: Callable[[], float],
        may_see: MaySee = everybody_sees_everything,
    ) -> None:
        self._server = server
        self._records = records
        self._teller = teller
        self._save = save
        self._now = now
        self._may_see = may_see
        self._failed_in_a_row = 0

    def advance(self, run: Run, until: float) -> None:
        """Do as much as fits before `until`; raise RocketChatLimited if the server asks us to wait."""
        try:
            self._list_and_read(run, until)
        except errors.SecretUnreachable as error:
            # Where rosters are recorded, the secret had a value: somebody has to see that it has none now.
            if not error.has_no_value or self._records.all():
                raise
            run.stage, run.outcome, run.why = Stage.OVER, NOT_SET_UP, str(error)
        if run.stage is Stage.POSTING and self._now() < until:
            self._end(run, until)

    def _end(self, run: Run, until: float) -> None:
        try:
            self._teller.end(run, until)
        except errors.DeliveryPostponed as error:
            # A long thread has more messages than the server takes at once. The next slice goes on with it.
            if isinstance(error.__cause__, errors.RocketChatLimited) and run.stalled < MOST_STALLED:
                raise error.__cause__ from None
            raise

    def _list_and_read(self, run: Run, until: float) -> None:
        if run.stage is not Stage.POSTING and run.has_had_its_slices:
            _post_what_was_read(run, TOO_MANY_SLICES)
        try:
            if run.stage is Stage.LISTING:
                self._list(run, until)
            if run.stage is Stage.READING:
                self._read(run, until)
        except errors.RocketChatLimited as error:
            # The next slice begins after the wait, unless the run has come no further for too long.
            if run.stalled < MOST_STALLED:
                raise
            _give_up(run, error)
        except errors.RocketChatError as error:
            # Any other error may be gone when the queue delivers this slice again.
            if not error.is_final:
                raise
            _give_up(run, error)

    def _list(self, run: Run, until: float) -> None:
        self._find_room(run)
        is_complete = False
        while not is_complete:
            if self._now() >= until:
                return
            is_complete = self._list_more(run)
        if not run.units and (problem := self._why_nothing_is_listed()):
            run.order_problems[""] = problem
        if not run.order.is_about_all and not run.order_problems:
            self._choose(run)
        run.stage = Stage.READING
        self._save(run)

    def _list_more(self, run: Run) -> bool:
        """Read the next part of the list; return whether it was the last."""
        # A run that an earlier version began has no number of rows.
        offset = max(run.rows_listed, len(run.units))
        units, end = self._server.units_from(offset)
        # The list may shift while it is read, so a part may repeat units of the one before.
        known = {unit.id for unit in run.units}
        new = [unit for unit in units if unit.id not in known]
        # A server that repeats one part would keep the run busy for ever, or seem to have no other units.
        if end is not None and (end <= offset or (units and not new)):
            raise errors.RocketChatUnintelligible("the list of units does not go on")
        run.units += new
        run.rows_listed = end or offset + len(units)
        return end is None

    def _why_nothing_is_listed(self) -> str:
        """Why an empty list may be wrong; empty if the server really has no units."""
        sees_all = self._server.sees_all_units(fresh=True)
        if sees_all is None:
            return "The server lists no units, and I can't tell whether the bot's account may see them."
        return "" if sees_all else reason(errors.PermissionMissing(UNITS_PERMISSION))

    def _find_room(self, run: Run) -> None:
        """Find the room to post in; without one, the run still records the rosters."""
        if run.room_id or run.outcome or run.order.post is Post.NONE:
            return
        try:
            run.room_id = self._teller.room_of(run.order.channel)
        except errors.DeliveryImpossible as error:
            run.outcome, run.why = NO_CHANNEL, str(error)

    def _choose(self, run: Run) -> None:
        """Keep only the units that were ordered, including all that share an ordered name."""
        visible = sight_of(run, self._may_see).units(Units(run.units))
        chosen: dict[str, Unit] = {}
        for wanted in run.order.units:
            matching = visible.exactly(wanted).units
            chosen |= {unit.id: unit for unit in matching}
            if not matching:
                run.order_problems[wanted] = self._why_it_is_missing()
        run.units = sorted(chosen.values(), key=lambda unit: unit.id)

    def _why_it_is_missing(self) -> str:
        if self._server.sees_all_units(fresh=True):
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
        run.stage = Stage.POSTING
        self._save(run)

    def _read_unit(self, run: Run, unit: Unit) -> None:
        needs_presence = run.posts and run.order.alert
        try:
            roster = self._server.roster(unit, with_presence=needs_presence)
            gone = is_gone(roster, self._server)
        except errors.RocketChatError as error:
            if not error.may_concern_one_unit:
                raise
            self._could_not_read(run, unit, error)
            return
        self._failed_in_a_row = 0
        run.read_from = run.read_from or roster.read_at
        run.read_to = max(run.read_to, roster.read_at)
        if gone:
            # Its record is ended by the next run, whose list will lack it: `Teller` trusts no single
            # question.
            run.unit_problems[unit.id] = Problem(ProblemKind.UNREAD, "It is not listed any more.")
            return
        record = self._records.record(unit, roster.monitors, roster.read_at)
        # If the record begins with this reading, the roster has changed.
        run.changed += record.since == record.read_at
        problem = problem_of(roster)
        # If presence was not read, it is unknown for everybody, and only an empty roster is a problem.
        if problem and (needs_presence or problem.kind is ProblemKind.EMPTY):
            run.unit_problems[unit.id] = problem

    def _could_not_read(self, run: Run, unit: Unit, error: errors.RocketChatError) -> None:
        """Note that a unit could not be read; raise the error instead if the server turns out to be down."""
        self._failed_in_a_row += 1
        if self._failed_in_a_row >= FAILURES_IN_A_ROW and not self._server.is_up():
            # The units just before this one failed for the same reason, so they are read again as well.
            run.cursor -= self._failed_in_a_row - 1
            for again in run.units[run.cursor :]:
                run.unit_problems.pop(again.id, None)
            raise error
        run.unit_problems[unit.id] = Problem(ProblemKind.UNREAD, reason(error))


def _give_up(run: Run, error: errors.RocketChatError) -> None:
    _post_what_was_read(run, reason(error))


def _post_what_was_read(run: Run, why_not_all: str) -> None:
    run.order_problems[""] = why_not_all
    run.stage = Stage.POSTING
