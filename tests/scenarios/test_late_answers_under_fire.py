"""Late answers while servers, networks and AWS misbehave: none lost, none twice, nothing secret told."""

import json
import logging
import socket
import struct
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager

import pytest
import requests

from monitors_bot.aws.messages import write
from tests.conftest import SECRET_NAME
from tests.fakes.certificates import Authority
from tests.fakes.raw_server import RawServer, read_request
from tests.fakes.scripted_server import Heard, ScriptedServer, http_answer
from tests.fakes.troubled_table import troubled_table
from tests.scenarios.conftest import HOOK, Client, Late, a_job, promised, what_followed

RESET = struct.pack("ii", 1, 0)
"""The SO_LINGER with which closing a connection resets it."""


def promised_at(late: Late, rocketchat, client: Client, url: str) -> None:
    """Ask a server that is too slow once, with an address on a server of the test's own."""
    late.bot.environ["SLACK_HOOKS_URL"] = url
    late.bot.start_cold()
    late.restart()
    rocketchat.fail("livechat/units", "never", times=1)
    answer = late.ask_silent_server("Sales", client, response_url=url + HOOK)
    assert answer.title == "Still looking, the answer follows."


def work_again(late: Late, times: int = 1) -> None:
    for _ in range(times):
        late.queue.make_visible()
        late.work()


@contextmanager
def in_front_of(url: str, spoils: Callable[[str], bool]) -> Iterator[ScriptedServer]:
    """Pass calls on to AWS; the answer to one whose target `spoils` is lost."""

    def pass_on(heard: Heard) -> Iterable[bytes]:
        headers = {name: value for name, value in heard.headers.items() if name != "host"}
        answer = requests.post(url + heard.path, data=heard.body, headers=headers, timeout=10)
        if not spoils(headers.get("x-amz-target", "")):
            yield http_answer(answer.content, answer.status_code)

    with ScriptedServer(pass_on, keeps=False) as server:
        yield server


def test_a_server_that_takes_the_post_and_then_breaks_tls_gets_it_once(
    late, rocketchat, slack, tmp_path, aws, secret
):
    authority = Authority(tmp_path)
    taken: list[bytes] = []
    tls = authority.server_context("127.0.0.1")
    aws.change_secret(SECRET_NAME, {**secret, "ca_certificates": authority.pem})

    def talk(connection: socket.socket) -> None:
        with tls.wrap_socket(connection.dup(), server_side=True) as encrypted:
            taken.append(read_request(encrypted))
            connection.sendall(b"garbage from a dying proxy\r\n" * 3)
            connection.recv(1)

    with RawServer(talk) as server:
        promised_at(late, rocketchat, slack, f"https://127.0.0.1:{server.port}")
        late.work()
        work_again(late)

    assert len(taken) == 1


def test_a_claim_whose_answer_is_lost_is_still_ours(late, rocketchat, slack, clock):
    promised(late, rocketchat, slack)
    lost: list[str] = []

    def first_claim(target: str) -> bool:
        if "PutItem" in target and not lost:
            lost.append(target)
            return True
        return False

    with in_front_of(late.bot.environ["AWS_ENDPOINT_URL"], first_claim) as proxy:
        late.bot.environ["AWS_ENDPOINT_URL_DYNAMODB"] = proxy.url
        late.restart()
        late.work()
        clock.advance(61)
        work_again(late)

    assert lost
    assert len(late.hooks.accepted) == 1
    assert late.queue.count() == 0


def test_a_promise_in_a_room_without_a_name_is_kept_when_the_room_can_not_be_looked_up_at_first(
    late, rocketchat, webhook
):
    rocketchat.fail("livechat/units", "never", times=1)
    answer = late.ask_silent_server("Sales", webhook, channel_name="")
    assert answer.title == "Still looking, the answer follows."
    rocketchat.fail("rooms.info", "status", code=503, times=1)

    late.work()
    work_again(late, times=3)

    assert len(what_followed(late, webhook, rocketchat)) == 1


def test_a_text_too_long_for_a_job_is_not_promised(late, rocketchat, platform):
    rocketchat.fail("livechat/units", "never", times=1)

    answer = late.ask_silent_server("x" * 4097, platform)

    assert answer.title == "Rocket.Chat did not answer in time."
    assert late.queue.count() == 0


def dripped(_: Heard) -> Iterable[bytes]:
    yield b"HTTP/1.1 503 Status\r\nContent-Length: 100\r\n\r\n"
    for _piece in range(100):
        time.sleep(0.1)
        yield b"a"


def short(_: Heard) -> Iterable[bytes]:
    yield b"HTTP/1.1 503 Status\r\nContent-Length: 100\r\n\r\nabc"


def not_gzip(_: Heard) -> Iterable[bytes]:
    yield http_answer(b"abc", 503, Content_Encoding="gzip")


@pytest.mark.parametrize("refusal", [short, not_gzip, dripped])
def test_a_refusal_whose_body_is_broken_is_tried_again(late, rocketchat, slack, refusal):
    def script(heard: Heard) -> Iterable[bytes]:
        return refusal(heard) if len(server.heard) == 1 else [http_answer()]

    with ScriptedServer(script, keeps=False) as server:
        promised_at(late, rocketchat, slack, server.url)
        late.work()
        work_again(late)

    assert len(server.heard) == 2
    assert late.queue.count() == 0


@pytest.mark.prove  # it waits for seconds
def test_an_address_whose_server_never_accepts_is_tried_again(late, rocketchat, slack):
    with ExitStack() as sockets:
        server = sockets.enter_context(socket.create_server(("127.0.0.1", 0), backlog=0))
        for _ in range(4):
            filling = sockets.enter_context(socket.socket())
            filling.setblocking(False)
            filling.connect_ex(server.getsockname())
        promised_at(late, rocketchat, slack, f"http://127.0.0.1:{server.getsockname()[1]}")

        late.work()

    assert late.queue.count() == 1


