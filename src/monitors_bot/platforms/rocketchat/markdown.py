"""Rocket.Chat's Markdown, in which foreign text mentions nobody and formats nothing, and its messages."""

import re
from collections.abc import Sequence

from monitors_bot.domain.answers.conversation import Choice

TEXT_LIMIT = 4900
"""The server takes 5000 characters by default (Message_MaxAllowedSize); a whole message stays below."""
HIDDEN_RESERVE = 400
"""Room for the line that counts what is left out."""

_MARKERS = re.compile(r"[*~`]|(?<!\w)_|_(?!\w)")
_LIVE = re.compile(r"[@#\[\]<|]|:(?=//)|:(?=[\w+-]+:)(?!(?<=\d:)\d+:)")
"""What makes a mention, a channel, a link, a spoiler or an emoji of the text after it."""
_NOT_BOLD = frozenset("*_~`\\")
"""Inside bold text the server's Markdown knows no escaping."""


def escape(text: str) -> str:
    """Make foreign text mention nobody and format nothing."""
    return _LIVE.sub("\\g<0>\u200b", _MARKERS.sub(r"\\\g<0>", text))


def bold(text: str) -> str:
    """Bold where that is safe; else behind a U+200B, so that no quote, list or heading begins."""
    return f"\u200b{escape(text)}" if _NOT_BOLD.intersection(text) else f"*{escape(text)}*"


def italic(text: str) -> str:
    return f"_{escape(text)}_"


def row(cells: Sequence[str]) -> str:
    """A row of a table, its first cell in bold; empty cells are left out."""
    first, *rest = cells
    return " · ".join([bold(first), *(escape(cell) for cell in rest if cell)])


def write_choice(choice: Choice) -> str:
    code = choice.command.replace("`", "'").replace("@", "@\u200b")
    return f"{escape(choice.label)}: `{code}`"


def message(head: Sequence[str], body: Sequence[str] = ()) -> dict[str, object]:
    """A message of some lines, with more below them in an attachment."""
    attachments = {"attachments": [{"text": "\n".join(body)}]} if body else {}
    return {"text": "\n".join(head), **attachments}
