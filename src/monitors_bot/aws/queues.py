"""The queues, from the workers' side."""

import json
import re
from dataclasses import dataclass
from typing import Any

from monitors_bot.errors import JobMalformed

RUN = "run"
_ID = re.compile(r"[0-9a-f]{32}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Slice:
    """A part of a run: as much as is done in one go."""

    run_id: str
    number: int


class Queue:
    """An SQS queue; `client` is boto3's."""

    def __init__(self, client: Any, url: str) -> None:
        self._client = client
        self._url = url

    def pause(self, receipt_handle: str, seconds: int) -> None:
        """Give a message that was received back to the queue, to be seen again after so many seconds."""
        self._client.change_message_visibility(
            QueueUrl=self._url, ReceiptHandle=receipt_handle, VisibilityTimeout=seconds
        )

    def put_slice(self, run_id: str, number: int, delay_seconds: int = 0) -> None:
        """Queue a part of a run, to be seen after so many seconds, at most 900."""
        self.put(json.dumps({"kind": RUN, "run": run_id, "slice": number}), delay_seconds)

    def put(self, body: str, delay_seconds: int = 0) -> None:
        """Queue a message, to be seen after so many seconds, at most 900."""
        self._client.send_message(QueueUrl=self._url, MessageBody=body, DelaySeconds=delay_seconds)


def read_slice(body: str) -> Slice:
    """Read what `put_slice` wrote, and nothing else; raise JobMalformed."""
    try:
        values = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise JobMalformed("not JSON") from error
    if not isinstance(values, dict) or values.get("kind") != RUN:
        raise JobMalformed("not a part of a run")
    run_id, number = values.get("run"), values.get("slice")
    if not isinstance(run_id, str) or not _ID.fullmatch(run_id):
        raise JobMalformed("its run is none of ours")
    if isinstance(number, bool) or not isinstance(number, int) or number < 0:
        raise JobMalformed("its number is none")
    return Slice(run_id, number)
