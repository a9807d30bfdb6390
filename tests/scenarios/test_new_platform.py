"""A new platform is one module and one line: Pigeon Post is asked, from the request to the late answer."""

import json
from types import SimpleNamespace

import pytest

from monitors_bot.lambdas.chat import ChatDoor
from monitors_bot.lambdas.late_answers import LateAnswers
from monitors_bot.platforms import Patience, Room
from monitors_bot.wiring.platforms import PLATFORMS
from tests.conftest import SECRET_NAME
from tests.fakes import pigeon
from tests.fakes.api_gateway import Sent, event_for, receive
from tests.scenarios.conftest import HOOK

TOKEN = "seed-and-crumbs"
JSON = (("Content-Type", "application/json"),)


class PigeonPost:
    """The doors with one more platform in the table, and a pigeon that asks."""

    def __init__(self, late, platform=pigeon) -> None:
        table = (*PLATFORMS, platform)
        self.late = late
        self.chat = ChatDoor(late.bot.environ, late.bot.clock, table)
        self.late_answers = LateAnswers(late.bot.environ, late.bot.clock, table)

    def send(self, body: bytes):
        sent = Sent("POST", "/pigeon/command", JSON, body)
        return receive(self.chat.handle(event_for(sent, self.late.bot.clock())))

    def ask(self, message: str, token: str = TOKEN):
        fields = {"token": token, "message": message, "answer_to": self.late.hooks.url + HOOK}
        return self.send(json.dumps(fields).encode())

    def work(self) -> None:
        self.late.queue.run(self.late_answers.handle)


@pytest.fixture
def pigeons(late, aws, secret):
    aws.change_secret(SECRET_NAME, {**secret, "pigeon_token": TOKEN})
    late.bot.environ["PIGEON_URL"] = late.hooks.url
    return PigeonPost(late)


def test_a_new_platform_gets_an_answer(pigeons):
    received = pigeons.ask("Billing+EU")

    assert received.status == 200
    assert received.json["coo"].startswith("Billing EU: 1 of 3 monitors online\nAna Díaz ana 🟢 online")


def test_a_new_platform_gets_an_interim_answer_and_then_one_late_answer(pigeons, late, rocketchat):
    rocketchat.fail("livechat/units", "never", times=1)

    assert pigeons.ask("Sales").json == {"coo": "Still looking, the answer follows."}
    assert late.hooks.accepted == []

    pigeons.work()
    pigeons.work()

    [followed] = late.hooks.accepted
    assert followed["coo"].startswith("Sales: 1 of 1 monitor online")
    assert late.queue.count() == 0


def test_a_new_platform_proves_itself(pigeons):
    assert pigeons.ask("Sales", token="wrong").status == 401
    assert pigeons.send(b"[]").status == 400


def test_a_new_platform_is_not_there_until_its_secret_is(late):
    assert PigeonPost(late).ask("Sales").status == 404


def test_a_probe_of_a_new_platform_needs_no_proof(pigeons):
    received = pigeons.send(b"PING")

    assert (received.status, received.body) == (200, "")


def test_a_new_platform_whose_variable_is_not_set_is_waited_for_longer(pigeons, late, rocketchat):
    late.bot.environ |= {"PIGEON_URL": "", "REPLY_DEADLINE_MS": "100", "LONG_REPLY_DEADLINE_MS": "1500"}
    rocketchat.fail("livechat/units", "slow", times=1, seconds=0.5)

    assert PigeonPost(late).ask("Sales").json["coo"].startswith("Sales: 1 of 1 monitor online")

    rocketchat.fail("*", "never")

    assert PigeonPost(late).ask("Sales").json["coo"].startswith("Rocket.Chat did not answer in time.")
    assert late.queue.count() == 0


@pytest.mark.usefixtures("pigeons")
def test_a_new_platform_may_be_answered_in_a_room_instead(late, rocketchat):
    perched = SimpleNamespace(
        **{name: value for name, value in vars(pigeon).items() if not name.startswith("__")}
        | {
            "PATIENCE": Patience.LONG,
            "RESPONSE_URL_VARIABLE": "",
            "late_address": lambda _: Room("GENERAL"),
            "render_reply": lambda reply, _: {"text": reply.title},
        }
    )
    flock = PigeonPost(late, perched)
    rocketchat.fail("livechat/units", "never", times=1)

    assert flock.ask("Sales").json == {"text": "Still looking, the answer follows."}
    flock.work()

    [message] = rocketchat.messages("GENERAL")
    assert message["msg"] == "Sales: 1 of 1 monitor online"
    assert late.hooks.accepted == []
