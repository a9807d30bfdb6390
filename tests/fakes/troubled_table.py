"""DynamoDB as it is on a bad day: it refuses what a test says, and passes everything else on."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import requests

from tests.fakes.hurried_queues import HurriedQueues, serving

CANCELLED = "TransactionCanceledException"
CANARY = "canary"
"""Stands for whatever AWS may repeat of what it was sent; no log may show it."""


@dataclass
class Order:
    """Which calls are refused, with what, and how many more; without a number, all."""

    operation: str
    content: dict[str, object]
    left: int | None
    after: int
    is_carried_out: bool = False


class TroubledTable(HurriedQueues):
    """A door before the local AWS; `waits` is for the pauses of whoever calls through it."""

    def __init__(self, aws_url: str) -> None:
        super().__init__(aws_url)
        self._orders: list[Order] = []
        self.waits: list[float] = []
        self.operations: list[str] = []

    def cancel(self, *reasons: str, times: int | None = 1, after: int = 0) -> None:
        """Cancel transactions for these reasons, beginning with the one `after` so many."""
        listed = ", ".join(reasons)
        content: dict[str, object] = {
            "__type": f"com.amazonaws.dynamodb.v20120810#{CANCELLED}",
            "Message": f"Transaction cancelled, please refer cancellation reasons [{listed}] {CANARY}",
        }
        if reasons:
            content["CancellationReasons"] = [
                {"Code": reason} if reason == "None" else {"Code": reason, "Message": CANARY}
                for reason in reasons
            ]
        self._orders.append(Order("TransactWriteItems", content, times, after))

    def refuse(self, operation: str, name: str, times: int | None = 1, after: int = 0) -> None:
        content: dict[str, object] = {"__type": f"com.amazonaws.dynamodb.v20120810#{name}", "message": CANARY}
        self._orders.append(Order(operation, content, times, after))

    def carry_out_but_fail(self, operation: str) -> None:
        """Do the next call, and answer as if it had failed."""
        content: dict[str, object] = {"__type": "com.amazonaws.dynamodb.v20120810#InternalServerError"}
        self._orders.append(Order(operation, content, 1, 0, is_carried_out=True))

    def heal(self) -> None:
        self._orders.clear()

    def pass_on(self, headers: dict[str, str], body: bytes) -> requests.Response:
        operation = headers.get("X-Amz-Target", "").rpartition(".")[2]
        self.operations.append(operation)
        order = next((one for one in self._orders if one.operation == operation), None)
        if not order:
            return self.send(headers, body)
        if order.after:
            order.after -= 1
            return self.send(headers, body)
        if order.left is not None:
            order.left -= 1
            if order.left == 0:
                self._orders.remove(order)
        if order.is_carried_out:
            self.send(headers, body)
            return _refusal(order.content, 500)
        return _refusal(order.content)


@contextmanager
def troubled_table(aws_url: str) -> Iterator[TroubledTable]:
    with serving(TroubledTable(aws_url)) as table:
        yield table


def _refusal(content: dict[str, object], status: int = 400) -> requests.Response:
    answer = requests.Response()
    answer.status_code = status
    answer.headers["Content-Type"] = "application/x-amz-json-1.0"
    answer._content = json.dumps(content).encode()
    return answer
