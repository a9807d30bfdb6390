"""Who calls the webhooks: a system that signs as Standard Webhooks ask, and Rocket.Chat's Omnichannel."""

import base64
import hashlib
import hmac
import json
from dataclasses import dataclass

from tests.fakes.api_gateway import Sent

WEBHOOK_SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
LIVECHAT_TOKEN = "livechat-token-of-the-tests"
VISITOR_TOKEN = "credential-of-a-visitor"
SAID = "my card number is 4111"


@dataclass
class PagingSystem:
    """A monitoring system, with a signing secret."""

    secret: str = WEBHOOK_SECRET
    path: str = "/webhooks/page"
    sent: int = 0

    def page(self, at: float, id: str = "", **fields: object) -> Sent:  # noqa: A002 - named by the standard
        """A page that Billing EU has a problem, unless `fields` say otherwise; None leaves one out."""
        body = {"unit": "Billing EU", "message": "The database is down.", **fields}
        text = json.dumps({name: value for name, value in body.items() if value is not None})
        return self.signed(text.encode(), at, id)

    def signed(self, body: bytes, at: float, id: str = "") -> Sent:  # noqa: A002 - named by the standard
        self.sent += 1
        webhook_id, timestamp = id or f"msg_{self.sent:06}", str(int(at))
        headers = (
            ("Content-Type", "application/json"),
            ("webhook-id", webhook_id),
            ("webhook-timestamp", timestamp),
            ("webhook-signature", self.signature(webhook_id, timestamp, body)),
        )
        return Sent("POST", self.path, headers, body)

    def signature(self, webhook_id: str, timestamp: str, body: bytes) -> str:
        key = base64.b64decode(self.secret.removeprefix("whsec_"))
        signed = b".".join((webhook_id.encode(), timestamp.encode(), body))
        return "v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()


@dataclass
class OmnichannelWebhook:
    """Rocket.Chat, which tells of conversations with customers, each time with all that was said."""

    token: str = LIVECHAT_TOKEN
    path: str = "/webhooks/omnichannel"
    sent: int = 0

    def event(self, **fields: object) -> Sent:
        """Another customer waits in `departmentId`; None leaves a field out."""
        self.sent += 1
        body = {
            "_id": f"room{self.sent:013}",
            "type": "LivechatSessionQueued",
            "departmentId": "invoicesInvoices1",
            "label": "guest-1",
            "topic": SAID,
            "createdAt": "2026-11-23T08:59:58.000Z",
            "lastMessageAt": "2026-11-23T08:59:59.000Z",
            "tags": [],
            "visitor": {"_id": "visitor1", "token": VISITOR_TOKEN, "name": "Guest", "username": "guest-1"},
            "messages": [{"_id": "m1", "username": "guest-1", "msg": SAID, "ts": "2026-11-23T08:59:59.000Z"}],
        }
        return self.carrying({name: value for name, value in {**body, **fields}.items() if value is not None})

    def carrying(self, event: object) -> Sent:
        headers = (("Content-Type", "application/json"), ("X-RocketChat-Livechat-Token", self.token))
        return Sent("POST", self.path, headers, json.dumps(event).encode())
