"""The functions behind a deployed stack's HTTP API, run in this process as Lambda would."""

import contextlib
import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from monitors_bot.lambdas.chat import ChatDoor
from monitors_bot.lambdas.webhook import ROUTES, WebhookDoor
from tests.conftest import Clock
from tests.fakes.deployed_stack import DeployedStack


@dataclass
class Doors:
    """What answers below the stack's API: the chat function and the webhook function."""

    stack: DeployedStack
    clock: Clock
    url: str = ""
    chat_environment: Mapping[str, str] = field(default_factory=dict)
    """What differs in the chat function's environment from what Lambda gives it."""
    printed: list[str] = field(default_factory=list)
    """The lines of metrics."""

    def __post_init__(self) -> None:
        self.restart()

    def restart(self) -> None:
        """Forget everything, as new processes have."""
        self.chat = ChatDoor({**self.stack.environ("ChatFunction"), **self.chat_environment}, self.clock)
        self.webhooks = WebhookDoor(self.stack.environ("WebhookFunction"), self.clock)

    def handle(self, event: Mapping[str, object]) -> Mapping[str, Any]:
        door = self.webhooks if event["rawPath"] in ROUTES else self.chat
        metrics = io.StringIO()
        with contextlib.redirect_stdout(metrics):
            answer = door.handle(event)
        self.printed += metrics.getvalue().splitlines()
        return answer
