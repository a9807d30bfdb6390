"""The chat platforms as callers: each sends a command the way the real one does, with its proof."""

import hashlib
import hmac
import json
import re
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from tests.fakes import keyboards
from tests.fakes.api_gateway import Sent
from tests.fakes.webhook_senders import PagingSystem

SIGNING_SECRET = "8f742231b10e8888abcd99yyyzzz85a5"
MATTERMOST_TOKEN = "gr3pyhxd4ib1pmk8ctcbcyimew"
WEBHOOK_TOKEN = "DVtR2gyDpMaP6DwhdQLXDjxt"
APP_SECRET = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD"
FORM = "application/x-www-form-urlencoded"
PRESSES = "/slack/interactivity"


@dataclass(frozen=True)
class SlackClient:
    """Slack, with a signing secret."""

    secret: str = SIGNING_SECRET
    path: str = "/slack/command"
    fields: Mapping[str, str] = field(
        default_factory=lambda: {
            "team_id": "T0001",
            "channel_id": "C2147483705",
            "channel_name": "support",
            "user_id": "U2147483697",
            "user_name": "kim",
            "command": "/monitors",
            "api_app_id": "A123456",
            "response_url": "https://hooks.slack.com/commands/1234/5678",
            "trigger_id": "13345224609.738474920.8088930838d88f008e0",
        }
    )

    def command(self, text: str, at: float | None = None, **fields: str) -> Sent:
        """Send what was typed or pasted; Slack writes the names of emoji, and escapes three characters."""
        typed = keyboards.with_slack_names(text)
        typed = typed.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        return self.signed(urlencode({**self.fields, "text": typed, **fields}).encode(), at)

    def press(self, payload: Mapping[str, Any], at: float | None = None) -> Sent:
        """Send what was pressed: see `slack_presses.press_of`."""
        return self.signed(urlencode({"payload": json.dumps(payload)}).encode(), at, PRESSES)

    def signed(self, body: bytes, at: float | None = None, path: str = "") -> Sent:
        timestamp = str(int(time.time() if at is None else at))
        return Sent(
            "POST",
            path or self.path,
            (
                ("Content-Type", FORM),
                ("User-Agent", "Slackbot 1.0 (+https://api.slack.com/robots)"),
                ("X-Slack-Request-Timestamp", timestamp),
                ("X-Slack-Signature", self.signature(body, timestamp)),
            ),
            body,
        )

    def signature(self, body: bytes, timestamp: str) -> str:
        signed = b":".join((b"v0", timestamp.encode(), body))
        return "v0=" + hmac.new(self.secret.encode(), signed, hashlib.sha256).hexdigest()


@dataclass(frozen=True)
class MattermostClient:
    """Mattermost, with a slash command's token."""

    token: str = MATTERMOST_TOKEN
    picker: bool = False
    """Whether emoji are chosen from Mattermost's picker, which writes their names, or typed as they are."""
    path: str = "/mattermost/command"
    fields: Mapping[str, str] = field(
        default_factory=lambda: {
            "channel_id": "fukgwxd3pjr5jpqkg1qp4ny4wh",
            "channel_name": "support",
            "command": "/monitors",
            "response_url": "https://mattermost.example.com/hooks/commands/ykf8wqgktb8i9ncsx8eqyzjn5w",
            "root_id": "",
            "team_domain": "acme",
            "team_id": "rdc9bgriktyx9p4kowh3dmgqyc",
            "trigger_id": "NXAxd2Z0Nmc3cGZ5ZnpwZ3Y0",
            "user_id": "k6uzbz5g4ibuxjnb7kpfdx9sqh",
            "user_name": "kim",
        }
    )

    def command(self, text: str, **fields: str) -> Sent:
        text = keyboards.with_mattermost_names(text) if self.picker else text
        sent = {"token": self.token, **self.fields, "text": text, **fields}
        return self.carrying(urlencode([*sent.items(), *_mentions(text)]).encode())

    def carrying(self, body: bytes) -> Sent:
        headers = (("Content-Type", FORM), ("Authorization", f"Token {self.token}"))
        return Sent("POST", self.path, (*headers, ("Accept", "application/json")), body)


def _mentions(text: str) -> list[tuple[str, str]]:
    """Whom and which channels a text names: each in a field of its own, so that names of fields repeat."""
    named = [("user", name) for name in re.findall(r"@([a-z0-9._-]+)", text)]
    named += [("channel", name) for name in re.findall(r"~([a-z0-9_-]+)", text)]
    return [
        pair
        for kind, name in named
        for pair in (
            (f"{kind}_mentions", name),
            (f"{kind}_mentions_ids", hashlib.sha256(name.encode()).hexdigest()[:26]),
        )
    ]


@dataclass
class RocketChatClient:
    """Rocket.Chat's outgoing webhook, with its token."""

    token: str = WEBHOOK_TOKEN
    picker: bool = False
    """Whether emoji are chosen from Rocket.Chat's picker, which writes their names, or typed as they are."""
    path: str = "/rocketchat/command"
    word: str = "!monitors"
    sent: int = 0

    def command(self, typed: str, **fields: object) -> Sent:
        self.sent += 1
        typed = keyboards.with_rocketchat_names(typed) if self.picker else typed
        message = {
            "token": self.token,
            "bot": False,
            "channel_id": "GENERAL",
            "channel_name": "general",
            "message_id": f"message{self.sent:010}",
            "timestamp": "2026-11-22T10:00:00.000Z",
            "user_id": "kimkimkimkimkimki",
            "user_name": "kim",
            "text": f"{self.word} {typed}".strip(),
            "siteUrl": "https://chat.example.com",
            "trigger_word": self.word,
        }
        return self.carrying(
            {name: value for name, value in {**message, **fields}.items() if value is not None}
        )

    def carrying(self, message: object) -> Sent:
        return Sent("POST", self.path, (("Content-Type", "application/json"),), json.dumps(message).encode())


@dataclass
class AppClient:
    """The companion app inside Rocket.Chat, which signs as Standard Webhooks ask."""

    secret: str = APP_SECRET
    path: str = "/rocketchat/app"
    room: Mapping[str, str] = field(default_factory=lambda: {"id": "GENERAL", "name": "general", "type": "c"})
    sent: int = 0

    def command(self, text: str, at: float = 0.0, **fields: object) -> Sent:
        user = {"id": "kimkimkimkimkimki", "username": "kim", "utcOffset": 1}
        return self.carrying({"text": text, "user": user, "room": self.room, **fields}, at)

    def carrying(self, body: object, at: float = 0.0) -> Sent:
        return self.signed(json.dumps(body).encode(), at)

    def signed(self, body: bytes, at: float = 0.0) -> Sent:
        self.sent += 1
        return PagingSystem(self.secret, self.path, self.sent).signed(body, at or time.time())
