"""A scheduled run: how far it got, and the problems that it saw."""

from dataclasses import dataclass, field
from enum import StrEnum

from monitors_bot.domain.digests.order import Order, Post
from monitors_bot.domain.units.roster import Presence, Roster, Unit

DONE, PROBLEMS, NO_CHANNEL, NOT_POSTED = "done", "problems", "no-channel", "not-posted"
"""How a run ends: well; with a part of its order undone; without a room to post in; refused by the room."""
NOT_SET_UP = "not-set-up"
"""How a run ends before the secret has its first value. That is no failure: the bot is still being set up."""


TOO_MANY_SLICES = (
    "Rocket.Chat let me read too few units at a time, so I stopped. "
    "With api-bypass-rate-limit for the bot's account this would not happen."
)


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
    """The unit has monitors, and it is unknown whether one of them is there."""


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a unit; `why` says why it could not be read."""

    kind: ProblemKind
    why: str = ""


@dataclass(frozen=True, slots=True)
class Posted:
    """What a channel last read about a unit.

    `version` is that of the roster, 0 for none. `alert` is the kind of the current alert, "" for none: it
    began at `alert_since` and was last posted at `alerted_at` (epoch seconds).
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
    """The progress of a run. Its fields are kept in the table.

    Each `slice` has its message on the queue; the worker that does one holds the run until `held_until`.
    """

    order: Order
    began_at: float
    stage: Stage = Stage.LISTING
    slice: int = 0
    started: int = -1
    """The number of the message that last began a slice; it may differ from the number of that slice."""
    held_until: float = 0.0
    not_before: float = 0.0
    """When the server may be called again (epoch seconds)."""
    touched_at: float = 0.0
    stalled: int = 0
    """How many slices in a row made no progress."""
    room_id: str = ""
    units: list[Unit] = field(default_factory=list)
    """The units that the run is about, as far as they have been listed."""
    rows_listed: int = 0
    """How many rows of the server's list were read: on old servers, not every row is a unit, and a run may be
    about few of them."""
    cursor: int = 0
    """How many of them were read, or could not be."""
    unit_problems: dict[str, Problem] = field(default_factory=dict)
    order_problems: dict[str, str] = field(default_factory=dict)
    """Why a part of the order can't be done, by the unit as it was ordered; "" stands for all units."""
    read_from: float = 0.0
    read_to: float = 0.0
    changed: int = 0
    outcome: str = ""
    why: str = ""
    """Why a digest could not be posted; for the log."""

    @property
    def progress(self) -> tuple[Stage, int, int]:
        return self.stage, len(self.units), self.cursor

    @property
    def has_had_its_slices(self) -> bool:
        """Whether the run goes on, but so slowly that it would hardly ever end."""
        return not self.stalled and self.slice >= most_slices(max(self.rows_listed, len(self.units)))

    @property
    def is_before_set_up(self) -> bool:
        return self.outcome == NOT_SET_UP

    @property
    def is_cut_off(self) -> bool:
        return self.order_problems.get("") == TOO_MANY_SLICES

    @property
    def unread(self) -> int:
        """How many units could not be read."""
        return sum(problem.kind is ProblemKind.UNREAD for problem in self.unit_problems.values())

    @property
    def is_well(self) -> bool:
        return self.outcome in {DONE, NOT_SET_UP}

    @property
    def posts(self) -> bool:
        return self.order.post is not Post.NONE and bool(self.room_id)


def most_slices(units: int) -> int:
    """How many slices a run may take to list and read so many units.

    Where the server allows least, ten calls a minute of which a refresh takes one, a slice reads one unit.
    The longest wait that we obey, an hour, is four messages. The twenty are for what takes no unit forward,
    such as a server that is down for a while.
    """
    return 20 + 4 * units


def problem_of(roster: Roster) -> Problem | None:
    """What is wrong with a unit according to its roster; None while somebody is online, busy or away."""
    if not roster.monitors:
        return Problem(ProblemKind.EMPTY)
    offline, unknown = roster.count(Presence.OFFLINE), roster.count(Presence.UNKNOWN)
    if offline == len(roster.monitors):
        return Problem(ProblemKind.OFFLINE)
    return Problem(ProblemKind.UNKNOWN) if offline + unknown == len(roster.monitors) else None
