"""Rocket.Chat's Omnichannel webhook: https://docs.rocket.chat/docs/omnichannel-webhooks-configuration

Its bodies hold the visitor's token and the whole conversation. Of both, only a hash of the body is kept.
"""

import re
from collections.abc import Container, Mapping, Sequence
from hashlib import sha256

from monitors_bot.domain.notices.messages import Event
from monitors_bot.errors import RequestMalformed
from monitors_bot.platforms.proof import require_any
from monitors_bot.web import Request, json_object, text_field

NAME = "omnichannel"
SECRET_KEY = "rocketchat_livechat_token"  # noqa: S105 - the name of a key
TOKEN = "x-rocketchat-livechat-token"  # noqa: S105 - the name of a header
FORWARDED = "LivechatSessionForwarded"

_ID = re.compile(r"[0-9A-Za-z_-]{1,64}", re.ASCII)


def usable(secrets: Sequence[str]) -> Sequence[str]:
    return secrets


def verify(request: Request, secrets: Sequence[str], now: float) -> None:  # noqa: ARG001 - nothing is dated
    """Reject a request without the token, which is the only proof there is."""
    require_any(request.headers.get(TOKEN), secrets)


def read(request: Request, wanted: Container[str]) -> Event | None:
    """Read an event of a wanted type in a department; None for any other, and where nobody came or waits."""
    fields = json_object(request.body)
    kind = text_field(fields, "type")
    if kind not in wanted or not fields.get("departmentId"):
        return None
    room_id, department_id = text_field(fields, "_id"), text_field(fields, "departmentId")
    if not _ID.fullmatch(department_id):
        raise RequestMalformed("the field departmentId is no id")
    if kind == FORWARDED and _is_between_agents(fields, department_id):
        return None
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
    )


def _is_between_agents(fields: Mapping[str, object], department_id: str) -> bool:
    """Whether the conversation only went from one agent to another of the same department."""
    has_agents = bool(fields.get("servedBy")) and bool(fields.get("oldServedBy"))
    return has_agents and fields.get("oldDepartmentId") in (None, "", department_id)


def _hash(what: bytes, content: bytes) -> str:
    return sha256(what + b" " + content).hexdigest()[:32]
