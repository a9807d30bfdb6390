"""The queue of late answers, from the worker's side."""

from typing import Any


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
