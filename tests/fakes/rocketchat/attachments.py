"""What Rocket.Chat demands of a message's attachments before it is stored."""

import re
from typing import Any

from tests.fakes.rocketchat.api import failure
from tests.fakes.rocketchat.records import Json

LINKS = (
    "title_link",
    "author_link",
    "author_icon",
    "thumb_url",
    "image_url",
    "audio_url",
    "video_url",
    "message_link",
)
TYPES: dict[str, tuple[type, ...]] = {
    "title": (str,),
    "text": (str,),
    "color": (str,),
    "author_name": (str,),
    "collapsed": (bool,),
    "ts": (str, int, float),
    "fields": (list,),
}
FIELD_TYPES: dict[str, tuple[type, ...]] = {
    "title": (str,),
    "value": (str, int, float, bool),
    "short": (bool,),
}
FULL_URL = re.compile(r"https?://|/file-upload/")


def check_attachments(attachments: list[Any]) -> None:
    """Refuse the whole message for one wrong attachment."""
    for attachment in attachments:
        _check_attachment(attachment)


def _check_attachment(attachment: Any) -> None:
    if not isinstance(attachment, dict):
        raise failure("Match error: Expected object")
    _check_types(attachment, TYPES)
    for link in LINKS:
        _check_link(attachment.get(link))
    for each in attachment.get("fields") or []:
        _check_field(each)


def _check_field(field: Any) -> None:
    if not isinstance(field, dict):
        raise failure("Match error: Expected object")
    _check_types(field, FIELD_TYPES)
    if not field.get("title") or not field.get("value"):
        raise failure("Invalid attachment field, title and value is required")


def _check_types(item: Json, types: dict[str, tuple[type, ...]]) -> None:
    for key, allowed in types.items():
        if item.get(key) is not None and not _is_one_of(item[key], allowed):
            raise failure(f"Match error: Expected {allowed[0].__name__} in field {key}")


def _is_one_of(value: Any, allowed: tuple[type, ...]) -> bool:
    """As isinstance, but a boolean is no number."""
    return type(value) in allowed


def _check_link(link: Any) -> None:
    if link is None:
        return
    if not isinstance(link, str) or not FULL_URL.match(link):
        raise failure("Invalid href value provided")
