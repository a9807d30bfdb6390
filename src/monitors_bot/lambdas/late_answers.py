"""The door of late answers: promised answers come off the queue, and go where the commands came from."""

import os
import time
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any

from aws_lambda_powertools.utilities.batch import BatchProcessor, EventType, process_partial_response
from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord

from monitors_bot.aws.messages import read
from monitors_bot.deadline import Deadline
from monitors_bot.domain.answers.bot import Bot
from monitors_bot.domain.answers.conversation import Job, Reply
from monitors_bot.domain.units.access import Asker, MaySee, everybody_sees_everything
from monitors_bot.errors import DeliveryPostponed, JobMalformed, Postponed, SettingsError
from monitors_bot.lambdas.late_delivery import Ending, LateDelivery
from monitors_bot.lambdas.pauses import pause_before_next_try
from monitors_bot.lambdas.telemetry import Telemetry
from monitors_bot.platforms import Platform, ResponseUrl, Room
from monitors_bot.wiring.late_answers import LateAnswerParts
from monitors_bot.wiring.platforms import PLATFORMS

READING_SECONDS = 12
"""How long reading the secret and asking the server may take together."""
SENDING_SECONDS = 8
"""Reading, sending, and the calls of the table and the queue take less than the function's 30 s."""
CLOCK_SKEW_SECONDS = 60
BAD_NEWS_AFTER_SECONDS = 120
"""Until a job is this old, bad news is not sent, because a later try may find a roster."""
OLDEST_SECONDS = 25 * 60
"""Platforms take a late answer for half an hour."""


class LateAnswers:
    """Answers the jobs of the queue."""

    def __init__(
        self,
        environ: Mapping[str, str],
        now: Callable[[], float] = time.time,
        platforms: Sequence[Platform] = PLATFORMS,
        may_see: MaySee = everybody_sees_everything,
    ) -> None:
        self._now = now
        self._telemetry = Telemetry(environ)
        self._last_dead = ""
        self._parts = LateAnswerParts(environ, self._telemetry, now, platforms, may_see)
        self._delivery = LateDelivery(self._parts, self._telemetry)
        self._platforms: Mapping[str, Platform] = {platform.NAME: platform for platform in platforms}

    def handle(self, event: dict[str, Any], context: Any = None) -> Mapping[str, Any]:
        """Do a batch; a job whose turn is later, or that can't be done, stays on the queue."""
        processor = BatchProcessor(event_type=EventType.SQS, raise_on_entire_batch_failure=False)
        return process_partial_response(event, self._do, processor, context)

    def _do(self, record: SQSRecord) -> None:
        try:
            job = _read_job(record.body)
            self._telemetry.begin(job.correlation_id, "late-answers")
            self._answer(job)
        except JobMalformed as error:
            # Given back without a pause, as often as the queue allows. Then SQS moves it to the dead letters,
            # so this function needs no right to write there.
            self._telemetry.trouble(error)
            self._count_dead(record.message_id)
            self._parts.queue.pause(record.receipt_handle, 0)
            raise
        except (DeliveryPostponed, Postponed, SettingsError) as error:
            self._telemetry.trouble(error)
            self._parts.queue.pause(record.receipt_handle, pause_before_next_try(record))
            raise
        except Exception:
            self._telemetry.crashed()
            self._telemetry.late_answer(Ending.CRASHED, self._now())
            raise

    def _count_dead(self, message_id: str) -> None:
        """Count a message once, although it comes several times before it is with the dead letters."""
        if message_id != self._last_dead:
            self._last_dead = message_id
            self._telemetry.late_answer(Ending.DEAD, self._now())

    def _answer(self, job: Job) -> None:
        reading = self._in(READING_SECONDS)
        platform = self._platform(job, reading)
        address = self._address(job, platform)
        reply = self._reply(job, reading)
        self._delivery.deliver(
            job, address, platform.render_reply(reply, job.command), self._in(SENDING_SECONDS)
        )

    def _platform(self, job: Job, reading: Deadline) -> Platform:
        """The platform to answer on; raise JobMalformed if it is not ours (any more), or its time is over."""
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
            raise JobMalformed("has no place that may be answered to")
        return address

    def _reply(self, job: Job, reading: Deadline) -> Reply:
        asker = Asker(job.platform, job.command.user_id, job.command.room_id)
        knowledge = self._parts.knowledge(asker, self._parts.server(), reading, reading, job.asked_at)
        reply = Bot(knowledge).answer(job.command)
        if not reply:
            raise JobMalformed("for a room that may be a customer's")
        if reply.outcome.may_pass and self._age(job) < BAD_NEWS_AFTER_SECONDS:
            raise Postponed(f"Rocket.Chat gave no answer yet: {reply.outcome.value}")
        return reply

    def _age(self, job: Job) -> float:
        return self._now() - job.asked_at

    def _in(self, seconds: float) -> Deadline:
        return Deadline(self._now() + seconds, self._now)


def _read_job(body: str) -> Job:
    message = read(body)
    if not isinstance(message, Job):
        raise JobMalformed("a message of the other queue")
    return message


@cache
def late_answers() -> LateAnswers:
    """The door of this process, built at its first event."""
    return LateAnswers(os.environ)


def handler(event: dict[str, Any], context: Any) -> Mapping[str, Any]:
    """Take a batch of SQS messages, and return those that have to come again."""
    return late_answers().handle(event, context)
