"""The background worker: runs come off its queue slice by slice, and go back on it until they are over.

Notices come off the same queue, see background_notices.py.
"""

import os
import time
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from aws_lambda_powertools.utilities.batch import BatchProcessor, EventType, process_partial_response
from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord

from monitors_bot.aws.messages import read
from monitors_bot.domain.digests.run import Run, Stage
from monitors_bot.domain.digests.slices import Slice
from monitors_bot.domain.notices.messages import Event, Page, Turn
from monitors_bot.errors import JobMalformed, MonitorsBotError, RocketChatLimited
from monitors_bot.lambdas.background_notices import NoticeWork
from monitors_bot.lambdas.pauses import pause_after
from monitors_bot.lambdas.telemetry import Telemetry
from monitors_bot.wiring.background import Background

SLICE_SECONDS = 30.0
"""With what the unit takes that was begun last, less than the function's 60 s."""
LONGEST_DELAY_SECONDS = 900
"""SQS knows no longer one."""
SHORT_WAIT_SECONDS = 2.0
"""What is waited for in place: SQS counts whole seconds."""


class BackgroundWork:
    """Does the messages of the queue."""

    def __init__(
        self,
        environ: Mapping[str, str],
        now: Callable[[], float] = time.time,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._now = now
        self._sleep = sleep
        self._telemetry = Telemetry(environ)
        self._background = Background(environ, self._telemetry.wrong_keys, now)
        self._notices = NoticeWork(self._background, self._telemetry, now)

    def handle(self, event: dict[str, Any], context: Any = None) -> Mapping[str, Any]:
        """Do a batch; what is to be done later, or can't be done, stays on the queue."""
        processor = BatchProcessor(event_type=EventType.SQS, raise_on_entire_batch_failure=False)
        return process_partial_response(event, self._do, processor, context)

    def close(self) -> None:
        self._background.close()

    def _do(self, record: SQSRecord) -> None:
        try:
            self._do_message(record.body)
        except JobMalformed as error:
            self._telemetry.trouble(error)
            self._background.queue.pause(record.receipt_handle, 0)
            raise
        except MonitorsBotError as error:
            self._telemetry.trouble(error)
            self._background.queue.pause(record.receipt_handle, pause_after(error, record))
            raise
        except Exception:
            self._telemetry.crashed()
            raise

    def _do_message(self, body: str) -> None:
        match message := read(body):
            case Page() | Event() | Turn():
                self._notices.do(message)
            case Slice():
                self._telemetry.begin(message.run_id, "background")
                self._go_on(message)
            case _:
                raise JobMalformed("a message of the other queue")

    def _go_on(self, job: Slice) -> None:
        runs = self._background.runs
        run = runs.hold(job.run_id, job.number)
        if not run:
            return
        before = run.progress
        try:
            wait = self._work(run)
        except MonitorsBotError:
            runs.release(run)
            raise
        run.stalled = 0 if run.progress != before else run.stalled + 1
        if run.stage is Stage.OVER:
            runs.release(run)
            self._telemetry.run_over(run, self._now())
            return
        self._queue_next(run, wait)

    def _work(self, run: Run) -> float:
        """Do a slice; tell how long the server then asks to wait."""
        wait = run.not_before - self._now()
        if wait > SHORT_WAIT_SECONDS:
            return wait
        self._sleep(max(0.0, wait))
        runner = self._background.runner(run)
        try:
            runner.go_on(run, self._now() + SLICE_SECONDS)
        except RocketChatLimited as error:
            return error.wait_seconds
        return 0.0

    def _queue_next(self, run: Run, wait: float) -> None:
        run.slice += 1
        run.not_before = self._now() + wait
        self._background.runs.release(run)
        self._telemetry.run_continues(run, self._now())
        self._background.queue.put(Slice(run.order.id, run.slice), int(min(wait, LONGEST_DELAY_SECONDS)))


@cache
def background_work() -> BackgroundWork:
    """The worker of this process, built by its first event."""
    return BackgroundWork(os.environ)


def handler(event: dict[str, Any], context: Any) -> Mapping[str, Any]:
    """Take a batch of SQS messages; give back which of them have to come again."""
    return background_work().handle(event, context)
