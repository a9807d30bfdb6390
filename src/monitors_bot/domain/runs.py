"""A scheduled run: what was ordered, and how far it got."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from hashlib import sha256

from monitors_bot.domain.roster import Presence, Roster, Unit
from monitors_bot.errors import OrderMalformed

EVERYTHING = "*"
LONGEST_RUN = 1000
"""Characters of a run's identity: the ARN of a schedule has up to 200, a time 20."""
MOST_UNITS = 1000
LONGEST_UNIT = 1000
_CHANNEL = re.compile(r"[#@]?[^\s#@][^\n\r]{0,200}")
_PLACEHOLDER = "<aws.scheduler."
_FIELDS = ("run", "channel", "units", "post", "alert")


class Post(StrEnum):
    """What a run posts: which units' rosters, besides alerts; NONE posts nothing at all."""

    CHANGES = "changes"
    ALWAYS = "always"
    ALERTS = "alerts"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Order:
    """The input of a schedule; `run` is the identity of this tick of it."""

    run: str
    channel: str = ""
    units: tuple[str, ...] = (EVERYTHING,)
    post: Post = Post.CHANGES
    alert: bool = True

    @property
    def id(self) -> str:
        """The run's identity, as short as ids of messages may be."""
        return sha256(self.run.encode()).hexdigest()[:32]

    @property
    def schedule(self) -> str:
        """The schedule that this is a tick of."""
        return self.run.rpartition(" ")[0] or self.run

    @property
    def is_about_all(self) -> bool:
        return EVERYTHING in self.units


def read_order(values: object) -> Order:
    """Read the input of a schedule; raise OrderMalformed, which says what is wrong with it."""
    if not isinstance(values, Mapping):
        raise OrderMalformed("the input is not a JSON object")
    if unknown := sorted(ascii(name) for name in values.keys() - set(_FIELDS)):
        raise OrderMalformed(f"unknown fields {', '.join(unknown)[:200]}; there are {', '.join(_FIELDS)}")
    post = _post(values.get("post", Post.CHANGES.value))
    return Order(
        run=_run(values.get("run")),
        channel=_channel(values.get("channel"), is_needed=post is not Post.NONE),
        units=_units(values.get("units", [EVERYTHING])),
        post=post,
        alert=_alert(values.get("alert", True)),
    )


def _run(value: object) -> str:
    text = _text(value, "run", LONGEST_RUN)
    if _PLACEHOLDER in text:
        raise OrderMalformed(f"run still holds {_PLACEHOLDER}…>: EventBridge Scheduler did not fill it in")
    return text


def _channel(value: object, *, is_needed: bool) -> str:
    if not is_needed and value in (None, ""):
        return ""
    text = _text(value, "channel", 200)
    if not _CHANNEL.fullmatch(text):
        raise OrderMalformed("channel is not #name, @user or the id of a room")
    return text


def _units(value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not 0 < len(value) <= MOST_UNITS:
        raise OrderMalformed(f'units is not a list of 1 to {MOST_UNITS} names or ids, such as ["*"]')
    return tuple(_text(one, "a unit", LONGEST_UNIT) for one in value)


def _post(value: object) -> Post:
    try:
        return Post(value if isinstance(value, str) else "")
    except ValueError as error:
        raise OrderMalformed(f"post is not one of {', '.join(Post)}") from error


def _alert(value: object) -> bool:
    if not isinstance(value, bool):
        raise OrderMalformed("alert is not true or false")
    return value


def _text(value: object, name: str, longest: int) -> str:
    if not isinstance(value, str) or not value.strip() or len(value) > longest:
        raise OrderMalformed(f"{name} is missing, empty, longer than {longest} characters or no text")
    try:
        value.encode()
    except UnicodeEncodeError as error:
        raise OrderMalformed(f"{name} is not valid Unicode") from error
    return value.strip()


DONE, PROBLEMS, NO_CHANNEL, NOT_POSTED = "done", "problems", "no-channel", "not-posted"
"""How a run ends: well, with something wrong in its order or everywhere, without a room, or refused there."""


class Stage(StrEnum):
    """What a run does next."""

    LISTING = "listing"
    READING = "reading"
    TELLING = "telling"
    OVER = "over"


class Kind(StrEnum):
    """What was found of a unit that is not simply well."""

    EMPTY = "empty"
    OFFLINE = "offline"
    UNREAD = "unread"
    UNKNOWN = "unknown"
    """It has monitors, and nobody knows whether one is there."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found of a unit, and of one that could not be read, why."""

    kind: Kind
    why: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """What a channel was last told of a unit: which roster, and which alert, since when that is, and when."""

    name: str = ""
    version: int = 0
    alert: str = ""
    alert_since: float = 0.0
    alerted_at: float = 0.0

    @property
    def is_open(self) -> bool:
        """Whether what is told next depends on it."""
        return bool(self.version or self.alert)


@dataclass(slots=True)
class Run:
    """How far a run got; `units` are those that it is about, as far as they are listed.

    A message on the queue stands for each `slice`; whoever works on one holds it until `held_until`.
    """

    order: Order
    began_at: float
    stage: Stage = Stage.LISTING
    slice: int = 0
    started: int = -1
    """The last slice that somebody began with."""
    held_until: float = 0.0
    not_before: float = 0.0
    """When the server may be asked again."""
    touched_at: float = 0.0
    stalled: int = 0
    """So many slices got nowhere."""
    room_id: str = ""
    units: list[Unit] = field(default_factory=list)
    cursor: int = 0
    findings: dict[str, Finding] = field(default_factory=dict)
    problems: dict[str, str] = field(default_factory=dict)
    """What is wrong with the order, or with everything: why, by unit as it was ordered; "" is everything."""
    read_from: float = 0.0
    read_to: float = 0.0
    changed: int = 0
    outcome: str = ""
    why: str = ""
    """Why nothing was posted, where it should have been; for the log."""

    @property
    def progress(self) -> tuple[Stage, int, int]:
        return self.stage, len(self.units), self.cursor

    @property
    def posts(self) -> bool:
        return self.order.post is not Post.NONE and bool(self.room_id)


def found_of(roster: Roster) -> Finding | None:
    """What is to be said of a roster; nothing, when somebody is there or may soon be."""
    if not roster.monitors:
        return Finding(Kind.EMPTY)
    offline, unknown = roster.count(Presence.OFFLINE), roster.count(Presence.UNKNOWN)
    if offline == len(roster.monitors):
        return Finding(Kind.OFFLINE)
    return Finding(Kind.UNKNOWN) if offline + unknown == len(roster.monitors) else None
