"""The page webhook: any system reports a problem with a unit, signed as a Standard Webhook."""

from collections.abc import Mapping
from hashlib import sha256

from monitors_bot.domain.notices.messages import LONGEST_MESSAGE, Mention, Page
from monitors_bot.errors import RequestMalformed
from monitors_bot.platforms import standard_webhooks
from monitors_bot.text import is_channel
from monitors_bot.web import Request, json_object, text_field

NAME = "page"
SECRET_KEY = "webhook_secret"  # noqa: S105 - the name of a key
LONGEST_UNIT = 1000

usable = standard_webhooks.keys
verify = standard_webhooks.verify


def id_of(request: Request) -> str:
    """Derive the page's id from the webhook's, which is the same for every attempt to deliver it."""
    return sha256(b"page " + request.headers.get("webhook-id", "").encode()).hexdigest()[:32]


def read(request: Request, usual_channel: str) -> Page:
    """Read a page; if it names no channel, `usual_channel` is used, and an empty one makes it malformed."""
    fields = json_object(request.body)
    message = _text(fields, "message")
    return Page(
        id=id_of(request),
        unit=_unit(fields),
        message=message[:LONGEST_MESSAGE],
        channel=_channel(fields, usual_channel),
        mention=_mention(fields),
        is_cut=len(message) > LONGEST_MESSAGE,
        correlation_id=request.id,
    )


def _unit(fields: Mapping[str, object]) -> str:
    unit = _text(fields, "unit")
    if len(unit) > LONGEST_UNIT:
        raise RequestMalformed(f"unit has more than {LONGEST_UNIT} characters")
    return unit


def _channel(fields: Mapping[str, object], usual: str) -> str:
    channel = usual if fields.get("channel") is None else _text(fields, "channel")
    if not channel:
        raise RequestMalformed("there is no channel, and no usual one either")
    if not is_channel(channel):
        raise RequestMalformed("channel is not #name, @user or the id of a room")
    return channel


def _mention(fields: Mapping[str, object]) -> Mention:
    value = fields.get("mention")
    if value is None:
        return Mention.ONLINE
    try:
        return Mention(value if isinstance(value, str) else "")
    except ValueError as error:
        raise RequestMalformed(f"mention is not one of {', '.join(Mention)}") from error


def _text(fields: Mapping[str, object], name: str) -> str:
    text = text_field(fields, name).strip()
    if not text:
        raise RequestMalformed(f"{name} is empty")
    return text
