"""The messages on our queues, as JSON that holds no secrets.

The function that reads a message may be a version older or newer than the one that wrote it. So existing
fields never change, and the reader supplies a default for a new one.
"""

import json
import os
import re
from collections.abc import Callable, Mapping
from dataclasses import asdict, fields
from typing import TYPE_CHECKING

from monitors_bot.errors import JobMalformed
from monitors_bot.text import is_encodable

if TYPE_CHECKING:  # each reader below imports its own wing, so a function loads only what it reads
    from monitors_bot.domain.answers.conversation import Command, Job
    from monitors_bot.domain.digests.slices import Slice
    from monitors_bot.domain.notices.messages import Event, Page, Turn

    Message = Job | Page | Event | Turn | Slice

LONGEST_COMMAND = 4096
"""The most characters in each text of a command that is answered late; no unit has a name this long."""
LONGEST_TEXT = 8000
END_OF_TIME = 1e11
"""The upper bound for epoch seconds: in the year 5138."""

_ID = re.compile(r"[0-9a-f]{32}", re.ASCII)
_KINDS = {"Job": "late-answer", "Page": "page", "Event": "event", "Turn": "turn", "Slice": "run"}
"""Keyed by class name: the class itself would load its wing."""
_JSON_NAMES = {"run_id": "run", "number": "slice"}
"""The fields of a slice whose JSON name differs."""

_NEW_IN_A_COMMAND = {"may_share": True, "team_id": "", "share": None, "replaces_original": None}
"""Fields that commands of older versions lack, and what they are then."""


def new_id() -> str:
    return os.urandom(16).hex()


def write(message: "Message") -> str:
    values = {_JSON_NAMES.get(name, name): value for name, value in asdict(message).items()}
    if command := values.get("command"):
        # No answer follows later where a customer reads along, or where a press is refused.
        del command["is_with_customer"], command["is_from_another_team"]
        for name in [name for name, default in _NEW_IN_A_COMMAND.items() if command[name] == default]:
            del command[name]
    return json.dumps({"kind": _KINDS[type(message).__name__], **values})


def read(body: str) -> "Message":
    """Read what `write` wrote; raise JobMalformed for anything else."""
    try:
        values = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise JobMalformed("not JSON") from error
    kind = values.get("kind") if isinstance(values, dict) else None
    reader = _READERS.get(kind) if isinstance(kind, str) else None
    if not reader:
        raise JobMalformed("not a message of a known kind")
    return reader(_Fields(values))


class _Fields:
    """The fields of a message, each checked when it is read."""

    def __init__(self, values: Mapping[str, object]) -> None:
        self._values = values

    def text(self, name: str, longest: int = LONGEST_TEXT) -> str:
        value = self._values.get(name)
        if not isinstance(value, str) or not is_encodable(value) or len(value) > longest:
            raise JobMalformed(f"{name} is missing, too long or not text")
        return value

    def id(self, name: str) -> str:
        value = self.text(name)
        if not _ID.fullmatch(value):
            raise JobMalformed(f"{name} is not an id")
        return value

    def text_or_nothing(self, name: str) -> str:
        return self.text(name) if name in self._values else ""

    def id_or_nothing(self, name: str) -> str:
        return self.id(name) if self._values.get(name, "") != "" else ""

    def time_or_zero(self, name: str) -> float:
        return self.time(name) if name in self._values else 0.0

    def time(self, name: str) -> float:
        """Return a time in epoch seconds."""
        value = self._values.get(name)
        # The range is checked before the conversion: `float` raises OverflowError for a huge int.
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < END_OF_TIME:
            raise JobMalformed(f"{name} is not a time")
        return float(value)

    def number(self, name: str) -> int:
        value = self._values.get(name)
        if isinstance(value, bool) or not isinstance(value, int) or value < 0:
            raise JobMalformed(f"{name} is not a whole number from 0 on")
        return value

    def hours(self, name: str) -> float | None:
        """A UTC offset, or None if nobody knew it."""
        value = self._values.get(name)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | float) or not -24 < value < 24:
            raise JobMalformed(f"{name} is not an offset from UTC")
        return float(value)

    def flag(self, name: str, *, default: bool = False) -> bool:
        return self._values.get(name, default) is True

    def flag_or_nothing(self, name: str) -> bool | None:
        value = self._values.get(name)
        return value if isinstance(value, bool) else None

    def inner(self, name: str) -> "_Fields":
        value = self._values.get(name)
        if not isinstance(value, Mapping):
            raise JobMalformed(f"{name} is missing or not an object")
        return _Fields(value)


def _job(values: _Fields) -> "Job":
    from monitors_bot.domain.answers.conversation import Job  # noqa: PLC0415 - loads the wing of answers

    return Job(
        id=values.id("id"),
        platform=values.text("platform"),
        command=_command(values.inner("command")),
        asked_at=values.time("asked_at"),
        correlation_id=values.text("correlation_id"),
    )


def _command(values: _Fields) -> "Command":
    from monitors_bot.domain.answers.conversation import Command  # noqa: PLC0415 - loads the wing of answers

    names = [field.name for field in fields(Command) if field.type is str and field.name != "team_id"]
    texts = {name: values.text(name, LONGEST_COMMAND) for name in names}
    return Command(
        **texts,  # type: ignore[arg-type]  # all are texts
        # Messages of older versions lack these.
        team_id=values.text_or_nothing("team_id"),
        share=values.flag_or_nothing("share"),
        replaces_original=values.flag_or_nothing("replaces_original"),
        has_escaped_mention=values.flag("has_escaped_mention"),
        utc_offset=values.hours("utc_offset"),
        may_share=values.flag("may_share", default=True),
    )


def _page(values: _Fields) -> "Page":
    from monitors_bot.domain.notices.messages import Mention, Page  # noqa: PLC0415 - loads the wing of notices

    mention = values.text("mention")
    if mention not in set(Mention):
        raise JobMalformed("mention is not a known value")
    return Page(
        id=values.id("id"),
        unit=values.text("unit"),
        message=values.text("message"),
        channel=values.text("channel"),
        mention=Mention(mention),
        is_cut=values.flag("is_cut"),
        correlation_id=values.text("correlation_id"),
    )


def _event(values: _Fields) -> "Event":
    from monitors_bot.domain.notices.messages import Event  # noqa: PLC0415 - loads the wing of notices

    return Event(
        id=values.id("id"),
        type=values.text("type"),
        department_id=values.text("department_id"),
        correlation_id=values.text("correlation_id"),
        # Messages of older versions lack these.
        conversation=values.id_or_nothing("conversation"),
        received_at=values.time_or_zero("received_at"),
        is_served=values.flag("is_served"),
        is_news=values.flag("is_news", default=True),
        old_department_id=values.text_or_nothing("old_department_id"),
    )


def _turn(values: _Fields) -> "Turn":
    from monitors_bot.domain.notices.messages import Turn  # noqa: PLC0415 - loads the wing of notices

    return Turn(values.text("unit_id"), values.time("due"))


def _slice(values: _Fields) -> "Slice":
    from monitors_bot.domain.digests.slices import Slice  # noqa: PLC0415 - loads the wing of digests

    return Slice(values.id("run"), values.number("slice"))


_READERS: Mapping[str, Callable[[_Fields], "Message"]] = {
    "late-answer": _job,
    "page": _page,
    "event": _event,
    "turn": _turn,
    "run": _slice,
}
