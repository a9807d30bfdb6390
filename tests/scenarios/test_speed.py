"""What a command costs in calls to the server, and what each function loads at a cold start."""

import subprocess
import sys

import pytest

from monitors_bot.text import NAMES_OF_EMOJI
from tests.fakes.api_gateway import Sent, event_for
from tests.fakes.chat_client import RocketChatClient, SlackClient
from tests.scenarios.conftest import Ask

HEAVY = ("boto3", "botocore", "pydantic", "aws_xray_sdk", "aws_lambda_powertools", "slack_sdk", "difflib")
EMOJI = "monitors_bot.emoji"
ONLY_FOR_RECORDS = (
    "monitors_bot.aws.stores.documents",
    "monitors_bot.aws.stores.rosters",
    "monitors_bot.domain.answers.history",
    "monitors_bot.domain.answers.people",
    "monitors_bot.domain.units.records",
    "monitors_bot.domain.answers.last_known",
)

WIRINGS = {"account", "answers", "background", "late_answers", "schedules", "webhooks"}
DOORS = {
    "chat": (63, {"account", "answers"}, {"boto3", "aws.sdk", "domain.digests", "domain.notices"}),
    "late_answers": (69, {"account", "answers", "late_answers"}, {"domain.digests", "domain.notices"}),
    "schedule": (
        26,
        {"schedules"},
        {"requests", "ssl", "outbound", "web", "platforms", "rocketchat", "aws.secret", "aws.signed"}
        | {"domain.answers", "domain.notices"},
    ),
    "webhook": (
        35,
        {"webhooks"},
        {"boto3", "aws.sdk", "rocketchat", "platforms.rocketchat", "platforms.slack", "platforms.mattermost"}
        | {"domain.answers", "domain.digests", "domain.units"},
    ),
    "background": (72, {"account", "background"}, {"web", "platforms.slack", "platforms.mattermost"}),
}
"""For each door: the most modules of ours it loads, all its wirings, and modules it must not load."""


def loaded_by(door: str) -> set[str]:
    """The modules that a fresh process has loaded once it knows the handler."""
    script = f"import sys, monitors_bot.lambdas.{door}; print(*sys.modules)"
    process = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    return set(process.stdout.split())


def routes(rocketchat) -> list[str]:
    return sorted(call.route for call in rocketchat.calls)


def test_a_cold_start_makes_four_calls_the_first_two_at_the_same_time(ask: Ask, rocketchat):
    rocketchat.fail("livechat/units", "slow", seconds=0.5)
    rocketchat.fail("livechat/monitors", "slow", seconds=0.5)

    ask("Billing EU")

    assert routes(rocketchat) == [
        "livechat/monitors",
        "livechat/units",
        "livechat/units/:unitId/monitors",
        "users.presence",
    ]
    assert rocketchat.peak_concurrency == 2


def test_warm_two_calls_are_enough(ask: Ask, rocketchat):
    ask("Sales")
    rocketchat.calls.clear()

    ask("Billing EU")

    assert routes(rocketchat) == ["livechat/units/:unitId/monitors", "users.presence"]


def test_warm_a_part_of_a_name_costs_one_more_because_a_newer_unit_may_fit_better(ask: Ask, rocketchat):
    ask("Sales")
    rocketchat.calls.clear()

    ask("billing")

    assert routes(rocketchat) == ["livechat/units", "livechat/units/:unitId/monitors", "users.presence"]


def test_a_unit_with_many_monitors_is_not_one_call_each(ask: Ask, rocketchat):
    people = [f"person{number}" for number in range(60)]
    for person in people:
        rocketchat.add_user(person)
    rocketchat.add_unit("Crowd", monitors=people)
    ask("Sales")
    rocketchat.calls.clear()

    ask("Crowd all")

    assert routes(rocketchat) == ["livechat/monitors", "livechat/units/:unitId/monitors", "users.presence"]
    assert len([pair for pair in rocketchat.calls[-1].query if pair[0] == "ids"]) == 20


def test_connections_are_kept(ask: Ask, rocketchat):
    for unit in ("Sales", "Billing EU", "Sales", "list", "nowhere", "help"):
        ask(unit)

    assert len(rocketchat.calls) > 8
    assert rocketchat.connections <= 2  # no more than calls at the same time


def loaded_to_answer(environ, sent: Sent) -> list[str]:
    """The modules that a fresh process has loaded once it answered a request."""
    script = f"""
import sys
from monitors_bot.lambdas import chat
answer = chat.handler({event_for(sent)!r}, None)
assert answer["statusCode"] == 200, answer
print("LOADED", *sorted(sys.modules))
"""
    process = subprocess.run(
        [sys.executable, "-c", script], env=environ, capture_output=True, text=True, check=True
    )
    return process.stdout.rpartition("LOADED")[2].split()


def test_the_chat_path_loads_nothing_that_costs_seconds(environ, secret, company):
    loaded = loaded_to_answer(environ, SlackClient().command("Sales"))

    assert "monitors_bot.lambdas.chat" in loaded
    assert [name for name in loaded if name.startswith((*HEAVY, EMOJI)) or name in ONLY_FOR_RECORDS] == []


@pytest.mark.parametrize("text", ["Sales at 14:00:00", "Sales: EU: x", "Sales :"])
def test_no_list_of_emoji_is_loaded_for_a_text_without_a_name_of_one(text, environ, secret, company):
    company.add_unit("Sales: EU: 🔥")

    loaded = loaded_to_answer(environ, RocketChatClient().command(text))

    assert [name for name in loaded if name.startswith(EMOJI)] == []


def test_only_its_own_list_of_emoji_is_loaded_for_a_name_from_slack(environ, secret, company):
    company.add_unit("🔥 Sales")

    loaded = loaded_to_answer(environ, SlackClient().command("🔥 Sales"))

    assert [name for name in loaded if name.startswith(EMOJI)] == [EMOJI, f"{EMOJI}.iamcal"]


@pytest.mark.parametrize("source", NAMES_OF_EMOJI)
def test_a_list_of_emoji_is_read_in_milliseconds(source):
    script = f"""
import time
began = time.perf_counter()
from monitors_bot.emoji import names_from
names_from({source!r})
print(time.perf_counter() - began)
"""
    took = [
        float(subprocess.run([sys.executable, "-c", script], capture_output=True, check=True).stdout)
        for _ in range(3)
    ]

    assert min(took) < 0.03


@pytest.mark.parametrize("door", DOORS)
def test_a_door_loads_only_what_is_its_business(door):
    most, wirings, foreign = DOORS[door]

    loaded = loaded_by(door)

    ours = {name.removeprefix("monitors_bot.") for name in loaded if name.startswith("monitors_bot")}
    assert {name for name in WIRINGS if f"wiring.{name}" in ours} == wirings
    assert (ours | loaded) & foreign == set()
    assert len(ours) <= most
