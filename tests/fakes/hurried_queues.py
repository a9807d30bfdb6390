"""SQS for tests that have the time in their own hands: nothing waits, and what should have is noted."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler
from typing import Any, TypeVar

import requests

from tests.fakes.lineage import with_trace
from tests.fakes.rocketchat.connections import Listener

WAITS = {"AmazonSQS.SendMessage": "DelaySeconds", "AmazonSQS.ChangeMessageVisibility": "VisibilityTimeout"}


class HurriedQueues:
    """A door before the local AWS that lets no message wait; `delays` are the seconds that it took off."""

    def __init__(self, aws_url: str) -> None:
        self._aws_url = aws_url
        self.delays: list[int] = []
        self.url = ""

    def pass_on(self, headers: dict[str, str], body: bytes) -> requests.Response:
        field = WAITS.get(headers.get("X-Amz-Target", ""))
        if field:
            payload = json.loads(body)
            self.delays.append(payload.get(field, 0))
            body = json.dumps({**payload, field: 0}).encode()
        return self.send(headers, body)

    def send(self, headers: dict[str, str], body: bytes) -> requests.Response:
        if headers.get("X-Amz-Target") == "AmazonSQS.SendMessage":
            body = json.dumps(with_trace(headers, json.loads(body))).encode()
        kept = {
            name: value for name, value in headers.items() if name.lower() not in {"host", "content-length"}
        }
        return requests.post(f"{self._aws_url}/", data=body, headers=kept, timeout=10)


Queues = TypeVar("Queues", bound=HurriedQueues)


@contextmanager
def hurried_queues(aws_url: str) -> Iterator[HurriedQueues]:
    with serving(HurriedQueues(aws_url)) as queues:
        yield queues


@contextmanager
def serving(queues: Queues) -> Iterator[Queues]:
    with Listener(_handler(queues)) as server:
        queues.url = f"http://127.0.0.1:{server.server_port}"
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        try:
            yield queues
        finally:
            server.shutdown()


def _handler(queues: HurriedQueues) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            answer = queues.pass_on(dict(self.headers), body)
            self.send_response(answer.status_code)
            self.send_header("Content-Type", answer.headers["Content-Type"])
            self.send_header("Content-Length", str(len(answer.content)))
            self.end_headers()
            self.wfile.write(answer.content)

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    return Handler
