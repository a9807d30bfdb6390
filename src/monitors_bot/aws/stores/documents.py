"""JSON documents in the one DynamoDB table, of any size; a write never replaces what the writer has not read.

DynamoDB takes items of up to 400 KB, so a document is cut into pieces: one item each, with the place as `pk`
and the name and number of the piece as `sk`. Each item carries the `stamp` of its write, and a write succeeds
only while the stamp is the one that was read.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any, Protocol

PIECE_CHARACTERS = 300_000
"""As many bytes: the JSON is all ASCII."""
MORE_PIECES = 3
"""How many pieces fit into the 1 MB of one answer."""
READS = 3
"""How often a document is read again that somebody is writing just then."""


class Items(Protocol):
    """The items of the table, called with DynamoDB's own operations and fields; TableName is filled in."""

    def call(self, operation: str, payload: Mapping[str, object]) -> Mapping[str, Any]:
        """Raise Overtaken if a condition was not met."""
        ...


@dataclass(frozen=True, slots=True)
class Document:
    """JSON content under a name in a place; `stamp` counts its writes and is 0 before the first."""

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
        """Every document of a place, sorted by name."""
        return self._read("pk = :place", {":place": {"S": place}})

    def between(self, place: str, first: str, last: str) -> list[Document]:
        """The documents of a place whose names lie between the two, both included, sorted by name."""
        return self._read(
            "pk = :place AND sk BETWEEN :first AND :last",
            {":place": {"S": place}, ":first": {"S": f"{first}#000"}, ":last": {"S": f"{last}#999"}},
        )

    def last(self, place: str, most: int) -> list[Document]:
        """The documents of a place with the last names, last first: at most so many, and at most 1 MB."""
        limit = most + MORE_PIECES
        query = {**_query("pk = :place", {":place": {"S": place}}), "ScanIndexForward": False, "Limit": limit}
        items = self._items.call("Query", query)["Items"]
        return _whole(items[::-1])[::-1][:most]

    def put(self, document: Document, also: Sequence[Document] = ()) -> Document:
        """Write a document that is new or was read, and `also`, all or nothing; or raise Overtaken."""
        self._write([write for one in (document, *also) for write in _writes(one)])
        return written(document)

    def delete(self, document: Document, also: Sequence[Document] = ()) -> None:
        """Delete a document that was read, and write `also`, all or nothing; or raise Overtaken."""
        deletes = [_delete(document, piece) for piece in range(document.pieces)]
        self._write([*deletes, *(write for one in also for write in _writes(one))])

    def _write(self, writes: Sequence[Mapping[str, Any]]) -> None:
        """Write without a transaction if there is but one write: that is cheaper, and signed calls can."""
        if len(writes) > 1:
            self._items.call("TransactWriteItems", {"TransactItems": writes})
            return
        [(operation, payload)] = writes[0].items()
        self._items.call(f"{operation}Item", payload)

    def _read(self, condition: str, values: Mapping[str, object]) -> list[Document]:
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
    """The document as it is after `put`."""
    return replace(document, stamp=document.stamp + 1, pieces=len(_cut(document)))


def _query(condition: str, values: Mapping[str, object]) -> dict[str, object]:
    return {"KeyConditionExpression": condition, "ExpressionAttributeValues": values}


def _cut(document: Document) -> list[str]:
    text = json.dumps(document.content, separators=(",", ":"))
    return [text[start : start + PIECE_CHARACTERS] for start in range(0, len(text), PIECE_CHARACTERS)]


def _writes(document: Document) -> list[dict[str, Any]]:
    """Put the pieces and delete those that a longer version left; the first write carries the condition."""
    pieces = _cut(document)
    kept = {"expires_at": {"N": str(document.expires_at)}} if document.expires_at else {}
    items = [
        {
            **_key(document, number),
            "stamp": {"N": str(document.stamp + 1)},
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
    """Join pieces to documents; leave out a document whose pieces are missing or of different writes."""
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
