"""Subnets without a way to AWS: who calls is told to try again, and the operator what is wrong."""

import socket
from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from monitors_bot.lambdas.webhook import WebhookDoor
from tests.conftest import SECRET_NAME, Bot
from tests.fakes.api_gateway import Received, Sent, event_for, receive
from tests.fakes.webhook_senders import OmnichannelWebhook, PagingSystem
from tests.scenarios.conftest import Client, typed
from tests.scenarios.runs.test_orders import metrics, said

LONGER_THAN_ANYBODY_WAITS = 20
"""Seconds. A request that old gets the least time that there is."""


@pytest.fixture
def no_way_out(bot: Bot) -> Iterator[Bot]:
    """A network that drops what is sent to AWS, instead of refusing it."""
    with ExitStack() as sockets:
        nowhere = sockets.enter_context(socket.create_server(("127.0.0.1", 0), backlog=0))
        for _ in range(3):
            waiting = sockets.enter_context(socket.socket())
            waiting.setblocking(False)
            waiting.connect_ex(nowhere.getsockname())
        bot.environ["AWS_ENDPOINT_URL"] = f"http://127.0.0.1:{nowhere.getsockname()[1]}"
        bot.start_cold()
        yield bot


def command(bot: Bot, platform: Client) -> Received:
    sent = typed(bot, platform, "Sales")
    return receive(bot.door.handle(event_for(sent, bot.clock() - LONGER_THAN_ANYBODY_WAITS)))


def test_a_command_is_503_and_the_log_and_a_metric_say_why(
    no_way_out: Bot, platform: Client, caplog, capsys, rocketchat
):
    answer = command(no_way_out, platform)

    assert (answer.status, answer.json) == (503, {"error": "the bot can't check requests now: try again"})
    assert int(answer.headers["Retry-After"]) > 0
    [trouble] = said(caplog, "trouble")
    assert trouble["kind"] == "SecretUnreachable"
    assert trouble["why"].startswith("the secret can't be read: no ")
    assert trouble["why"].endswith(" in time")
    assert metrics(capsys) == {"Successes": [0], "SecretUnusable": [1]}
    assert rocketchat.calls == []


@pytest.mark.parametrize("route", ["page", "omnichannel"])
def test_a_webhook_is_503_and_the_log_and_a_metric_say_why(bot: Bot, caplog, capsys, route):
    bot.environ["AWS_ENDPOINT_URL"] = "http://127.0.0.1:9"
    door = WebhookDoor(bot.environ, bot.clock)
    sent = PagingSystem().page(bot.clock()) if route == "page" else OmnichannelWebhook().event()

    answer = receive(door.handle(event_for(sent, bot.clock())))

    assert answer.status == 503
    assert int(answer.headers["Retry-After"]) > 0
    [trouble] = said(caplog, "trouble")
    assert (trouble["kind"], trouble["why"]) == (
        "SecretUnreachable",
        "the secret can't be read: connection refused",
    )
    assert metrics(capsys) == {"Successes": [0], "SecretUnusable": [1]}


def test_a_missing_setting_counts_as_well(bot: Bot, platform: Client, capsys):
    del bot.environ["SECRET_ID"]
    bot.start_cold()

    assert command(bot, platform).status == 503
    assert metrics(capsys) == {"Successes": [0], "SecretUnusable": [1]}


def test_before_the_secret_has_a_value_strangers_and_health_checks_set_off_no_alarm(bot: Bot, aws, capsys):
    aws.delete_secret(SECRET_NAME)
    aws.create_secret(SECRET_NAME)

    answers = [bot.send(Sent(method, path)).status for method, path in (("GET", "/health"), ("POST", "/x"))]

    assert answers == [200, 404]
    assert metrics(capsys) == {}


@pytest.mark.parametrize("body", [b"{", b""])
def test_what_a_caller_does_wrong_does_not_count(bot: Bot, slack, capsys, body):
    sent = slack.signed(body, bot.clock() - 4000)

    assert bot.send(sent).status == 401
    assert metrics(capsys) == {}
