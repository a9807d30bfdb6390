"""The moment by which an answer must be on its way."""

from collections.abc import Callable
from typing import NamedTuple

Clock = Callable[[], float]
"""Returns the time in epoch seconds."""


class Deadline(NamedTuple):
    """A moment in epoch seconds, and the clock to compare it with."""

    at: float
    now: Clock

    def seconds_left(self) -> float:
        return self.at - self.now()

    def sooner(self, seconds: float) -> "Deadline":
        """Return a deadline that many seconds from now, but never later than this one."""
        return Deadline(min(self.at, self.now() + seconds), self.now)
