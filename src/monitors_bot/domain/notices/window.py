"""Many events on a unit in few notices: the first at once, then at most one in each window of time.

Each notice opens a window. What happens in it is counted, and posted in one notice at its end.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

OVERDUE_SECONDS = 1800
"""A turn this overdue is lost; the next event takes its place."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Events that are posted in one notice; `id` is that of the message."""

    id: str
    counts: Mapping[str, int]
    is_further: bool
    """Whether the notice before this one opened the window in which they were counted."""


@dataclass(slots=True)
class Window:
    """What was counted on a unit and not posted yet. Its fields are kept in the table.

    Nothing is posted before `closed_until`. A turn on the queue is due at `turn_at`, or none if that is 0.
    The batch that is being posted is `left` until it surely was.
    """

    counts: dict[str, int] = field(default_factory=dict)
    counted_since: float = 0.0
    closed_until: float = 0.0
    turn_at: float = 0.0
    left: Batch | None = None

    @property
    def is_empty(self) -> bool:
        """Whether everything that was counted is posted."""
        return not self.counts and not self.left

    def count(self, what: str, now: float) -> bool:
        """Count an event; return whether somebody has to queue a turn, due at `turn_at`."""
        if not self.counts:
            self.counted_since = now
        self.counts[what] = self.counts.get(what, 0) + 1
        if self.turn_at and now < self.turn_at + OVERDUE_SECONDS:
            return False
        self.turn_at = max(now, self.closed_until)
        return True

    def take(self, id_: str, now: float) -> Batch | None:
        """The batch to post now: one that was left, else what was counted, as a message with this id."""
        if not self.left and self.counts and now >= self.closed_until:
            self.left = Batch(id_, self.counts, is_further=self.counted_since < self.closed_until)
            self.counts = {}
        return self.left

    def reopen(self, now: float, window_seconds: float) -> bool:
        """Open the next window after a batch was posted; return whether more is counted, due at `turn_at`."""
        self.left = None
        self.closed_until = now + window_seconds
        self.turn_at = self.closed_until if self.counts else 0.0
        return bool(self.counts)
