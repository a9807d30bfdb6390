"""A whole day, under each fault: nothing secret gets out, and nothing that a customer said.

Every value of the secret is a canary, and so are a customer's token and words. None of them may be in a log
line, a metric, a reply, a post, a message on a queue or an item of the table.
"""

import base64
import json
import logging
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest

from monitors_bot.lambdas.background import BackgroundWork
from monitors_bot.lambdas.late_answers import LateAnswers
from monitors_bot.lambdas.schedule import ScheduleDoor
from monitors_bot.lambdas.webhook import WebhookDoor
from tests.conftest import SECRET_NAME, Bot
from tests.fakes.api_gateway import Sent, event_for, receive
from tests.fakes.chat_client import AppClient, MattermostClient, RocketChatClient, SlackClient
from tests.fakes.echo import Echo
from tests.fakes.event_source import EventSource
from tests.fakes.response_urls import ResponseUrlServer
from tests.fakes.slack_presses import press_of
from tests.fakes.webhook_senders import SAID, VISITOR_TOKEN, OmnichannelWebhook, PagingSystem

HOUR = 3600
APP_KEY, PAGE_KEY = (
    f"whsec_{base64.b64encode(f'{name}-canary-{name}'.encode()).decode()}" for name in ("app", "page")
)
CANARIES = {
    "rocketchat_webhook_token": "webhook-token-canary",
    "rocketchat_livechat_token": "livechat-token-canary",
    "rocketchat_app_secret": APP_KEY,
    "slack_signing_secret": "slack-secret-canary",
    "mattermost_token": "mattermost-token-canary",
    "webhook_secret": PAGE_KEY,
    "https_proxy_password": "proxy-password-canary",  # of a key that nobody knows
}
CLIENTS = (
    SlackClient("slack-secret-canary"),
    MattermostClient("mattermost-token-canary"),
    RocketChatClient("webhook-token-canary"),
    AppClient(APP_KEY),
)
QUESTIONS = ("Sales", "list", "@ana", "Sales history", "nowhere", "help", "version")
FAULTS: dict[str, dict[str, Any]] = {
    "none": {},
    "the server is down": {"kind": "status", "code": 503},
    "the server refuses the account": {"kind": "status", "code": 401},
    "the server refuses what is asked": {"kind": "status", "code": 403},
    "the server limits the bot": {"kind": "status", "code": 429},
    "the server breaks off": {"kind": "reset"},
    "the server sends no JSON": {"kind": "wrong-type"},
    "the server says that it failed": {"kind": "unsuccessful"},
    "the server repeats what it was sent": {"echo": "rocketchat"},
    "the table repeats what it was sent": {"echo": "dynamodb"},
    "the queues repeat what they were sent": {"echo": "sqs"},
}


