"""Who a text mentions: as the server would notify, and as the client would draw it."""

import re
from collections.abc import Iterator

from tests.fakes.rocketchat.records import Json

NAME = r"[0-9a-zA-Z\-_.]+"
# JavaScript's \s: unlike Python's it holds U+FEFF, and lacks the separators U+001C to U+001F and U+0085.
WHITESPACE = r"\t\n\v\f\r \u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff"
NOTIFIED = re.compile(rf"(?:^|[{WHITESPACE}]|>)@({NAME})")
DRAWN = re.compile(rf"(?<![0-9a-zA-Z_\u200b\u2060\ufeff\u00a0])@({NAME})")
CODE = re.compile(r"```.*?```|`[^`\n]+`", re.DOTALL)


def mentions(message: Json) -> list[str]:
    """Name everybody the server would notify, `all` and `here` included, each once."""
    found = (name for text in _scanned_texts(message) for name in NOTIFIED.findall(text))
    return list(dict.fromkeys(found))


def drawn_mentions(text: str) -> list[str]:
    """Name everybody the client would draw as a mention, each once."""
    return list(dict.fromkeys(DRAWN.findall(CODE.sub("`", text))))


def _scanned_texts(message: Json) -> Iterator[str]:
    yield message.get("msg") or ""
    for attachment in message.get("attachments") or []:
        yield attachment.get("description") or ""
