"""A small company with two units, and people on three platforms who ask for them."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from tests.conftest import Bot
from tests.fakes.api_gateway import Received, Sent
from tests.fakes.chat_client import MattermostClient, RocketChatClient, SlackClient
from tests.fakes.rocketchat import RocketChatServer
from tests.fakes.screen import visible

Client = SlackClient | MattermostClient | RocketChatClient
Ask = Callable[..., "Answer"]


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
    """The request that a platform makes of a command; Slack dates its own."""
    if isinstance(client, SlackClient):
        return client.command(text, bot.clock(), **fields)
    return client.command(text, **fields)
