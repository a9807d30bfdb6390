"""Rocket.Chat's Markdown and messages; foreign text in them mentions nobody and formats nothing."""

import re
from collections.abc import Sequence

from monitors_bot.domain.answers.conversation import Choice

TEXT_LIMIT = 4900
"""The server allows 5000 characters by default (Message_MaxAllowedSize); the rest is a margin."""
HIDDEN_RESERVE = 400
"""Room for the line that counts what is left out."""

_MARKERS = re.compile(r"[*~`]|(?<!\w)_|_(?!\w)")
_LIVE = re.compile(r"[@#\[\]<|]|:(?=//)|(?<!\d):(?=[\w+-]+:)")
"""Matches what turns the text after it into a mention, a channel, a link, a spoiler or an emoji."""
_NOT_BOLD = frozenset("*_~`\\")
"""Text with one of these is not made bold: inside bold text, the server's Markdown has no escaping."""


def escape(text: str) -> str:
    """Escape foreign text, so that it mentions nobody and formats nothing."""
    return _LIVE.sub("\\g<0>\u200b", _MARKERS.sub(r"\\\g<0>", text))


def bold(text: str) -> str:
    """Make text bold if that is safe; else put a U+200B in front, lest a quote, list or heading begin."""
    return f"\u200b{escape(text)}" if _NOT_BOLD.intersection(text) else f"*{escape(text)}*"


def italic(text: str) -> str:
    return f"_{escape(text)}_"


def row(cells: Sequence[str]) -> str:
    """Render a row of a table on one line, with its first cell in bold and without empty cells."""
    first, *rest = cells
    return " · ".join([bold(first), *(escape(cell) for cell in rest if cell)])


def write_choice(choice: Choice) -> str:
    code = choice.command.replace("`", "'").replace("@", "@\u200b")
    return f"{escape(choice.label)}: `{code}`"


def message(head: Sequence[str], body: Sequence[str] = ()) -> dict[str, object]:
    """Return a message with the lines of `head`, and those of `body` below them in an attachment."""
    attachments = {"attachments": [{"text": "\n".join(body)}]} if body else {}
    return {"text": "\n".join(head), **attachments}
