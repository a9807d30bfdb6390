"""Requests as the callers of the bot make them, each with its proof."""

import base64
import hashlib
import hmac
import json
import secrets as random
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode

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


def webhook_signed(secret: str, body: bytes, now: float) -> Signed:
    """Sign as a Standard Webhook; raise ValueError for a secret without a key in it."""
    [key] = standard_webhooks.keys([secret])
    id_, timestamp = f"msg_{random.token_hex(12)}", str(int(now))
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


def with_token_in_form(secret: str, body: bytes, _now: float) -> Signed:
    """https://developers.mattermost.com/integrate/slash-commands/custom/"""
    fields = {**dict(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True)), "token": secret}
    return Signed({"Content-Type": FORM, "Authorization": f"Token {secret}"}, urlencode(fields).encode())


def with_token_in_json(secret: str, body: bytes, _now: float) -> Signed:
    """https://docs.rocket.chat/docs/integrations; what is no JSON object has no place for a token."""
    try:
        fields = json.loads(body)
    except ValueError:
        fields = None
    signed = json.dumps({**fields, "token": secret}).encode() if isinstance(fields, dict) else body
    return Signed({"Content-Type": JSON}, signed)


def with_token_in_header(secret: str, body: bytes, _now: float) -> Signed:
    return Signed({"Content-Type": JSON, omnichannel.TOKEN: secret}, body)


def in_slack(text: str) -> bytes:
    fields = {"team_id": "T0", "channel_id": "C0", "user_id": "U0", "user_name": "doctor"}
    return urlencode({**fields, "command": "/monitors", "text": text}).encode()


def below_a_reply(text: str) -> bytes:
    """Press a button in Slack that asks the text again."""
    block_id = Origin("T0", "/monitors").block_id
    press = {
        "type": "block_actions",
        "user": {"id": "U0", "username": "doctor", "team_id": "T0"},
        "response_url": f"{slack.RESPONSE_URL_DEFAULT}actions/{random.token_hex(9)}",
        "actions": [{"type": "button", "block_id": block_id, "action_id": REFRESH, "value": text}],
    }
    return urlencode({"payload": json.dumps(press)}).encode()


def in_mattermost(text: str) -> bytes:
    fields = {"channel_id": "doctor", "user_id": "doctor", "user_name": "doctor"}
    return urlencode({**fields, "command": "/monitors", "text": text}).encode()


def in_rocketchat(text: str) -> bytes:
    message = {
        "bot": False,
        "channel_id": "doctor",
        "channel_name": "doctor",
        "message_id": random.token_hex(9),
        "user_id": "doctor",
        "user_name": "doctor",
        "text": f"!monitors {text}",
        "trigger_word": "!monitors",
    }
    return json.dumps(message).encode()


def in_app(text: str) -> bytes:
    asked = {
        "text": text,
        "user": {"id": "doctor", "username": "doctor"},
        "room": {"id": "doctor", "type": "c"},
    }
    return json.dumps(asked).encode()


def as_page(text: str) -> bytes:
    return json.dumps({"unit": text, "message": text}).encode()


def as_omnichannel(_text: str) -> bytes:
    return b"{}"


@dataclass(frozen=True)
class Caller:
    """A route of the bot, what is asked there, and how whoever calls it proves who it is."""

    name: str
    path: str
    key: str
    asks: Callable[[str], bytes]
    """Makes the body of a question of its text."""
    prove: Callable[[str, bytes, float], Signed]
    """Makes a request of a secret, a body and the time."""


CALLERS = (
    Caller("the app in Rocket.Chat", app.PATH, app.SECRET_KEY, in_app, webhook_signed),
    Caller("Rocket.Chat's webhook", command.PATH, command.SECRET_KEY, in_rocketchat, with_token_in_json),
    Caller("Slack", slack.PATH, slack.SECRET_KEY, in_slack, slack_signed),
    Caller(
        "Slack's buttons",
        slack_interactivity.PATH,
        slack_interactivity.SECRET_KEY,
        below_a_reply,
        slack_signed,
    ),
    Caller("Mattermost", mattermost.PATH, mattermost.SECRET_KEY, in_mattermost, with_token_in_form),
    Caller("pages", PAGE, page.SECRET_KEY, as_page, webhook_signed),
    Caller("Omnichannel events", OMNICHANNEL, omnichannel.SECRET_KEY, as_omnichannel, with_token_in_header),
)
