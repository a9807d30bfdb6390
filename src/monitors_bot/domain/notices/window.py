"""The window of a unit, which turns many events into few notices.

The first event is posted at once, and each notice opens a window of time. What happens within it is counted,
and posted in one notice at its end. Conversations are counted, not events: each once, by what happened last.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

OVERDUE_SECONDS = 1800
"""A turn this overdue is lost; the next event takes its place."""


class Happening(NamedTuple):
    """What an event says of its conversation; it adds nothing where `implied_by` was counted before it.

    Without a `what`, it takes back what was counted and is not posted yet.
    """

    what: str
    at: float
    implied_by: frozenset[str] = frozenset()


class Counted(NamedTuple):
    """What was last counted of a conversation, when that happened, and in which batch it is posted.

    Without a `what`, it does not wait any more.
    """

    what: str
    at: float
    batch: int
    is_again: bool
    """Whether the batch before that one has the conversation, too."""


@dataclass(frozen=True, slots=True)
class Batch:
    """The conversations of one notice, by what happened to them; `id` is its message's."""

    id: str
    counts: Mapping[str, int]
    is_further: bool
    """Whether the notice before this one opened the window in which they were counted."""
    again: Mapping[str, int] = field(default_factory=dict)
    """How many of them the notice before this one counted, too."""


@dataclass(slots=True)
class Window:
    """The conversations on a unit that are counted and not yet posted. Its fields are kept in the table.

    Nothing is posted before `closed_until`. A turn is queued for `turn_at`, or none if that is 0. A batch is
    kept in `left` from before it is posted until it is recorded as posted, so no crash can lose it.
    """

    counts: dict[str, int] = field(default_factory=dict)
    counted_since: float = 0.0
    closed_until: float = 0.0
    turn_at: float = 0.0
    left: Batch | None = None
    again: dict[str, int] = field(default_factory=dict)
    number: int = 1
    """The number of the batch that is being counted."""

    @property
    def is_settled(self) -> bool:
        return not self.counts and not self.left

    def count(self, happening: Happening, now: float, before: Counted | None = None) -> Counted | None:
        """Count a conversation by what happened to it; `before` is what was counted of it last.

        Return what is counted of it now; None where the event adds nothing.
        """
        before = before if before and self._is_recent(before, now) else None
        if before and (happening.at < before.at or before.what in happening.implied_by):
            return None
        is_again = before is not None and (before.is_again or before.batch < self.number)
        if happening.what and not self.counts:
            self.counted_since = now
        if before and before.batch == self.number:
            self._add(before.what, -1, is_again=is_again)
        self._add(happening.what, 1, is_again=is_again)
        return Counted(happening.what, happening.at, self.number, is_again)

    def arrange(self, now: float) -> bool:
        """Return whether the caller has to arrange that what is counted is posted at `turn_at`."""
        if self.turn_at and now < self.turn_at + OVERDUE_SECONDS:
            return False
        self.turn_at = max(now, self.closed_until)
        return True

    def take(self, id_: str, now: float) -> Batch | None:
        """Return the batch that is due: the one that was left, or a new one under this id, or None."""
        # A batch that was left goes first. It may have been posted, but its id prevents a second post.
        if not self.left and self.counts and now >= self.closed_until:
            is_further = self.counted_since < self.closed_until
            self.left = Batch(id_, self.counts, is_further=is_further, again=self.again)
            self.counts, self.again = {}, {}
            self.number += 1
        if not self.left and not self.counts:
            self.turn_at = 0.0  # all that it was for was taken back
        return self.left

    def close(self, now: float, window_seconds: float) -> bool:
        """Note that the batch was posted; return whether other events now wait to be posted at `turn_at`."""
        self.left = None
        self.closed_until = now + window_seconds
        self.turn_at = self.closed_until if self.counts else 0.0
        return bool(self.counts)

    def _is_recent(self, counted: Counted, now: float) -> bool:
        """Whether it waits to be posted, or is in the notice that opened the window that is now open."""
        if counted.batch == self.number:
            return not counted.what or counted.what in self.counts
        was_told = counted.batch == self.number - 1 and bool(counted.what)
        return was_told and (self.left is not None or now < self.closed_until)

    def _add(self, what: str, number: int, *, is_again: bool) -> None:
        if not what:
            return
        for counts in (self.counts, self.again) if is_again else (self.counts,):
            counts[what] = counts.get(what, 0) + number
            if not counts[what]:
                del counts[what]
