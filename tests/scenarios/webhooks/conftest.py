"""A company whose monitors hear of what is wrong, through the real functions, queue and table."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from monitors_bot.lambdas.background import BackgroundWork
from monitors_bot.lambdas.webhook import WebhookDoor
from tests.conftest import SECRET_NAME, Clock
from tests.fakes.api_gateway import Received, Sent, event_for, receive
from tests.fakes.clocked_queues import ClockedQueues
from tests.fakes.conversations import Conversation
from tests.fakes.event_source import EventSource
from tests.fakes.hurried_queues import serving
from tests.fakes.local_aws import LocalAws
from tests.fakes.rocketchat import RocketChatServer
from tests.fakes.screen import visible_payload
from tests.fakes.webhook_senders import LIVECHAT_TOKEN, WEBHOOK_SECRET, OmnichannelWebhook, PagingSystem

NINE = datetime(2026, 11, 23, 9, 0, tzinfo=UTC).timestamp()
BILLING, SALES = "bilLingEu00000001", "salesSales0000001"


class Notified:
    """The webhooks and the background worker, with the time in the test's hands."""

    def __init__(
        self,
        environ: dict[str, str],
        clock: Clock,
        server: RocketChatServer,
        queues: tuple[EventSource, EventSource],
        clocked: ClockedQueues,
    ) -> None:
        self.environ, self.clock, self.server = environ, clock, server
        self.queue, self.dead = queues
        self.clocked = clocked
        clocked.now = server.clock = clock
        self.system, self.omnichannel = PagingSystem(), OmnichannelWebhook()
        self.start_cold()

    def start_cold(self) -> None:
        """Forget everything, as new processes have."""
        self.door = WebhookDoor(self.environ, self.clock)
        self.worker = BackgroundWork(self.environ, self.clock, self.pass_time)

    def pass_time(self, seconds: float) -> None:
        """Let time pass for the bot, for the server and for the queue."""
        self.clock.advance(seconds)
        self.clocked.pass_on_what_is_due()

    def send(self, sent: Sent) -> Received:
        return receive(self.door.handle(event_for(sent, self.clock())))

    def page(self, **fields: Any) -> Received:
        return self.send(self.system.page(self.clock(), **fields))

    def event(self, **fields: Any) -> Received:
        return self.send(self.omnichannel.event(**fields))

    def work(self) -> None:
        """Do what is on the queue and can be seen now."""
        while self.queue.run(self.worker.handle):
            pass

    def work_later(self) -> None:
        """Do it, and then whatever waits for its time, until nothing is left."""
        self.work()
        while (due := self.clocked.next_due) is not None:
            self.pass_time(max(0.0, due - self.clock()))
            self.work()

    def again(self) -> None:
        """Let the pauses of what could not be done be over, and do it again."""
        self.queue.make_visible()
        self.work()

    @property
    def messages(self) -> list[dict[str, Any]]:
        return self.server.messages("leads")

    @property
    def posted(self) -> list[str]:
        """What people read in the channel, one text for each message."""
        return [visible_payload({"text": message["msg"]}) for message in self.messages]

    def mentioned(self, number: int = -1) -> list[str]:
        """Whom the server notified of a message."""
        return [who["username"] for who in self.messages[number]["mentions"]]

    @property
    def queued(self) -> list[dict[str, Any]]:
        """What is on the queue; nobody else sees it from then on."""
        return [json.loads(record["body"]) for record in self.queue.receive()]


@pytest.fixture
def company(rocketchat: RocketChatServer) -> RocketChatServer:
    rocketchat.add_user("ana", name="Ana Díaz", status="online")
    rocketchat.add_user("raj", name="Raj Patel", status="away")
    rocketchat.add_user("kim", name="Kim Lee", status="offline")
    rocketchat.add_unit("Billing EU", monitors=["ana", "raj", "kim"], id=BILLING)
    rocketchat.add_unit("Sales", monitors=["raj", "kim"], id=SALES)
    rocketchat.add_unit("Night", id="nightNight0000001")
    rocketchat.add_department("Invoices", BILLING, id="invoicesInvoices1")
    rocketchat.add_department("Refunds", BILLING, id="refundsRefunds001")
    rocketchat.add_department("Orders", SALES, id="ordersOrders00001")
    rocketchat.add_department("Lobby", id="lobbyLobby0000001")
    rocketchat.add_room("leads", id="leadsLeads0000001")
    rocketchat.add_room("ops", id="opsOpsOpsOps00001")
    return rocketchat


@pytest.fixture
def notified(
    aws: LocalAws,
    company: RocketChatServer,
    secret: dict[str, Any],
    table: str,
    environ: dict[str, str],
    clock: Clock,
) -> Iterator[Notified]:
    aws.change_secret(
        SECRET_NAME,
        {**secret, "webhook_secret": WEBHOOK_SECRET, "rocketchat_livechat_token": LIVECHAT_TOKEN},
    )
    urls = aws.create_queue("background")
    clock.stop_at(NINE)
    with serving(ClockedQueues(aws.url)) as clocked:
        environ |= {
            "BACKGROUND_QUEUE_URL": urls[0],
            "TABLE_NAME": table,
            "AWS_ENDPOINT_URL_SQS": clocked.url,
            "NOTIFY_CHANNEL": "#leads",
        }
        queues = (EventSource(aws.sqs, urls[0], "BackgroundFunction"), EventSource(aws.sqs, urls[1]))
        running = Notified(environ, clock, company, queues, clocked)
        yield running
    aws.delete_queues(*urls)


@pytest.fixture
def guest() -> Conversation:
    return Conversation("room0000000000001", "invoicesInvoices1")


@pytest.fixture
def other() -> Conversation:
    return Conversation("room0000000000002", "invoicesInvoices1")
