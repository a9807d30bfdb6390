"""SQS as an event source: messages go to the function, and what it reports comes again."""

import json
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any

from tests.fakes.lineage import invoked_with, trace_for

Function = Callable[[dict[str, Any], Any], Mapping[str, Any]]


class EventSource:
    """The poller between a queue and a function; `client` is boto3's for SQS.

    `consumer` is the function's name in the template: Lambda drops what is in a loop unless that allows it.
    """

    def __init__(self, client: Any, queue_url: str, consumer: str = "") -> None:
        self._client = client
        self.url = queue_url
        self._consumer = consumer
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
            returned = self._invoke(record, function)
            failed = {item["itemIdentifier"] for item in returned["batchItemFailures"]}
            if record["messageId"] in failed:
                self._waiting[record["messageId"]] = record["receiptHandle"]
            else:
                self._client.delete_message(QueueUrl=self.url, ReceiptHandle=record["receiptHandle"])
                self._waiting.pop(record["messageId"], None)

    def _invoke(self, record: dict[str, Any], function: Function) -> Mapping[str, Any]:
        if not self._consumer:
            return function({"Records": [record]}, None)
        trace = trace_for(self._consumer, record)
        if trace is None:
            self._client.send_message(QueueUrl=self._dead_letters, MessageBody=record["body"])
            return {"batchItemFailures": []}
        with invoked_with(self._consumer, trace):
            return function({"Records": [record]}, None)

    @property
    def _dead_letters(self) -> str:
        told = self._client.get_queue_attributes(QueueUrl=self.url, AttributeNames=["RedrivePolicy"])
        arn = json.loads(told["Attributes"]["RedrivePolicy"])["deadLetterTargetArn"]
        url: str = self._client.get_queue_url(QueueName=arn.rpartition(":")[2])["QueueUrl"]
        return url

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
