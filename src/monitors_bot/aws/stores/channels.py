"""What each room was told by runs, and what is still to be posted there."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import astuple, replace
from typing import Any

from monitors_bot.aws.stores.documents import Document, Documents
from monitors_bot.domain.digests.digest import Digest
from monitors_bot.domain.digests.run import Posted
from monitors_bot.errors import DeliveryImpossible

NAME = "told"
RUNS_KEPT = 50
"""So many runs that told something are remembered by their ids."""
Payload = Mapping[str, object]
Post = Callable[[str, str, Payload], None]


class Channels:
    """The rooms; `post` takes the id of a message, that of the room, and the message."""

    def __init__(
        self,
        documents: Documents,
        room_of: Callable[[str], str],
        post: Post,
        render: Callable[[Digest], Sequence[Payload]],
    ) -> None:
        self._documents = documents
        self.room_of = room_of
        self._post = post
        self._render = render

    def open(self, room_id: str) -> "Channel":
        channel = Channel(room_id, self._documents, self._post, self._render)
        with suppress(DeliveryImpossible):
            channel.post_what_is_left()
        return channel


class Channel:
    """A room.

    What is to be posted is written down first, word for word, with what the room is told by it. So whoever
    finds it there can post it, which is harmless if it was posted before, and record it as told.
    """

    def __init__(
        self, room_id: str, documents: Documents, post: Post, render: Callable[[Digest], Sequence[Payload]]
    ) -> None:
        self._room_id = room_id
        self._documents = documents
        self._post = post
        self._render = render
        place = f"channel#{room_id}"
        self._document = documents.get(place, NAME) or Document(place, NAME, _NOTHING)

    @property
    def posted(self) -> Mapping[str, Posted] | None:
        if not self._document.content["runs"]:
            return None
        return {id_: Posted(*values) for id_, values in self._document.content["told"].items()}

    def has_digest_of(self, run_id: str) -> bool:
        return run_id in self._document.content["runs"]

    def post(self, run_id: str, digest: Digest) -> None:
        left = {
            "run": run_id,
            "messages": list(self._render(digest)),
            "told": {id_: astuple(posted) for id_, posted in digest.posted.items()},
        }
        self._write({**self._document.content, "left": left})
        self.post_what_is_left()

    def post_what_is_left(self) -> None:
        left = self._document.content["left"]
        if not left:
            return
        content = {**self._document.content, "left": None}
        try:
            for part, message in enumerate(left["messages"], start=1):
                self._post(f"{left['run'][:28]}-{part}", self._room_id, message)
        except DeliveryImpossible:
            self._write(content)
            raise
        self._write(
            {
                **content,
                "told": _worth_keeping({**content["told"], **left["told"]}),
                "runs": [*content["runs"], left["run"]][-RUNS_KEPT:],
            }
        )

    def _write(self, content: Mapping[str, Any]) -> None:
        self._document = self._documents.put(replace(self._document, content=content))


def _worth_keeping(told: Mapping[str, Sequence[Any]]) -> Mapping[str, Sequence[Any]]:
    """Leave out what a room was told for the last time, as of a unit that is gone: it would pile up."""
    return {id_: values for id_, values in told.items() if Posted(*values).matters}


_NOTHING: Mapping[str, Any] = {"told": {}, "runs": [], "left": None}
