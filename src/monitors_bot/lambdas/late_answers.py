"""The worker: late answers come off the queue, and go where they were asked for, at most once each."""

import os
import time
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from aws_lambda_powertools.utilities.batch import BatchProcessor, EventType, process_partial_response
from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord

from monitors_bot.aws.messages import read
from monitors_bot.aws.stores.deliveries import Claim
from monitors_bot.deadline import Deadline
from monitors_bot.domain.answers.bot import Bot
from monitors_bot.domain.answers.conversation import Job, Outcome, Reply
from monitors_bot.errors import (
    DeliveryImpossible,
    DeliveryPostponed,
    DeliveryUnclear,
    JobMalformed,
    MonitorsBotError,
    SettingsError,
)
from monitors_bot.lambdas.pauses import pause_before_next_try
from monitors_bot.lambdas.telemetry import Telemetry
from monitors_bot.platforms import Platform
from monitors_bot.platforms.rocketchat import command as rocketchat
from monitors_bot.wiring.answers import PLATFORMS
from monitors_bot.wiring.late_answers import Worker

READING_SECONDS = 12
"""How long the secret and the server may take together for a late answer."""
SENDING_SECONDS = 8
"""With reading, and what the table and the queue take, this is less than the function's 30 s."""
CLOCK_SKEW_SECONDS = 60
PATIENCE_SECONDS = 120
"""How long we hope for a better answer than bad news."""
OLDEST_SECONDS = 25 * 60
"""Platforms take a late answer for half an hour."""
BETTER_LATER = frozenset(
    {Outcome.TOO_SLOW, Outcome.UNAVAILABLE, Outcome.LIMITED, Outcome.LAST_KNOWN, Outcome.RECORDS_UNREACHABLE}
)


class Postponed(MonitorsBotError):
    """The job has to be done later: the queue gives it back after a pause."""


class LateAnswers:
    """Does the jobs of the queue."""

    def __init__(self, environ: Mapping[str, str], now: Callable[[], float] = time.time) -> None:
        self._now = now
        self._telemetry = Telemetry(environ)
        self._last_dead = ""
        self._worker = Worker(environ, self._telemetry.wrong_keys, now, self._telemetry.trouble)
        self._platforms: Mapping[str, Platform] = {platform.NAME: platform for platform in PLATFORMS}

    def handle(self, event: dict[str, Any], context: Any = None) -> Mapping[str, Any]:
        """Do a batch; what is to be done later, or can't be done, stays on the queue."""
        processor = BatchProcessor(event_type=EventType.SQS, raise_on_entire_batch_failure=False)
        return process_partial_response(event, self._do, processor, context)

    def _do(self, record: SQSRecord) -> None:
        try:
            job = _read_job(record.body)
            self._telemetry.begin(job.correlation_id, "worker")
            reading = self._in(READING_SECONDS)
            self._require_doable(job, reading)
            self._answer(job, reading)
        except JobMalformed as error:
            self._telemetry.trouble(error)
            self._count_dead(record.message_id)
            self._worker.queue.pause(record.receipt_handle, 0)
            raise
        except (DeliveryPostponed, Postponed, SettingsError) as error:
            self._telemetry.trouble(error)
            self._worker.queue.pause(record.receipt_handle, pause_before_next_try(record))
            raise
        except Exception:
            self._telemetry.crashed()
            self._telemetry.late_answer("crashed", self._now())
            raise

    def _count_dead(self, message_id: str) -> None:
        """Count a message once, though it comes again and again until it is with the dead letters."""
        if message_id != self._last_dead:
            self._last_dead = message_id
            self._telemetry.late_answer("dead", self._now())

    def _require_doable(self, job: Job, reading: Deadline) -> None:
        """Raise JobMalformed for what can never be answered: it was not ours, or its time is over."""
        platform = self._platforms.get(job.platform)
        if not platform:
            raise JobMalformed("for a platform that we do not know")
        if not -CLOCK_SKEW_SECONDS <= self._age(job) <= OLDEST_SECONDS:
            raise JobMalformed("too old to be answered")
        secret = self._worker.secrets.current(reading)
        if not secret.shared_with(platform.SECRET_KEY):
            raise JobMalformed("for a platform that is not set up any more")
        if not self._worker.can_answer_late(job.platform, job.command):
            raise JobMalformed("has no place that may be answered to")

    def _answer(self, job: Job, reading: Deadline) -> None:
        platform = self._platforms[job.platform]
        knowledge = self._worker.knowledge(self._worker.server(), reading, reading, job.asked_at)
        reply = Bot(knowledge).answer(job.command)
        if not reply:
            raise JobMalformed("for a room that may be a customer's")
        if reply.outcome in BETTER_LATER and self._age(job) < PATIENCE_SECONDS:
            raise Postponed(f"Rocket.Chat gave no answer yet: {reply.outcome.value}")
        self._deliver(job, platform, reply)

    def _deliver(self, job: Job, platform: Platform, reply: Reply) -> None:
        send = self._post if platform.NAME == rocketchat.NAME else self._send_once
        try:
            how = send(job, platform.render_reply(reply, job.command))
        except (DeliveryUnclear, DeliveryImpossible) as error:
            self._telemetry.trouble(error)
            how = "unclear" if isinstance(error, DeliveryUnclear) else "impossible"
        if how:
            self._telemetry.late_answer(how, self._now())
        if how and send == self._send_once:
            self._worker.deliveries.finish(job.id)

    def _post(self, job: Job, payload: Mapping[str, object]) -> str:
        """Post into the room; the message's id is the job's, so a repeat inserts nothing."""
        command = job.command
        self._worker.posts.send(
            job.id, command.room_id, command.thread_id, payload, self._in(SENDING_SECONDS)
        )
        return "delivered"

    def _send_once(self, job: Job, payload: Mapping[str, object]) -> str:
        """Send to the address that came with the command, if nobody did yet; say how that ended."""
        match self._worker.deliveries.claim(job.id):
            case Claim.DONE:
                return ""
            case Claim.BUSY:
                raise Postponed("another worker is sending it")
            case Claim.ABANDONED:
                return "abandoned"
        address = job.command.response_url
        try:
            self._worker.response_urls.post(job.platform, address, payload, self._in(SENDING_SECONDS))
        except DeliveryPostponed:
            self._worker.deliveries.release(job.id)
            raise
        return "delivered"

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
    """The worker of this process, built by its first event."""
    return LateAnswers(os.environ)


def handler(event: dict[str, Any], context: Any) -> Mapping[str, Any]:
    """Take a batch of SQS messages; give back which of them have to come again."""
    return late_answers().handle(event, context)
