"""The stories that the demo tells: who types what, on which platform, and what has to come back."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.conftest import Bot
from tests.demo.company import CUSTOMER_ROOM
from tests.fakes.chat_client import AppClient, MattermostClient, RocketChatClient, SlackClient
from tests.fakes.rocketchat import RocketChatServer
from tests.scenarios.conftest import Client

SLACK, MATTERMOST, ROCKETCHAT, APP = SlackClient(), MattermostClient(), RocketChatClient(), AppClient()
MINUTES_AWAY = 7


def nothing(_bot: Bot, _server: RocketChatServer) -> None:
    """Leave everything as it is."""


def lose_a_permission(_bot: Bot, server: RocketChatServer) -> None:
    server.permissions.discard("manage-livechat-monitors")


def break_down_later(bot: Bot, server: RocketChatServer) -> None:
    """Give the permission back, let time pass, and take the server down."""
    server.permissions.add("manage-livechat-monitors")
    bot.clock.advance(MINUTES_AWAY * 60)
    server.fail("*", "status", code=503)


def slow_down(_bot: Bot, server: RocketChatServer) -> None:
    """Let the server take longer than anybody in a chat would wait, once."""
    server.fail("users.presence", "never", times=1)


def come_back(_bot: Bot, server: RocketChatServer) -> None:
    server.heal()


@dataclass(frozen=True)
class Story:
    """One command, its answer, and what `follows`; with nothing in `says`, nobody may be answered.

    `presses` is what is pressed in Slack below the answer: what that leads to follows.
    """

    narrator: str
    client: Client
    typed: str
    says: tuple[str, ...]
    happens: Callable[[Bot, RocketChatServer], None] = nothing
    fields: Mapping[str, Any] = field(default_factory=dict)
    room: str = ""
    follows: tuple[str, ...] = ()
    presses: str = ""


STORIES = (
    Story(
        "Whoever types help, or nothing, reads what can be asked, with examples that work.",
        MATTERMOST,
        "help",
        ("Ask who monitors a unit, and who of them is there now.", "/monitors Billing EU history"),
    ),
    Story(
        "Who monitors a unit, and who of them is there now? Only the person who asks reads it.",
        SLACK,
        "Billing EU",
        ("Billing EU: 1 of 5 monitors online, 1 unknown", "Ana Díaz", "in until 18:00", "lee · ❔ unknown"),
    ),
    Story(
        "A name is mistyped. Nothing is guessed: each suggestion is a command that works when pasted.",
        MATTERMOST,
        "biling ue",
        ("There is no unit “biling ue”.", "Did you mean one of these?", "/monitors Billing EU"),
    ),
    Story(
        "Two units begin like that. Rocket.Chat's webhook answers in the room: everybody reads it.",
        ROCKETCHAT,
        "billing",
        ("2 units match “billing”. Which one?", "!monitors Billing US"),
    ),
    Story(
        "A part of the name is enough when it fits one unit only.",
        SLACK,
        "esc",
        ("Escalations: 0 of 2 monitors online", "its name starts with what you typed"),
    ),
    Story(
        "A unit that nobody monitors says so.",
        ROCKETCHAT,
        "night shift",
        ("Nobody monitors Night shift.",),
    ),
    Story(
        "The list names all units, with the number of their monitors.",
        MATTERMOST,
        "list",
        ("5 units", "Night shift"),
    ),
    Story(
        "With the word share, the whole channel reads the answer.",
        MATTERMOST,
        "Sales share",
        ("Sales: 1 of 2 monitors online", "Mei Tan"),
    ),
    Story(
        "In Slack, an answer has buttons: to read it again, to show it to the channel, to see more people.",
        SLACK,
        "Sales",
        ("Sales: 1 of 2 monitors online",),
        follows=("Sales: 1 of 2 monitors online", "Mei Tan"),
        presses="Show in channel",
    ),
    Story(
        "The server is slow today, and Slack gives up after three seconds. The answer comes all the same.",
        SLACK,
        "Escalations",
        ("Escalations: 2 monitors, presence unknown", "The fresh answer follows."),
        slow_down,
        follows=("Escalations: 0 of 2 monitors online", "Mei Tan"),
    ),
    Story(
        "Somebody asks in a customer's conversation. The customer would read the answer, so there is none.",
        ROCKETCHAT,
        "Billing EU",
        (),
        fields={"channel_id": CUSTOMER_ROOM, "channel_name": None},
        room="a conversation with a customer",
    ),
    Story(
        "With the app in Rocket.Chat, units are suggested while somebody types. That costs no call.",
        APP,
        "bil",
        ("Billing EU", "Billing US"),
        fields={"suggest": "bil"},
    ),
    Story(
        "The answer is for the asker alone, in Rocket.Chat too.",
        APP,
        "Escalations",
        ("Escalations: 0 of 2 monitors online",),
    ),
    Story(
        "In a customer's conversation, nothing has to be typed. The customer sees nothing of it.",
        APP,
        "",
        ("Sales: 1 of 2 monitors online", "Mei Tan"),
        fields={"room": {"id": CUSTOMER_ROOM, "type": "l"}},
        room="a conversation with a customer",
    ),
    Story(
        "Somebody took a permission from the bot's account. The answer names it.",
        ROCKETCHAT,
        "Billing US",
        ("The bot's account lacks the permission manage-livechat-monitors.",),
        lose_a_permission,
    ),
    Story(
        f"{MINUTES_AWAY} minutes later the server is down. The last known roster is shown, with its age.",
        SLACK,
        "Billing EU",
        ("Billing EU: 5 monitors, presence unknown", f"{MINUTES_AWAY} minutes old"),
        break_down_later,
    ),
    Story(
        "The server is still down, and nobody asked for this unit before.",
        SLACK,
        "Billing US",
        ("Rocket.Chat can't be reached right now.", "Try again in a minute."),
    ),
    Story(
        "The server is back.",
        SLACK,
        "Billing US",
        ("Billing US: 1 of 2 monitors online",),
        come_back,
    ),
)

WITH_RECORDS = (
    Story(
        "What was read on the schedule is recorded, so a unit has a history.",
        SLACK,
        "Sales history",
        ("Tom Bell (tom) joined; Mei Tan (mei) left",),
    ),
    Story(
        "The records also say who was on it some time ago.",
        MATTERMOST,
        "Sales at {then}",
        ("Ana Díaz", "Mei Tan"),
    ),
    Story(
        "They say which units a person monitors, without a call of the server for each of them.",
        ROCKETCHAT,
        "@mei",
        ("Mei Tan (mei): online, monitors 2 units",),
    ),
    Story(
        "With the word me, people ask for their own units.",
        SLACK,
        "me",
        ("Kim Lee (kim): online, monitors 1 unit", "Billing US · with 1 other"),
    ),
)
"""Told after the schedule; `{then}` is when it had just begun."""
