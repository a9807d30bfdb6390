"""Rocket.Chat's outgoing webhooks: https://docs.rocket.chat/docs/integrations"""

import re
from collections.abc import Mapping, Sequence

from monitors_bot.domain.conversation import Choice, Command, Reply
from monitors_bot.platforms.fitting import fit, left_out, size
from monitors_bot.platforms.proof import require_any
from monitors_bot.web import Request, json_object, text_field

NAME = "rocketchat"
SECRET_KEY = "rocketchat_webhook_token"  # noqa: S105 - the name of a key
CONTENT_TYPE = "application/json"
TEXT_LIMIT = 4900
"""The server takes 5000 characters by default (Message_MaxAllowedSize); the whole reply stays below."""
HIDDEN_RESERVE = 400

_MARKERS = re.compile(r"[*~`]|(?<!\w)_|_(?!\w)")
_LIVE = re.compile(r"[@#\[\]<|]|:(?=//)|(?<!\d):(?=[\w+-]+:)")
"""What makes a mention, a channel, a link, a spoiler or an emoji of the text after it."""
_NOT_BOLD = frozenset("*_~`\\")
"""Inside bold text the server's Markdown knows no escaping."""


def verify(request: Request, secrets: Sequence[str], now: float) -> None:  # noqa: ARG001 - nothing is dated
    """Reject whatever lacks the integration's token, which is the only proof there is."""
    require_any(json_object(request.body).get("token"), secrets)


def read_command(request: Request) -> Command | None:
    """Read a message of a person that begins with the trigger word; None for any other."""
    fields = json_object(request.body)
    if fields.get("bot") or fields.get("isEdited"):
        return None
    text, word = text_field(fields, "text"), fields.get("trigger_word")
    if not isinstance(word, str) or not _begins_with_word(text, word):
        return None
    room_id = text_field(fields, "channel_id")
    return Command(
        word=word,
        text=text[len(word) :],
        user_id=text_field(fields, "user_id"),
        user_name=_text_or_nothing(fields, "user_name"),
        message_id=text_field(fields, "message_id"),
        unnamed_room_id="" if _text_or_nothing(fields, "channel_name") else room_id,
        room_id=room_id,
        thread_id=_text_or_nothing(fields, "tmid"),
    )


def render_reply(reply: Reply, command: Command) -> dict[str, object]:
    """Answer with a text and an attachment; whoever reads the room reads it."""
    before = [bold(reply.title), *(escape(detail) for detail in reply.details)]
    after = [f"_{escape(reply.source)}_"] if reply.source else []
    rows = [_row(cells) for cells in reply.table.rows] if reply.table else []
    choices = [f"• {write_choice(choice)}" for choice in reply.choices]
    room = TEXT_LIMIT - HIDDEN_RESERVE - sum(size(line) + 1 for line in (*before, *after))
    shown = (fit([*rows, *choices], room) or [[]])[0]
    hidden = left_out(reply.hidden, max(0, len(rows or choices) - len(shown)), write_choice)
    text = "\n".join(before)
    body = "\n".join((*shown, *hidden, *after))
    guard = "\u200b" if command.word and text.startswith(command.word) else ""
    return {"text": guard + text, **({"attachments": [{"text": body}]} if body else {})}


def _begins_with_word(text: str, word: str) -> bool:
    rest = text[len(word) :]
    return bool(word) and text.startswith(word) and (not rest or rest[0].isspace())


def _text_or_nothing(fields: Mapping[str, object], name: str) -> str:
    return text_field(fields, name) if fields.get(name) else ""


def _row(cells: Sequence[str]) -> str:
    first, *rest = cells
    return " · ".join([bold(first), *(escape(cell) for cell in rest if cell)])


def write_choice(choice: Choice) -> str:
    code = choice.command.replace("`", "'").replace("@", "@\u200b")
    return f"{escape(choice.label)}: `{code}`"


def bold(text: str) -> str:
    """Bold where that is safe; else behind a U+200B, so that no quote, list or heading begins."""
    return f"\u200b{escape(text)}" if _NOT_BOLD.intersection(text) else f"*{escape(text)}*"


def escape(text: str) -> str:
    """Make foreign text mention nobody and format nothing."""
    return _LIVE.sub("\\g<0>\u200b", _MARKERS.sub(r"\\\g<0>", text))
