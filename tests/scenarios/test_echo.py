"""Servers that repeat what they were sent: no reply, log line or metric shows any of it."""

import logging
import traceback

import pytest

from monitors_bot.errors import MonitorsBotError
from monitors_bot.lambdas.background import BackgroundWork
from monitors_bot.lambdas.late_answers import LateAnswers
from monitors_bot.lambdas.schedule import ScheduleDoor
from monitors_bot.lambdas.webhook import WebhookDoor
from tests.conftest import SECRET_NAME
from tests.fakes.api_gateway import event_for, receive
from tests.fakes.chat_client import RocketChatClient, SlackClient
from tests.fakes.echo import CANARY, FORMS, STATUSES, Echo
from tests.fakes.event_source import EventSource
from tests.fakes.webhook_senders import WEBHOOK_SECRET, PagingSystem
from tests.scenarios.conftest import HOOK, typed

MINUTES = 60


USUAL = ("fields",)


@pytest.fixture(
    params=[form if form in USUAL else pytest.param(form, marks=pytest.mark.prove) for form in FORMS]
)
def echo(request):
    with Echo(request.param) as server:
        yield server


@pytest.fixture
def shown(caplog, capsys, secret):
    """Check that nothing of what was sent is in the log, the metrics and what else is given."""
    caplog.set_level(logging.DEBUG)

    def check(*others):
        records = [str(vars(record)) for record in caplog.records if record.name != "tests"]
        everything = " ".join([caplog.text, *records, *capsys.readouterr(), *map(str, others)])
        assert CANARY not in everything
        assert secret["rocketchat_auth_token"] not in everything
        assert "AWS4-HMAC" not in everything

    return check


@pytest.fixture
def background(aws, environ, table, secret):
    """The queue. The secret is changed here, before `shown` looks: boto3 logs what the test itself sends."""
    aws.change_secret(SECRET_NAME, {**secret, "webhook_secret": WEBHOOK_SECRET})
    urls = aws.create_queue("background")
    environ |= {"BACKGROUND_QUEUE_URL": urls[0], "NOTIFY_CHANNEL": "#leads"}
    yield EventSource(aws.sqs, urls[0])
    aws.delete_queues(*urls)


def replies(bot, *texts):
    clients = (SlackClient(), RocketChatClient())
    return [bot.send(typed(bot, client, text)) for client in clients for text in texts]


def test_in_chat_no_reply_shows_what_rocketchat_repeats(bot, echo, table, shown):
    bot.environ["ROCKETCHAT_URL"] = echo.url
    for echo.status in STATUSES:
        bot.start_cold()
        answers = replies(bot, "Sales", "list")

        assert {answer.status for answer in answers} == {200}
        shown(*answers)


@pytest.mark.parametrize("service", ["SECRETS_MANAGER", "DYNAMODB", "SQS"])
def test_in_chat_no_reply_shows_what_aws_repeats(bot, company, echo, queue, table, shown, service):
    bot.environ[f"AWS_ENDPOINT_URL_{service}"] = echo.url
    if service == "SQS":
        company.fail("livechat/monitors", "never")
        bot.environ |= {"REPLY_DEADLINE_MS": "400", "LONG_REPLY_DEADLINE_MS": "400"}
    for echo.status in STATUSES if service != "SQS" else (400, 500):
        bot.start_cold()
        shown(*replies(bot, "Sales history" if service == "DYNAMODB" else "Sales"))


def test_a_late_answer_shows_nothing_that_a_server_repeats(late, rocketchat, echo, shown):
    for echo.status in (400, 429, 500):
        for client in (RocketChatClient(), SlackClient()):
            rocketchat.fail("livechat/units", "never", times=1)
            late.bot.environ["SLACK_HOOKS_URL"] = echo.url
            late.bot.start_cold()
            fields = {"response_url": echo.url + HOOK} if isinstance(client, SlackClient) else {}
            late.ask_silent_server("Sales", client, **fields)
            late.door = LateAnswers({**late.bot.environ, "ROCKETCHAT_URL": echo.url}, late.bot.clock)
            late.bot.clock.advance(3 * MINUTES)
            late.work()

    assert echo.heard
    shown()


def test_a_run_and_a_page_show_nothing_that_a_server_repeats(
    company, clock, environ, background, echo, shown
):
    environ["ROCKETCHAT_URL"] = echo.url
    order = {"run": f"schedule {clock()}", "channel": "#leads", "post": "always"}
    ScheduleDoor(environ, clock).handle(order)
    for echo.status in (200, 400, 403, 429, 500):
        WebhookDoor(environ, clock).handle(event_for(PagingSystem().page(clock()), clock()))
        worker = BackgroundWork(environ, clock, clock.advance)
        background.run(worker.handle)
        background.make_visible()
        worker.close()

    assert echo.heard
    shown()


@pytest.mark.parametrize("service", ["SQS", "DYNAMODB", "SECRETS_MANAGER"])
def test_no_door_shows_what_aws_repeats(company, clock, environ, background, echo, shown, service):
    ScheduleDoor(environ, clock).handle({"run": "schedule 1", "channel": "#leads", "post": "always"})
    troubled = {**environ, f"AWS_ENDPOINT_URL_{service}": echo.url}
    for echo.status in (400, 500):
        worker = BackgroundWork(troubled, clock, clock.advance)
        background.run(worker.handle)
        background.make_visible()
        worker.close()
        answer = receive(
            WebhookDoor(troubled, clock).handle(event_for(PagingSystem().page(clock()), clock()))
        )
        shown(answer)
        if service != "SECRETS_MANAGER":
            shown(_trace(troubled, clock))

    assert echo.heard


def _trace(environ, clock):
    """What Lambda's runtime logs when the schedule door fails."""
    order = {"run": f"other {clock()}", "channel": "#leads", "post": "always"}
    try:
        ScheduleDoor(environ, clock).handle(order)
    except MonitorsBotError as error:
        return "".join(traceback.format_exception(error))
    return ""
