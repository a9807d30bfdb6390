"""Units whose names have emoji, asked for on each platform as it sends what people type, paste and pick."""

import re
from urllib.parse import urlencode

import pytest

from tests.conftest import Bot
from tests.fakes import keyboards
from tests.fakes.chat_client import MattermostClient, RocketChatClient, SlackClient
from tests.scenarios.conftest import Answer, Ask

NAMES = {
    "🔴 Support": "redRedRedRed00001",
    "🟢 Support": "greenGreen0000001",
    "🚀 Launch": "rocketRocket00001",
    "VIP ⭐": "vipVipVipVip00001",
    "❤️ Care": "heartHeartHea0001",
    "👋🏽 Welcome": "waveWaveWaveWa001",
    "👩🏿‍🚒 Rescue": "fireFireFireFi001",
    "🫱🏻‍🫲🏿 Partners": "shakeShakeShak001",
    ":fire: drill": "drillDrillDril001",
    ":our-logo: Desk": "logoLogoLogoLo001",
}


@pytest.fixture(autouse=True)
def units(company):
    for name, id_ in NAMES.items():
        company.add_unit(name, monitors=["ana"], id=id_)


@pytest.fixture(
    params=[
        SlackClient(),
        MattermostClient(),
        MattermostClient(picker=True),
        RocketChatClient(),
        RocketChatClient(picker=True),
    ],
    ids=["slack", "mattermost", "mattermost's picker", "rocketchat", "rocketchat's picker"],
)
def client(request):
    return request.param


def unit_of(answer: Answer) -> str:
    return answer.title.removesuffix(": 1 of 1 monitor online")


def ask_raw(bot: Bot, text: str) -> Answer:
    """Ask with the very text that Slack sends."""
    body = urlencode({**SlackClient().fields, "text": text}).encode()
    return Answer(bot.send(SlackClient().signed(body, bot.clock())))


def commands_in(answer: Answer) -> list[str]:
    return re.findall(r"`[/!]monitors ([^`]+)`", str(answer))


def test_a_unit_is_found_by_its_name_with_emoji(ask: Ask, client):
    assert [unit_of(ask(name, client)) for name in NAMES] == [*NAMES]


# What Slack sent when people typed and pasted, as the field saw it


@pytest.mark.parametrize(
    ("sent", "name"),
    [
        (":red_circle: Support", "🔴 Support"),
        (":large_green_circle: Support", "🟢 Support"),
        (":rocket: Launch", "🚀 Launch"),
        ("VIP :star:", "VIP ⭐"),
        (":wave::skin-tone-4: Welcome", "👋🏽 Welcome"),
        (":female-firefighter::skin-tone-6: Rescue", "👩🏿‍🚒 Rescue"),
        (":handshake::skin-tone-2::skin-tone-6: Partners", "🫱🏻‍🫲🏿 Partners"),
    ],
)
def test_slack_sends_names_and_gets_the_roster(bot, sent, name):
    assert unit_of(ask_raw(bot, sent)) == name


def test_support_is_two_units_whose_commands_work_when_sent_back(ask: Ask, client):
    answer = ask("support", client)

    assert answer.title == "2 units match “support”. Which one?"
    assert commands_in(answer) == ["🔴 Support", "🟢 Support"]
    assert [unit_of(ask(command, client)) for command in commands_in(answer)] == commands_in(answer)


def test_a_close_name_is_offered_as_a_command_that_works_when_sent_back(ask: Ask, client):
    for name in NAMES:
        *offered, listing = commands_in(ask(f"{name}zz", client))

        assert listing == "list"
        assert name in [unit_of(ask(command, client)) for command in offered]


def test_a_list_on_slack_is_filtered_by_an_emoji(bot, ask: Ask, client):
    assert ask_raw(bot, "list :rocket:").title == "1 unit with “🚀” in the name"
    assert ask("list 🚀", client).title == "1 unit with “🚀” in the name"


# What is no emoji, or another one


def test_a_name_that_no_list_has_is_text(ask: Ask, client):
    answer = ask(":out-logo: Desk", client)

    assert answer.title == "There is no unit “:out-logo: Desk”."
    assert ":our-logo: Desk" in [unit_of(ask(command, client)) for command in commands_in(answer)]


def test_units_whose_emoji_differ_in_skin_tone_are_told_apart(ask: Ask, company, client):
    for name in ("👋 Desk", "👋🏽 Desk", "👋🏿 Desk"):
        company.add_unit(name, monitors=["ana"])

    for name in ("👋 Desk", "👋🏽 Desk", "👋🏿 Desk"):
        assert unit_of(ask(name, client)) == name


def test_a_name_that_platforms_read_differently_is_asked_for_by_id(ask: Ask, company, client):
    company.add_unit(":snowman: Winter A", monitors=["ana"], id="snowmanSnowman001")
    company.add_unit(":satellite: Winter B", monitors=["ana"], id="satelliteSatel001")

    offered = commands_in(ask("winter", client))

    assert sorted(offered) == ["satelliteSatel001", "snowmanSnowman001"]
    assert unit_of(ask("snowmanSnowman001", client)) == ":snowman: Winter A"


def test_names_of_emoji_are_shown_as_they_were_given(ask: Ask, client):
    assert ask("drill", client).title == ":fire: drill: 1 of 1 monitor online"


# What a phone's keyboard makes of quotes and dots


@pytest.mark.parametrize("typed", ['"Sales"', "'Sales'", '"Sales" share', '"🔴 Support"'])
def test_smart_quotes_of_a_phone_are_quotes(ask: Ask, client, typed):
    assert not keyboards.on_a_phone(typed).isascii()
    assert ask(keyboards.on_a_phone(typed), client).title == ask(typed, client).title
    assert "There is no unit" not in ask(typed, client)


def test_an_ellipsis_of_a_phone_is_three_dots(ask: Ask, company, client):
    company.add_unit("And so on...", monitors=["ana"])

    assert unit_of(ask(keyboards.on_a_phone("and so on..."), client)) == "And so on..."
