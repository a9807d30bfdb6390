"""Our two SQS queues, used with signed calls where somebody waits and through boto3 elsewhere."""

from typing import TYPE_CHECKING, Any

from monitors_bot.aws.messages import read, write
from monitors_bot.aws.services import boto3_errors

if TYPE_CHECKING:  # a function that uses boto3 does not load the signed calls
    from monitors_bot.aws.messages import Message
    from monitors_bot.aws.signed import SignedAws
    from monitors_bot.deadline import Deadline


class SignedQueue:
    """A queue that messages are sent to while somebody waits."""

    def __init__(self, aws: "SignedAws", url: str) -> None:
        self._aws = aws
        self._url = url

    def put(self, message: "Message", deadline: "Deadline") -> None:
        """Queue a message.

        Raise ServerUnreachable if AWS does not confirm it, and JobMalformed if no function could read it.
        """
        body = write(message)
        # A message that can't be read would end as a dead letter and leave somebody waiting. Reading it here
        # lets the sender reply instead.
        read(body)
        payload = {"QueueUrl": self._url, "MessageBody": body}
        self._aws.call("sqs", "AmazonSQS.SendMessage", payload, deadline)


class SdkQueue:
    """A queue through boto3's `client`."""

    def __init__(self, client: Any, url: str) -> None:
        self._client = client
        self._url = url

    def put(self, message: "Message", delay_seconds: int = 0) -> None:
        """Queue a message that becomes visible after the delay, which SQS limits to 900 seconds.

        https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html
        """
        with boto3_errors():
            self._client.send_message(
                QueueUrl=self._url, MessageBody=write(message), DelaySeconds=delay_seconds
            )

    def pause(self, receipt_handle: str, seconds: int) -> None:
        """Return a received message to the queue, where it becomes visible again after `seconds`."""
        with boto3_errors():
            self._client.change_message_visibility(
                QueueUrl=self._url, ReceiptHandle=receipt_handle, VisibilityTimeout=seconds
            )
