"""The windows of the units in the table, and the events that were counted in them."""

from collections.abc import Callable, Sequence
from dataclasses import asdict, replace
from typing import Any

from monitors_bot.aws.stores.documents import Document, Documents
from monitors_bot.domain.notices.messages import Event
from monitors_bot.domain.notices.window import Batch, Window
from monitors_bot.errors import Overtaken

EVENT_KEPT_SECONDS = 3 * 3600
"""Longer than the server sends an event again, and longer than the queue does."""
WINDOW_KEPT_SECONDS = 7 * 86_400
TRIES = 8

Change = Callable[[Window], object]


class Windows:
    """The windows; two workers may be at the same one, so a change is made again where it was overtaken."""

    def __init__(self, documents: Documents, now: Callable[[], float]) -> None:
        self._documents = documents
        self._now = now

    def of(self, unit_id: str) -> Window:
        return _window(self._read(unit_id).content)

    def count(self, unit_id: str, event: Event, what: str) -> Window | None:
        """Count an event, and note it in the same write, so that it counts once however often it comes.

        Give the window back where the caller has to see to it that it is told: whoever brought an event
        before may have died before that.
        """
        for _ in range(TRIES):
            known = self._event(event)
            if known.expires_at and known.expires_at > self._now():
                window = self.of(unit_id)
                return None if window.is_told else window
            noted = replace(known, expires_at=int(self._now()) + EVENT_KEPT_SECONDS)
            try:
                window, must_be_told = self._change(
                    unit_id, lambda window: window.count(what, self._now()), [noted]
                )
            except Overtaken:
                continue
            return window if must_be_told else None
        raise Overtaken("too many at the same window")

    def change(self, unit_id: str, change: Change) -> Window:
        """Change a window; `change` may be called several times, each with the window as it is then."""
        for _ in range(TRIES):
            try:
                return self._change(unit_id, change)[0]
            except Overtaken:
                continue
        raise Overtaken("too many at the same window")

    def _change(self, unit_id: str, change: Change, also: Sequence[Document] = ()) -> tuple[Window, object]:
        document = self._read(unit_id)
        window = _window(document.content)
        result = change(window)
        if (content := asdict(window)) != document.content:
            expires_at = int(self._now()) + WINDOW_KEPT_SECONDS
            self._documents.put(replace(document, content=content, expires_at=expires_at), also)
        return window, result

    def _read(self, unit_id: str) -> Document:
        place = f"window#{unit_id}"
        return self._documents.get(place, "window") or Document(place, "window", asdict(Window()))

    def _event(self, event: Event) -> Document:
        place = f"event#{event.id}"
        return self._documents.get(place, "event") or Document(place, "event", {})


def _window(content: dict[str, Any]) -> Window:
    left = content["left"]
    return Window(**{**content, "counts": dict(content["counts"]), "left": Batch(**left) if left else None})