class Day:
    """Everything that a deployed bot is, and all that anybody gets to see of it."""

    def __init__(
        self, environ: dict[str, str], bot: Bot, aws: Any, hooks: ResponseUrlServer, queues: list[str]
    ) -> None:
        self.environ, self.bot, self.aws, self.hooks, self.queues = environ, bot, aws, hooks, queues
        self.seen: list[str] = []
        self.number = 0

    def go_by(self) -> None:
        """Let people ask, systems page, customers wait and a schedule tick; then let the workers work."""
        self.ask()
        webhooks = WebhookDoor(self.environ, self.bot.clock)
        page = PagingSystem(PAGE_KEY).page(self.bot.clock(), unit="Sales", message="Invoices fail.")
        for sent in (page, OmnichannelWebhook("livechat-token-canary").event(departmentId="orders")):
            self.see(webhooks.handle(event_for(sent, self.bot.clock())))
            self.see(webhooks.handle(event_for(Sent(sent.method, sent.path, sent.headers, sent.body + b"}"))))
        order = {"run": f"schedule {self.bot.clock()}", "channel": "#leads"}
        self.attempt(lambda: ScheduleDoor(self.environ, self.bot.clock).handle(order))
        self.look_at_aws()
        self.work()
        self.look_at_aws()

    def ask(self) -> None:
        for client in CLIENTS:
            more: dict[str, Any] = (
                {"at": self.bot.clock()} if isinstance(client, SlackClient | AppClient) else {}
            )
            if isinstance(client, SlackClient | MattermostClient):
                more["response_url"] = f"{self.hooks.url}/commands/1"
            for text in QUESTIONS:
                sent = client.command(text, **more)
                self.see(self.bot.door.handle(event_for(sent, self.bot.clock())))
            broken = Sent(sent.method, sent.path, sent.headers, sent.body + b"{")
            self.see(self.bot.door.handle(event_for(broken, self.bot.clock())))
        self.press()

    def press(self) -> None:
        self.number += 1
        slack = CLIENTS[0]
        assert isinstance(slack, SlackClient)
        told = receive(self.bot.door.handle(event_for(slack.command("Sales", self.bot.clock())))).json
        if any(block["type"] == "actions" for block in told["blocks"]):
            press = press_of(told, "Refresh", f"{self.hooks.url}/actions/{self.number}")
            self.see(self.bot.door.handle(event_for(slack.press(press, self.bot.clock()))))

    def work(self) -> None:
        late, background = (EventSource(self.aws.sqs, url) for url in self.queues)
        with closing(BackgroundWork(self.environ, self.bot.clock, self.bot.clock.advance)) as worker:
            self.attempt(lambda: [background.run(worker.handle) for _ in range(4)])
        self.attempt(lambda: late.run(LateAnswers(self.environ, self.bot.clock).handle))
        for queue in (late, background):
            queue.make_visible()

    def attempt(self, what: Any) -> None:
        """Do something; what it raises is what Lambda would log."""
        try:
            self.see(what())
        except Exception as error:  # noqa: BLE001 - whatever it is, it is seen
            self.see(repr(error), repr(error.__cause__))

    def see(self, *what: object) -> None:
        self.seen += [json.dumps(one, default=str) for one in what]

    def look_at_aws(self) -> None:
        """See what is on the queues and in the table, without taking anything."""
        for url in self.queues:
            told = self.aws.sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10, VisibilityTimeout=0)
            self.see(*(message["Body"] for message in told.get("Messages", [])))
        self.see(self.aws.dynamodb.scan(TableName=self.environ["TABLE_NAME"])["Items"])


@pytest.fixture
def day(aws, company, environ, bot: Bot, table, secret, clock) -> Iterator[Day]:
    company.add_room("leads")
    company.add_department("Orders", "salesSales0000001", id="orders")
    aws.change_secret(SECRET_NAME, {**secret, **CANARIES})
    urls = [aws.create_queue(name)[0] for name in ("late", "background")]
    with ResponseUrlServer() as hooks:
        environ |= {
            "QUEUE_URL": urls[0],
            "BACKGROUND_QUEUE_URL": urls[1],
            "NOTIFY_CHANNEL": "#leads",
            "SLACK_HOOKS_URL": hooks.url,
            "MATTERMOST_URL": hooks.url,
            "REPLY_DEADLINE_MS": "1500",
            "LONG_REPLY_DEADLINE_MS": "1500",
        }
        bot.start_cold()
        yield Day(environ, bot, aws, hooks, urls)
    aws.delete_queues(*urls)


@pytest.mark.parametrize(
    "fault", [name if name == "none" else pytest.param(name, marks=pytest.mark.prove) for name in FAULTS]
)
def test_no_canary_gets_out(day, company, caplog, capsys, fault):
    caplog.set_level(logging.DEBUG, logger="monitors_bot")
    how = dict(FAULTS[fault])

    day.go_by()
    with Echo("fields") as echo:
        if which := how.get("echo"):
            name = "ROCKETCHAT_URL" if which == "rocketchat" else f"AWS_ENDPOINT_URL_{which.upper()}"
            day.environ[name] = echo.url
            day.bot.start_cold()
        elif how:
            company.fail("*", how.pop("kind"), **how)
        day.bot.clock.advance(HOUR)
        day.go_by()

    records = [str(vars(record)) for record in caplog.records if record.name.startswith("monitors_bot")]
    posts = json.dumps([message["msg"] for message in company.messages("leads")])
    shown = "\n".join([*day.seen, *records, *capsys.readouterr(), posts, json.dumps(day.hooks.accepted)])
    canaries = [*CANARIES.values(), company.account.token, VISITOR_TOKEN, SAID]
    assert [canary for canary in canaries if canary in shown] == []
    assert "1 of 1 monitor online" in shown  # the day was one of work
    assert "Invoices fail." in posts
