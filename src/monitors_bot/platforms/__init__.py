"""The chat platforms: one module for each, with everything that the doors need to know about it."""

from collections.abc import Sequence
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:  # the webhook door loads this package, but needs none of the answers
    from monitors_bot.domain.answers.conversation import Command, Reply
    from monitors_bot.web import Request


class Patience(Enum):
    """How long a platform waits for the first reply; the settings have the seconds."""

    SHORT = "short"
    LONG = "long"
    SHORT_IF_ANSWERED_LATE = "short where a late answer can follow, else long"


# Named tuples, because a cold start defines them in a seventh of the time that dataclasses take.
class Room(NamedTuple):
    """An address for a late answer: a room in which the bot's account posts it. A repeat inserts nothing."""

    room_id: str
    thread_id: str = ""


class ResponseUrl(NamedTuple):
    """An address for a late answer: a URL that came with the command. Each request to it posts again."""

    url: str


class Platform(Protocol):
    """The contents of a platform's module. A new platform is one such module and one line in the table."""

    NAME: str
    """The platform's name in logs, metrics and queue messages."""

    PATH: str
    """The path of its route."""

    SECRET_KEY: str
    """The key of the platform's own secret within the bot's secret."""

    CONTENT_TYPE: str
    """The content type of its requests; any other is refused."""

    PATIENCE: Patience
    """How soon the first reply has to be sent."""

    RESPONSE_URL_VARIABLE: str
    """The environment variable with the base of its response URLs; empty if it has no such URLs."""

    RESPONSE_URL_DEFAULT: str
    """The base if the variable is not set; if empty, no answer is sent to a URL without the variable."""

    IS_PUBLIC: bool
    """Whether everybody in the room reads every answer, so that it must be for all of them."""

    ANSWERS_TO_URL: bool
    """Whether its requests get an empty 200, and the answer goes to the command's response URL."""

    def is_probe(self, request: "Request") -> bool:
        """Whether the request only checks that the bot is there; it needs no proof and gets an empty 200."""
        ...

    def suggested_for(self, request: "Request") -> "str | None":
        """What somebody has typed so far and wants suggestions for; None for a command that was sent."""
        ...

    def can_work(self, secret: str) -> bool:
        """Whether a secret has the form that the platform's proofs need; another counts as not set up."""
        ...

    def verify(self, request: "Request", secrets: Sequence[str], now: float) -> None:
        """Raise RequestRejected, or RequestMalformed if the proof is in a body that can't be read."""
        ...

    def read_command(self, request: "Request") -> "Command | None":
        """Read what was typed, with the platform's escaping undone; None for a message to ignore."""
        ...

    def render_reply(self, reply: "Reply", command: "Command") -> dict[str, object]:
        """Render a reply as the platform's JSON; foreign text in it mentions nobody and formats nothing."""
        ...

    def late_address(self, command: "Command") -> "Room | ResponseUrl | None":
        """Return the address for a late answer to the command, or None if it has none."""
        ...


def sends_no_probes(_: "Request") -> bool:
    """The `is_probe` of a platform that sends none."""
    return False


def any_secret(_: str) -> bool:
    """The `can_work` of a platform whose secret is any text."""
    return True


def suggests_nothing(_: "Request") -> None:
    """The `suggested_for` of a platform on which nothing is suggested."""


def to_response_url(command: "Command") -> ResponseUrl | None:
    """The `late_address` of a platform whose commands bring a URL for late answers."""
    return ResponseUrl(command.response_url) if command.response_url else None
