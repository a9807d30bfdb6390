"""Every sample in events/ goes through its door, so that none of them rots; here those of the chat door."""

import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from monitors_bot.aws.stores.rosters import Rosters
from monitors_bot.domain.units.roster import Monitor, Unit
from tests.conftest import SECRET_NAME, Bot
from tests.demo.stage import named
from tests.fakes.api_gateway import Received, receive
from tests.fakes.certificates import Authority
from tests.fakes.response_urls import ResponseUrlServer
from tests.fakes.rocketchat import RocketChatServer

MORNING = 1_795_341_600.0  # 2026-11-22 10:00:00 UTC
SAMPLES = {path.stem: path for path in Path("events").glob("chat-*")}
ANSWERED = {
    "chat-slack-roster": (200, "Billing EU: 1 of 3 monitors online"),
    "chat-slack-list": (200, "2 units"),
    "chat-slack-help": (200, "Ask who monitors a unit, and who of them is there now."),
    "chat-slack-history": (200, "Billing EU: 1 change recorded since 2026-11-21 10:00 UTC"),
    "chat-slack-at": (200, "Billing EU at 2026-11-21 14:00 UTC: 1 monitor"),
    "chat-rocketchat-person": (200, "Ana Díaz (ana): online, monitors 1 unit"),
    "chat-slack-bad-signature": (401, "this request is not from the chat platform"),
    "chat-mattermost-share": (200, '"response_type": "in_channel"'),
    "chat-mattermost-did-you-mean": (200, "Did you mean one of these?"),
    "chat-mattermost-wrong-token": (401, "this request is not from the chat platform"),
    "chat-rocketchat-roster": (200, "Billing EU: 1 of 3 monitors online"),
    "chat-app-roster": (200, '"visibility": "ephemeral", "text": "*Billing EU: 1 of 3 monitors online*"'),
    "chat-app-suggestions": (200, '{"items": [{"value": "Billing EU", "title": "Billing EU · 3 monitors"}]}'),
    "chat-app-customer": (200, '"visibility": "ephemeral", "text": "*Sales: 1 of 1 monitor online*"'),
    "chat-app-bad-signature": (401, "this request is not from the chat platform"),
    "chat-rocketchat-not-json": (400, "the body is not JSON"),
    "chat-health": (200, '"status": "ok"'),
    "chat-unknown-route": (404, "there is nothing here"),
}
SILENT = {
    "chat-slack-ssl-check": "",
    "chat-rocketchat-bot-message": "{}",
    "chat-rocketchat-customer-room": "{}",
    "chat-slack-refresh": "",
}


@pytest.fixture
def slacks_hooks(tmp_path, aws, secret, queue) -> Iterator[ResponseUrlServer]:
    """Where Slack takes answers: this machine, under Slack's own name."""
    authority = Authority(tmp_path)
    aws.change_secret(SECRET_NAME, {**secret, "ca_certificates": authority.pem})
    with (
        ResponseUrlServer(tls=authority.server_context("hooks.slack.com")) as hooks,
        named("hooks.slack.com", urlsplit(hooks.url).port or 0),
    ):
        yield hooks


@pytest.fixture
def play(bot: Bot, company: RocketChatServer, recorder: Rosters, slacks_hooks: ResponseUrlServer):
    """Send a sample at the time it is dated with, as Slack's signatures are good for minutes only."""
    ana, raj = (Monitor(company.user(name).id, name, company.user(name).name) for name in ("ana", "raj"))
    for hours_ago, monitors in [(24, [ana]), (3, [ana]), (2, [ana, raj])]:
        recorder.record(Unit("bilLingEu00000001", "Billing EU"), monitors, MORNING - hours_ago * 3600)
    department_id = company.add_department("Orders", "salesSales0000001")
    company.add_room("", type="l", id="customerRoom00001", department_id=department_id)

    def at_its_time(name: str) -> Received:
        sample = json.loads(SAMPLES[name].read_text(encoding="utf-8"))
        bot.clock.stop_at(sample["requestContext"]["timeEpoch"] / 1000)
        return receive(bot.door.handle(sample))

    return at_its_time


def test_every_sample_has_an_expectation():
    assert {path.name for path in SAMPLES.values()} == {f"{name}.json" for name in ANSWERED | SILENT}


def test_every_sample_is_of_a_door_whose_samples_are_tested():
    doors = {path.stem.partition("-")[0] for path in Path("events").iterdir()}

    assert doors == {"chat", "webhook", "schedule", "background"}


@pytest.mark.parametrize("name", ANSWERED)
def test_a_sample_is_answered(play, name):
    status, sentence = ANSWERED[name]

    answer = play(name)

    assert answer.status == status
    assert sentence in json.dumps(answer.json, ensure_ascii=False)


@pytest.mark.parametrize("name", SILENT)
def test_a_sample_is_taken_and_nobody_reads_an_answer(play, name):
    answer = play(name)

    assert (answer.status, answer.body) == (200, SILENT[name])


def test_what_is_pressed_is_answered_where_slack_says(play, slacks_hooks):
    play("chat-slack-refresh")

    [(path, answer)] = slacks_hooks.received
    assert path == "/actions/T0001/1234/5678"
    assert answer["replace_original"] is True
    assert "Billing EU: 1 of 3 monitors online" in answer["text"]


@pytest.mark.parametrize("name", [name for name in ANSWERED if name.startswith(("chat-slack-", "chat-app-"))])
def test_a_sample_that_is_signed_is_worth_nothing_ten_minutes_later(play, bot, name):
    play(name)
    bot.clock.advance(600)

    late = bot.door.handle(json.loads(SAMPLES[name].read_text(encoding="utf-8")))

    assert late["statusCode"] == 401
