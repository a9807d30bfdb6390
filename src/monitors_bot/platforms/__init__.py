"""The chat platforms: how each proves itself, what it sends, how it wants to be answered."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:  # the webhook door loads this package, and answers nobody
    from monitors_bot.domain.answers.conversation import Command, Reply
    from monitors_bot.web import Request


class Platform(Protocol):
    """A module of this package; `CONTENT_TYPE` is what it sends, `SECRET_KEY` its key in the secret."""

    NAME: str
    SECRET_KEY: str
    CONTENT_TYPE: str

    def verify(self, request: "Request", secrets: Sequence[str], now: float) -> None:
        """Raise RequestRejected, or RequestMalformed where the proof is in a body that can't be read."""
        ...

    def read_command(self, request: "Request") -> "Command | None":
        """Read what was typed; None for a message that is none of our business."""
        ...

    def render_reply(self, reply: "Reply", command: "Command") -> dict[str, object]: ...
