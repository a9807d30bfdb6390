"""What Rocket.Chat does with the answer to an outgoing webhook."""

import json
from collections.abc import Mapping
from typing import Any

from tests.fakes.rocketchat.api import ApiError
from tests.fakes.rocketchat.attachments import check_attachments
from tests.fakes.rocketchat.messages import is_oversized
from tests.fakes.rocketchat.records import Json

POSTED_STATUSES = {200, 201, 202}
POSTED_TYPES = {"application/json", "text/javascript", "application/javascript", "application/x-javascript"}
FATES = {410: "the integration is switched off", 500: "not tried again"}
MESSAGE_LIMIT = 5000


class WebhookAnswerRefused(Exception):
    """Rocket.Chat would count this answer as failed, or would not post the text in it."""


def accept_webhook_answer(status: int, headers: Mapping[str, str], body: bytes) -> Json | None:
    """Return the message that would be posted, or None where the answer asks for none."""
    _check_status(status, body)
    answer = _parsed(body)
    if not answer.get("text") and not answer.get("attachments"):
        return None
    _check_content_type(headers)
    _check_text(answer)
    _check_attachments(answer.get("attachments") or [])
    return {key: value for key, value in answer.items() if key != "text"} | {
        "msg": (answer.get("text") or "").strip()
    }


def _check_status(status: int, body: bytes) -> None:
    if not body:
        raise WebhookAnswerRefused("an empty body counts as failed")
    if status not in POSTED_STATUSES:
        raise WebhookAnswerRefused(f"status {status}: {FATES.get(status, 'tried again')}")


def _parsed(body: bytes) -> Json:
    try:
        answer = json.loads(body)
    except ValueError as error:
        raise WebhookAnswerRefused("the body is not JSON") from error
    if not isinstance(answer, dict):
        raise WebhookAnswerRefused("the body is not an object")
    return answer


def _check_content_type(headers: Mapping[str, str]) -> None:
    lower = {name.lower(): value for name, value in headers.items()}
    content_type = lower.get("content-type", "").split(";")[0].strip().lower()
    if content_type not in POSTED_TYPES:
        raise WebhookAnswerRefused(f"content type {content_type!r} is not posted")


def _check_text(answer: Json) -> None:
    text = answer.get("text") or ""
    if not isinstance(text, str):
        raise WebhookAnswerRefused("the text is not a string")
    _check_size(text)


def _check_attachments(attachments: Any) -> None:
    if not isinstance(attachments, list):
        raise WebhookAnswerRefused("attachments is not a list")
    try:
        check_attachments(attachments)
    except ApiError as error:
        raise WebhookAnswerRefused(error.body["error"]) from error
    for attachment in attachments:
        _check_size(attachment.get("text") or "")


def _check_size(text: str) -> None:
    if is_oversized(text, MESSAGE_LIMIT):
        raise WebhookAnswerRefused(f"a text has more than {MESSAGE_LIMIT} characters")
