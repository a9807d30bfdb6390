"""What people see of a reply: the text of all its parts, without the marks of formatting."""

import re
from typing import Any

from tests.fakes.api_gateway import Received

_MARKS = re.compile(r"\\(?=[\\`*_\[\]<>|#!{}$~])|\u200b")
_BOLD = re.compile(r"(?m)(?<![\w\\])\*{1,2}(?=\S)|(?<=\S)(?<!\\)\*{1,2}(?!\w)")


def visible(received: Received) -> str:
    """Read a reply off the screen of whichever platform it was for."""
    return visible_payload(received.json)


def visible_payload(payload: dict[str, Any]) -> str:
    shown = "\n".join(part for part in _parts(payload) if part)
    shown = _MARKS.sub("", _BOLD.sub("", shown))
    return shown.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _parts(payload: dict[str, Any]) -> list[str]:
    if "blocks" in payload:
        return [text["text"] for block in payload["blocks"] for text in _texts(block)]
    return [payload.get("text", ""), *(attachment["text"] for attachment in payload.get("attachments", []))]


def _texts(block: dict[str, Any]) -> list[dict[str, str]]:
    found: list[dict[str, str]] = block["elements"] if block["type"] == "context" else [block["text"]]
    return found
