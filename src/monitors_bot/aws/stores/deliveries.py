"""The delivery of each late answer, so that it is sent at most once.

One document for each late answer, in the place `late-answer#ID` under the name `delivery`, kept for a day.
The queue drops the message long before that.
"""

from collections.abc import Callable
from dataclasses import replace
from enum import Enum
from typing import Any

from monitors_bot.aws.stores.documents import Document, Documents
from monitors_bot.errors import Overtaken

NAME = "delivery"
DONE = "done"
TRIES = 3
KEPT_SECONDS = 86_400
LEASE_SECONDS = 60
"""Longer than the function may run: an older claim belongs to a process that died."""


class Claim(Enum):
    """The result of a claim, the request of a process for the right to send."""

    OURS = "ours"
    DONE = "done"
    BUSY = "busy"
    """Another process is sending the answer right now."""
    ABANDONED = "abandoned"
    """A process claimed the answer and died before recording the outcome: it counts as sent."""


class Deliveries:
    """The claims on late answers; of two processes that claim the same one, only one may send it."""

    def __init__(self, documents: Documents, now: Callable[[], float]) -> None:
        self._documents = documents
        self._now = now

    def claim(self, job_id: str) -> Claim:
        """Take the right to send."""
        now = int(self._now())
        content = {"state": "sending", "until": now + LEASE_SECONDS}
        try:
            self._put(Document(_place(job_id), NAME, content))
        except Overtaken:
            return self._standing(job_id, now)
        return Claim.OURS

    def release(self, job_id: str) -> None:
        """Give the right back; only for an answer that was certainly not delivered."""
        for _ in range(TRIES):
            claimed = self._documents.get(_place(job_id), NAME)
            if not claimed or claimed.content["state"] == DONE:
                return
            try:
                self._documents.delete(claimed)
            except Overtaken:  # look again: boto3 may have repeated a deletion whose response was lost
                continue
            return

    def finish(self, job_id: str) -> None:
        """Record that the answer is never to be sent again."""
        place = _place(job_id)
        for _ in range(TRIES):
            known = self._documents.get(place, NAME) or Document(place, NAME, {})
            if known.content.get("state") == DONE:
                return
            try:
                self._put(replace(known, content={"state": DONE}))
            except Overtaken:  # look again: a concurrent write may have recorded the same
                continue
            return

    def _standing(self, job_id: str, now: int) -> Claim:
        """Judge our claim by the one that was recorded first."""
        document = self._documents.get(_place(job_id), NAME)
        if not document:  # it has just been released; the message comes again and makes a new claim
            return Claim.BUSY
        claimed: dict[str, Any] = document.content
        if claimed["state"] == DONE:
            return Claim.DONE
        return Claim.BUSY if claimed["until"] > now else Claim.ABANDONED

    def _put(self, document: Document) -> None:
        self._documents.put(replace(document, expires_at=int(self._now()) + KEPT_SECONDS))


def _place(job_id: str) -> str:
    return f"late-answer#{job_id}"
