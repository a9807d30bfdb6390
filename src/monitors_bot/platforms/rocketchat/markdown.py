"""Rocket.Chat's Markdown: foreign text is written so that it mentions nobody and formats nothing."""

import re
from collections.abc import Sequence

from monitors_bot.domain.answers.conversation import Choice

TEXT_LIMIT = 4900
"""The server takes 5000 characters by default (Message_MaxAllowedSize); the whole reply stays below."""
HIDDEN_RESERVE = 400

_MARKERS = re.compile(r"[*~`]|(?<!\w)_|_(?!\w)")
_LIVE = re.compile(r"[@#\[\]<|]|:(?=//)|(?<!\d):(?=[\w+-]+:)")
"""What makes a mention, a channel, a link, a spoiler or an emoji of the text after it."""
_NOT_BOLD = frozenset("*_~`\\")
"""Inside bold text the server's Markdown knows no escaping."""


def write_choice(choice: Choice) -> str:
    code = choice.command.replace("`", "'").replace("@", "@\u200b")
    return f"{escape(choice.label)}: `{code}`"


def bold(text: str) -> str:
    """Bold where that is safe; else behind a U+200B, so that no quote, list or heading begins."""
    return f"\u200b{escape(text)}" if _NOT_BOLD.intersection(text) else f"*{escape(text)}*"


def escape(text: str) -> str:
    """Make foreign text mention nobody and format nothing."""
    return _LIVE.sub("\\g<0>\u200b", _MARKERS.sub(r"\\\g<0>", text))


def row(cells: Sequence[str]) -> str:
    first, *rest = cells
    return " · ".join([bold(first), *(escape(cell) for cell in rest if cell)])
