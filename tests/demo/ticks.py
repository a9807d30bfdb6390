"""What the demo tells of schedules: each tick of one, what happened before, and what has to be posted."""

from collections.abc import Callable
from dataclasses import dataclass

from tests.fakes.rocketchat import RocketChatServer

CHANNEL = "leads"
HOUR = 3600


def nothing(_server: RocketChatServer) -> None:
    """Leave everything as it is."""


def move_people(server: RocketChatServer) -> None:
    server.set_monitors("sAlesSales0000001", ["ana", "tom"])


def go_home(server: RocketChatServer) -> None:
    server.set_presence("raj", "offline")
    server.set_presence("mei", "offline")


def come_back(server: RocketChatServer) -> None:
    server.set_presence("mei", "online")


@dataclass(frozen=True)
class Tick:
    """A tick of the schedule, an hour after the one before; with nothing in `says`, nothing may be posted."""

    narrator: str
    says: tuple[str, ...] = ()
    happens: Callable[[RocketChatServer], None] = nothing


TICKS = (
    Tick(
        "An hourly schedule reads all rosters. The first time, it says what it watches, and who is missing.",
        ("From now on I watch 5 units with 6 monitors", "Night shift · Nobody monitors it."),
    ),
    Tick("An hour later nothing has changed, so nothing is posted. What is known is not repeated."),
    Tick(
        "Somebody changed a unit on the admin page. The channel reads who joined, who left, who is on it.",
        ("1 unit changed.", "Sales · Joined: Tom Bell. Left: Mei Tan. Now: Ana Díaz, Tom Bell."),
        move_people,
    ),
    Tick(
        "The last monitor of a unit goes home: an alert begins.",
        ("Escalations · All of its 2 monitors are offline.",),
        go_home,
    ),
    Tick("An hour later it still lasts. The channel knows; once a day it will be reminded."),
    Tick(
        "Somebody is there again: the alert ends.",
        ("Escalations · Somebody is there again.",),
        come_back,
    ),
)
