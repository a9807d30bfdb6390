"""SQS whose delays last by the test's own clock; its pauses last really, until a test ends them."""

import json
from collections.abc import Callable
from hashlib import md5
from typing import Any

import requests

from tests.fakes.hurried_queues import WAITS, HurriedQueues


class ClockedQueues(HurriedQueues):
    """A door before the local AWS that keeps messages with a delay, until `pass_on_what_is_due`.

    `delays` are the seconds that messages and pauses were to wait.
    """

    def __init__(self, aws_url: str) -> None:
        super().__init__(aws_url)
        self.now: Callable[[], float] = lambda: 0.0
        self._waiting: list[tuple[float, dict[str, str], dict[str, Any]]] = []

    @property
    def next_due(self) -> float | None:
        return min((due for due, _, _ in self._waiting), default=None)

    def pass_on(self, headers: dict[str, str], body: bytes) -> requests.Response:
        field = WAITS.get(headers.get("X-Amz-Target", ""), "")
        payload = json.loads(body)
        self.delays += [payload[field]] if payload.get(field) else []
        if not payload.get("DelaySeconds"):
            return self.send(headers, body)
        self._waiting.append((self.now() + payload["DelaySeconds"], headers, payload | {"DelaySeconds": 0}))
        return _taken(payload["MessageBody"])

    def pass_on_what_is_due(self) -> None:
        due = [one for one in self._waiting if one[0] <= self.now()]
        self._waiting = [one for one in self._waiting if one[0] > self.now()]
        for _, headers, payload in due:
            self.send(headers, json.dumps(payload).encode())

    def repeat_what_waits(self) -> None:
        self._waiting *= 2

    def hurry_what_waits(self) -> None:
        self._waiting = [(self.now(), headers, payload) for _, headers, payload in self._waiting]
        self.pass_on_what_is_due()

    def lose_what_waits(self) -> None:
        self._waiting.clear()


def _taken(body: str) -> requests.Response:
    response = requests.Response()
    response.status_code = 200
    response.headers["Content-Type"] = "application/x-amz-json-1.0"
    digest = md5(body.encode(), usedforsecurity=False).hexdigest()
    response._content = json.dumps({"MessageId": digest, "MD5OfMessageBody": digest}).encode()
    return response
