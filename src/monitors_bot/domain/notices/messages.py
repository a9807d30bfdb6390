"""The messages that come in (pages, events, turns), and the notice that is posted."""

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # the webhook door takes pages and events, and reads no roster
    from monitors_bot.domain.units.roster import Monitor

LONGEST_MESSAGE = 4000
"""Characters that are kept of a page's text; a message in Rocket.Chat holds 5000."""


class Mention(StrEnum):
    """Whom a page mentions; ONLINE stands for everybody if nobody is online."""

    ONLINE = "online"
    ALL = "all"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Page:
    """A system's message to the monitors of a unit; `is_cut` if it was too long to keep whole."""

    id: str
    unit: str
    message: str
    channel: str
    mention: Mention = Mention.ONLINE
    is_cut: bool = False
    correlation_id: str = ""


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to a customer's conversation in a department.

    `id` and `conversation` are hashes, of the whole event and of the room's id. Messages of older versions
    have neither `conversation` nor anything below it.
    """

    id: str
    type: str
    department_id: str
    correlation_id: str = ""
    conversation: str = ""
    received_at: float = 0.0
    is_served: bool = False
    """Whether the event names an agent who serves the customer."""
    is_news: bool = True
    """False where it is announced to nobody, and only says that the customer does not wait any more."""
    old_department_id: str = ""
    """Where the customer was forwarded from."""


@dataclass(frozen=True, slots=True)
class Turn:
    """A reminder to post the counted events of a unit; `due` (epoch seconds) identifies it."""

    unit_id: str
    due: float


@dataclass(frozen=True, slots=True)
class Notice:
    """A post in a channel: a title, the `people` to mention after an `introduction`, and the rest.

    `message` is text from another system, in any number of lines.
    """

    title: str
    introduction: str = ""
    people: "tuple[Monitor, ...]" = ()
    details: tuple[str, ...] = ()
    message: str = ""
    is_cut: bool = False
