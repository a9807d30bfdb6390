"""The bodies that posting accepts: strict from 8.8 on, forgiving before."""

from typing import Any

from tests.fakes.rocketchat.api import ApiError, invalid_parameters
from tests.fakes.rocketchat.records import Json, Settings

OBJECT_TYPES: dict[str, type] = {"attachments": list, "customFields": dict, "parseUrls": bool}
MESSAGE_TYPES: dict[str, type] = {"_id": str, "rid": str, "msg": str, "tmid": str, "attachments": list}
TEXT_KEYS = {"text", "alias", "emoji", "avatar", "tmid"}


def check_post(body: Json, settings: Settings) -> None:
    """Refuse what the strict schema of chat.postMessage refuses, where the server is that new."""
    if settings.strict_bodies:
        _check_targets(body, settings)
        _check_keys(body, settings)
        _check_values(body, settings)


def check_send(body: Json, settings: Settings) -> Json:
    message = body.get("message")
    if not isinstance(message, dict):
        raise invalid_parameters(settings, "must have required property 'message'")
    if settings.strict_bodies and body.keys() - {"message", "previewUrls"}:
        raise invalid_parameters(settings, "must NOT have additional properties")
    for key, wanted in MESSAGE_TYPES.items():
        if not _is_or_null(message.get(key), wanted):
            raise _mismatch(key, settings)
    return message


def _check_targets(body: Json, settings: Settings) -> None:
    if ("roomId" in body) == ("channel" in body):
        raise invalid_parameters(settings, "must match exactly one schema in oneOf")
    targets = body.get("roomId", body.get("channel"))
    for target in targets if isinstance(targets, list) else [targets]:
        if not isinstance(target, str):
            raise _mismatch("roomId", settings)


def _check_keys(body: Json, settings: Settings) -> None:
    if body.keys() - TEXT_KEYS - OBJECT_TYPES.keys() - {"roomId", "channel"}:
        raise invalid_parameters(settings, "must NOT have additional properties")
    if "tmid" in body and "channel" in body:
        raise invalid_parameters(settings, "must NOT have additional properties")


def _check_values(body: Json, settings: Settings) -> None:
    for key in TEXT_KEYS & body.keys():
        if isinstance(body[key], list | dict):
            raise _mismatch(key, settings)
    for key, wanted in OBJECT_TYPES.items():
        if not _is_or_null(body.get(key), wanted):
            raise _mismatch(key, settings)
    if not all(isinstance(attachment, dict) for attachment in body.get("attachments") or []):
        raise _mismatch("attachments", settings)


def _is_or_null(value: Any, wanted: type) -> bool:
    return value is None or isinstance(value, wanted)


def _mismatch(key: str, settings: Settings) -> ApiError:
    return invalid_parameters(settings, f"must have the right type: {key}")
