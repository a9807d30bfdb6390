"""Notices on the background queue: as JSON, with nothing secret in it."""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import asdict

from monitors_bot.aws.signed import SignedAws
from monitors_bot.deadline import Deadline
from monitors_bot.domain.notices.messages import Event, Mention, Page, Turn
from monitors_bot.errors import JobMalformed
from monitors_bot.text import is_encodable

LONGEST_TEXT = 8000
LATEST_TIME = 10**12
_ID = re.compile(r"[0-9a-f]{32}", re.ASCII)
Notice = Page | Event | Turn


class NoticeQueue:
    """The way notices go to the background worker."""

    def __init__(self, aws: SignedAws, queue_url: str) -> None:
        self._aws = aws
        self._queue_url = queue_url

    def put(self, notice: Notice, deadline: Deadline) -> None:
        """Queue a notice; raise ServerUnreachable if it may not be queued."""
        message = {"QueueUrl": self._queue_url, "MessageBody": write_notice(notice)}
        self._aws.call("sqs", "AmazonSQS.SendMessage", message, deadline)


def write_notice(notice: Notice) -> str:
    return json.dumps({"kind": _KINDS[type(notice)], **asdict(notice)})


def read_notice(body: str) -> Notice | None:
    """Read what `write_notice` wrote; None for another kind of message, JobMalformed for a broken one."""
    try:
        values = json.loads(body)
    except (ValueError, RecursionError):
        return None
    kind = values.get("kind") if isinstance(values, dict) else None
    read = _READERS.get(kind) if isinstance(kind, str) else None
    return read(values) if read else None


def _page(values: Mapping[str, object]) -> Page:
    mention = _text(values, "mention")
    if mention not in set(Mention):
        raise JobMalformed("mention is none of ours")
    return Page(
        id=_id(values),
        unit=_text(values, "unit"),
        message=_text(values, "message"),
        channel=_text(values, "channel"),
        mention=Mention(mention),
        is_cut=values.get("is_cut") is True,
        correlation_id=_text(values, "correlation_id"),
    )


def _event(values: Mapping[str, object]) -> Event:
    return Event(
        id=_id(values),
        type=_text(values, "type"),
        department_id=_text(values, "department_id"),
        correlation_id=_text(values, "correlation_id"),
    )


def _turn(values: Mapping[str, object]) -> Turn:
    due = values.get("due")
    if isinstance(due, bool) or not isinstance(due, int | float) or not 0 <= due <= LATEST_TIME:
        raise JobMalformed("due is no time")
    return Turn(_text(values, "unit_id"), float(due))


_KINDS: Mapping[type, str] = {Page: "page", Event: "event", Turn: "turn"}
_READERS: Mapping[str, Callable[[Mapping[str, object]], Notice]] = {
    "page": _page,
    "event": _event,
    "turn": _turn,
}


def _id(values: Mapping[str, object]) -> str:
    id_ = _text(values, "id")
    if not _ID.fullmatch(id_):
        raise JobMalformed("id is none of ours")
    return id_


def _text(values: Mapping[str, object], name: str) -> str:
    value = values.get(name)
    if not isinstance(value, str) or not is_encodable(value) or len(value) > LONGEST_TEXT:
        raise JobMalformed(f"{name} is missing or no text")
    return value
