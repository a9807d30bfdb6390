"""What runs have posted in each room, and what they still have to post there.

One document for each room, in the place `channel#ROOM` under the name `told`, kept for good.
"""

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
"""How many ids of runs that posted a digest are kept: the most recent ones."""
Payload = Mapping[str, object]
Post = Callable[[str, str, Payload], None]

_NOTHING: Mapping[str, Any] = {"told": {}, "runs": [], "left": None}


class Channels:
    """The rooms; `post` takes a message's id, the room's id and the message."""

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
        """Return a room after posting the digest that an earlier run left there."""
        channel = Channel(room_id, self._documents, self._post, self._render)
        with suppress(DeliveryImpossible):  # the room refused that digest for good, but may take the next one
            channel.post_pending()
        return channel


class Channel:
    """A room in which runs post their digests.

    A digest is recorded before it is posted, together with what the room will have read. If a worker dies in
    between, the next one posts it and records that. Posting it twice is harmless: the server keeps one
    message for each id.
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
        """Return what the room last read about each unit; None before the first digest."""
        if not self._document.content["runs"]:
            return None
        return {id_: Posted(*values) for id_, values in self._document.content["told"].items()}

    def has_digest_of(self, run_id: str) -> bool:
        return run_id in self._document.content["runs"]

    def post(self, run_id: str, digest: Digest) -> None:
        """Record a digest, then post it."""
        left = {
            "run": run_id,
            "messages": list(self._render(digest)),
            "told": {id_: astuple(posted) for id_, posted in digest.posted.items()},
        }
        self._write({**self._document.content, "left": left})
        self.post_pending()

    def post_pending(self) -> None:
        """Post the recorded digest, if one is still to be posted; drop it if the room refuses it for good."""
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


def _worth_keeping(posted: Mapping[str, Sequence[Any]]) -> Mapping[str, Sequence[Any]]:
    """Drop units that no later digest depends on, such as deleted ones: they would pile up."""
    return {id_: values for id_, values in posted.items() if Posted(*values).matters}
