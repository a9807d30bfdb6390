"""The moment by which an answer must be on its way."""

from collections.abc import Callable
from typing import NamedTuple

Clock = Callable[[], float]
"""Gives the time in epoch seconds."""


class Deadline(NamedTuple):
    """A moment, and the clock that says how far away it is."""

    at: float
    now: Clock

    def seconds_left(self) -> float:
        return self.at - self.now()

    def sooner(self, seconds: float) -> "Deadline":
        """Return a deadline that many seconds from now, but never later than this one."""
        return Deadline(min(self.at, self.now() + seconds), self.now)
