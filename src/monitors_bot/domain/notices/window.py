"""The window of a unit: many events become few notices.

The first event is posted at once, and each notice opens a window of time. Events within it are counted, and
posted in one notice at its end.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

OVERDUE_SECONDS = 1800
"""A turn this overdue is lost; the next event takes its place."""


@dataclass(frozen=True, slots=True)
class Batch:
    """The events of one notice: `id` is its message's, `is_further` that others were posted just before."""

    id: str
    counts: Mapping[str, int]
    is_further: bool
    """Whether the notice before this one opened the window in which they were counted."""


@dataclass(slots=True)
class Window:
    """The events on a unit that are counted and not yet posted. Its fields are kept in the table.

    Nothing is posted before `closed_until`. A turn is arranged for `turn_at`; 0 means that none is. A batch
    stays in `left` from before it is posted until it is recorded as posted, so that no crash loses it.
    """

    counts: dict[str, int] = field(default_factory=dict)
    counted_since: float = 0.0
    closed_until: float = 0.0
    turn_at: float = 0.0
    left: Batch | None = None

    @property
    def is_settled(self) -> bool:
        return not self.counts and not self.left

    def count(self, what: str, now: float) -> bool:
        """Count an event; return whether the caller has to arrange that it is posted at `turn_at`."""
        if not self.counts:
            self.counted_since = now
        self.counts[what] = self.counts.get(what, 0) + 1
        if self.turn_at and now < self.turn_at + OVERDUE_SECONDS:
            return False
        self.turn_at = max(now, self.closed_until)
        return True

    def take(self, id_: str, now: float) -> Batch | None:
        """Return what is due now: the batch that was left, else what was counted, under this id."""
        if not self.left and self.counts and now >= self.closed_until:
            self.left = Batch(id_, self.counts, is_further=self.counted_since < self.closed_until)
            self.counts = {}
        return self.left

    def close(self, now: float, window_seconds: float) -> bool:
        """Record that the batch was posted; return whether more was counted, to be posted at `turn_at`."""
        self.left = None
        self.closed_until = now + window_seconds
        self.turn_at = self.closed_until if self.counts else 0.0
        return bool(self.counts)
