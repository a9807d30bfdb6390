"""Rocket.Chat's Omnichannel webhook: https://docs.rocket.chat/docs/omnichannel-webhooks-configuration

Its bodies contain the visitor's token and the whole conversation; neither is read.
"""

import json
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
TIMES = ("createdAt", "lastMessageAt", "closedAt")

_ID = re.compile(r"[0-9A-Za-z_-]{1,64}", re.ASCII)


def usable(secrets: Sequence[str]) -> Sequence[str]:
    return secrets


def verify(request: Request, secrets: Sequence[str], now: float) -> None:  # noqa: ARG001 - nothing is dated
    """Reject a request without the token, which is the only proof there is."""
    require_any(request.headers.get(TOKEN), secrets)


def read(request: Request, wanted: Container[str]) -> Event | None:
    """Read an event of a wanted type in a department; return None for any other event."""
    fields = json_object(request.body)
    kind = text_field(fields, "type")
    if kind not in wanted or not fields.get("departmentId"):
        return None
    department_id = text_field(fields, "departmentId")
    if not _ID.fullmatch(department_id):
        raise RequestMalformed("the field departmentId is not an id")
    return Event(_id_of(fields, kind, department_id), kind, department_id, request.id)


def _id_of(fields: Mapping[str, object], kind: str, department_id: str) -> str:
    """Derive an id for the event, which has none; it is the same if the server sends the event again."""
    times = [value if isinstance(value := fields.get(name), str | int) else None for name in TIMES]
    identity = json.dumps([kind, text_field(fields, "_id"), department_id, *times])
    return sha256(identity.encode()).hexdigest()[:32]
