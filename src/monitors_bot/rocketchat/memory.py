"""Remembering for a while what the server answered, so that it need not be asked again."""

from collections.abc import Callable
from typing import Generic, TypeVar

MOST_REMEMBERED = 1000

Answer = TypeVar("Answer")


class Remembered(Generic[Answer]):
    """What `read` gave back for each text, for so many seconds; failures are not remembered."""

    def __init__(self, read: Callable[[str], Answer], seconds: float, now: Callable[[], float]) -> None:
        self._read = read
        self._seconds = seconds
        self._now = now
        self._known: dict[str, tuple[float, Answer]] = {}

    def __call__(self, text: str) -> Answer:
        known = self._known.get(text)
        if known and self._now() - known[0] < self._seconds:
            return known[1]
        if len(self._known) >= MOST_REMEMBERED:
            self._known.clear()
        self._known[text] = self._now(), self._read(text)
        return self._known[text][1]
