"""A stand-in for a Rocket.Chat server: faithful to the documented endpoints, over real HTTP, able to fail."""

from tests.fakes.rocketchat.mentions import drawn_mentions, mentions
from tests.fakes.rocketchat.records import Json, Settings
from tests.fakes.rocketchat.server import Call, RocketChatServer
from tests.fakes.rocketchat.webhook_answers import WebhookAnswerRefused, accept_webhook_answer

__all__ = [
    "Call",
    "Json",
    "RocketChatServer",
    "Settings",
    "WebhookAnswerRefused",
    "accept_webhook_answer",
    "drawn_mentions",
    "mentions",
]
