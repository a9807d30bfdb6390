"""Slices of a run: what one does, and when the next one is due.

A run may take longer than a function lives, and the server may ask to wait. So a message on the queue stands
for each slice, and the end of one queues the next until the run is over.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from monitors_bot.domain.digests.run import Run, Stage
from monitors_bot.errors import MonitorsBotError, RocketChatLimited

SLICE_SECONDS = 30.0
"""With the unit that was begun last, this stays below the function's 60 s."""
LONGEST_DELAY_SECONDS = 900
"""The longest delay SQS allows."""
SHORT_WAIT_SECONDS = 2.0
"""A wait this short is not worth a message: SQS counts in whole seconds."""


@dataclass(frozen=True, slots=True)
class Slice:
    """A part of a run: as much as is done in one go."""

    run_id: str
    number: int


class Runs(Protocol):
    """The recorded runs, each worked on by one worker at a time."""

    def hold(self, run_id: str, number: int) -> Run | None:
        """Return None where nothing is left to do for this slice; raise RunHeld where another works on it."""
        ...

    def release(self, run: Run) -> None: ...


class Queue(Protocol):
    def put(self, message: Slice, delay_seconds: int = 0) -> None: ...


class Telemetry(Protocol):
    def run_continues(self, run: Run, at: float) -> None: ...

    def run_over(self, run: Run, at: float) -> None: ...


class Slices:
    """Works on runs slice by slice.

    `work(run, until)` does as much of a run as it can before `until`; it raises RocketChatLimited where the
    server asks to wait.
    """

    def __init__(
        self,
        runs: Runs,
        work: Callable[[Run, float], None],
        queue: Queue,
        telemetry: Telemetry,
        now: Callable[[], float],
        wait: Callable[[float], None],
    ) -> None:
        self._runs = runs
        self._work = work
        self._queue = queue
        self._telemetry = telemetry
        self._now = now
        self._wait = wait

    def do(self, job: Slice) -> None:
        """Do a slice, and queue the next one unless the run is over; an exception means a retry."""
        run = self._runs.hold(job.run_id, job.number)
        if not run:
            return
        before = run.progress
        try:
            wait_seconds = self._work_on(run)
        except MonitorsBotError:
            # The retry must not find the run still held by us.
            self._runs.release(run)
            raise
        run.stalled = 0 if run.progress != before else run.stalled + 1
        if run.stage is Stage.OVER:
            self._finish(run)
        else:
            self._queue_next(run, wait_seconds)

    def _work_on(self, run: Run) -> float:
        """Do a slice; return how many seconds the server then asks to wait."""
        wait_seconds = run.not_before - self._now()
        if wait_seconds > SHORT_WAIT_SECONDS:
            return wait_seconds
        self._wait(max(0.0, wait_seconds))
        try:
            self._work(run, self._now() + SLICE_SECONDS)
        except RocketChatLimited as error:
            return error.wait_seconds
        return 0.0

    def _finish(self, run: Run) -> None:
        self._runs.release(run)
        self._telemetry.run_over(run, self._now())

    def _queue_next(self, run: Run, wait_seconds: float) -> None:
        """Record the next slice, then queue it.

        If the worker dies in between, its own message comes again and stands for the next slice.
        """
        run.slice += 1
        run.not_before = self._now() + wait_seconds
        self._runs.release(run)
        self._telemetry.run_continues(run, self._now())
        self._queue.put(Slice(run.order.id, run.slice), int(min(wait_seconds, LONGEST_DELAY_SECONDS)))


def may_begin(run: Run, number: int) -> bool:
    """Whether the message of slice `number` may begin the slice that is due, which is `run.slice`."""
    if run.stage is Stage.OVER:
        return False
    # The message of that slice may: the first time, and again after a worker failed or died.
    is_its_message = number == run.slice
    # So may the message on which the slice before was begun, until another one begins a slice: the worker may
    # have died before it queued the message of this one. If both are there, one begins the slice and becomes
    # `run.started`; once the slice is done, the other one fits nothing any more.
    takes_its_place = number == run.started
    # Any other message is old and came twice: the run went on without it.
    return is_its_message or takes_its_place
