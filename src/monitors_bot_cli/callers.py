"""Requests as the callers of the bot make them, each with its proof."""

import base64
import hashlib
import hmac
import json
import secrets as random
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from monitors_bot.lambdas.webhook import OMNICHANNEL, PAGE
from monitors_bot.platforms import mattermost, slack, slack_interactivity, standard_webhooks
from monitors_bot.platforms.rocketchat import app, command
from monitors_bot.platforms.slack_buttons import REFRESH, Origin
from monitors_bot.platforms.webhooks import omnichannel, page

FORM, JSON = "application/x-www-form-urlencoded", "application/json"


@dataclass(frozen=True)
class Signed:
    """A request that is ready to be sent: its headers, and its body."""

    headers: Mapping[str, str]
    body: bytes


def slack_signed(secret: str, body: bytes, now: float) -> Signed:
    """https://docs.slack.dev/authentication/verifying-requests-from-slack"""
    timestamp = str(int(now))
    proof = hmac.new(secret.encode(), f"v0:{timestamp}:".encode() + body, hashlib.sha256).hexdigest()
    return Signed(
        {
            "Content-Type": FORM,
            "X-Slack-Request-Timestamp": timestamp,
            "X-Slack-Signature": f"v0={proof}",
        },
        body,
    )


def webhook_signed(secret: str, body: bytes, now: float, id_: str = "") -> Signed:
    """Sign as a Standard Webhook; raise ValueError for a secret without a key in it."""
    [key] = standard_webhooks.keys([secret])
    id_, timestamp = id_ or f"msg_{random.token_hex(12)}", str(int(now))
    proof = hmac.new(key, f"{id_}.{timestamp}.".encode() + body, hashlib.sha256).digest()
    return Signed(
        {
            "Content-Type": JSON,
            "webhook-id": id_,
            "webhook-timestamp": timestamp,
            "webhook-signature": f"v1,{base64.b64encode(proof).decode()}",
        },
        body,
    )


def in_slack(secret: str, text: str, now: float) -> Signed:
    fields = {"team_id": "T0", "channel_id": "C0", "user_id": "U0", "user_name": "doctor"}
    return slack_signed(secret, urlencode({**fields, "command": "/monitors", "text": text}).encode(), now)


def below_a_reply(secret: str, text: str, now: float) -> Signed:
    """Press a button in Slack that asks the text again."""
    block_id = Origin("T0", "/monitors").block_id
    press = {
        "type": "block_actions",
        "user": {"id": "U0", "username": "doctor", "team_id": "T0"},
        "response_url": f"{slack.RESPONSE_URL_DEFAULT}actions/{random.token_hex(9)}",
        "actions": [{"type": "button", "block_id": block_id, "action_id": REFRESH, "value": text}],
    }
    return slack_signed(secret, urlencode({"payload": json.dumps(press)}).encode(), now)


def in_mattermost(secret: str, text: str, _now: float) -> Signed:
    fields = {"token": secret, "channel_id": "doctor", "user_id": "doctor", "user_name": "doctor"}
    body = urlencode({**fields, "command": "/monitors", "text": text}).encode()
    return Signed({"Content-Type": FORM, "Authorization": f"Token {secret}"}, body)


def in_rocketchat(secret: str, text: str, _now: float) -> Signed:
    message = {
        "token": secret,
        "bot": False,
        "channel_id": "doctor",
        "channel_name": "doctor",
        "message_id": random.token_hex(9),
        "user_id": "doctor",
        "user_name": "doctor",
        "text": f"!monitors {text}",
        "trigger_word": "!monitors",
    }
    return Signed({"Content-Type": JSON}, json.dumps(message).encode())


def in_app(secret: str, text: str, now: float) -> Signed:
    asked = {
        "text": text,
        "user": {"id": "doctor", "username": "doctor"},
        "room": {"id": "doctor", "type": "c"},
    }
    return webhook_signed(secret, json.dumps(asked).encode(), now)


def as_page(secret: str, text: str, now: float) -> Signed:
    return webhook_signed(secret, json.dumps({"unit": text, "message": text}).encode(), now)


def as_omnichannel(secret: str, _text: str, _now: float) -> Signed:
    return Signed({"Content-Type": JSON, omnichannel.TOKEN: secret}, b"{}")


@dataclass(frozen=True)
class Caller:
    """A route of the bot, and how whoever calls it proves who it is."""

    name: str
    path: str
    key: str
    sign: Callable[[str, str, float], Signed]
    """Makes a request of a secret, a text and the time."""


CALLERS = (
    Caller("the app in Rocket.Chat", app.PATH, app.SECRET_KEY, in_app),
    Caller("Rocket.Chat's webhook", command.PATH, command.SECRET_KEY, in_rocketchat),
    Caller("Slack", slack.PATH, slack.SECRET_KEY, in_slack),
    Caller("Slack's buttons", slack_interactivity.PATH, slack_interactivity.SECRET_KEY, below_a_reply),
    Caller("Mattermost", mattermost.PATH, mattermost.SECRET_KEY, in_mattermost),
    Caller("pages", PAGE, page.SECRET_KEY, as_page),
    Caller("Omnichannel events", OMNICHANNEL, omnichannel.SECRET_KEY, as_omnichannel),
)
