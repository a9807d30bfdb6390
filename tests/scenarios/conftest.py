"""A small company with two units, and people on three platforms who ask for them."""

import json
import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import pytest

from monitors_bot.aws.sdk import SdkTable
from monitors_bot.aws.stores.documents import Documents
from monitors_bot.aws.stores.rosters import Rosters
from monitors_bot.domain.answers.conversation import Command, Job
from monitors_bot.lambdas.audit import handler as keep
from monitors_bot.lambdas.late_answers import LateAnswers
from tests.conftest import Bot
from tests.fakes.api_gateway import Received, Sent, event_for, receive
from tests.fakes.chat_client import AppClient, MattermostClient, RocketChatClient, SlackClient
from tests.fakes.event_source import EventSource
from tests.fakes.local_aws import LocalAws
from tests.fakes.log_subscription import handed_over, lines_of
from tests.fakes.raw_server import SilentServer
from tests.fakes.response_urls import ResponseUrlServer
from tests.fakes.rocketchat import RocketChatServer
from tests.fakes.screen import visible, visible_payload

Client = SlackClient | MattermostClient | RocketChatClient | AppClient
Ask = Callable[..., "Answer"]

WAITED_SECONDS = 0.9
"""How long a request may have waited before the bot gets it, of the 1.5 seconds for its answer."""

HOOK = "/commands/T1/42/x"
"""Where Slack and Mattermost take late answers, below the address of `hooks`."""


@dataclass(frozen=True)
class Answer:
    """A reply as somebody reads it."""

    received: Received

    def __str__(self) -> str:
        return visible(self.received)

    def __contains__(self, text: str) -> bool:
        return text in str(self)

    @property
    def title(self) -> str:
        return str(self).splitlines()[0]

    @property
    def last_line(self) -> str:
        return str(self).splitlines()[-1]

    @property
    def is_shared(self) -> bool:
        return bool(self.received.json["response_type"] == "in_channel")


@pytest.fixture
def company(rocketchat: RocketChatServer) -> RocketChatServer:
    rocketchat.add_user("ana", name="Ana Díaz", status="online", status_text="in a call", utc_offset=-3)
    rocketchat.add_user("raj", name="Raj Patel", status="away", utc_offset=5.5)
    rocketchat.add_user("kim", name="Kim Lee", status="offline")
    rocketchat.add_unit("Billing EU", monitors=["ana", "raj", "kim"], id="bilLingEu00000001")
    rocketchat.add_unit("Sales", monitors=["ana"], id="salesSales0000001")
    return rocketchat


@pytest.fixture(
    params=[SlackClient, MattermostClient, RocketChatClient], ids=["slack", "mattermost", "rocketchat"]
)
def platform(request: pytest.FixtureRequest) -> Client:
    """Each platform in turn."""
    client: Client = request.param()
    return client


@pytest.fixture
def slack() -> SlackClient:
    return SlackClient()


@pytest.fixture
def mattermost() -> MattermostClient:
    return MattermostClient()


@pytest.fixture
def webhook() -> RocketChatClient:
    return RocketChatClient()


@pytest.fixture
def ask(bot: Bot, company: RocketChatServer) -> Ask:
    """Type a command, on Slack unless a client is given, and read the answer."""

    def type_in(text: str, client: Client | None = None, **fields: str) -> Answer:
        received = bot.send(typed(bot, client or SlackClient(), text, **fields))
        assert received.status == 200
        return Answer(received)

    return type_in


def typed(bot: Bot, client: Client, text: str, **fields: str) -> Sent:
    """The request that a platform makes of a command; Slack and the app date their own."""
    if isinstance(client, SlackClient | AppClient):
        return client.command(text, bot.clock(), **fields)
    return client.command(text, **fields)


@pytest.fixture
def hooks() -> Iterator[ResponseUrlServer]:
    with ResponseUrlServer() as server:
        yield server


