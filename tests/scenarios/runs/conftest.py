"""A small company whose rosters are read on a schedule, and a channel that is told of them."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from monitors_bot.aws.sdk import SdkTable
from monitors_bot.aws.stores.documents import Documents
from monitors_bot.aws.stores.rosters import Rosters
from monitors_bot.lambdas.background import BackgroundWork
from monitors_bot.lambdas.schedule import ScheduleDoor
from tests.conftest import Clock
from tests.fakes.event_source import EventSource
from tests.fakes.failing_door import Doors, failing_doors
from tests.fakes.hurried_queues import HurriedQueues, hurried_queues
from tests.fakes.local_aws import LocalAws
from tests.fakes.rocketchat import RocketChatServer
from tests.fakes.screen import visible_payload

QUEUE_NAME = "background"
SCHEDULE = "arn:aws:scheduler:eu-central-1:123456789012:schedule/default/monitors"
NINE = datetime(2026, 11, 23, 9, 0, tzinfo=UTC).timestamp()


class Scheduled:
    """The schedules and the background worker, with the time in the test's hands."""

    def __init__(
        self,
        environ: dict[str, str],
        clock: Clock,
        server: RocketChatServer,
        queue: EventSource,
        dead: EventSource,
        rosters: Rosters,
        hurried: HurriedQueues,
    ) -> None:
        self.environ, self.clock, self.server = environ, clock, server
        self.queue, self.dead, self.rosters = queue, dead, rosters
        self.delays = hurried.delays
        server.clock = clock
        self.schedule = ScheduleDoor(environ, clock)
        self.worker = self.new_worker()

    def start_again(self) -> None:
        """Forget everything, as new processes have."""
        self.worker.close()
        self.schedule = ScheduleDoor(self.environ, self.clock)
        self.worker = self.new_worker()

    def new_worker(self) -> BackgroundWork:
        return BackgroundWork(self.environ, self.clock, self.pass_time)

    def pass_time(self, seconds: float) -> None:
        """Let time pass for the bot and for the server."""
        self.clock.advance(seconds)

    def order(self, **changes: Any) -> dict[str, object]:
        """A tick of a schedule, now."""
        at = datetime.fromtimestamp(self.clock(), UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
        return {"run": f"{SCHEDULE} {at}", "channel": "#leads", **changes}

    def begin(self, **changes: Any) -> dict[str, object]:
        return self.schedule.handle(self.order(**changes))

    def run(self, **changes: Any) -> list[str]:
        """Let a tick come and its run end; tell what was posted then in the channel."""
        before = len(self.posted)
        self.begin(**changes)
        self.work()
        return self.posted[before:]

    def work(self) -> None:
        """Do whatever is on the queue, and what that queues, until nothing is left that can be done."""
        while self.step():
            pass

    def work_for(self, most: int) -> int:
        """Do what is on the queue, at most so often; tell how often it took."""
        return next((times for times in range(most) if not self.step()), most)

    def step(self) -> bool:
        """Do what is on the queue once, and let the time pass that the next wants to wait."""
        known = len(self.delays)
        if not self.queue.run(self.worker.handle):
            return False
        self.pass_time(max(self.delays[known:], default=0))
        return True

    @property
    def messages(self) -> list[dict[str, Any]]:
        return self.server.messages("leads")

    @property
    def posted(self) -> list[str]:
        """What people read in the channel, one text for each message."""
        return [visible_payload({**message, "text": message["msg"]}) for message in self.messages]


@pytest.fixture
def company(rocketchat: RocketChatServer) -> RocketChatServer:
    rocketchat.add_user("ana", name="Ana Díaz", status="online")
    rocketchat.add_user("raj", name="Raj Patel", status="away")
    rocketchat.add_user("kim", name="Kim Lee", status="offline")
    rocketchat.add_unit("Billing EU", monitors=["ana", "raj"], id="bilLingEu00000001")
    rocketchat.add_unit("Sales", monitors=["ana", "kim"], id="salesSales0000001")
    rocketchat.add_room("leads", id="leadsLeads0000001")
    return rocketchat


@pytest.fixture
def scheduled(
    aws: LocalAws,
    company: RocketChatServer,
    secret: dict[str, Any],
    table: str,
    environ: dict[str, str],
    clock: Clock,
) -> Iterator[Scheduled]:
    urls = aws.create_queue(QUEUE_NAME)
    clock.stop_at(NINE)
    queue, dead = EventSource(aws.sqs, urls[0], "BackgroundFunction"), EventSource(aws.sqs, urls[1])
    rosters = Rosters(Documents(SdkTable(aws.dynamodb, table)))
    with hurried_queues(aws.url) as hurried:
        environ |= {
            "BACKGROUND_QUEUE_URL": urls[0],
            "TABLE_NAME": table,
            "AWS_ENDPOINT_URL_SQS": hurried.url,
        }
        running = Scheduled(environ, clock, company, queue, dead, rosters, hurried)
        yield running
        running.worker.close()
    aws.delete_queues(*urls)


@pytest.fixture
def doors(scheduled: Scheduled, aws, company) -> Iterator[Doors]:
    """Every request of the functions comes through doors that may fail."""
    sqs = scheduled.environ["AWS_ENDPOINT_URL_SQS"]
    with failing_doors(sqs=sqs, dynamodb=aws.url, rocketchat=company.url) as doors:
        scheduled.environ |= {
            "AWS_ENDPOINT_URL_SQS": doors.urls["sqs"],
            "AWS_ENDPOINT_URL_DYNAMODB": doors.urls["dynamodb"],
            "ROCKETCHAT_URL": doors.urls["rocketchat"],
        }
        scheduled.start_again()
        yield doors
