"""The companion app inside Rocket.Chat, which owns the slash command: rocketchat-app/ in this repository."""

from collections.abc import Mapping

from monitors_bot.domain.answers.conversation import Command, Reply
from monitors_bot.errors import RequestMalformed
from monitors_bot.platforms import Patience, sends_no_probes, standard_webhooks
from monitors_bot.platforms.rocketchat import reply as rocketchat
from monitors_bot.text import with_emoji
from monitors_bot.web import Request, json_object, text_field

NAME = "rocketchat-app"
PATH = "/rocketchat/app"
SECRET_KEY = "rocketchat_app_secret"  # noqa: S105 - the name of a key
NAMES_OF_EMOJI = ("joypixels",)
"""Rocket.Chat leaves a typed emoji as it is; its picker writes the name."""
CONTENT_TYPE = "application/json"
PATIENCE = Patience.SHORT
"""Whoever asked watches the message box until the answer comes; there are no late answers."""
RESPONSE_URL_VARIABLE = RESPONSE_URL_DEFAULT = ""
ANSWERS_TO_URL = IS_PUBLIC = False
WORD = "/monitors"
OF_STAFF = ("c", "p", "d")
"""The types of rooms that customers never read: channels, private groups, direct messages."""
MOST_OFFSET_HOURS = 14
__all__ = [
    "ANSWERS_TO_URL",
    "CONTENT_TYPE",
    "IS_PUBLIC",
    "NAME",
    "PATH",
    "PATIENCE",
    "RESPONSE_URL_DEFAULT",
    "RESPONSE_URL_VARIABLE",
    "SECRET_KEY",
    "can_work",
    "is_probe",
    "late_address",
    "read_command",
    "render_reply",
    "suggested_for",
    "verify",
]

is_probe = sends_no_probes
verify = standard_webhooks.verify


def can_work(secret: str) -> bool:
    return bool(standard_webhooks.keys([secret]))


def read_command(request: Request) -> Command:
    """Read what somebody typed, or is typing: see `suggested_for`.

    A room counts as a customer's unless its type says otherwise: the app may be older than a type of room.
    """
    fields = json_object(request.body)
    user, room = _object(fields, "user"), _object(fields, "room")
    is_with_customer = room.get("type") not in OF_STAFF
    return Command(
        word=WORD,
        text=with_emoji(text_field(fields, "text"), *NAMES_OF_EMOJI),
        user_id=text_field(user, "id"),
        user_name=text_field(user, "username"),
        room_id=text_field(room, "id"),
        utc_offset=_offset(user.get("utcOffset")),
        is_with_customer=is_with_customer,
        may_share=not is_with_customer,
    )


def suggested_for(request: Request) -> str | None:
    """What somebody has typed so far and wants suggestions for; None for a command that was sent."""
    fields = json_object(request.body)
    return None if fields.get("suggest") is None else text_field(fields, "suggest")


def render_reply(reply: Reply, command: Command) -> dict[str, object]:
    """Render a reply; the app knows the room and the thread."""
    shared = reply.shared and not command.is_with_customer
    return {"visibility": "channel" if shared else "ephemeral", **rocketchat.render_reply(reply, command)}


def late_address(_: Command) -> None:
    """No answer follows later: a private message can only be sent while its reader is there."""


def _object(fields: Mapping[str, object], name: str) -> Mapping[str, object]:
    value = fields.get(name)
    if not isinstance(value, dict):
        raise RequestMalformed(f"the field {name} is not an object")
    return value


def _offset(value: object) -> float | None:
    """Read hours ahead of UTC; anything else is not known."""
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return float(value) if is_number and -MOST_OFFSET_HOURS <= value <= MOST_OFFSET_HOURS else None  # type: ignore[arg-type, operator]
