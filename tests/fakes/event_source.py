"""SQS as an event source: messages go to the function, and what it reports comes again."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any

Function = Callable[[dict[str, Any], Any], Mapping[str, Any]]


class EventSource:
    """The poller between a queue and a function; `client` is boto3's for SQS."""

    def __init__(self, client: Any, queue_url: str) -> None:
        self._client = client
        self.url = queue_url
        self._waiting: dict[str, str] = {}

    def receive(self, most: int = 10) -> list[dict[str, Any]]:
        """Take what can be seen now, as the records of an event."""
        answer = self._client.receive_message(
            QueueUrl=self.url, MaxNumberOfMessages=most, AttributeNames=["All"], WaitTimeSeconds=0
        )
        return [_record(message) for message in answer.get("Messages", [])]

    def deliver(self, records: list[dict[str, Any]], function: Function) -> None:
        """Call the function with one record each, and delete those that it did not report."""
        for record in records:
            returned = function({"Records": [record]}, None)
            failed = {item["itemIdentifier"] for item in returned["batchItemFailures"]}
            if record["messageId"] in failed:
                self._waiting[record["messageId"]] = record["receiptHandle"]
            else:
                self._client.delete_message(QueueUrl=self.url, ReceiptHandle=record["receiptHandle"])
                self._waiting.pop(record["messageId"], None)

    def run(self, function: Function) -> int:
        """Deliver all that can be seen now, once; tell how many there were."""
        records = self.receive()
        self.deliver(records, function)
        return len(records)

    def make_visible(self) -> None:
        """Let no pause last any longer."""
        for handle in self._waiting.values():
            with suppress(self._client.exceptions.ReceiptHandleIsInvalid):  # it was done meanwhile
                self._client.change_message_visibility(
                    QueueUrl=self.url, ReceiptHandle=handle, VisibilityTimeout=0
                )
        self._waiting.clear()

    def give_back(self, record: Mapping[str, Any]) -> None:
        """Let a message be seen again that a function died over."""
        self._client.change_message_visibility(
            QueueUrl=self.url, ReceiptHandle=record["receiptHandle"], VisibilityTimeout=0
        )

    def put(self, body: str) -> None:
        self._client.send_message(QueueUrl=self.url, MessageBody=body)

    def count(self) -> int:
        """How many messages there are, seen or not."""
        names = [f"ApproximateNumberOfMessages{kind}" for kind in ("", "NotVisible", "Delayed")]
        told = self._client.get_queue_attributes(QueueUrl=self.url, AttributeNames=names)
        return sum(int(value) for value in told["Attributes"].values())


def _record(message: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "messageId": message["MessageId"],
        "receiptHandle": message["ReceiptHandle"],
        "body": message["Body"],
        "attributes": message.get("Attributes", {}),
        "messageAttributes": {},
        "md5OfBody": message["MD5OfBody"],
        "eventSource": "aws:sqs",
        "eventSourceARN": "arn:aws:sqs:eu-central-1:123456789012:late-answers",
        "awsRegion": "eu-central-1",
    }