@pytest.fixture
def recorder(aws: LocalAws, table: str) -> Rosters:
    """Whoever records rosters, as scheduled runs do."""
    return Rosters(Documents(SdkTable(aws.dynamodb, table)))


@pytest.fixture
def silent_aws() -> Iterator[SilentServer]:
    """An AWS that takes calls, and never answers."""
    with SilentServer() as server:
        yield server


class Late:
    """A bot on a server that is too slow, with the queue and the door of late answers."""

    def __init__(self, bot: Bot, queue: tuple[EventSource, EventSource], hooks: ResponseUrlServer) -> None:
        self.bot, self.hooks = bot, hooks
        self.queue, self.dead = queue
        self.door = LateAnswers(bot.environ, bot.clock)

    def ask(self, text: str, client: Client, **fields: str) -> Answer:
        """Ask; on Slack and Mattermost with an address for late answers."""
        return Answer(self.bot.send(self._typed(text, client, fields)))

    def ask_silent_server(self, text: str, client: Client, **fields: str) -> Answer:
        """Ask a bot that waits for its server in vain, but not for long.

        The bot is awake, and the request waited at its door: little of the time for the answer is left.
        """
        sent = self._typed(text, client, fields)
        self.bot.send(replace(sent, method="GET"))
        waited = event_for(sent, self.bot.clock() - WAITED_SECONDS)
        return Answer(receive(self.bot.door.handle(waited)))

    def _typed(self, text: str, client: Client, fields: dict[str, str]) -> Sent:
        if not isinstance(client, RocketChatClient):
            fields = {"response_url": self.hooks.url + HOOK, **fields}
        return typed(self.bot, client, text, **fields)

    def work(self) -> int:
        return self.queue.run(self.function)

    def function(self, event: dict[str, Any], context: Any = None) -> Any:
        return self.door.handle(event, context)

    def restart(self) -> None:
        self.door = LateAnswers(self.bot.environ, self.bot.clock)


@pytest.fixture
def late(bot: Bot, company, queue, hooks: ResponseUrlServer, table: str, rocketchat) -> Late:
    bot.environ |= {
        "SLACK_HOOKS_URL": hooks.url,
        "MATTERMOST_URL": hooks.url,
        "TABLE_NAME": table,
        "REPLY_DEADLINE_MS": "1500",
        "LONG_REPLY_DEADLINE_MS": "1500",
    }
    bot.start_cold()
    rocketchat.add_room("support", id="GENERAL", members=["monitors-bot"])
    return Late(bot, queue, hooks)


def what_followed(late: Late, client: Client, rocketchat) -> list[str]:
    """The late answers that people got to read, as their visible text."""
    if isinstance(client, RocketChatClient):
        return [visible_payload({**m, "text": m["msg"]}) for m in rocketchat.messages("GENERAL")]
    return [visible_payload(payload) for payload in late.hooks.accepted]


def promised(late: Late, rocketchat, client: Client) -> None:
    """Ask a server that is too slow once, so that a job is on the queue."""
    rocketchat.fail("livechat/units", "never", times=1)
    assert late.ask_silent_server("Sales", client).title == "Still looking, the answer follows."


def a_job(late: Late, **changes: Any) -> Job:
    command = Command("/monitors", "Sales", response_url=late.hooks.url + HOOK)
    return replace(Job("a" * 32, "slack", command, late.bot.clock()), **changes)


@pytest.fixture
def audit(caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]) -> Callable[[], list[Any]]:
    """Return what came into the audit's log group since the last look."""
    caplog.set_level(logging.INFO, logger="monitors_bot")

    def read() -> list[Any]:
        lines = lines_of(record for record in caplog.records if record.name.startswith("monitors_bot"))
        caplog.clear()
        capsys.readouterr()  # metrics
        keep(handed_over(lines), None)
        return [json.loads(line) for line in capsys.readouterr().out.splitlines()]

    return read
