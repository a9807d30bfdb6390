"""What runs have posted in each room, and what they still have to post there.

One document for each room, in the place `channel#ROOM` under the name `told`, kept for good.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import astuple, dataclass, replace
from typing import Any

from monitors_bot.aws.stores.documents import Document, Documents
from monitors_bot.domain.digests.digest import Digest
from monitors_bot.domain.digests.parts import Part, posted_after
from monitors_bot.domain.digests.run import Posted
from monitors_bot.errors import DeliveryImpossible

NAME = "told"
RUNS_KEPT = 50
"""How many ids of runs that posted a digest are kept: the most recent ones."""
ID_CHARACTERS = 28
"""So much of a run's id, with the number of the part behind it, makes the id of a message."""
Payload = Mapping[str, object]
Told = Mapping[str, Sequence[Any]]
Post = Callable[[str, str, str, Payload], None]
MayGoOn = Callable[[], bool]

_NOTHING: Mapping[str, Any] = {"told": {}, "runs": [], "left": None}


class Channels:
    """The rooms; `post` takes the ids of a message, of its room and of its thread, and the message."""

    def __init__(
        self,
        documents: Documents,
        room_of: Callable[[str], str],
        post: Post,
        render: Callable[[Digest], Sequence[Part]],
        now: Callable[[], float],
    ) -> None:
        self._documents = documents
        self.room_of = room_of
        self._post = post
        self._render = render
        self._now = now

    def open(self, room_id: str) -> "Channel":
        return Channel(room_id, self._documents, self._post, self._render, self._now)


class Channel:
    """A room in which runs post their digests.

    A digest is recorded before it is posted, and so is what the room will have read after each of its parts.
    If a worker dies in between, the next one goes on with the part that is due. Posting it twice is harmless:
    the server keeps one message for each id.
    """

    def __init__(
        self,
        room_id: str,
        documents: Documents,
        post: Post,
        render: Callable[[Digest], Sequence[Part]],
        now: Callable[[], float],
    ) -> None:
        self._room_id = room_id
        self._documents = documents
        self._post = post
        self._render = render
        self._now = now
        place = f"channel#{room_id}"
        self._document = documents.get(place, NAME) or Document(place, NAME, _NOTHING)

    @property
    def posted(self) -> Mapping[str, Posted] | None:
        """Return what the room last read about each unit; None before the first digest."""
        if not self._document.content["runs"]:
            return None
        return {id_: Posted(*values) for id_, values in self._document.content["told"].items()}

    def has_digest_of(self, run_id: str) -> bool:
        return run_id in self._document.content["runs"]

    def post(self, run_id: str, digest: Digest, may_go_on: MayGoOn) -> bool:
        """Record a digest, then post it; return whether all of it is posted."""
        pending = _pending(run_id, self._render(digest), self.posted or {}, digest.posted)
        self._write({**self._document.content, "left": replace(pending, at=digest.at).content})
        return self.post_pending(may_go_on)

    def post_pending(self, may_go_on: MayGoOn) -> bool:
        """Post a part of the recorded digest, and more while that may go on; return whether nothing is left.

        If the room refuses a part for good, drop it with all that follow. Their units are not recorded as
        posted, so the next run names them.
        """
        while left := self._document.content["left"]:
            self._post_next(_read(left))
            if not may_go_on():
                break
        return not self._document.content["left"]

    def _post_next(self, pending: "_Pending") -> None:
        content = self._document.content
        try:
            self._post(pending.message_id, self._room_id, pending.thread_id, pending.messages[0])
        except DeliveryImpossible:
            self._write({**content, "left": None})
            raise
        # With its first message, the run has a digest here: a second one would get the same ids of messages.
        runs = content["runs"] if pending.sent else [*content["runs"], pending.run][-RUNS_KEPT:]
        told = _worth_keeping({**content["told"], **pending.next_told(self._now())})
        left = pending.after_next().content if pending.messages[1:] else None
        self._write({**content, "told": told, "runs": runs, "left": left})

    def _write(self, content: Mapping[str, Any]) -> None:
        self._document = self._documents.put(replace(self._document, content=content))


@dataclass(frozen=True, slots=True)
class _Pending:
    """The parts of a digest that are still to be posted, after `sent` others.

    `told` is what the room has read about units after each of the `messages`. The digest was written `at`
    some epoch second, 0 where that is not recorded.
    """

    run: str
    messages: Sequence[Payload]
    told: Sequence[Told]
    sent: int = 0
    has_thread: bool = True
    at: float = 0.0

    @property
    def content(self) -> Mapping[str, Any]:
        return {
            "run": self.run,
            "messages": self.messages,
            "told": self.told,
            "sent": self.sent,
            "thread": self.has_thread,
            "at": self.at,
        }

    @property
    def message_id(self) -> str:
        return self._id(self.sent + 1)

    @property
    def thread_id(self) -> str:
        """Return the id of the first message, which the others follow in its thread."""
        return self._id(1) if self.has_thread and self.sent else ""

    def next_told(self, now: float) -> Told:
        """Return what the next message tells; its alerts are posted now, which may be another day."""
        told = {id_: Posted(*values) for id_, values in self.told[0].items()}
        return {
            id_: astuple(replace(posted, alerted_at=now) if posted.alerted_at == self.at > 0 else posted)
            for id_, posted in told.items()
        }

    def after_next(self) -> "_Pending":
        return replace(self, messages=self.messages[1:], told=self.told[1:], sent=self.sent + 1)

    def _id(self, number: int) -> str:
        return f"{self.run[:ID_CHARACTERS]}-{number}"


def _pending(
    run_id: str, parts: Sequence[Part], posted: Mapping[str, Posted], besides: Mapping[str, Posted]
) -> _Pending:
    told: list[Told] = []
    for part in parts:
        after = posted_after(part.lines, posted, besides)
        told.append({id_: astuple(values) for id_, values in after.items()})
        posted, besides = {**posted, **after}, {}
    return _Pending(run_id, [part.message for part in parts], told)


def _read(left: Mapping[str, Any]) -> _Pending:
    if isinstance(left["told"], Mapping):
        # The first version posted up to two messages without a thread, and recorded units after the last one.
        told = [*({} for _ in left["messages"][1:]), left["told"]]
        return _Pending(left["run"], left["messages"], told, has_thread=False)
    return _Pending(left["run"], left["messages"], left["told"], left["sent"], left["thread"], left["at"])


def _worth_keeping(told: Told) -> Told:
    """Drop units that no later digest depends on, such as deleted ones: they would pile up."""
    return {id_: values for id_, values in told.items() if Posted(*values).matters}
