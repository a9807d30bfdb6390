"""Delivers late answers: by a post into a room, which can be repeated, or once to a response URL."""

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
    """How a late answer ended: a metric's dimension and a log field."""

    DELIVERED = "delivered"
    UNCLEAR = "unclear"
    """It was sent, and may have arrived: sending it again might show it twice."""
    IMPOSSIBLE = "impossible"
    ABANDONED = "abandoned"
    """Another process took the right to send it, and died: it counts as sent."""
    DEAD = "dead"
    """It can never be given: its message goes to the dead letters."""
    CRASHED = "crashed"
    """A bug, or the table is out of reach: its message comes again."""


class LateDelivery:
    """Delivers each answer to its place, and reports how that ended."""

    def __init__(self, parts: LateAnswerParts, telemetry: Telemetry) -> None:
        self._parts = parts
        self._telemetry = telemetry

    def deliver(
        self, job: Job, address: Room | ResponseUrl, payload: Mapping[str, object], deadline: Deadline
    ) -> None:
        """Deliver, unless that was done before; raise Postponed or DeliveryPostponed if it has to wait."""
        match address:
            case Room():
                self._post(job.id, address, payload, deadline)
            case ResponseUrl():
                self._send_once(job, address.url, payload, deadline)

    def _post(self, job_id: str, room: Room, payload: Mapping[str, object], deadline: Deadline) -> None:
        # The message's id is the job's, and the server inserts it once, however often it is posted. So there
        # is nothing to claim, and nothing to record.
        try:
            self._parts.posts.send(job_id, room.room_id, room.thread_id, payload, deadline)
        except DeliveryImpossible as error:
            self._telemetry.trouble(error)
            self._report(Ending.IMPOSSIBLE)
        else:
            self._report(Ending.DELIVERED)

    def _send_once(self, job: Job, url: str, payload: Mapping[str, object], deadline: Deadline) -> None:
        match self._parts.deliveries.claim(job.id):
            case Claim.DONE:
                return  # SQS delivered the job twice, and the answer was given the first time.
            case Claim.BUSY:
                # It may still fail and give the claim back, so this job has to come again.
                raise Postponed("another process is sending it")
            case Claim.ABANDONED:
                # It died between claiming and recording, and may have sent. People would see a second answer,
                # so this one counts as sent: losing it is the smaller harm.
                ending = Ending.ABANDONED
            case Claim.OURS:
                ending = self._send(job, url, payload, deadline)
        self._report(ending)
        self._parts.deliveries.finish(job.id)

    def _send(self, job: Job, url: str, payload: Mapping[str, object], deadline: Deadline) -> Ending:
        try:
            self._parts.response_urls.post(job.platform, url, payload, deadline)
        except DeliveryPostponed:
            # A clear refusal: nothing arrived, so the claim is given back and the next try may send.
            self._parts.deliveries.release(job.id)
            raise
        except (DeliveryUnclear, DeliveryImpossible) as error:
            self._telemetry.trouble(error)
            return Ending.UNCLEAR if isinstance(error, DeliveryUnclear) else Ending.IMPOSSIBLE
        return Ending.DELIVERED

    def _report(self, ending: Ending) -> None:
        self._telemetry.late_answer(ending, self._parts.now())
