"""Rocket.Chat's Omnichannel webhook: https://docs.rocket.chat/docs/omnichannel-webhooks-configuration

Its bodies hold the visitor's token and the whole conversation. Of both, only a hash of the body is kept.
"""

import re
from collections.abc import Container, Mapping, Sequence
from hashlib import sha256
from typing import TypeGuard

from monitors_bot.domain.notices.messages import Event
from monitors_bot.errors import RequestMalformed
from monitors_bot.platforms.proof import require_any
from monitors_bot.web import Request, json_object, text_field

NAME = "omnichannel"
SECRET_KEY = "rocketchat_livechat_token"  # noqa: S105 - the name of a key
TOKEN = "x-rocketchat-livechat-token"  # noqa: S105 - the name of a header
QUEUED, FORWARDED = "LivechatSessionQueued", "LivechatSessionForwarded"
SERVED = frozenset({"LivechatSessionTaken", "LivechatSession"})
"""The types of events after which a customer does not wait any more."""

_ID = re.compile(r"[0-9A-Za-z_-]{1,64}", re.ASCII)


def usable(secrets: Sequence[str]) -> Sequence[str]:
    return secrets


def verify(request: Request, secrets: Sequence[str], now: float) -> None:  # noqa: ARG001 - nothing is dated
    """Reject a request without the token, which is the only proof there is."""
    require_any(request.headers.get(TOKEN), secrets)


def read(request: Request, wanted: Container[str]) -> Event | None:
    """Read an event in a department, of a wanted type or after which a customer waits no more; else None."""
    fields = json_object(request.body)
    kind = text_field(fields, "type")
    is_news = kind in wanted and not _is_between_agents(fields, kind)
    if not (is_news or (QUEUED in wanted and _ends_waiting(fields, kind))) or not fields.get("departmentId"):
        return None
    room_id, department_id = text_field(fields, "_id"), text_field(fields, "departmentId")
    if not _is_id(department_id):
        raise RequestMalformed("the field departmentId is not an id")
    old_department_id = fields.get("oldDepartmentId")
    return Event(
        # Two events of one conversation may be equal in type, department and times. Only one that the server
        # sends again has the same body.
        id=_hash(b"event", request.body),
        type=kind,
        department_id=department_id,
        correlation_id=request.id,
        conversation=_hash(b"conversation", room_id.encode()),
        received_at=request.received_at,
        is_served=bool(fields.get("servedBy")),
        is_news=is_news,
        old_department_id=old_department_id if _is_id(old_department_id) else "",
    )


def _is_between_agents(fields: Mapping[str, object], kind: str) -> bool:
    """Whether the conversation only went from one agent to another of the same department."""
    has_agents = bool(fields.get("servedBy")) and bool(fields.get("oldServedBy"))
    is_same_department = fields.get("oldDepartmentId") in (None, "", fields.get("departmentId"))
    return kind == FORWARDED and has_agents and is_same_department


def _ends_waiting(fields: Mapping[str, object], kind: str) -> bool:
    return kind in SERVED or (kind == FORWARDED and bool(fields.get("servedBy")))


def _is_id(value: object) -> TypeGuard[str]:
    return isinstance(value, str) and _ID.fullmatch(value) is not None


def _hash(what: bytes, content: bytes) -> str:
    return sha256(what + b" " + content).hexdigest()[:32]
