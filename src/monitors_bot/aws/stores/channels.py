"""What runs posted in each room, and what they still have to post there.

One document a room, in the place `channel#ROOM` under the name `told`, kept for good.
"""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import astuple, replace
from typing import Any

from monitors_bot.aws.stores.documents import Document, Documents
from monitors_bot.domain.digests.digest import Digest
from monitors_bot.domain.digests.run import Told
from monitors_bot.errors import DeliveryImpossible

NAME = "told"
RUNS_KEPT = 50
"""How many of the last runs that posted something are kept, by their ids."""
Payload = Mapping[str, object]
Post = Callable[[str, str, Payload], None]

_NOTHING: Mapping[str, Any] = {"told": {}, "runs": [], "left": None}


class Channels:
    """The rooms; `post` takes the id of a message, the id of the room, and the message."""

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
        """A room, after posting what an earlier run left behind."""
        channel = Channel(room_id, self._documents, self._post, self._render)
        with suppress(DeliveryImpossible):  # the room refused the old digest for good; try the new one
            channel.post_what_is_left()
        return channel


class Channel:
    """A room.

    The messages of a digest are recorded first, word for word, with what the room knows once they are posted.
    A worker that finds them there posts them, which is harmless if they were posted before (the server keeps
    one message for each id), and records them as posted.
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
    def told(self) -> Mapping[str, Told] | None:
        """What the room knows of each unit; None before the first digest."""
        if not self._document.content["runs"]:
            return None
        return {id_: Told(*values) for id_, values in self._document.content["told"].items()}

    def was_told_by(self, run_id: str) -> bool:
        return run_id in self._document.content["runs"]

    def tell(self, run_id: str, digest: Digest) -> None:
        """Record a digest, then post it."""
        left = {
            "run": run_id,
            "messages": list(self._render(digest)),
            "told": {id_: astuple(told) for id_, told in digest.told.items()},
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
    """Drop units of which nothing is open, such as those that are gone: they would pile up."""
    return {id_: values for id_, values in told.items() if Told(*values).is_open}
