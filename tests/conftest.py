"""What the tests stand on: local AWS, a Rocket.Chat of their own, and a bot that is connected to both."""

import functools
import gc
import os
import time
from collections.abc import Callable, Iterator
from typing import Any

import botocore.hooks
import botocore.session
import botocore.useragent
import pytest
from hypothesis import HealthCheck, settings

from monitors_bot.lambdas.chat import ChatDoor
from tests.fakes.api_gateway import Received, Sent, event_for, receive
from tests.fakes.chat_client import APP_SECRET, MATTERMOST_TOKEN, SIGNING_SECRET, WEBHOOK_TOKEN
from tests.fakes.event_source import EventSource
from tests.fakes.local_aws import LocalAws, local_aws
from tests.fakes.rocketchat import RocketChatServer

SECRET_NAME = "monitors-bot"
TABLE_NAME = "monitors-bot"
QUEUE_NAME = "late-answers"
BACKGROUND_QUEUE_NAME = "background"

settings.register_profile(
    "quick", max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("thorough", settings.get_profile("quick"), max_examples=1000)
settings.register_profile("fuzz", settings.get_profile("quick"), max_examples=500, print_blob=True)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "quick"))


def pytest_xdist_auto_num_workers() -> int:
    """Run one worker more than there are cores: a third of the time, a test only waits."""
    return (os.cpu_count() or 1) + 1


def pytest_collection_finish() -> None:
    """Spare the collector the tests themselves: to go through thousands stops a worker for half a second."""
    gc.collect()
    gc.freeze()


class Clock:
    """Time that passes when a test says so, or else as it really does."""

    def __init__(self, real: Callable[[], float]) -> None:
        self._real = real
        self.ahead = 0.0

    def __call__(self) -> float:
        return self._real() + self.ahead

    def advance(self, seconds: float) -> None:
        self.ahead += seconds

    def stop_at(self, at: float) -> None:
        """Let no time pass any more, but when a test says so."""
        self._real = lambda: at
        self.ahead = 0.0


class Bot:
    """The bot as its callers see it: HTTP in, HTTP out, through the function's own door."""

    def __init__(self, environ: dict[str, str], clock: Clock) -> None:
        self.environ = environ
        self.clock = clock
        self.door = ChatDoor(environ, clock)

    def start_cold(self) -> None:
        """Forget everything, as a new process has."""
        self.close()
        self.door = ChatDoor(self.environ, self.clock)

    def send(self, sent: Sent, **event: Any) -> Received:
        return receive(self.door.handle(event_for(sent, self.clock()) | event))

    def close(self) -> None:
        if "chat" in self.door.__dict__:
            self.door.parts.close()


@pytest.fixture(scope="session", autouse=True)
def shared_aws_models() -> Iterator[None]:
    """Let botocore do once what it does for each of hundreds of clients, and for each of their calls."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(botocore.hooks, "accepts_kwargs", functools.cache(botocore.hooks.accepts_kwargs))
        patch.setattr(botocore.useragent.UserAgentString, "to_string", lambda _: "tests")
        patch.setattr(botocore.session, "create_loader", functools.cache(botocore.loaders.create_loader))
        yield


@pytest.fixture(scope="session")
def aws() -> Iterator[LocalAws]:
    with local_aws() as running:
        yield running


@pytest.fixture
def rocketchat() -> Iterator[RocketChatServer]:
    with RocketChatServer() as server:
        yield server


@pytest.fixture
def clock() -> Clock:
    return Clock(time.time)


@pytest.fixture
def secret(aws: LocalAws, rocketchat: RocketChatServer) -> Iterator[dict[str, Any]]:
    """The secret's value as first stored; `aws.change_secret(SECRET_NAME, …)` changes it."""
    value = {
        "rocketchat_user_id": rocketchat.account.user_id,
        "rocketchat_auth_token": rocketchat.account.token,
        "rocketchat_webhook_token": WEBHOOK_TOKEN,
        "rocketchat_app_secret": APP_SECRET,
        "slack_signing_secret": SIGNING_SECRET,
        "mattermost_token": MATTERMOST_TOKEN,
    }
    aws.create_secret(SECRET_NAME, value)
    yield value
    aws.delete_secret(SECRET_NAME)


@pytest.fixture
def queue(aws: LocalAws) -> Iterator[tuple[EventSource, EventSource]]:
    """The queue of late answers, and the one for its dead letters."""
    urls = aws.create_queue(QUEUE_NAME)
    yield EventSource(aws.sqs, urls[0], "LateAnswersFunction"), EventSource(aws.sqs, urls[1])
    aws.delete_queues(*urls)


@pytest.fixture
def table(aws: LocalAws) -> Iterator[str]:
    aws.create_table(TABLE_NAME)
    yield TABLE_NAME
    aws.delete_table(TABLE_NAME)


@pytest.fixture
def environ(aws: LocalAws, rocketchat: RocketChatServer) -> dict[str, str]:
    """The bot's settings; the queue and the table are there only in tests that ask for them."""
    return {
        **aws.environment,
        "ROCKETCHAT_URL": rocketchat.url,
        "SECRET_ID": SECRET_NAME,
        "QUEUE_URL": aws.queue_url(QUEUE_NAME),
        "BACKGROUND_QUEUE_URL": aws.queue_url(BACKGROUND_QUEUE_NAME),
        "TABLE_NAME": TABLE_NAME,
    }


@pytest.fixture
def bot(secret: dict[str, Any], environ: dict[str, str], clock: Clock) -> Iterator[Bot]:
    running = Bot(environ, clock)
    yield running
    running.close()
