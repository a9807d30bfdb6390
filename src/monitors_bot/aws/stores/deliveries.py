"""What became of each late answer, so that it is sent at most once.

One document a late answer, in the place `late-answer#ID` under the name `delivery`, kept for a day: DynamoDB
deletes it by `expires_at`, and long before that the queue has dropped the message.
"""

import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from enum import Enum
from typing import Any

from monitors_bot.aws.stores.documents import Document, Documents
from monitors_bot.errors import Overtaken

NAME = "delivery"
KEPT_SECONDS = 86_400
LEASE_SECONDS = 60
"""Longer than a function runs: an older claim was left behind by a worker that died."""


class Claim(Enum):
    """The outcome when a worker asks whether it may send."""

    OURS = "ours"
    DONE = "done"
    BUSY = "busy"
    """Another worker is sending it right now."""
    ABANDONED = "abandoned"
    """A worker died between sending and recording: the answer counts as sent."""


class Deliveries:
    """The claims on late answers; of two workers that ask for one, only one may send."""

    def __init__(self, documents: Documents, now: Callable[[], float]) -> None:
        self._documents = documents
        self._now = now

    def claim(self, job_id: str) -> Claim:
        """Take the right to send."""
        now, by = int(self._now()), os.urandom(8).hex()
        content = {"state": "sending", "by": by, "until": now + LEASE_SECONDS}
        try:
            self._put(Document(_place(job_id), NAME, content))
        except Overtaken:
            return self._standing(job_id, by, now)
        return Claim.OURS

    def release(self, job_id: str) -> None:
        """Give the right back, because the answer was surely not delivered."""
        if claimed := self._documents.get(_place(job_id), NAME):
            with suppress(Overtaken):  # boto3 repeated a deletion of which the answer was lost
                self._documents.delete(claimed)

    def finish(self, job_id: str) -> None:
        """Record that nothing more is to be sent."""
        place = _place(job_id)
        known = self._documents.get(place, NAME) or Document(place, NAME, {})
        with suppress(Overtaken):  # after a claim, others write only the same
            self._put(replace(known, content={"state": "done"}))

    def _standing(self, job_id: str, by: str, now: int) -> Claim:
        """What the claim that is already there means for ours."""
        document = self._documents.get(_place(job_id), NAME)
        if not document:  # it was released in between; the message comes again and claims anew
            return Claim.BUSY
        claimed: dict[str, Any] = document.content
        if claimed["state"] == "done":
            return Claim.DONE
        if claimed["by"] == by:  # the answer to our own write was lost, and boto3 repeated the write
            return Claim.OURS
        return Claim.BUSY if claimed["until"] > now else Claim.ABANDONED

    def _put(self, document: Document) -> None:
        self._documents.put(replace(document, expires_at=int(self._now()) + KEPT_SECONDS))


def _place(job_id: str) -> str:
    return f"late-answer#{job_id}"
