"""The pages accepted within the last day, so that one that is sent again posts nothing.

One document for each page, in the place `webhook#ID` under the name `seen`, valid for a day.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import NamedTuple

from monitors_bot.aws.stores.documents import Document, Documents
from monitors_bot.errors import Overtaken

NAME = "seen"
KEPT_SECONDS = 86_400


class Mark(NamedTuple):
    """What is recorded about a page, and whether that says that it was accepted within the last day."""

    document: Document
    was_seen: bool


class SeenPages:
    """The ids of the accepted pages."""

    def __init__(self, documents: Documents, now: Callable[[], float]) -> None:
        self._documents = documents
        self._now = now

    def look_up(self, id_: str) -> Mark:
        return self._look_up(f"webhook#{id_}")

    def add(self, mark: Mark) -> None:
        """Record that a page that was looked up is accepted, unless somebody else just did."""
        try:
            self._put(mark)
        except Overtaken:
            # An old mark may also have been deleted because it expired.
            again = self._look_up(mark.document.place)
            if not again.was_seen:
                self._put(again)

    def _look_up(self, place: str) -> Mark:
        found = self._documents.get(place, NAME) or Document(place, NAME, {})
        # DynamoDB deletes expired items up to a few days late, so an item that exists may have expired:
        # https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/TTL.html
        return Mark(found, bool(found.expires_at and found.expires_at > self._now()))

    def _put(self, mark: Mark) -> None:
        self._documents.put(replace(mark.document, expires_at=int(self._now()) + KEPT_SECONDS))
