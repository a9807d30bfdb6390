"""Where the demo plays: a company's server, a local AWS and the bot, whatever this machine is set up for."""

import contextlib
import io
import logging
import os
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass

from tests.conftest import SECRET_NAME, Bot, Clock
from tests.demo.company import furnish
from tests.demo.stories import Story
from tests.fakes.api_gateway import Received
from tests.fakes.chat_client import MATTERMOST_TOKEN, SIGNING_SECRET, WEBHOOK_TOKEN
from tests.fakes.local_aws import local_aws
from tests.fakes.rocketchat import RocketChatServer
from tests.fakes.screen import visible
from tests.scenarios.conftest import typed

OF_ANOTHER_SET_UP = re.compile(r"AWS_|POWERTOOLS_|\w+_PROXY$", re.IGNORECASE)
"""Variables that would lead the libraries astray."""


@dataclass(frozen=True)
class Told:
    """A story with its answer, how long that took, and how many calls of Rocket.Chat."""

    story: Story
    received: Received
    seconds: float
    calls: int

    @property
    def is_silent(self) -> bool:
        return not self.received.json

    @property
    def missing(self) -> list[str]:
        """What should have been said, and was not."""
        if not self.story.says:
            return [] if self.is_silent else ["nothing"]
        said = "" if self.is_silent else visible(self.received)
        return [sentence for sentence in self.story.says if sentence not in said]


@contextlib.contextmanager
def stage() -> Iterator[tuple[Bot, RocketChatServer]]:
    _forget_other_set_ups()
    with local_aws() as aws, RocketChatServer() as server:
        furnish(server)
        aws.create_secret(
            SECRET_NAME,
            {
                "rocketchat_user_id": server.account.user_id,
                "rocketchat_auth_token": server.account.token,
                "rocketchat_webhook_token": WEBHOOK_TOKEN,
                "slack_signing_secret": SIGNING_SECRET,
                "mattermost_token": MATTERMOST_TOKEN,
            },
        )
        environ = {**aws.environment, "ROCKETCHAT_URL": server.url, "SECRET_ID": SECRET_NAME}
        with contextlib.closing(Bot(environ, Clock(time.time))) as bot:
            yield bot, server


def tell(story: Story, bot: Bot, server: RocketChatServer) -> Told:
    story.happens(bot, server)
    sent = typed(bot, story.client, story.typed, **story.fields)
    calls, began = len(server.calls), time.perf_counter()
    with contextlib.redirect_stdout(io.StringIO()):  # where the bot's metrics go
        received = bot.send(sent)
    return Told(story, received, time.perf_counter() - began, len(server.calls) - calls)


def _forget_other_set_ups() -> None:
    for name in [name for name in os.environ if OF_ANOTHER_SET_UP.match(name)]:
        del os.environ[name]
    os.environ |= {"AWS_CONFIG_FILE": os.devnull, "AWS_SHARED_CREDENTIALS_FILE": os.devnull}
    logging.getLogger("monitors_bot").addHandler(logging.NullHandler())
