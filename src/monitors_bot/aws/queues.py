"""The queues, from the workers' side."""

import json
import re
from typing import Any

from monitors_bot.aws.notice_jobs import Notice, write_notice
from monitors_bot.domain.digests.slices import Slice
from monitors_bot.errors import JobMalformed

RUN = "run"
Message = Slice | Notice
_ID = re.compile(r"[0-9a-f]{32}", re.ASCII)


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

    def put(self, message: Message, delay_seconds: int = 0) -> None:
        """Queue a message, to be seen after so many seconds, at most 900."""
        self._client.send_message(QueueUrl=self._url, MessageBody=_write(message), DelaySeconds=delay_seconds)


def _write(message: Message) -> str:
    if isinstance(message, Slice):
        return json.dumps({"kind": RUN, "run": message.run_id, "slice": message.number})
    return write_notice(message)


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
