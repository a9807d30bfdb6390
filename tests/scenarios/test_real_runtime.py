"""The functions as Lambda runs them: AWS's runtime, the template's handler and variables, the code's folder.

`make test` runs them from the source; `make build` sets BUILT and runs what it made, in Lambda's Python.
"""

import json
import os
import sys
import time
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from monitors_bot.aws.messages import write
from monitors_bot.domain.answers.conversation import Command, Job
from tests.conftest import SECRET_NAME
from tests.fakes.api_gateway import event_for, receive
from tests.fakes.chat_client import SlackClient
from tests.fakes.event_source import EventSource
from tests.fakes.lambda_runtime import LambdaRuntime
from tests.fakes.log_subscription import handed_over
from tests.fakes.sam_template import function
from tests.fakes.screen import visible
from tests.fakes.webhook_senders import WEBHOOK_SECRET, PagingSystem

pytest.importorskip("awslambdaric", reason="the runtime's client is for Linux only")

BUILT = os.environ.get("BUILT")
PYTHON = Path(os.environ.get("LAMBDA_PYTHON", sys.executable))


def code_of(name):
    return Path(BUILT, name) if BUILT else Path("src")


@pytest.fixture
def chat(environ, secret, company):
    """The chat function, as the template describes it."""
    return function("ChatFunction", environ)


@pytest.fixture
def worker(environ, secret, company, table):
    """The worker for late answers, as the template describes it."""
    return function("LateAnswersFunction", {**environ, "TABLE_NAME": table})


@pytest.fixture
def start(environ):
    """Start a function as Lambda does; it ends with the test."""
    return lambda described, code="ChatFunction": LambdaRuntime(
        described, code_of(code), environ, python=PYTHON
    )


def test_a_signed_command_is_answered(start, chat):
    with start(chat) as running:
        outcome = running.invoke(event_for(SlackClient().command("Sales")))

    assert outcome.kind == "response", outcome.body
    assert "Ana Díaz" in visible(receive(outcome.json))


def test_an_unsigned_command_is_refused(start, chat):
    with start(chat) as running:
        outcome = running.invoke(event_for(replace(SlackClient(), secret="stolen").command("Sales")))

    assert receive(outcome.json).status == 401


def test_a_late_answer_is_given(start, worker, rocketchat, queue, clock):
    rocketchat.add_room("support", id="GENERAL", members=["monitors-bot"])
    command = Command("!monitors", "Sales", message_id="m", room_id="GENERAL")
    queue[0].put(write(Job("a" * 32, "rocketchat", command, clock(), "correlation")))
    [record] = queue[0].receive()

    with start(worker, "LateAnswersFunction") as running:
        outcome = running.invoke({"Records": [record]})
        [line] = [line for line in running.log() if line.get("message") == "late answer"]

    assert outcome.json == {"batchItemFailures": []}
    [message] = rocketchat.messages("GENERAL")
    assert message["msg"] == "*Sales: 1 of 1 monitor online*"
    assert (line["outcome"], line["correlation_id"]) == ("delivered", "correlation")


def test_a_process_answers_one_command_after_another(start, chat, rocketchat):
    with start(chat) as running:
        running.invoke(event_for(SlackClient().command("Sales")))
        again = running.invoke(event_for(SlackClient().command("Billing EU")))

    assert "Raj Patel" in visible(receive(again.json))
    assert Counter(call.route for call in rocketchat.calls)["livechat/units"] == 1


def test_the_log_is_json_with_the_request_and_what_was_answered(start, chat):
    event = event_for(SlackClient().command("Sales"))

    with start(chat) as running:
        outcome = running.invoke(event)
        [line] = [line for line in running.log() if line.get("message") == "answered"]

    assert line["requestId"] == outcome.request_id
    assert line["correlation_id"] == event["requestContext"]["requestId"]
    assert (line["level"], line["platform"], line["route"]) == ("INFO", "slack", "/slack/command")
    assert (line["outcome"], line["cold_start"], line["upstream_calls"]) == ("roster", True, 4)


def test_metrics_are_lines_that_cloudwatch_reads(start, chat):
    with start(chat) as running:
        running.invoke(event_for(SlackClient().command("Sales")))
        metrics = [line for line in running.log() if "_aws" in line]

    directives = [directive for line in metrics for directive in line["_aws"]["CloudWatchMetrics"]]
    assert {directive["Namespace"] for directive in directives} == {"MonitorsBot"}
    assert {metric["Name"] for directive in directives for metric in directive["Metrics"]} == {
        "Accepted",
        "AnswerTime",
        "Successes",
        "UpstreamTime",
    }
    assert [line["caller"] for line in metrics if "Accepted" in line] == ["slack"]


def test_nothing_secret_is_written(start, chat, secret):
    with start(chat) as running:
        running.invoke(event_for(SlackClient().command("Sales")))
        running.invoke(event_for(replace(SlackClient(), secret="stolen").command("Sales")))
        written = running.output()

    assert "turned away" in written
    assert [name for name, value in secret.items() if value in written] == []


def test_a_handler_that_is_not_there_fails_at_the_start(start, chat):
    with start(replace(chat, handler="monitors_bot.lambdas.chat.missing")) as running:
        outcome = running.invoke({})

    assert outcome.kind == "init/error"
    assert outcome.json["errorType"] == "Runtime.HandlerNotFound"


def test_settings_that_are_missing_are_told_to_the_log_and_the_caller(start, chat):
    variables = {name: value for name, value in chat.variables.items() if name != "SECRET_ID"}

    with start(replace(chat, variables=variables)) as running:
        outcome = running.invoke(event_for(SlackClient().command("Sales")))
        [line] = [line for line in running.log() if line.get("level") == "ERROR"]

    assert receive(outcome.json).status == 503
    assert (line["message"], line["why"]) == ("trouble", "SECRET_ID is not set")


def test_a_page_is_queued_and_posted(start, environ, secret, company, table, aws):
    aws.change_secret(SECRET_NAME, {**secret, "webhook_secret": WEBHOOK_SECRET})
    urls = aws.create_queue("background")
    queue = EventSource(aws.sqs, urls[0])
    company.add_room("leads", id="leadsLeads0000001")
    values = {**environ, "TABLE_NAME": table, "BACKGROUND_QUEUE_URL": urls[0]}
    page = PagingSystem().page(time.time(), channel="#leads")

    with start(function("WebhookFunction", values), "WebhookFunction") as webhook:
        taken = webhook.invoke(event_for(page))
    with start(function("BackgroundFunction", values), "BackgroundFunction") as background:
        done = background.invoke({"Records": queue.receive()})
    aws.delete_queues(*urls)

    assert receive(taken.json).status == 202
    assert done.json == {"batchItemFailures": []}
    assert [who["username"] for who in company.messages("leads")[0]["mentions"]] == ["ana"]


def test_a_line_of_the_audit_comes_into_a_log_of_its_own(start, chat, environ):
    with start(chat) as asked:
        asked.invoke(event_for(SlackClient().command("Sales")))
        lines = [json.dumps(line) for line in asked.log()]

    with start(function("AuditFunction", environ), "AuditFunction") as keeping:
        outcome = keeping.invoke(handed_over(lines))
        kept = keeping.log()

    assert outcome.kind == "response", outcome.body
    [line] = [line for line in kept if line.get("message") == "audit"]
    assert (line["unit"], line["outcome"]) == ("Sales", "roster")
