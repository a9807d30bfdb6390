"""Who asked what: the lines of the audit, from the doors to the log group that keeps them.

Doors: lambdas/audit.py; the lines come from lambdas/telemetry.py.
"""

import json
from typing import Any

import pytest

from monitors_bot.domain.units.roster import Monitor, Unit
from monitors_bot.lambdas.audit import handler
from tests.conftest import SECRET_NAME
from tests.fakes.api_gateway import event_for, receive
from tests.fakes.chat_client import AppClient, MattermostClient, RocketChatClient, SlackClient
from tests.fakes.log_subscription import question_for_the_function
from tests.fakes.sam_template import FUNCTIONS, of_type
from tests.fakes.slack_presses import press_of
from tests.scenarios.conftest import Client

SOURCES = {
    source["Properties"]["LogGroupName"]["Ref"] for source in FUNCTIONS["AuditFunction"]["Events"].values()
}
WHO_AND_WHERE: dict[str, tuple[Client, dict[str, Any]]] = {
    "slack": (SlackClient(), {"user_id": "U1", "user_name": "kim", "team_id": "T1", "channel_id": "C1"}),
    "mattermost": (
        MattermostClient(),
        {"user_id": "U1", "user_name": "kim", "team_id": "T1", "channel_id": "C1"},
    ),
    "rocketchat": (RocketChatClient(), {"user_id": "U1", "user_name": "kim", "channel_id": "C1"}),
    "rocketchat-app": (
        AppClient(),
        {"user": {"id": "U1", "username": "kim"}, "room": {"id": "C1", "type": "c"}},
    ),
}


def told(line, *fields):
    return tuple(line[field] for field in fields)


@pytest.mark.parametrize("name", WHO_AND_WHERE)
def test_each_question_is_in_the_audit(name, ask, audit):
    client, fields = WHO_AND_WHERE[name]

    ask("Sales", client, **fields)

    [line] = audit()
    team = "T1" if "team_id" in fields else ""
    assert told(line, "what", "platform", "user_id", "user_name", "team_id", "room_id") == (
        "question",
        name,
        "U1",
        "kim",
        team,
        "C1",
    )
    assert told(line, "unit_id", "unit", "outcome") == ("salesSales0000001", "Sales", "roster")
    assert line["correlation_id"]


@pytest.mark.parametrize(
    ("text", "unit", "person", "outcome"),
    [
        ("list", "", "", "list"),
        ("help", "", "", "help"),
        ("nowhere", "", "", "no-unit"),
        ("Sales history", "Sales", "", "not-recorded"),
        ("Sales at yesterday", "Sales", "", "not-recorded"),
        ("sal", "Sales", "", "roster"),
    ],
)
def test_it_says_which_unit_was_meant(text, unit, person, outcome, ask, audit, table, environ, bot):
    ask(text)

    [line] = audit()
    assert told(line, "unit", "person", "outcome") == (unit, person, outcome)


def test_it_says_whom_somebody_asked_about(ask, recorder, company, audit, bot, environ, table, clock):
    environ["TABLE_NAME"] = table
    bot.start_cold()
    ana = Monitor(company.user("ana").id, "ana", "Ana Díaz")
    recorder.record(Unit("salesSales0000001", "Sales"), [ana], clock())

    ask("@ana")

    [line] = audit()
    assert told(line, "person", "outcome") == ("ana", "person")


def test_a_unit_that_was_hidden_is_named_to_the_operator_alone(ask, aws, secret, bot, audit):
    aws.change_secret(SECRET_NAME, {**secret, "access_rules": {"rules": [{"channels": ["C2"]}]}})
    bot.start_cold()

    answer = ask("Sales", channel_id="C1")

    [line] = audit()
    assert "no unit" in answer.title
    assert told(line, "unit", "outcome", "room_id") == ("Sales", "hidden-unit", "C1")


def test_a_share_is_told(ask, audit):
    ask("Sales share")

    [line] = audit()
    assert line["shared"] is True


def test_a_button_is_told_from_a_question(late, audit):
    client, bot = SlackClient(), late.bot
    message = bot.send(client.command("Sales", bot.clock())).json
    audit()

    bot.send(client.press(press_of(message, "Refresh", f"{late.hooks.url}/actions/1"), bot.clock()))

    [line] = audit()
    assert told(line, "what", "unit", "outcome") == ("button", "Sales", "roster")


def test_a_late_answer_has_the_correlation_id_of_its_question(late, rocketchat, slack, audit):
    rocketchat.fail("livechat/units", "never", times=1)

    late.ask_silent_server("Sales", slack)
    late.work()

    question, answer = audit()
    assert told(question, "outcome", "route") == ("promised", "/slack/command")
    assert told(answer, "outcome", "route", "unit") == ("roster", "late-answers", "Sales")
    assert question["correlation_id"] == answer["correlation_id"]


def test_what_was_typed_is_not_in_it(ask, audit):
    ask("My card 4929 has a problem, who helps?")

    [line] = audit()
    assert "4929" not in json.dumps(line)


def test_a_name_of_any_length_makes_a_line_of_some_length(ask, audit):
    ask("Sales", user_name="k" * 100_000)

    [line] = audit()
    assert line["user_name"] == "k" * 200


def test_what_is_only_suggested_is_not_in_it(bot, company, audit):
    sent = AppClient().command("", bot.clock(), suggest="Sal")

    assert receive(bot.door.handle(event_for(sent, bot.clock()))).json["items"]
    assert audit() == []


def test_whoever_proves_nothing_is_not_in_it(bot, company, audit):
    assert bot.send(SlackClient("stolen").command("Sales", bot.clock())).status == 401
    assert audit() == []


def test_a_subscription_that_only_asks_whether_the_function_is_there_leaves_no_line(capsys):
    handler(question_for_the_function(), None)

    assert capsys.readouterr().out == ""


def test_the_logs_of_every_function_that_writes_such_lines_are_subscribed_and_its_own_are_not():
    writers = {"ChatFunction", "LateAnswersFunction", "WebhookFunction", "BackgroundFunction"}

    assert {FUNCTIONS[name]["LoggingConfig"]["LogGroup"]["Ref"] for name in writers} == SOURCES
    assert FUNCTIONS["AuditFunction"]["LoggingConfig"]["LogGroup"]["Ref"] not in SOURCES


def test_the_saved_query_looks_into_its_log_group():
    query = of_type("AWS::Logs::QueryDefinition")["WhoAskedQuery"]["Properties"]

    assert query["LogGroupNames"] == [FUNCTIONS["AuditFunction"]["LoggingConfig"]["LogGroup"]]
