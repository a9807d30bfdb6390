"""The chat platforms: each is a module with everything that the doors need to know about it."""

from collections.abc import Sequence
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:  # the webhook door loads this package, and answers nobody
    from monitors_bot.domain.answers.conversation import Command, Reply
    from monitors_bot.web import Request


class Patience(Enum):
    """How long people on a platform may wait for the first answer; the settings hold the seconds."""

    SHORT = "short"
    LONG = "long"
    SHORT_IF_ANSWERED_LATE = "short where a late answer can follow, else long"


# The two addresses are named tuples because a cold start makes them in a seventh of the time of dataclasses.
class Room(NamedTuple):
    """A place for a late answer: the bot's account posts into the room. A repeated post inserts nothing."""

    room_id: str
    thread_id: str = ""


class ResponseUrl(NamedTuple):
    """A place for a late answer: a URL that came with the command. Each request to it posts once more."""

    url: str


class Platform(Protocol):
    """The contents of a platform's module. A new platform is such a module and a line in the table."""

    NAME: str
    """Its name in logs, metrics and queue messages; its route is `/NAME/command`."""

    SECRET_KEY: str
    """The key of its shared secret, in the secret that holds them all."""

    CONTENT_TYPE: str
    """The content type of its requests; any other is refused."""

    PATIENCE: Patience
    """How soon a first answer has to be on its way."""

    RESPONSE_URL_VARIABLE: str
    """The environment variable that holds the base of its response URLs; empty where it has none."""

    RESPONSE_URL_DEFAULT: str
    """That base where the variable is not set; empty: without the variable, nobody is answered by URL."""

    def is_probe(self, request: "Request") -> bool:
        """Whether it only checks that we are there; a probe needs no proof and gets an empty 200."""
        ...

    def verify(self, request: "Request", secrets: Sequence[str], now: float) -> None:
        """Raise RequestRejected, or RequestMalformed where the proof is in a body that can't be read."""
        ...

    def read_command(self, request: "Request") -> "Command | None":
        """Read what was typed, with the platform's escaping undone; None for a message to ignore."""
        ...

    def render_reply(self, reply: "Reply", command: "Command") -> dict[str, object]:
        """Write a reply as the platform's JSON; it mentions nobody and formats no foreign text."""
        ...

    def late_address(self, command: "Command") -> "Room | ResponseUrl | None":
        """Where a late answer to the command goes; None where there is no place for one."""
        ...


def sends_no_probes(_: "Request") -> bool:
    """The `is_probe` of a platform that sends none."""
    return False


def to_response_url(command: "Command") -> ResponseUrl | None:
    """The `late_address` of a platform whose commands bring a URL for late answers."""
    return ResponseUrl(command.response_url) if command.response_url else None
