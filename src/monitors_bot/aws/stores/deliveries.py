"""What became of each late answer, so that it is given at most once."""

import os
from collections.abc import Callable
from enum import Enum
from typing import Any

KEPT_SECONDS = 86_400
LEASE_SECONDS = 60
"""Longer than a worker lives: a claim that is older was left behind by one that died."""


class Claim(Enum):
    """What happened when a worker asked whether it may send."""

    OURS = "ours"
    DONE = "done"
    BUSY = "busy"
    """Another worker is at it right now."""
    ABANDONED = "abandoned"
    """A worker died between sending and recording: it counts as sent."""


class Deliveries:
    """The state of late answers in DynamoDB; `table` is a boto3 Table."""

    def __init__(self, table: Any, now: Callable[[], float]) -> None:
        self._table = table
        self._now = now

    def claim(self, job_id: str) -> Claim:
        """Take the right to send; of two workers that ask, one gets it."""
        now, by = int(self._now()), os.urandom(8).hex()
        try:
            self._table.put_item(
                Item={
                    **_key(job_id),
                    "state": "sending",
                    "by": by,
                    "until": now + LEASE_SECONDS,
                    "expires_at": now + KEPT_SECONDS,
                },
                ConditionExpression="attribute_not_exists(pk)",
                ReturnValuesOnConditionCheckFailure="ALL_OLD",
            )
        except self._table.meta.client.exceptions.ConditionalCheckFailedException as refusal:
            return _standing(refusal.response["Item"], by, now)
        return Claim.OURS

    def release(self, job_id: str) -> None:
        """Give the right back: the answer was surely not delivered."""
        self._table.delete_item(Key=_key(job_id))

    def finish(self, job_id: str) -> None:
        """Record that nothing more is to be sent."""
        expires_at = int(self._now()) + KEPT_SECONDS
        self._table.put_item(Item={**_key(job_id), "state": "done", "expires_at": expires_at})


def _standing(item: dict[str, dict[str, str]], by: str, now: int) -> Claim:
    if item["state"]["S"] == "done":
        return Claim.DONE
    if item["by"]["S"] == by:  # the answer to our own call was lost, and it was repeated
        return Claim.OURS
    return Claim.BUSY if int(item["until"]["N"]) > now else Claim.ABANDONED


def _key(job_id: str) -> dict[str, str]:
    return {"pk": f"late-answer#{job_id}", "sk": "-"}
