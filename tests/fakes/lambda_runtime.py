"""Lambda without a cloud: a function in a process of its own, run by AWS's own client of the Runtime API.

`python -m awslambdaric` asks the server here for events and posts what becomes of them, just as in Lambda.
https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html
"""

import contextlib
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from queue import Empty, SimpleQueue
from types import TracebackType
from typing import Any, Self

from tests.fakes.rocketchat.connections import Listener
from tests.fakes.sam_template import Function

API = "/2018-06-01/runtime"
FUNCTION_ARN = "arn:aws:lambda:eu-central-1:123456789012:function:function"
TRACE_ID = "Root=1-5bef4de7-ad49b0e87f6ef6c87fc2e700;Parent=9a9197af755a6419;Sampled=1"
POLL_SECONDS = 0.02
START_SECONDS = 30.0


@dataclass(frozen=True)
class Outcome:
    """What became of an event: "response", "error", "init/error", or "exit" of the process without a word."""

    kind: str
    request_id: str
    body: bytes
    at: float
    """When it was told, by `time.perf_counter`."""

    @property
    def json(self) -> Any:
        return json.loads(self.body)


class FunctionTimedOut(Exception):
    """The function took longer than the template allows; Lambda would have killed it, and so did we."""


class LambdaRuntime:
    """One execution environment of a function: started on entering, killed on leaving."""

    def __init__(
        self,
        function: Function,
        code: Path,
        environ: Mapping[str, str],
        *,
        python: Path = Path(sys.executable),
    ) -> None:
        self.function = function
        self.started_at = 0.0
        self._code = code.resolve()
        self._environ = environ
        self._python = python.absolute()  # unresolved: a link is what makes an environment of it
        self._events: SimpleQueue[tuple[str, bytes] | None] = SimpleQueue()
        self._outcomes: SimpleQueue[Outcome] = SimpleQueue()
        self._listener = Listener(_handler(self))
        self._output = tempfile.TemporaryFile()  # noqa: SIM115 - closed on leaving; a file is never behind
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        threading.Thread(target=self._listener.serve_forever, args=(POLL_SECONDS,), daemon=True).start()
        command = [str(self._python), "-m", "awslambdaric", self.function.handler]
        self.started_at = time.perf_counter()
        self._process = subprocess.Popen(
            command,
            cwd=self._code,
            env=self._environment(),
            stdin=subprocess.DEVNULL,
            stdout=self._output,
            stderr=subprocess.STDOUT,
        )
        threading.Thread(target=self._watch, args=(self._process,), daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._kill()
        self._events.put(None)
        self._listener.shutdown()
        self._listener.close_all()
        self._output.close()

    @property
    def process_id(self) -> int:
        assert self._process
        return self._process.pid

    def invoke(self, event: object) -> Outcome:
        """Send an event, as JSON, and wait for what becomes of it; the first one waits for the start, too."""
        request_id = str(uuid.uuid4())
        self._events.put((request_id, json.dumps(event).encode()))
        try:
            return self._outcomes.get(timeout=START_SECONDS + self.function.timeout_seconds)
        except Empty:
            self._kill()
            raise FunctionTimedOut(self.function.handler) from None

    def output(self) -> str:
        """Everything the function wrote so far."""
        return os.pread(self._output.fileno(), 2**24, 0).decode()

    def log(self) -> list[dict[str, Any]]:
        """The lines of its output that are JSON objects, in order."""
        return list(_json_objects(self.output()))

    def next_event(self) -> tuple[str, bytes, float] | None:
        """Wait for an event; its id, itself and the moment at which Lambda would end the call."""
        event = self._events.get()
        return (*event, time.time() + self.function.timeout_seconds) if event else None

    def told(self, kind: str, request_id: str, body: bytes) -> None:
        self._outcomes.put(Outcome(kind, request_id, body, time.perf_counter()))

    def _environment(self) -> dict[str, str]:
        """What Lambda sets, what the template sets, and where the services are that replace AWS's."""
        return {
            "AWS_DEFAULT_REGION": self._environ["AWS_REGION"],
            "AWS_EXECUTION_ENV": "AWS_Lambda_python3.13",
            "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": str(self.function.memory_mb),
            "AWS_LAMBDA_FUNCTION_NAME": "function",
            "AWS_LAMBDA_FUNCTION_VERSION": "$LATEST",
            "AWS_LAMBDA_INITIALIZATION_TYPE": "on-demand",
            "AWS_LAMBDA_LOG_FORMAT": "JSON",
            "AWS_LAMBDA_LOG_LEVEL": "INFO",
            "AWS_LAMBDA_RUNTIME_API": f"127.0.0.1:{self._listener.server_port}",
            "LAMBDA_TASK_ROOT": str(self._code),
            "LANG": "en_US.UTF-8",
            "PATH": os.defpath,
            "PYTHONDONTWRITEBYTECODE": "1",  # Lambda's folder can't be written to
            "TZ": ":UTC",
            "_HANDLER": self.function.handler,
            **{name: value for name, value in self._environ.items() if name.startswith("AWS_")},
            **self.function.variables,
        }

    def _watch(self, process: subprocess.Popen[bytes]) -> None:
        process.wait()
        self.told("exit", "", b"")

    def _kill(self) -> None:
        if self._process:
            self._process.kill()
            self._process.wait()


def _json_objects(text: str) -> Iterator[dict[str, Any]]:
    for line in text.splitlines():
        with contextlib.suppress(ValueError):
            value = json.loads(line)
            if isinstance(value, dict):
                yield value


def _body(request: BaseHTTPRequestHandler) -> bytes:
    """Read a body of told length, or one that comes in chunks."""
    if request.headers.get("Transfer-Encoding") != "chunked":
        return request.rfile.read(int(request.headers.get("Content-Length") or 0))
    body = b""
    while size := int(request.rfile.readline(), 16):
        body += request.rfile.read(size)
        request.rfile.readline()
    request.rfile.readline()
    return body


def _handler(runtime: LambdaRuntime) -> type[BaseHTTPRequestHandler]:
    """Make the handler that speaks the Runtime API."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def do_GET(self) -> None:
            event = runtime.next_event() if self.path == f"{API}/invocation/next" else None
            if not event:
                self._answer(404, b"")
                return
            request_id, body, ends_at = event
            headers = {
                "Lambda-Runtime-Aws-Request-Id": request_id,
                "Lambda-Runtime-Deadline-Ms": str(int(ends_at * 1000)),
                "Lambda-Runtime-Invoked-Function-Arn": FUNCTION_ARN,
                "Lambda-Runtime-Trace-Id": TRACE_ID,
                "Content-Type": "application/json",
            }
            self._answer(200, body, headers)

        def do_POST(self) -> None:
            body = _body(self)
            path = self.path.removeprefix(f"{API}/")
            self._answer(202, b"{}")
            if path == "init/error":
                runtime.told(path, "", body)
            else:
                _, request_id, kind = path.split("/")
                runtime.told(kind, request_id, body)

        def _answer(self, status: int, body: bytes, headers: Mapping[str, str] | None = None) -> None:
            self.send_response(status)
            for name, value in {**(headers or {}), "Content-Length": str(len(body))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - named by http.server
            """Keep quiet: the outcomes are on record."""

    return Handler
