"""Slices of a run: what one does, and when the next one is due.

A run may outlast an invocation of the function, and the server may ask us to wait. So each slice has a
message on the queue, and at its end a slice queues the next one until the run is over.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from monitors_bot.domain.digests.run import Run, Stage
from monitors_bot.errors import MonitorsBotError, RocketChatLimited

SLICE_SECONDS = 30.0
"""Leaves time to finish the last unit within the 60 s that the function has."""
LONGEST_DELAY_SECONDS = 900
"""The longest delay SQS allows."""
SHORT_WAIT_SECONDS = 2.0
"""A wait this short is not worth a message, since SQS delays are whole seconds."""


@dataclass(frozen=True, slots=True)
class Slice:
    """The message of one slice: the part of a run that one invocation does."""

    run_id: str
    number: int


class Runs(Protocol):
    """The recorded runs, each worked on by one worker at a time."""

    def hold(self, run_id: str, number: int) -> Run | None:
        """Hold a run; return None if this slice is already done, raise RunHeld if another worker holds it."""
        ...

    def release(self, run: Run) -> None: ...


class Queue(Protocol):
    def put(self, message: Slice, delay_seconds: int = 0) -> None: ...


class Telemetry(Protocol):
    def run_continues(self, run: Run, at: float) -> None: ...

    def run_over(self, run: Run, at: float) -> None: ...


class Slices:
    """Works on runs slice by slice.

    `work(run, until)` does as much of a run as fits before `until`; it raises RocketChatLimited if the server
    asks us to wait.
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

    def do(self, message: Slice) -> None:
        """Do a slice, and queue the next one unless the run is over; if this raises, it is retried."""
        run = self._runs.hold(message.run_id, message.number)
        if not run:
            return
        before = run.progress
        try:
            wait_seconds = self._work_on(run)
        except MonitorsBotError:
            # Otherwise the retry would find the run still held, and have to wait.
            self._runs.release(run)
            raise
        run.stalled = 0 if run.progress != before else run.stalled + 1
        if run.stage is Stage.OVER:
            self._finish(run)
        else:
            self._queue_next(run, wait_seconds)

    def _work_on(self, run: Run) -> float:
        """Do a slice; return how many seconds the server asks us to wait before the next."""
        wait_seconds = run.not_before - self._now()
        # The message came too early: when one is delivered again, the queue does not know of the wait.
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

        If the worker dies in between, its own message is delivered again and begins the next slice.
        """
        run.slice += 1
        run.not_before = self._now() + wait_seconds
        self._runs.release(run)
        self._telemetry.run_continues(run, self._now())
        self._queue.put(Slice(run.order.id, run.slice), int(min(wait_seconds, LONGEST_DELAY_SECONDS)))


def may_begin(run: Run, number: int) -> bool:
    """Whether the message with this number may begin `run.slice`, the slice that is due."""
    if run.stage is Stage.OVER:
        return False
    # A slice is begun by its own message: at first, and again after a worker failed or died.
    is_its_message = number == run.slice
    # The message that began the slice before may begin this one as well, because the worker may have died
    # before it queued the next message. If both messages exist, the one that begins the slice becomes
    # `run.started`; after the slice, the other one matches neither number.
    takes_its_place = number == run.started
    # Any other message is a late duplicate: the run went on without it.
    return is_its_message or takes_its_place
