"""Jobs on the queue of late answers: as JSON, with nothing secret in it."""

import json
import os
import re
from collections.abc import Mapping
from dataclasses import asdict, fields

from monitors_bot.aws.signed import SignedAws
from monitors_bot.deadline import Deadline
from monitors_bot.domain.answers.conversation import Command, Job
from monitors_bot.errors import JobMalformed
from monitors_bot.text import is_encodable

KIND = "late-answer"
LATEST = 1e11
"""Epoch seconds that no clock shows before the year 5000."""
_ID = re.compile(r"[0-9a-f]{32}", re.ASCII)
LONGEST_TEXT = 4096
"""Characters of a command that a job carries; a longer one names no unit that anybody has."""


class JobQueue:
    """The way jobs go to the worker."""

    def __init__(self, aws: SignedAws, queue_url: str) -> None:
        self._aws = aws
        self._queue_url = queue_url

    def put(self, job: Job, deadline: Deadline) -> None:
        """Queue a job; raise ServerUnreachable if it may not be queued, JobMalformed if it can't be read."""
        body = write_job(job)
        read_job(body)
        message = {"QueueUrl": self._queue_url, "MessageBody": body}
        self._aws.call("sqs", "AmazonSQS.SendMessage", message, deadline)


def new_id() -> str:
    return os.urandom(16).hex()


def write_job(job: Job) -> str:
    return json.dumps({"kind": KIND, **asdict(job)})


def read_job(body: str) -> Job:
    """Read what `write_job` wrote, and nothing else; raise JobMalformed."""
    try:
        values = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise JobMalformed("not JSON") from error
    if not isinstance(values, dict) or values.get("kind") != KIND:
        raise JobMalformed("not a late answer")
    asked_at = values.get("asked_at")
    if isinstance(asked_at, bool) or not isinstance(asked_at, int | float) or not 0 <= asked_at < LATEST:
        raise JobMalformed("asked_at is no time")
    if not _ID.fullmatch(_text(values, "id")):
        raise JobMalformed("id is none of ours")
    return Job(
        id=_text(values, "id"),
        platform=_text(values, "platform"),
        command=_command(values.get("command")),
        asked_at=float(asked_at),
        correlation_id=_text(values, "correlation_id"),
    )


def _command(values: object) -> Command:
    if not isinstance(values, Mapping):
        raise JobMalformed("no command")
    texts = [field.name for field in fields(Command) if field.type is str]
    return Command(
        **{name: _text(values, name) for name in texts},
        has_escaped_mention=values.get("has_escaped_mention") is True,
    )


def _text(values: Mapping[str, object], name: str) -> str:
    value = values.get(name)
    if not isinstance(value, str) or not is_encodable(value) or len(value) > LONGEST_TEXT:
        raise JobMalformed(f"{name} is missing or no text")
    return value
