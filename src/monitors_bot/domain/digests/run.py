"""A scheduled run: how far it got, and what it found."""

from dataclasses import dataclass, field
from enum import StrEnum

from monitors_bot.domain.digests.order import Order, Post
from monitors_bot.domain.units.roster import Presence, Roster, Unit

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
    """The number of the message on which a slice was last begun; one message may stand in for the next."""
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
    def unread(self) -> int:
        """How many units could not be read."""
        return sum(one.kind is Kind.UNREAD for one in self.findings.values())

    @property
    def is_well(self) -> bool:
        return self.outcome == DONE

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
