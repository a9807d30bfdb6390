"""Where the demo plays: a company's server, a local AWS and the bot, whatever this machine is set up for."""

import contextlib
import io
import logging
import os
import re
import socket
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any
from unittest.mock import patch
from urllib.parse import urlsplit

from monitors_bot.lambdas.background import BackgroundWork
from monitors_bot.lambdas.late_answers import LateAnswers
from monitors_bot.lambdas.schedule import ScheduleDoor
from monitors_bot.lambdas.webhook import WebhookDoor
from tests.conftest import SECRET_NAME, TABLE_NAME, Bot, Clock
from tests.demo.calls import WINDOW_SECONDS, Call
from tests.demo.company import furnish
from tests.demo.stories import Story
from tests.demo.ticks import CHANNEL, HOUR, Tick
from tests.fakes.api_gateway import Received, event_for, receive
from tests.fakes.chat_client import SlackClient
from tests.fakes.event_source import EventSource
from tests.fakes.local_aws import local_aws
from tests.fakes.response_urls import ResponseUrlServer
from tests.fakes.rocketchat import RocketChatServer
from tests.fakes.screen import visible, visible_payload
from tests.fakes.slack_presses import press_of
from tests.fakes.whole_secret import whole_secret
from tests.scenarios.conftest import typed

OF_ANOTHER_SET_UP = re.compile(r"AWS_|POWERTOOLS_|\w+_PROXY$", re.IGNORECASE)
"""Variables that would lead the libraries astray."""

NAME = "chat.example.com"


@dataclass(frozen=True)
class Told:
    """A story with its answer, how long that took, and how many calls of Rocket.Chat."""

    story: Story
    received: Received
    seconds: float
    calls: int
    followed: Mapping[str, Any] | None = None

    @property
    def is_silent(self) -> bool:
        return not self.received.json

    @property
    def missing(self) -> list[str]:
        """What should have been said, and was not."""
        if not self.story.says:
            return [] if self.is_silent else ["nothing"]
        said = "" if self.is_silent else _read(self.received)
        later = visible_payload(dict(self.followed)) if self.followed else ""
        unsaid = [sentence for sentence in self.story.says if sentence not in said]
        return unsaid + [sentence for sentence in self.story.follows if sentence not in later]


@dataclass(frozen=True)
class Posted:
    """What was posted in the channel, beside what should have been."""

    narrator: str
    says: tuple[str, ...]
    most: int
    messages: list[dict[str, Any]]

    @property
    def missing(self) -> list[str]:
        """What should have been posted, and was not; or the other way round."""
        text = "\n".join(visible_payload({**message, "text": message["msg"]}) for message in self.messages)
        too_many = [f"no more than {self.most}"] if len(self.messages) > self.most else []
        return [*too_many, *(sentence for sentence in self.says if sentence not in text)]


@dataclass(frozen=True)
class Stage:
    """The bot, the server it reads from, its queues, and where Slack takes late answers."""

    bot: Bot
    server: RocketChatServer
    queue: EventSource
    background: EventSource
    hooks: ResponseUrlServer


@contextlib.contextmanager
def named(name: str, port: int) -> Iterator[str]:
    """Give a port of this machine a name, as a company's name server would; return the URL."""
    look_up = socket.getaddrinfo

    def look_up_here(host: Any, service: Any, *more: Any, **options: Any) -> Any:
        return look_up(*(("127.0.0.1", port) if host == name else (host, service)), *more, **options)

    with patch.object(socket, "getaddrinfo", look_up_here):
        yield f"http://{name}"


@contextlib.contextmanager
def stage() -> Iterator[Stage]:
    _forget_other_set_ups()
    with local_aws() as aws, RocketChatServer() as server, named(NAME, urlsplit(server.url).port or 0) as url:
        furnish(server)
        aws.create_secret(SECRET_NAME, whole_secret(server.account))
        queue_url, _ = aws.create_queue("late-answers")
        background_url, _ = aws.create_queue("background")
        server.add_room(CHANNEL)
        aws.create_table(TABLE_NAME)
        with ResponseUrlServer() as hooks:
            environ = {
                **aws.environment,
                "ROCKETCHAT_URL": url,
                "SECRET_ID": SECRET_NAME,
                "QUEUE_URL": queue_url,
                "BACKGROUND_QUEUE_URL": background_url,
                "TABLE_NAME": TABLE_NAME,
                "NOTIFY_CHANNEL": f"#{CHANNEL}",
                "NOTIFY_WINDOW_SECONDS": str(WINDOW_SECONDS),
                "SLACK_HOOKS_URL": hooks.url,
            }
            with contextlib.closing(Bot(environ, Clock(time.time))) as bot:
                queue, background = (EventSource(aws.sqs, url) for url in (queue_url, background_url))
                yield Stage(bot, server, queue, background, hooks)


