"""The messages of this wing: what is asked for, what happened, and what is posted."""

from dataclasses import dataclass
from enum import StrEnum

from monitors_bot.domain.units.roster import Monitor

LONGEST_MESSAGE = 4000
"""Characters of a page's text that are kept; a message of Rocket.Chat takes 5000."""


class Mention(StrEnum):
    """Whom a page mentions: those who are online, or everybody if nobody is; everybody; nobody."""

    ONLINE = "online"
    ALL = "all"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Page:
    """What a system wants the monitors of a unit to hear of; its message may have been cut."""

    id: str
    unit: str
    message: str
    channel: str
    mention: Mention = Mention.ONLINE
    is_cut: bool = False
    correlation_id: str = ""


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to a customer's conversation in a department."""

    id: str
    type: str
    department_id: str
    correlation_id: str = ""


@dataclass(frozen=True, slots=True)
class Turn:
    """The time to tell of the events on a unit that were only counted; `due` tells it from other turns."""

    unit_id: str
    due: float


@dataclass(frozen=True, slots=True)
class Notice:
    """What is posted: a title, the `people` to mention with the words that introduce them, and the rest.

    `message` is somebody else's text, of many lines perhaps.
    """

    title: str
    introduction: str = ""
    people: tuple[Monitor, ...] = ()
    details: tuple[str, ...] = ()
    message: str = ""
    is_cut: bool = False
