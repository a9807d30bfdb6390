"""Delivers late answers: as a post in a room, which may be repeated, or at most once to a response URL."""

from collections.abc import Mapping
from enum import StrEnum

from monitors_bot.aws.stores.deliveries import Claim
from monitors_bot.deadline import Deadline
from monitors_bot.domain.answers.conversation import Job
from monitors_bot.errors import DeliveryImpossible, DeliveryPostponed, DeliveryUnclear, Postponed
from monitors_bot.lambdas.telemetry import Telemetry
from monitors_bot.platforms import ResponseUrl, Room
from monitors_bot.wiring.late_answers import LateAnswerParts


class Ending(StrEnum):
    """How a late answer ended, for the metric and the log."""

    DELIVERED = "delivered"
    UNCLEAR = "unclear"
    """It was sent and may have arrived, so sending it again might show it twice."""
    IMPOSSIBLE = "impossible"
    ABANDONED = "abandoned"
    """Another process claimed it and died, so it counts as sent."""
    DEAD = "dead"
    """It can never be given, so its message goes to the dead-letter queue."""
    CRASHED = "crashed"
    """A bug, or the table is out of reach; the message is retried."""


class LateDelivery:
    """Delivers each answer to its address, and reports how that ended."""

    def __init__(self, parts: LateAnswerParts, telemetry: Telemetry) -> None:
        self._parts = parts
        self._telemetry = telemetry

    def deliver(
        self, job: Job, address: Room | ResponseUrl, payload: Mapping[str, object], deadline: Deadline
    ) -> None:
        """Deliver unless that was done before; raise Postponed or DeliveryPostponed if it has to wait."""
        match address:
            case Room():
                self._post(job.id, address, payload, deadline)
            case ResponseUrl():
                self._send_once(job, address.url, payload, deadline)

    def _post(self, job_id: str, room: Room, payload: Mapping[str, object], deadline: Deadline) -> None:
        # The message's id is the job's, and the server inserts it once, however often it is posted. So no
        # claim and no record are needed.
        try:
            self._parts.posts.send(job_id, room.room_id, room.thread_id, payload, deadline)
        except DeliveryImpossible as error:
            self._telemetry.log_error(error)
            self._report(Ending.IMPOSSIBLE)
        else:
            self._report(Ending.DELIVERED)

    def _send_once(self, job: Job, url: str, payload: Mapping[str, object], deadline: Deadline) -> None:
        match self._parts.deliveries.claim(job.id):
            case Claim.DONE:
                return  # SQS delivered the job twice, and the first time it was answered
            case Claim.BUSY:
                # The other process may still fail and release the claim, so this job has to come again.
                raise Postponed("another process is sending it")
            case Claim.ABANDONED:
                # The process that claimed it died, before or after it sent the answer. Two answers confuse
                # people more than none, so this one counts as sent.
                ending = Ending.ABANDONED
            case Claim.OURS:
                ending = self._send(job, url, payload, deadline)
        self._report(ending)
        self._parts.deliveries.finish(job.id)

    def _send(self, job: Job, url: str, payload: Mapping[str, object], deadline: Deadline) -> Ending:
        try:
            self._parts.response_urls.post(job.platform, url, payload, deadline)
        except DeliveryPostponed:
            # Certainly not delivered: the claim is released, so that the next try may send.
            self._parts.deliveries.release(job.id)
            raise
        except (DeliveryUnclear, DeliveryImpossible) as error:
            self._telemetry.log_error(error)
            return Ending.UNCLEAR if isinstance(error, DeliveryUnclear) else Ending.IMPOSSIBLE
        return Ending.DELIVERED

    def _report(self, ending: Ending) -> None:
        self._telemetry.late_answer(ending, arrived=ending is Ending.DELIVERED)