def tell(story: Story, stage: Stage) -> Told:
    bot, server = stage.bot, stage.server
    story.happens(bot, server)
    address = (
        {"response_url": f"{stage.hooks.url}/commands/1"} if isinstance(story.client, SlackClient) else {}
    )
    sent = typed(bot, story.client, story.typed, **address, **story.fields)
    calls, began = len(server.calls), time.perf_counter()
    with contextlib.redirect_stdout(io.StringIO()):  # where the bot's metrics go
        received = bot.send(sent)
        told = Told(story, received, time.perf_counter() - began, len(server.calls) - calls)
        if story.presses:
            return replace(told, followed=_pressed(received.json, story.presses, stage))
        return replace(told, followed=_late_answer(stage)) if story.follows else told


def tick(next_tick: Tick, stage: Stage) -> Posted:
    """Let an hour pass, then the schedule order a run, and the worker do it."""
    clock, before = stage.bot.clock, len(stage.server.messages(CHANNEL))
    next_tick.happens(stage.server)
    clock.advance(HOUR)
    with contextlib.redirect_stdout(io.StringIO()):
        order = {"run": f"demo {clock():.0f}", "channel": f"#{CHANNEL}"}
        ScheduleDoor(stage.bot.environ, clock).handle(order)
        _work(stage)
    return Posted(
        next_tick.narrator, next_tick.says, bool(next_tick.says), stage.server.messages(CHANNEL)[before:]
    )


def call(next_call: Call, stage: Stage) -> Posted:
    """Send to a webhook what is to be sent, and let the worker do what comes of it, now and later."""
    clock, before = stage.bot.clock, len(stage.server.messages(CHANNEL))
    with contextlib.redirect_stdout(io.StringIO()):
        door = WebhookDoor(stage.bot.environ, clock)
        for sent in next_call.sends(clock()):
            assert receive(door.handle(event_for(sent, clock()))).status in {200, 202}
        _work(stage)
        while stage.background.count():
            time.sleep(0.1)
            _work(stage)
    return Posted(
        next_call.narrator, next_call.says, next_call.posts, stage.server.messages(CHANNEL)[before:]
    )


def _read(received: Received) -> str:
    """What somebody reads of an answer, or of the suggestions while they type."""
    items = received.json.get("items")
    return visible(received) if items is None else "\n".join(item["value"] for item in items)


def _work(stage: Stage) -> None:
    worker = BackgroundWork(stage.bot.environ, stage.bot.clock)
    while stage.background.run(worker.handle):
        pass
    worker.close()


def _late_answer(stage: Stage) -> Mapping[str, Any] | None:
    """Let the worker do what is on the queue, and see what came to Slack."""
    stage.queue.run(LateAnswers(stage.bot.environ, stage.bot.clock).handle)
    return stage.hooks.accepted[-1] if stage.hooks.accepted else None


def _pressed(message: dict[str, Any], label: str, stage: Stage) -> Mapping[str, Any] | None:
    """Press what is below a message in Slack, and see what came of it."""
    press = press_of(message, label, f"{stage.hooks.url}/actions/1")
    stage.bot.send(SlackClient().press(press, stage.bot.clock()))
    return stage.hooks.accepted[-1] if stage.hooks.accepted else None


def _forget_other_set_ups() -> None:
    for name in [name for name in os.environ if OF_ANOTHER_SET_UP.match(name)]:
        del os.environ[name]
    os.environ |= {"AWS_CONFIG_FILE": os.devnull, "AWS_SHARED_CREDENTIALS_FILE": os.devnull}
    logging.getLogger("monitors_bot").addHandler(logging.NullHandler())
