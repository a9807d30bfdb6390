"""A scheduled run: how far it got, and what it found."""

from dataclasses import dataclass, field
from enum import StrEnum

from monitors_bot.domain.digests.order import Order, Post
from monitors_bot.domain.units.roster import Presence, Roster, Unit

DONE, PROBLEMS, NO_CHANNEL, NOT_POSTED = "done", "problems", "no-channel", "not-posted"
"""How a run ends: well; with something wrong in its order or everywhere; without a room; refused by the
room."""
NOT_SET_UP = "not-set-up"
"""How a run ends before the secret has its first value. That is no failure: the bot is still being set up."""


class Stage(StrEnum):
    """What a run does next. The values are kept in the table."""

    LISTING = "listing"
    READING = "reading"
    POSTING = "telling"
    OVER = "over"


class ProblemKind(StrEnum):
    """What is wrong with a unit. The values are kept in the table."""

    EMPTY = "empty"
    OFFLINE = "offline"
    UNREAD = "unread"
    UNKNOWN = "unknown"
    """It has monitors, and nobody knows whether one is there."""


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a unit; `why` it could not be read, if so."""

    kind: ProblemKind
    why: str = ""


@dataclass(frozen=True, slots=True)
class Posted:
    """What a channel last read about a unit.

    `version` is that of the roster, 0 for none. `alert` is the kind of the alert that lasts, "" for none:
    it began at `alert_since`, and the channel last read of it at `alerted_at` (epoch seconds).
    """

    name: str = ""
    version: int = 0
    alert: str = ""
    alert_since: float = 0.0
    alerted_at: float = 0.0

    @property
    def matters(self) -> bool:
        """Whether a later digest depends on it."""
        return bool(self.version or self.alert)


@dataclass(slots=True)
class Run:
    """How far a run got. Its fields are kept in the table.

    A message on the queue stands for each `slice`; whoever works on one holds the run until `held_until`.
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
    """How many slices in a row made no progress."""
    room_id: str = ""
    units: list[Unit] = field(default_factory=list)
    """The units that the run is about, as far as they are listed."""
    cursor: int = 0
    """How many of them were read, or tried."""
    unit_problems: dict[str, Problem] = field(default_factory=dict)
    order_problems: dict[str, str] = field(default_factory=dict)
    """Why something in the order can't be done, by unit as it was ordered; "" stands for all of it."""
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
        return sum(one.kind is ProblemKind.UNREAD for one in self.unit_problems.values())

    @property
    def is_well(self) -> bool:
        return self.outcome in {DONE, NOT_SET_UP}

    @property
    def posts(self) -> bool:
        return self.order.post is not Post.NONE and bool(self.room_id)


def problem_of(roster: Roster) -> Problem | None:
    """What is wrong with a unit, by its roster; nothing while somebody is there, or may soon be."""
    if not roster.monitors:
        return Problem(ProblemKind.EMPTY)
    offline, unknown = roster.count(Presence.OFFLINE), roster.count(Presence.UNKNOWN)
    if offline == len(roster.monitors):
        return Problem(ProblemKind.OFFLINE)
    return Problem(ProblemKind.UNKNOWN) if offline + unknown == len(roster.monitors) else None
