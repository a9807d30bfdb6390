"""Many events on one unit in few notices: one at once, then one at most in each window of time.

Whatever a notice tells opens a window; what happens in it is counted, and told in one notice at its end.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

OVERDUE_SECONDS = 1800
"""Whoever was to tell so long ago, and did not, will not."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Events that are told in one notice; `id` is that of the message."""

    id: str
    counts: Mapping[str, int]
    is_further: bool


@dataclass(slots=True)
class Window:
    """What was counted on a unit, and not told yet.

    Nothing is told before `closed_until`. Somebody is to tell at `turn_at`; at 0 that is nobody. What is
    being told, is `left` until it surely was.
    """

    counts: dict[str, int] = field(default_factory=dict)
    counted_since: float = 0.0
    closed_until: float = 0.0
    turn_at: float = 0.0
    left: Batch | None = None

    @property
    def is_told(self) -> bool:
        return not self.counts and not self.left

    def count(self, what: str, now: float) -> bool:
        """Count an event; tell whether somebody has to see to it that it is told, at `turn_at`."""
        if not self.counts:
            self.counted_since = now
        self.counts[what] = self.counts.get(what, 0) + 1
        if self.turn_at and now < self.turn_at + OVERDUE_SECONDS:
            return False
        self.turn_at = max(now, self.closed_until)
        return True

    def take(self, id_: str, now: float) -> Batch | None:
        """What is to be told now: what was left, else what was counted, as a message with this id."""
        if not self.left and self.counts and now >= self.closed_until:
            self.left = Batch(id_, self.counts, is_further=self.counted_since < self.closed_until)
            self.counts = {}
        return self.left

    def tell(self, now: float, window_seconds: float) -> bool:
        """Note that what was left is told; tell whether there is more, to be told at `turn_at`."""
        self.left = None
        self.closed_until = now + window_seconds
        self.turn_at = self.closed_until if self.counts else 0.0
        return bool(self.counts)
