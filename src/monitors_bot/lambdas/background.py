"""The background door: it works on the slices of runs and the notices of one queue."""

import os
import time
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from aws_lambda_powertools.utilities.batch import BatchProcessor, EventType, process_partial_response
from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord

from monitors_bot.aws.messages import read
from monitors_bot.domain.digests.slices import Slice
from monitors_bot.domain.notices.messages import Event, Page, Turn
from monitors_bot.domain.units.access import MaySee
from monitors_bot.domain.units.phrases import plain
from monitors_bot.domain.units.reasons import in_the_log
from monitors_bot.errors import JobMalformed, MonitorsBotError
from monitors_bot.lambdas.pauses import pause_after
from monitors_bot.lambdas.telemetry import Telemetry
from monitors_bot.wiring.background import BackgroundParts


class BackgroundWork:
    """Dispatches each message of the queue, and returns it to the queue if it has to be retried."""

    def __init__(
        self,
        environ: Mapping[str, str],
        now: Callable[[], float] = time.time,
        sleep: Callable[[float], None] = time.sleep,
        may_see: MaySee | None = None,
    ) -> None:
        self._now = now
        self._telemetry = Telemetry(environ, now)
        self._parts = BackgroundParts(environ, self._telemetry, now, sleep, may_see)

    def handle(self, event: dict[str, Any], context: Any = None) -> Mapping[str, Any]:
        """Work through a batch; report the messages that stay on the queue."""
        processor = BatchProcessor(event_type=EventType.SQS, raise_on_entire_batch_failure=False)
        return process_partial_response(event, self._take, processor, context)

    def close(self) -> None:
        self._parts.close()

    def _take(self, record: SQSRecord) -> None:
        try:
            self._do(read(record.body))
        except JobMalformed as error:
            # No retry can help. Without a pause, the message soon reaches the dead-letter queue.
            self._telemetry.log_error(error)
            self._parts.queue.pause(record.receipt_handle, 0)
            raise
        except MonitorsBotError as error:
            self._telemetry.log_error(error)
            self._parts.queue.pause(record.receipt_handle, pause_after(error, record))
            raise
        except Exception:
            self._telemetry.crashed()
            raise

    def _do(self, message: object) -> None:
        match message:
            case Slice():
                self._telemetry.begin(message.run_id, "background")
                self._parts.slices.do(message)
            case Page() | Event() | Turn():
                self._notify(message)
            case _:
                raise JobMalformed("a message of the other queue")

    def _notify(self, notice: Page | Event | Turn) -> None:
        # A turn stands for many events, so it has no correlation id.
        correlation_id = "" if isinstance(notice, Turn) else notice.correlation_id
        self._telemetry.begin(correlation_id, "background")
        try:
            match notice:
                case Page():
                    self._post(notice)
                case Event():
                    self._parts.counting.event(notice)
                case Turn():
                    self._parts.counting.turn(notice)
        except MonitorsBotError as error:
            if not error.is_final:
                raise
            self._telemetry.notice_failed(error, self._now())

    def _post(self, page: Page) -> None:
        """Post a page; it is posted all the same where nobody can be mentioned, but counts as failed."""
        try:
            why = self._parts.notifier().post_page(page)
        except MonitorsBotError as error:
            if not error.is_final:
                raise
            self._telemetry.log_error(error)
            why = in_the_log(error)
            self._telemetry.paged(page, "not-posted")
        else:
            self._telemetry.paged(page, "called-nobody" if why else "posted")
            self._telemetry.notice_posted("page", page.id, self._now(), calls_somebody=not why)
        if why:
            self._telemetry.page_failed(page.id, plain(page.unit), why, self._now())


@cache
def background_work() -> BackgroundWork:
    """Return the worker of this process, built at its first event."""
    return BackgroundWork(os.environ)


def handler(event: dict[str, Any], context: Any) -> Mapping[str, Any]:
    """Handle a batch of SQS messages; return those that SQS has to deliver again."""
    return background_work().handle(event, context)
