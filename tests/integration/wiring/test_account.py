"""The way to other servers, as the secret says: it may change at any time."""

import json
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from monitors_bot.aws.secret import REMEMBERED_SECONDS, Secrets
from monitors_bot.aws.signed import SignedAws
from monitors_bot.errors import ServerNotReached
from monitors_bot.lambdas.telemetry import Telemetry
from monitors_bot.wiring.account import SecretOutbound
from tests.fakes.local_aws import CREDENTIALS
from tests.fakes.proxy import Proxy
from tests.fakes.scripted_server import ScriptedServer, http_answer


@pytest.fixture
def way_with(outbound, clock):
    """Make the way of a secret that is read from an AWS somewhere."""

    def start(aws):
        signed = SignedAws(outbound, CREDENTIALS | {"AWS_ENDPOINT_URL": aws.url})
        return SecretOutbound(Secrets(signed, "a-secret", frozenset(), clock, Telemetry({})), time.time)

    return start


def secret(**values):
    return http_answer(json.dumps({"SecretString": json.dumps(values)}).encode())


def test_when_the_secret_changes_new_calls_go_the_new_way_and_those_under_way_end_well(
    way_with, clock, ample
):
    secrets = [secret()]
    is_asked, may_answer = threading.Event(), threading.Event()

    def answer(heard):
        if heard.path == "/slow":
            yield http_answer(b"half of it, and the rest")[:-4]
            is_asked.set()
            may_answer.wait(10)
            yield b"rest"
        else:
            yield http_answer()

    with (
        ScriptedServer(lambda _: [secrets[-1]]) as aws,
        ScriptedServer(answer) as server,
        Proxy({"127.0.0.1": int(server.url.rpartition(":")[2])}) as proxy,
        ThreadPoolExecutor(1) as pool,
    ):
        way = way_with(aws)
        under_way = pool.submit(way.get, f"{server.url}/slow", ample, headers={}, params=())
        assert is_asked.wait(10)
        secrets.append(secret(https_proxy=proxy.address))
        clock.advance(REMEMBERED_SECONDS + 1)

        assert way.get(f"{server.url}/quick", ample, headers={}, params=()).status == 200
        may_answer.set()

        assert under_way.result(10).body == b"half of it, and the rest"
        assert proxy.lines == [f"GET {server.url}/quick"]
        way.close()


def test_connections_are_kept_as_long_as_the_way_is_the_same(way_with, clock, ample, rocketchat):
    with ScriptedServer(secret()) as aws:
        way = way_with(aws)
        for _ in range(3):
            way.get(rocketchat.url, ample, headers={}, params=())
            clock.advance(REMEMBERED_SECONDS + 1)
        way.close()

    assert (len(aws.heard), rocketchat.connections) == (3, 1)


def test_a_late_answer_is_certainly_not_sent_while_the_way_is_unknown(way_with, clock, ample):
    answers = [secret(), http_answer(b'{"__type": "AccessDeniedException"}', 400)]

    with ScriptedServer(lambda _: [answers.pop(0)]) as aws, ScriptedServer(http_answer()) as hooks:
        way = way_with(aws)
        assert way.deliver(hooks.url, ample, b"{}") == 200
        clock.advance(REMEMBERED_SECONDS + 1)

        with pytest.raises(ServerNotReached, match="AccessDeniedException"):
            way.deliver(hooks.url, ample, b"{}")

        assert len(hooks.heard) == 1
        way.close()
