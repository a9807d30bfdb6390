"""The readings that questions begin while nothing is recorded: at most one in ten minutes.

One document in the place `first-reading` under the name `last`, kept for good: the identity of the last such
run, and when it began. Of questions that come at the same time, the one whose write succeeds begins the run.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from typing import TypeGuard

from monitors_bot.aws.messages import new_id
from monitors_bot.aws.stores.documents import Document, Documents
from monitors_bot.aws.stores.runs import Runs
from monitors_bot.domain.digests.order import Order, Post
from monitors_bot.errors import Overtaken

PLACE, NAME = "first-reading", "last"
PAUSE_SECONDS = 600
LOST_SECONDS = 10
"""After this long, a run that no worker began may have lost its message, or was never recorded."""


class FirstReadings:
    """Begins the readings; `queue` queues the first slice of an ordered run."""

    def __init__(
        self, documents: Documents, queue: Callable[[Order], None], now: Callable[[], float]
    ) -> None:
        self._documents = documents
        self._runs = Runs(documents, now)
        self._queue = queue
        self._now = now

    def begin(self) -> float:
        """Begin a reading unless one began within ten minutes; return when it began."""
        last = self._documents.get(PLACE, NAME)
        if not _is_recent(last, self._now()):
            return self._begin_after(last or Document(PLACE, NAME, {}))
        began_at: float = last.content["at"]
        if began_at < self._now() - LOST_SECONDS:
            self._queue_again(_order(last))
        return began_at

    def _begin_after(self, last: Document) -> float:
        at = self._now()
        mark = replace(last, content={"run": f"first-reading {new_id()}", "at": at})
        if self._is_written(mark):
            self._record_and_queue(_order(mark))
        return at

    def _is_written(self, mark: Document) -> bool:
        """Write the mark; return whether it is ours, and not that of another question at the same moment."""
        try:
            self._documents.put(mark)
        except Overtaken:
            return False
        return True

    def _queue_again(self, order: Order) -> None:
        """Queue a run whose message was lost; a second message for the same slice has no effect."""
        run = self._runs.of(order.id)
        if not run:
            self._record_and_queue(order)
        elif run.started < 0 and run.touched_at < self._now() - LOST_SECONDS:
            with suppress(Overtaken):  # another question queues it, or a worker has just begun it
                self._runs.save(run)
                self._queue(order)

    def _record_and_queue(self, order: Order) -> None:
        with suppress(Overtaken):  # another question has recorded it
            self._runs.add(order)
        self._queue(order)


def last_begun(documents: Documents, now: float) -> float | None:
    """When the last reading began, if that was within ten minutes."""
    last = documents.get(PLACE, NAME)
    return last.content["at"] if _is_recent(last, now) else None


def _is_recent(mark: Document | None, now: float) -> TypeGuard[Document]:
    return mark is not None and mark.content["at"] > now - PAUSE_SECONDS


def _order(mark: Document) -> Order:
    return Order(mark.content["run"], post=Post.NONE)
