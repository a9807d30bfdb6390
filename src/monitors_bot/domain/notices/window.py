"""The window of a unit, which turns many events into few notices.

The first event is posted at once, and each notice opens a window of time. Events within the window are
counted and posted together, in one notice at its end.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

OVERDUE_SECONDS = 1800
"""A turn this overdue is lost; the next event takes its place."""


@dataclass(frozen=True, slots=True)
class Batch:
    """The events of one notice, counted by their key; `id` becomes the id of its message."""

    id: str
    counts: Mapping[str, int]
    is_further: bool
    """Whether the events happened within the window of the previous notice."""


@dataclass(slots=True)
class Window:
    """The events on a unit that are counted but not yet posted. Its fields are kept in the table.

    Nothing is posted before `closed_until`. A turn is queued for `turn_at`, or none if that is 0. A batch is
    kept in `left` from before it is posted until it is recorded as posted, so no crash can lose it.
    """

    counts: dict[str, int] = field(default_factory=dict)
    counted_since: float = 0.0
    closed_until: float = 0.0
    turn_at: float = 0.0
    left: Batch | None = None

    @property
    def is_settled(self) -> bool:
        return not self.counts and not self.left

    def count(self, key: str, now: float) -> bool:
        """Count an event; return whether the caller has to arrange for it to be posted at `turn_at`."""
        if not self.counts:
            self.counted_since = now
        self.counts[key] = self.counts.get(key, 0) + 1
        if self.turn_at and now < self.turn_at + OVERDUE_SECONDS:
            return False
        self.turn_at = max(now, self.closed_until)
        return True

    def take(self, id_: str, now: float) -> Batch | None:
        """Return the batch that is due: the one that was left, or a new one under this id, or None."""
        # A batch that was left goes first. It may have been posted, but its id prevents a second post.
        if not self.left and self.counts and now >= self.closed_until:
            self.left = Batch(id_, self.counts, is_further=self.counted_since < self.closed_until)
            self.counts = {}
        return self.left

    def close(self, now: float, window_seconds: float) -> bool:
        """Note that the batch was posted; return whether other events now wait to be posted at `turn_at`."""
        self.left = None
        self.closed_until = now + window_seconds
        self.turn_at = self.closed_until if self.counts else 0.0
        return bool(self.counts)
