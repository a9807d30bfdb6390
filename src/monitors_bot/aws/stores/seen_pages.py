"""The pages accepted within the last day, so that one that is sent again posts nothing.

One document for each page, in the place `webhook#ID` under the name `seen`, valid for a day.
"""

from collections.abc import Callable
from dataclasses import replace

from monitors_bot.aws.stores.documents import Document, Documents

NAME = "seen"
KEPT_SECONDS = 86_400


class SeenPages:
    """The ids of the accepted pages."""

    def __init__(self, documents: Documents, now: Callable[[], float]) -> None:
        self._documents = documents
        self._now = now

    def has(self, id_: str) -> bool:
        # DynamoDB deletes expired items up to a few days late, so an item that exists may have expired:
        # https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/TTL.html
        found = self._find(id_)
        return bool(found.expires_at and found.expires_at > self._now())

    def add(self, id_: str) -> None:
        """Record an id; raise Overtaken if somebody else just did."""
        self._documents.put(replace(self._find(id_), expires_at=int(self._now()) + KEPT_SECONDS))

    def _find(self, id_: str) -> Document:
        place = f"webhook#{id_}"
        return self._documents.get(place, NAME) or Document(place, NAME, {})
