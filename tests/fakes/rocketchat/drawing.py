"""What people see of a message in Rocket.Chat's web client, and how much of it they can click.

The client draws a message's own text with @rocket.chat/message-parser. Until 8.3.0 it drew the text of
attachments with `marked`, after it had escaped it as HTML; since then with message-parser too. What is here
was found by running marked 4.3.0, called as in apps/meteor/client/components/MarkdownText.tsx, and
message-parser 0.31.35 and 0.32.0. Of their rules, those are here that a reply of ours could meet.
"""

import re
from collections.abc import Iterator
from enum import Enum
from typing import Any, NamedTuple


class WebClient(Enum):
    BEFORE_8_3 = "before 8.3.0"
    FROM_8_3 = "from 8.3.0"


class Span(NamedTuple):
    """Some text in one style: bold, italic, strike, code, link, or none."""

    text: str
    style: str = ""


Line = list[Span]

_NESTED = {"bold", "italic", "strike"}
_STYLES = (
    r"|`(?P<code>[^`\n]+)`|(?<!\*)\*(?P<bold>[^*\n]+)\*"
    r"|(?<![0-9A-Za-z_])_(?P<italic>[^\n]+?)_(?![0-9A-Za-z_])|~(?P<strike>[^~\n]+)~"
)
_LABELS = r"(?:[\w\u200b-]+\.)+"
"""A zero-width space inside a label keeps no link away, only one at its beginning does."""
_MESSAGE_PARSER = re.compile(
    r"\\(?P<literal>[*_~`#])"
    + _STYLES
    + rf"|(?P<link>(?:\w+://|mailto:)[^\s\u200b]\S*|[\w.+-]+@{_LABELS}[^\W\d_]{{2,}}|{_LABELS}[^\W\d_]{{2,}}\S*"
    r"|\d+(?:\.\d+){3}\S*|(?<!UTC)\+\d{7,}|\blocalhost\b)"
)
"""Any word after a dot counts as a top-level domain here: there are more of them every year."""
_MARKED = re.compile(
    r"\\(?P<literal>[!-/:-@\[-`{-~])"
    + _STYLES
    + r"|(?P<link>(?:(?:ftp|https?)://|www\.)[a-zA-Z0-9-]\S*|[A-Za-z0-9.+_-]+@(?:[a-zA-Z0-9-_]+\.)+\w+)"
)


def drawn(message: dict[str, Any], client: WebClient) -> list[Line]:
    """The lines of a message as it is stored, each as its spans."""
    lines = [_spans(line, _MESSAGE_PARSER) for line in message["msg"].split("\n")]
    for attachment in message.get("attachments") or []:
        lines += _drawn_attachment(attachment.get("text") or "", client)
    return lines


def text_of(lines: list[Line]) -> str:
    """What is read on the screen, code between backticks; zero-width spaces can't be seen."""
    read = ("".join(f"`{text}`" if style == "code" else text for text, style in line) for line in lines)
    return "\n".join(read).replace("\u200b", "")


def of_style(lines: list[Line], style: str) -> list[str]:
    """What can be copied of all that has this style."""
    return [span.text for line in lines for span in line if span.style == style]


def _drawn_attachment(text: str, client: WebClient) -> Iterator[Line]:
    if client is WebClient.FROM_8_3:
        yield from (_spans(line.rstrip(" "), _MESSAGE_PARSER) for line in text.split("\n"))
        return
    for line in re.split(r" {2,}\n|\\\n|\n\s*\n", text):
        yield from [[_escaped_twice(span) for span in _spans(line.replace("\n", " "), _MARKED)]]


def _escaped_twice(span: Span) -> Span:
    """The client escapes, and then marked escapes code once more."""
    if span.style != "code":
        return span
    return Span(span.text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"), "code")


def _spans(text: str, rules: re.Pattern[str], around: str = "") -> Line:
    spans, end = [], 0
    for found in rules.finditer(text):
        style = found.lastgroup or ""
        spans.append(Span(text[end : found.start()], around))
        if style in _NESTED:
            spans += _spans(found[style], rules, style)
        else:
            spans.append(Span(found[style], around if style == "literal" else style))
        end = found.end()
    spans.append(Span(text[end:], around))
    return [span for span in spans if span.text]
