"""Rocket.Chat's outgoing webhooks: https://docs.rocket.chat/docs/integrations"""

from collections.abc import Mapping, Sequence

from monitors_bot.domain.answers.conversation import Command
from monitors_bot.platforms import Patience, Room, any_secret, sends_no_probes, suggests_nothing
from monitors_bot.platforms.proof import require_any
from monitors_bot.platforms.rocketchat.reply import render_reply
from monitors_bot.text import with_emoji
from monitors_bot.web import Request, json_object, text_field

NAME = "rocketchat"
PATH = "/rocketchat/command"
SECRET_KEY = "rocketchat_webhook_token"  # noqa: S105 - the name of a key
NAMES_OF_EMOJI = ("joypixels",)
"""Rocket.Chat leaves a typed emoji as it is; its picker writes the name."""
CONTENT_TYPE = "application/json"
PATIENCE = Patience.LONG
"""The webhook waits for twenty seconds, and everybody in the room would read a "still looking"."""
RESPONSE_URL_VARIABLE = RESPONSE_URL_DEFAULT = ""
ANSWERS_TO_URL = False
IS_PUBLIC = True
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
suggested_for = suggests_nothing
can_work = any_secret


def verify(request: Request, secrets: Sequence[str], now: float) -> None:  # noqa: ARG001 - nothing is dated
    """Reject a request without the integration's token, which is the only proof there is."""
    require_any(json_object(request.body).get("token"), secrets)


def read_command(request: Request) -> Command | None:
    """Read a person's message that begins with the trigger word; return None for any other message."""
    fields = json_object(request.body)
    if fields.get("bot") or fields.get("isEdited"):
        return None
    text, word = text_field(fields, "text"), fields.get("trigger_word")
    if not isinstance(word, str) or not _begins_with_word(text, word):
        return None
    room_id = text_field(fields, "channel_id")
    return Command(
        word=word,
        text=with_emoji(text[len(word) :], *NAMES_OF_EMOJI),
        user_id=text_field(fields, "user_id"),
        user_name=_text_or_nothing(fields, "user_name"),
        message_id=text_field(fields, "message_id"),
        unnamed_room_id="" if _text_or_nothing(fields, "channel_name") else room_id,
        room_id=room_id,
        thread_id=_text_or_nothing(fields, "tmid"),
        may_share=False,  # everybody in the room reads each answer
    )


def late_address(command: Command) -> Room | None:
    return Room(command.room_id, command.thread_id) if command.room_id else None


def _begins_with_word(text: str, word: str) -> bool:
    rest = text[len(word) :]
    return bool(word) and text.startswith(word) and (not rest or rest[0].isspace())


def _text_or_nothing(fields: Mapping[str, object], name: str) -> str:
    return text_field(fields, name) if fields.get(name) else ""
