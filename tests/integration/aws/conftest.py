"""AWS's secrets: the local AWS, and servers that only pretend to be it."""

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from typing import Any

import pytest

from monitors_bot.aws.signed import SignedAws
from monitors_bot.outbound import Outbound
from tests.fakes.local_aws import CREDENTIALS
from tests.fakes.scripted_server import Heard, ScriptedServer, http_answer


class PretendedAws:
    """A server that answers whatever it is asked for with the same, and remembers what it heard."""

    def __init__(self, server: ScriptedServer, outbound: Outbound) -> None:
        self._server = server
        self._outbound = outbound
        self.url = server.url
        self.waits: list[float] = []
        """The pauses of the signed calls."""

    @property
    def heard(self) -> list[Heard]:
        return self._server.heard

    def signed(self, **environ: str) -> SignedAws:
        environment = {**CREDENTIALS, "AWS_ENDPOINT_URL": self.url, **environ}
        return SignedAws(self._outbound, environment, self.waits.append)


@pytest.fixture
def pretend(outbound: Outbound) -> Iterator[Callable[..., PretendedAws]]:
    """Start a server that answers with a body (bytes as they are, anything else as JSON)."""
    with ExitStack() as running:

        def start(body: Any, status: int = 200, **headers: str) -> PretendedAws:
            content = body if isinstance(body, bytes) else json.dumps(body).encode()
            server = running.enter_context(ScriptedServer(http_answer(content, status, **headers)))
            return PretendedAws(server, outbound)

        yield start


def secret_answer(value: Mapping[str, object]) -> dict[str, object]:
    return {"Name": "monitors-bot", "SecretString": json.dumps(value)}
