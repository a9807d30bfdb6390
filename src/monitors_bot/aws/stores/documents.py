"""JSON documents of any size in the one DynamoDB table; no write replaces a version its writer has not read.

An item holds at most 400 KB, so a document is cut into pieces, one item each. Its key is the document's place
(`pk`), and the document's name with the piece's number (`sk`). Each item carries the `stamp` of its write,
and a write succeeds only if the stored stamp is the one that was read. It also carries the `write` itself, a
random name: a write may be carried out although its answer is an error or is lost, and the client's next
try of it would then meet its own stamp.
https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html
"""

import json
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any, Protocol

from monitors_bot.errors import Overtaken

PIECE_CHARACTERS = 300_000
"""The same number of bytes, because the JSON is pure ASCII."""
MORE_PIECES = 3
"""How many pieces fit into one page of a query, which DynamoDB limits to 1 MB."""
READS = 3
"""How often documents are read if somebody is writing one of them at the same time."""


class Items(Protocol):
    """The table, as DynamoDB's own operations and fields address it, except that TableName is filled in."""

    def call(self, operation: str, payload: Mapping[str, object]) -> Mapping[str, Any]:
        """Raise Overtaken if the condition of a write does not hold."""
        ...


@dataclass(frozen=True, slots=True)
class Document:
    """JSON content under a name in a place; `stamp` counts its writes and is 0 if it was never written."""

    place: str
    name: str
    content: Any
    stamp: int = 0
    pieces: int = 0
    expires_at: int | None = None


class Documents:
    """The documents of the table."""

    def __init__(self, items: Items) -> None:
        self._items = items

    def get(self, place: str, name: str) -> Document | None:
        found = self.between(place, name, name)
        return found[0] if found else None

    def all(self, place: str) -> list[Document]:
        """Return every document of a place, sorted by name."""
        return self._read("pk = :place", {":place": {"S": place}})

    def between(self, place: str, first: str, last: str) -> list[Document]:
        """Return the documents of a place with names from `first` to `last`, sorted by name."""
        return self._read(
            "pk = :place AND sk BETWEEN :first AND :last",
            {":place": {"S": place}, ":first": {"S": f"{first}#000"}, ":last": {"S": f"{last}#999"}},
        )

    def last(self, place: str, most: int) -> list[Document]:
        """Return the last `most` documents of a place by name, the last first; fewer if they exceed 1 MB."""
        # A few items more than documents wanted: some documents have several pieces.
        limit = most + MORE_PIECES
        query = {**_query("pk = :place", {":place": {"S": place}}), "ScanIndexForward": False, "Limit": limit}
        items = self._items.call("Query", query)["Items"]
        return _whole(items[::-1])[::-1][:most]

    def put(self, document: Document, also: Sequence[Document] = ()) -> Document:
        """Write a document and `also`, all or nothing; raise Overtaken if one changed since it was read."""
        self._write([], [document, *also])
        return written(document)

    def delete(self, document: Document, also: Sequence[Document] = ()) -> None:
        """Delete a document and write `also`, all or nothing; raise Overtaken as `put` does."""
        self._write([_delete(document, piece) for piece in range(document.pieces)], also)

    def _write(self, deletes: Sequence[Mapping[str, Any]], documents: Sequence[Document]) -> None:
        name = os.urandom(8).hex()
        writes = [*deletes, *(write for one in documents for write in _writes(one, name))]
        try:
            self._call(writes)
        except Overtaken:
            # All or nothing: if the first document is of this write, an earlier try of it was carried out.
            if not documents or self._last_write(documents[0]) != name:
                raise

    def _last_write(self, document: Document) -> str:
        key = {":place": _key(document, 0)["pk"], ":first": _key(document, 0)["sk"]}
        query = {**_query("pk = :place AND sk = :first", key), "ConsistentRead": True}
        items = self._items.call("Query", query)["Items"]
        return str(items[0].get("write", {}).get("S")) if items else ""

    def _call(self, writes: Sequence[Mapping[str, Any]]) -> None:
        if len(writes) > 1:
            self._items.call("TransactWriteItems", {"TransactItems": writes})
            return
        # A single write needs no transaction: without one it costs half, and SignedTable can do it too.
        [(operation, payload)] = writes[0].items()
        self._items.call(f"{operation}Item", payload)

    def _read(self, condition: str, values: Mapping[str, object]) -> list[Document]:
        # A query is not a snapshot: its pages may show a document before and after somebody's write. Such
        # pieces make no whole document, so the query is repeated until every item belongs to one.
        for _ in range(READS):
            items = self._all_items(condition, values)
            documents = _whole(items)
            if sum(document.pieces for document in documents) == len(items):
                break
        return documents

    def _all_items(self, condition: str, values: Mapping[str, object]) -> list[Mapping[str, Any]]:
        query = {**_query(condition, values), "ConsistentRead": True}
        items: list[Mapping[str, Any]] = []
        while True:
            answer = self._items.call("Query", query)
            items += answer["Items"]
            if not answer.get("LastEvaluatedKey"):
                return items
            query["ExclusiveStartKey"] = answer["LastEvaluatedKey"]


