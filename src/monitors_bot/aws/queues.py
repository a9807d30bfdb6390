"""Our two SQS queues: sent to with signed calls where somebody waits, and through boto3 elsewhere."""

from typing import TYPE_CHECKING, Any

from monitors_bot.aws.messages import read, write

if TYPE_CHECKING:  # functions that use boto3 do not load the signed calls, nor the other way round
    from monitors_bot.aws.messages import Message
    from monitors_bot.aws.signed import SignedAws
    from monitors_bot.deadline import Deadline


class SignedQueue:
    """A queue to which messages are sent while somebody waits."""

    def __init__(self, aws: "SignedAws", url: str) -> None:
        self._aws = aws
        self._url = url

    def put(self, message: "Message", deadline: "Deadline") -> None:
        """Queue a message.

        Raise ServerUnreachable if AWS does not confirm it, and JobMalformed if no worker could read it: the
        sender can still say so, while a dead letter would leave somebody waiting.
        """
        body = write(message)
        read(body)
        payload = {"QueueUrl": self._url, "MessageBody": body}
        self._aws.call("sqs", "AmazonSQS.SendMessage", payload, deadline)


class SdkQueue:
    """A queue as a worker uses it; `client` is boto3's."""

    def __init__(self, client: Any, url: str) -> None:
        self._client = client
        self._url = url

    def put(self, message: "Message", delay_seconds: int = 0) -> None:
        """Queue a message that becomes visible after the delay, at most 900 seconds."""
        self._client.send_message(QueueUrl=self._url, MessageBody=write(message), DelaySeconds=delay_seconds)

    def pause(self, receipt_handle: str, seconds: int) -> None:
        """Return a received message to the queue; it becomes visible again after so many seconds."""
        self._client.change_message_visibility(
            QueueUrl=self._url, ReceiptHandle=receipt_handle, VisibilityTimeout=seconds
        )
