"""The window of each unit, and the events already counted in it.

Two kinds of documents: the window of a unit, in the place `window#UNIT` under the name `window`, kept for a
week after its last change; and each counted event, in the place `event#EVENT` under the name `event`, valid
for three hours.
"""

from collections.abc import Callable, Sequence
from dataclasses import asdict, replace
from typing import Any

from monitors_bot.aws.stores.documents import Document, Documents
from monitors_bot.domain.notices.messages import Event
from monitors_bot.domain.notices.window import Batch, Window
from monitors_bot.errors import Overtaken

WINDOW, EVENT = "window", "event"
EVENT_KEPT_SECONDS = 3 * 3600
"""Longer than Rocket.Chat or the queue goes on repeating an event."""
WINDOW_KEPT_SECONDS = 7 * 86_400
TRIES = 8

Change = Callable[[Window], object]


class Windows:
    """The windows; two workers may change the same one at once, so a change that is overtaken is retried."""

    def __init__(self, documents: Documents, now: Callable[[], float]) -> None:
        self._documents = documents
        self._now = now

    def of(self, unit_id: str) -> Window:
        return _window(self._read(unit_id).content)

    def count(self, unit_id: str, event: Event, key: str) -> Window | None:
        """Count an event, once however often it comes.

        Return the window if the caller has to post a notice, or queue a turn that will; None otherwise.
        """
        for _ in range(TRIES):
            known = self._event(event)
            if known.expires_at and known.expires_at > self._now():
                # It was counted before, but that worker may have died before it posted or queued anything.
                window = self.of(unit_id)
                return None if window.is_settled else window
            counted = replace(known, expires_at=int(self._now()) + EVENT_KEPT_SECONDS)
            try:
                window, is_ours = self._change(
                    unit_id, lambda window: window.count(key, self._now()), [counted]
                )
            except Overtaken:
                continue
            return window if is_ours else None
        raise Overtaken("the window changed at every try")

    def change(self, unit_id: str, change: Change) -> Window:
        """Change a window; `change` is called again, with the new window, whenever it was overtaken."""
        for _ in range(TRIES):
            try:
                return self._change(unit_id, change)[0]
            except Overtaken:
                continue
        raise Overtaken("the window changed at every try")

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
        return self._documents.get(place, WINDOW) or Document(place, WINDOW, asdict(Window()))

    def _event(self, event: Event) -> Document:
        place = f"event#{event.id}"
        return self._documents.get(place, EVENT) or Document(place, EVENT, {})


def _window(content: dict[str, Any]) -> Window:
    left = content["left"]
    return Window(**{**content, "counts": dict(content["counts"]), "left": Batch(**left) if left else None})