def written(document: Document) -> Document:
    """Return the document as `put` leaves it."""
    return replace(document, stamp=document.stamp + 1, pieces=len(_cut(document)))


def _query(condition: str, values: Mapping[str, object]) -> dict[str, object]:
    return {"KeyConditionExpression": condition, "ExpressionAttributeValues": values}


def _cut(document: Document) -> list[str]:
    text = json.dumps(document.content, separators=(",", ":"))
    return [text[start : start + PIECE_CHARACTERS] for start in range(0, len(text), PIECE_CHARACTERS)]


def _writes(document: Document, write: str) -> list[dict[str, Any]]:
    """Return the writes that put each piece, and delete the surplus pieces of a longer earlier version.

    Only the first carries the condition: the first pieces of all versions share its key.
    """
    pieces = _cut(document)
    kept = {"expires_at": {"N": str(document.expires_at)}} if document.expires_at else {}
    items = [
        {
            **_key(document, number),
            "stamp": {"N": str(document.stamp + 1)},
            "write": {"S": write},
            "pieces": {"N": str(len(pieces))},
            "body": {"S": piece},
            **kept,
        }
        for number, piece in enumerate(pieces)
    ]
    first, *rest = [{"Put": {"Item": item}} for item in items]
    return [
        {"Put": {**first["Put"], **_unchanged(document)}},
        *rest,
        *(_delete(document, piece) for piece in range(len(pieces), document.pieces)),
    ]


def _delete(document: Document, piece: int) -> dict[str, Any]:
    return {"Delete": {"Key": _key(document, piece), **(_unchanged(document) if piece == 0 else {})}}


def _unchanged(document: Document) -> dict[str, Any]:
    if not document.stamp:
        return {"ConditionExpression": "attribute_not_exists(pk)"}
    return {
        "ConditionExpression": "stamp = :stamp",
        "ExpressionAttributeValues": {":stamp": {"N": str(document.stamp)}},
    }


def _key(document: Document, piece: int) -> dict[str, dict[str, str]]:
    return {"pk": {"S": document.place}, "sk": {"S": f"{document.name}#{piece:03}"}}


def _whole(items: Iterable[Mapping[str, Any]]) -> list[Document]:
    """Join pieces into documents; skip a document with missing pieces, or pieces of different writes."""
    documents = []
    for (place, name), group in groupby(items, _place_and_name):
        pieces = list(group)
        is_whole = {piece["pieces"]["N"] for piece in pieces} == {str(len(pieces))}
        if is_whole and len({piece["stamp"]["N"] for piece in pieces}) == 1:
            documents.append(_document(place, name, pieces))
    return documents


def _document(place: str, name: str, pieces: Sequence[Mapping[str, Any]]) -> Document:
    content = json.loads("".join(piece["body"]["S"] for piece in pieces))
    expires_at = pieces[0].get("expires_at")
    return Document(
        place,
        name,
        content,
        int(pieces[0]["stamp"]["N"]),
        len(pieces),
        int(expires_at["N"]) if expires_at else None,
    )


def _place_and_name(item: Mapping[str, Any]) -> tuple[str, str]:
    return item["pk"]["S"], item["sk"]["S"].rpartition("#")[0]
