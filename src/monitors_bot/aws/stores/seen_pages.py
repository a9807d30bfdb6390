"""Which webhooks were taken before, by their ids."""

from collections.abc import Callable
from dataclasses import replace

from monitors_bot.aws.stores.documents import Document, Documents

KEPT_SECONDS = 86_400


class SeenPages:
    """The ids of the last day; DynamoDB forgets them days late, so each says itself how long it counts."""

    def __init__(self, documents: Documents, now: Callable[[], float]) -> None:
        self._documents = documents
        self._now = now

    def has(self, id_: str) -> bool:
        found = self._find(id_)
        return bool(found.expires_at and found.expires_at > self._now())

    def add(self, id_: str) -> None:
        """Note an id; raise Overtaken where somebody else just did."""
        self._documents.put(replace(self._find(id_), expires_at=int(self._now()) + KEPT_SECONDS))

    def _find(self, id_: str) -> Document:
        return self._documents.get(f"webhook#{id_}", "seen") or Document(f"webhook#{id_}", "seen", {})
