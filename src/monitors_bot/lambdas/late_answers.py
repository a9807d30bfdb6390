"""The door of late answers: it gives the answers that were promised, where the commands came from."""

import os
import time
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any

from aws_lambda_powertools.utilities.batch import BatchProcessor, EventType, process_partial_response
from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord

from monitors_bot.aws.messages import read
from monitors_bot.aws.services import is_passing
from monitors_bot.deadline import Deadline
from monitors_bot.domain.answers.bot import Bot
from monitors_bot.domain.answers.conversation import Job, Reply
from monitors_bot.domain.units.access import MaySee
from monitors_bot.errors import (
    AwsRefused,
    DeliveryPostponed,
    JobMalformed,
    Postponed,
    ServerUnreachable,
    SettingsError,
)
from monitors_bot.lambdas.late_delivery import Ending, LateDelivery
from monitors_bot.lambdas.pauses import pause_before_next_try
from monitors_bot.lambdas.telemetry import Telemetry
from monitors_bot.platforms import Platform, ResponseUrl, Room
from monitors_bot.wiring.answers import asker_of
from monitors_bot.wiring.late_answers import LateAnswerParts
from monitors_bot.wiring.platforms import PLATFORMS

READING_SECONDS = 12
"""The most time for reading the secret and asking the server together."""
SENDING_SECONDS = 8
"""The most time for sending; with reading, the table and the queue it stays below the function's 30 s."""
CLOCK_SKEW_SECONDS = 60
BAD_NEWS_AFTER_SECONDS = 120
"""The least age of a job whose answer may be bad news: before that, a later try may find a roster."""
OLDEST_SECONDS = 25 * 60
"""Slack and Mattermost accept a late answer for half an hour."""


class LateAnswers:
    """Answers the jobs of the queue."""

    def __init__(
        self,
        environ: Mapping[str, str],
        now: Callable[[], float] = time.time,
        platforms: Sequence[Platform] = PLATFORMS,
        may_see: MaySee | None = None,
    ) -> None:
        self._now = now
        self._telemetry = Telemetry(environ, now)
        self._last_dead = ""
        self._parts = LateAnswerParts(environ, self._telemetry, now, platforms, may_see)
        self._delivery = LateDelivery(self._parts, self._telemetry)
        self._platforms: Mapping[str, Platform] = {platform.NAME: platform for platform in platforms}

    def handle(self, event: dict[str, Any], context: Any = None) -> Mapping[str, Any]:
        """Work through a batch; report the messages that stay on the queue."""
        processor = BatchProcessor(event_type=EventType.SQS, raise_on_entire_batch_failure=False)
        return process_partial_response(event, self._do, processor, context)

    def _do(self, record: SQSRecord) -> None:
        try:
            job = _read_job(record.body)
            self._telemetry.begin(job.correlation_id, "late-answers")
            self._answer(job)
        except JobMalformed as error:
            # Returned without a pause until SQS itself moves it to the dead-letter queue. So this function
            # needs no permission to write there.
            self._telemetry.log_error(error)
            self._count_dead(record.message_id)
            self._parts.queue.pause(record.receipt_handle, 0)
            raise
        except Exception as error:
            if _is_postponed(error):
                self._telemetry.log_error(error)
                self._parts.queue.pause(record.receipt_handle, pause_before_next_try(record))
                raise
            self._telemetry.crashed()
            self._telemetry.late_answer(Ending.CRASHED, arrived=False)
            raise

    def _count_dead(self, message_id: str) -> None:
        """Count a dead message once in a row, although SQS delivers it several times before it gives up."""
        if message_id != self._last_dead:
            self._last_dead = message_id
            self._telemetry.late_answer(Ending.DEAD, arrived=False)

    def _answer(self, job: Job) -> None:
        reading = self._in(READING_SECONDS)
        platform = self._platform(job, reading)
        address = self._address(job, platform)
        reply = self._reply(job, reading)
        self._delivery.deliver(
            job, address, platform.render_reply(reply, job.command), self._in(SENDING_SECONDS)
        )

    def _platform(self, job: Job, reading: Deadline) -> Platform:
        """Return the platform to answer on; raise JobMalformed if it is not set up or the job is too old."""
        platform = self._platforms.get(job.platform)
        if not platform:
            raise JobMalformed("for a platform that we do not know")
        if not -CLOCK_SKEW_SECONDS <= self._age(job) <= OLDEST_SECONDS:
            raise JobMalformed("too old to be answered")
        if not self._parts.secrets.current(reading).shared_with(platform.SECRET_KEY):
            raise JobMalformed("for a platform that is not set up any more")
        return platform

    def _address(self, job: Job, platform: Platform) -> Room | ResponseUrl:
        address = self._parts.late_address(platform, job.command)
        if not address:
            raise JobMalformed("has no address that may be answered")
        return address

    def _reply(self, job: Job, reading: Deadline) -> Reply:
        asker = asker_of(self._platforms[job.platform], job.command)
        knowledge = self._parts.knowledge(asker, self._parts.server(), reading, reading, job.asked_at)
        reply = Bot(knowledge).answer(job.command)
        if not reply:  # no message of the chat door: it queues none for a room that it has not checked
            raise JobMalformed("for a room that may be a customer's")
        self._telemetry.late_answer_read(reply, self._now())
        if reply.outcome.may_improve and self._age(job) < BAD_NEWS_AFTER_SECONDS:
            raise Postponed(f"there is no better reply yet: {reply.outcome.value}")
        self._telemetry.asked(job.platform, job.command, reply)
        return reply

    def _age(self, job: Job) -> float:
        return self._now() - job.asked_at

    def _in(self, seconds: float) -> Deadline:
        return Deadline(self._now() + seconds, self._now)


def _is_postponed(error: Exception) -> bool:
    """Whether the next try may succeed, so that the message has to wait for it."""
    if isinstance(error, AwsRefused):
        return is_passing(error)
    return isinstance(error, DeliveryPostponed | Postponed | ServerUnreachable | SettingsError)


def _read_job(body: str) -> Job:
    message = read(body)
    if not isinstance(message, Job):
        raise JobMalformed("a message of the other queue")
    return message


@cache
def late_answers() -> LateAnswers:
    """Return the door of this process, built at its first event."""
    return LateAnswers(os.environ)


def handler(event: dict[str, Any], context: Any) -> Mapping[str, Any]:
    """Handle a batch of SQS messages; return those that SQS has to deliver again."""
    return late_answers().handle(event, context)
