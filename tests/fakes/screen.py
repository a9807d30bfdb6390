"""What people see of a reply: the text of all its parts, without the marks of formatting."""

import re
from typing import Any

from tests.fakes.api_gateway import Received
from tests.fakes.rocketchat.drawing import WebClient, drawn, text_of

_MARKS = re.compile(r"\\(?=[\\`*_\[\]<>|#!{}$~])|\u200b")
_BOLD = re.compile(r"(?m)(?<![\w\\])\*{1,2}(?=\S)|(?<=\S)(?<!\\)\*{1,2}(?!\w)")


def visible(received: Received) -> str:
    """Read a reply off the screen of whichever platform it was for."""
    return visible_payload(received.json)


def with_stable_host(text: str, host: str) -> str:
    """Replace this test's server, as it is and as Rocket.Chat gets it (zero-width spaces keep links away)."""
    text = text.replace(host, "chat.example.com")
    return text.replace(host.replace(".", ".\u200b"), "chat.\u200bexample.\u200bcom")


def visible_payload(payload: dict[str, Any]) -> str:
    if "blocks" not in payload and "response_type" not in payload:
        # What people see in an older client of Rocket.Chat; a newer one has fewer ways to get it wrong.
        return text_of(drawn({**payload, "msg": payload.get("text", "")}, WebClient.BEFORE_8_3))
    shown = "\n".join(part for part in _parts(payload) if part)
    shown = _MARKS.sub("", _BOLD.sub("", shown))
    return shown.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _parts(payload: dict[str, Any]) -> list[str]:
    if "blocks" in payload:
        return [
            text["text"]
            for block in payload["blocks"]
            if block["type"] != "actions"
            for text in _texts(block)
        ]
    return [payload["text"]]


def _texts(block: dict[str, Any]) -> list[dict[str, str]]:
    found: list[dict[str, str]] = block["elements"] if block["type"] == "context" else [block["text"]]
    return found
