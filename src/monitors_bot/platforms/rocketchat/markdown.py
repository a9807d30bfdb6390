"""Rocket.Chat's Markdown and messages; foreign text in them mentions nobody and formats nothing."""

import re
from collections.abc import Sequence

from monitors_bot.domain.answers.conversation import Choice

TEXT_LIMIT = 4900
"""The server allows 5000 characters by default (Message_MaxAllowedSize); the rest is a margin."""
HIDDEN_RESERVE = 400
"""Room for the line that counts what is left out."""
_BREAK = "  \n"
"""Before 8.3.0 the web client shows a newline alone as a blank, in attachments."""
GAP = len(_BREAK)

_MARKERS = re.compile(r"[*~`]|(?<![0-9A-Za-z])_|_(?=_*(?![0-9A-Za-z_]))")
_LIVE = re.compile(
    r"[@#\[\]<|\\]|\.(?=[\w-])|:(?=//)|:(?=[\w+-]+:)(?!(?<=\d:)\d+:)|(?<!UTC)\+(?=\d)|localhos(?=t)",
    re.IGNORECASE,
)
"""What makes a mention, a channel, a link, a spoiler, an emoji or a formula of the text around it.

Clients draw a link for any `word.word`, even for the name Rocket.Chat in a sentence of ours.
"""
_NOT_STYLED = re.compile(r"[*_~`\\]|^\W*$")
"""Bold and italic text knows no escaping, and needs a letter or a digit."""
_NOT_IN_CODE = frozenset("&<>")
"""Before 8.3.0 the web client shows these as `&amp;`, `&lt;` and `&gt;` in the code of attachments."""


def escape(text: str) -> str:
    """Make foreign text mention nobody and format nothing."""
    return _MARKERS.sub("\u200b\\\\\\g<0>", _LIVE.sub("\\g<0>\u200b", text))


def bold(text: str) -> str:
    return _styled("*", text)


def italic(text: str) -> str:
    return _styled("_", text)


def _styled(mark: str, text: str) -> str:
    """In a style where that is safe; else behind a U+200B, so that no quote, list or heading begins."""
    return f"\u200b{escape(text)}" if _NOT_STYLED.search(text) else f"{mark}{escape(text)}{mark}"


def row(cells: Sequence[str]) -> str:
    """Render a row of a table on one line, with its first cell in bold and without empty cells."""
    first, *rest = cells
    return " · ".join([bold(first), *(escape(cell) for cell in rest if cell)])


def write_choice(choice: Choice) -> str:
    command = choice.command.replace("`", "'")
    code = "`" + command.replace("@", "@\u200b") + "`"
    shown = escape(command) if _NOT_IN_CODE.intersection(command) else code
    return f"{escape(f'{choice.label}:')} {shown}"


def message(head: Sequence[str], body: Sequence[str] = ()) -> dict[str, object]:
    """A message of some lines, with more below them in an attachment."""
    attachments = {"attachments": [{"text": _BREAK.join(body)}]} if body else {}
    return {"text": "\n".join(head), **attachments}