def test_a_stale_kept_connection_loses_nothing(late, rocketchat, slack):
    taken = []

    def talk(connection: socket.socket) -> None:
        taken.append(read_request(connection))
        connection.sendall(http_answer())
        connection.recv(1)
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)

    with RawServer(talk) as server:
        url = f"http://127.0.0.1:{server.port}"
        promised_at(late, rocketchat, slack, url)
        late.work()
        late.bot.start_cold()
        rocketchat.fail("livechat/units", "never", times=1)
        late.ask_silent_server("Sales", slack, response_url=url + HOOK)
        late.work()
        work_again(late)

    assert len(taken) == 2


def test_a_process_whose_table_is_missing_says_that_it_crashed(late, rocketchat, slack, caplog, capsys):
    promised(late, rocketchat, slack)
    late.bot.environ["TABLE_NAME"] = "no-such-table"
    late.restart()

    late.work()

    assert "crashed" in caplog.messages
    assert '"LateAnswersFailed": 1' in capsys.readouterr().out
    assert late.queue.count() == 1


@pytest.mark.prove  # it waits for seconds
def test_a_throttled_table_makes_an_answer_wait_and_it_is_given_once(late, rocketchat, slack, caplog, aws):
    promised(late, rocketchat, slack)
    with troubled_table(aws.url) as door:
        late.bot.environ["AWS_ENDPOINT_URL_DYNAMODB"] = door.url
        door.refuse("PutItem", "ThrottlingException", times=None)
        late.restart()
        late.work()

        assert late.hooks.accepted == []
        assert "crashed" not in caplog.messages

        door.heal()
        late.queue.make_visible()
        late.work()

    assert len(late.hooks.accepted) == 1


def test_a_secret_out_of_reach_is_logged_and_tried_again_after_a_pause(late, rocketchat, slack, caplog):
    promised(late, rocketchat, slack)
    late.bot.environ["AWS_ENDPOINT_URL_SECRETS_MANAGER"] = "http://127.0.0.1:9"
    late.restart()

    late.work()

    assert "trouble" in caplog.messages
    assert late.work() == 0
    del late.bot.environ["AWS_ENDPOINT_URL_SECRETS_MANAGER"]
    late.restart()
    work_again(late)
    assert len(late.hooks.accepted) == 1


def test_a_job_that_grew_too_old_while_it_was_tried_goes_to_the_dead_letters_and_the_log(
    late, rocketchat, slack, clock, caplog, capsys
):
    promised(late, rocketchat, slack)
    late.hooks.statuses[:] = [500] * 50
    late.work()
    caplog.clear()
    clock.advance(1600)

    work_again(late, times=20)

    assert late.dead.count() == 1
    assert "trouble" in caplog.messages
    assert '"LateAnswersFailed": 1' in capsys.readouterr().out


@pytest.mark.prove  # it waits for seconds
def test_mattermost_is_answered_by_its_short_deadline_though_the_secret_is_slow(late, mattermost):
    def slow(target: str) -> bool:
        time.sleep(4 if "GetSecretValue" in target else 0)
        return False

    with in_front_of(late.bot.environ["AWS_ENDPOINT_URL"], slow) as proxy:
        late.bot.environ |= {
            "AWS_ENDPOINT_URL_SECRETS_MANAGER": proxy.url,
            "LONG_REPLY_DEADLINE_MS": "8000",
        }
        late.bot.start_cold()
        began = time.monotonic()
        late.ask("Sales", mattermost)
        took = time.monotonic() - began

    assert took < 3


def test_a_process_tells_nothing_secret_even_when_it_logs_everything(late, rocketchat, slack, caplog):
    promised(late, rocketchat, slack)
    late.bot.environ["AWS_SESSION_TOKEN"] = "theSessionToken"
    caplog.set_level(logging.DEBUG)
    late.restart()

    late.work()

    assert len(late.hooks.accepted) == 1
    assert "theSessionToken" not in caplog.text
    assert HOOK not in caplog.text


@pytest.mark.parametrize("asked_at", ["NaN", "Infinity", "1" + "0" * 400, "1e308", "99999999999999"])
def test_a_job_asked_at_an_absurd_time_goes_to_the_dead_letters(late, asked_at, caplog):
    body = json.loads(write(a_job(late))) | {"asked_at": "@"}
    late.queue.put(json.dumps(body).replace('"@"', asked_at))

    work_again(late, times=20)

    assert late.hooks.accepted == []
    assert late.dead.count() == 1
    assert "trouble" in caplog.messages


@pytest.mark.parametrize("job_id", ["a" * 4000, "", "A" * 32, "../" + "a" * 29, "a" * 32 + "\n"])
def test_a_job_with_an_absurd_id_goes_to_the_dead_letters(late, job_id, caplog):
    late.queue.put(write(a_job(late, id=job_id)))

    work_again(late, times=20)

    assert late.hooks.accepted == []
    assert late.dead.count() == 1
    assert "trouble" in caplog.messages


def test_what_was_posted_to_a_room_is_not_tried_again_because_it_can_not_be_recorded(
    late, rocketchat, webhook
):
    promised(late, rocketchat, webhook)
    late.bot.environ["AWS_ENDPOINT_URL_DYNAMODB"] = "http://127.0.0.1:9"
    late.restart()

    late.work()

    assert len(rocketchat.messages("GENERAL")) == 1
    assert late.queue.count() == 0
