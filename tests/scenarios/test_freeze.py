"""A function that was frozen: its connections may have died meanwhile, and nobody told it."""

from contextlib import ExitStack

import pytest

from tests.fakes.chat_client import SlackClient
from tests.fakes.swallowing_wire import SwallowingWire
from tests.scenarios.conftest import typed


@pytest.fixture
def wires(bot, aws, company):
    """Wires to AWS and to Rocket.Chat, whose flows may die."""
    with ExitStack() as running:
        to_aws, to_server = (running.enter_context(SwallowingWire(url)) for url in (aws.url, company.url))
        bot.environ |= {"AWS_ENDPOINT_URL": to_aws.url, "ROCKETCHAT_URL": to_server.url}
        bot.start_cold()
        yield to_aws, to_server


@pytest.mark.parametrize("seconds", [40, 360])
def test_the_first_command_after_a_freeze_is_answered_in_time(bot, wires, seconds):
    bot.send(typed(bot, SlackClient(), "Billing EU"))
    bot.clock.advance(seconds)
    for wire in wires:
        wire.let_flows_die()

    answer = bot.send(typed(bot, SlackClient(), "Billing EU"))

    assert "Billing EU: 1 of 3 monitors online" in str(answer.json)
