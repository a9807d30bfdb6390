"""The window of each unit, and the events and conversations already counted in it.

Three kinds of documents: the window of a unit, in the place `window#UNIT` under the name `window`, kept for a
week after its last change; each conversation that was counted, in the place `conversation#UNIT#HASH` under
the name `conversation`, valid for two hours; and each event, in the place `event#HASH` under the name
`event`, or `taken-back` where it took something back, valid for three hours. Of events and conversations,
only hashes are kept.
"""

from collections.abc import Callable, Sequence
from dataclasses import asdict, replace
from typing import Any

from monitors_bot.aws.stores.documents import Document, Documents
from monitors_bot.domain.notices.messages import Event
from monitors_bot.domain.notices.window import Batch, Counted, Happening, Window
from monitors_bot.errors import Overtaken

WINDOW, EVENT, TAKEN_BACK, CONVERSATION = "window", "event", "taken-back", "conversation"
REPEATED_SECONDS = 225
"""How long Rocket.Chat goes on repeating an event: ten tries of 5 s, with pauses of 20 s between them."""
EVENT_KEPT_SECONDS = 3 * 3600
"""Longer than our own queue goes on repeating an event."""
CONVERSATION_KEPT_SECONDS = 2 * 3600
"""Longer than two windows, with an hour in which the server is down."""
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

    def count(self, unit_id: str, event: Event, happening: Happening) -> Window | None:
        """Count an event, once however often it comes.

        Return the window if the caller has to post a notice, or queue a turn that will; None otherwise.
        """
        for _ in range(TRIES):
            # One event may be counted in one unit, and take something back in another.
            known = self._get(f"event#{event.id}", EVENT if happening.what else TAKEN_BACK)
            place = f"conversation#{unit_id}#{event.conversation or event.id}"
            conversation = self._get(place, CONVERSATION)
            if self._was_counted(known, event, self._counted(conversation)):
                # It was counted before, but that worker may have died before it posted or queued anything.
                window = self.of(unit_id)
                return None if window.is_settled else window
            try:
                return self._count(unit_id, happening, conversation, self._marked(known, event))
            except Overtaken:
                continue
        raise Overtaken("the window changed at every try")

    def change(self, unit_id: str, change: Change) -> Window:
        """Change a window; `change` is called again, with the new window, whenever it was overtaken."""
        for _ in range(TRIES):
            document = self._read(unit_id)
            window = _window(document.content)
            change(window)
            try:
                self._put(document, window)
            except Overtaken:
                continue
            return window
        raise Overtaken("the window changed at every try")

    def _count(
        self, unit_id: str, happening: Happening, conversation: Document, mark: Document
    ) -> Window | None:
        document = self._read(unit_id)
        window = _window(document.content)
        counted = window.count(happening, self._now(), self._counted(conversation))
        must_arrange = counted is not None and bool(counted.what) and window.arrange(self._now())
        marks = [mark]
        if counted:
            marks.append(
                self._valid_for(CONVERSATION_KEPT_SECONDS, replace(conversation, content=[*counted]))
            )
        self._put(document, window, marks)
        return window if must_arrange else None

    def _was_counted(self, known: Document, event: Event, counted: Counted | None) -> bool:
        """Whether the event came before: from our queue, or from the server while it may repeat it.

        A customer who was taken and waits again is another event, though its content may be the same.
        """
        if not self._is_valid(known):
            return False
        if not event.received_at:  # the message of an older version
            return True
        waited_no_more_at = counted.at if counted and not counted.what else 0.0
        return any(
            abs(event.received_at - at) <= REPEATED_SECONDS and not at < waited_no_more_at < event.received_at
            for at in _received(known)
        )

    def _marked(self, known: Document, event: Event) -> Document:
        """The record of an event; the server may send the same content again, and mean another event."""
        earlier = _received(known) if self._is_valid(known) else []
        received = [*earlier, event.received_at or self._now()]
        return self._valid_for(EVENT_KEPT_SECONDS, replace(known, content={"received": received}))

    def _counted(self, known: Document) -> Counted | None:
        return Counted(*known.content) if self._is_valid(known) else None

    def _is_valid(self, document: Document) -> bool:
        # DynamoDB deletes expired items up to a few days late.
        return bool(document.expires_at and document.expires_at > self._now())

    def _valid_for(self, seconds: int, document: Document) -> Document:
        return replace(document, expires_at=int(self._now()) + seconds)

    def _put(self, document: Document, window: Window, also: Sequence[Document] = ()) -> None:
        content = asdict(window)
        changed = self._valid_for(WINDOW_KEPT_SECONDS, replace(document, content=content))
        if writes := [*([changed] if content != document.content else []), *also]:
            self._documents.put(writes[0], writes[1:])

    def _read(self, unit_id: str) -> Document:
        place = f"window#{unit_id}"
        return self._documents.get(place, WINDOW) or Document(place, WINDOW, asdict(Window()))

    def _get(self, place: str, name: str) -> Document:
        return self._documents.get(place, name) or Document(place, name, {})


def _received(known: Document) -> list[float]:
    """When the event was received; older versions did not record that."""
    received: list[float] = known.content.get("received", [])
    return received


def _window(content: dict[str, Any]) -> Window:
    """Read a window; those of older versions lack some fields."""
    counts = {name: dict(content.get(name) or {}) for name in ("counts", "again")}
    left = content["left"]
    return Window(**{**content, **counts, "left": Batch(**left) if left else None})
