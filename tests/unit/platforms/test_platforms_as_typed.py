"""What each platform's stand-in sends for a text, and what the platform's module reads of it."""

from urllib.parse import parse_qs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitors_bot.domain.answers import grammar
from monitors_bot.domain.answers.meaning import settle, text_for
from monitors_bot.domain.units.finding import Units
from monitors_bot.domain.units.roster import Unit
from monitors_bot.platforms import Platform, mattermost, slack
from monitors_bot.platforms.rocketchat import command as rocketchat
from monitors_bot.web import Request
from tests.fakes import keyboards
from tests.fakes.chat_client import MattermostClient, RocketChatClient, SlackClient
from tests.fakes.keyboards import SELECTORS
from tests.unit import hostile

CLIENTS: dict[str, tuple[SlackClient | MattermostClient | RocketChatClient, Platform]] = {
    "slack": (SlackClient(), slack),
    "mattermost": (MattermostClient(), mattermost),
    "mattermost's picker": (MattermostClient(picker=True), mattermost),
    "rocketchat": (RocketChatClient(), rocketchat),
    "rocketchat's picker": (RocketChatClient(picker=True), rocketchat),
}
TONES = set("🏻🏼🏽🏾🏿")
PIECES = ["Support", " ", " ", "&", "<", ">", "é", "-", "!", "1", "\ufe0f", ", ", "“", "(", ")", "\n", "🫩"]

any_client = pytest.mark.parametrize("client", CLIENTS)
emoji = st.sampled_from(sorted({*keyboards.slack_names(), *keyboards.rocketchat_names()} - TONES))
texts = st.lists(emoji | st.sampled_from(PIECES), max_size=12).map("".join).map(str.strip)
"""Texts with emoji. A tone alone would join the emoji before it, as it does on a screen."""
names = st.lists(
    emoji
    | st.sampled_from([*PIECES, ":", ":", ":fire:", ":snowman:", ":wave_tone1:", ":our-logo:", "all", "10"])
    | st.sampled_from(hostile.FRAGMENTS),
    max_size=8,
).map("".join)


def read(client, text):
    """What the bot reads when somebody sends `text` with that client."""
    sender, platform = CLIENTS[client]
    sent = sender.command(text)
    command = platform.read_command(Request(sent.method, sent.path, body=sent.body))
    assert command is not None
    return command.text.strip()


def field(client: SlackClient | MattermostClient, text: str) -> str:
    return parse_qs(client.command(text).body.decode())["text"][0]


# What the stand-ins send


@pytest.mark.parametrize(
    ("typed", "slack", "mattermost", "rocketchat"),
    [
        ("🔴 Support", ":red_circle: Support", ":red_circle: Support", ":red_circle: Support"),
        ("🟢", ":large_green_circle:", ":large_green_circle:", ":green_circle:"),
        ("VIP ⭐", "VIP :star:", "VIP :star:", "VIP :star:"),
        ("❤️", ":heart:", ":heart:", ":heart:"),
        ("👋🏻", ":wave::skin-tone-2:", ":wave_light_skin_tone:", ":wave_tone1:"),
        (
            "👩🏿‍🚒",
            ":female-firefighter::skin-tone-6:",
            ":female-firefighter_dark_skin_tone:",
            ":woman_firefighter_tone5:",
        ),
        ("🔴🚀", ":red_circle::rocket:", ":red_circle::rocket:", ":red_circle::rocket:"),
        (":fire: ¿?", ":fire: ¿?", ":fire: ¿?", ":fire: ¿?"),
    ],
)
def test_emoji_are_sent_as_each_platform_calls_them(typed, slack, mattermost, rocketchat):
    assert field(SlackClient(), typed) == slack
    assert field(MattermostClient(picker=True), typed) == mattermost
    assert field(MattermostClient(), typed) == typed
    assert keyboards.with_rocketchat_names(typed) == rocketchat


def test_slack_escapes_and_names():
    assert field(SlackClient(), "R&D <🔥>") == "R&amp;D &lt;:fire:&gt;"


@pytest.mark.parametrize(
    ("typed", "sent"),
    [
        ('"Billing EU" share', "“Billing EU” share"),
        ("Men's Wear", "Men’s Wear"),
        ("'Sales'", "‘Sales’"),
        ("Sales -- EU...", "Sales — EU…"),
    ],
)
def test_a_phone_types_smart_punctuation(typed, sent):
    assert keyboards.on_a_phone(typed) == sent


# What is read of it


@any_client
@given(text=texts)
def test_what_was_typed_with_emoji_is_read(client, text):
    assert read(client, text).translate(SELECTORS).strip() == text.translate(SELECTORS).strip()


@any_client
@given(text=hostile.texts)
def test_any_text_that_a_client_sends_is_read(client, text):
    assert read(client, text).encode().decode() == read(client, text)


@any_client
def test_every_emoji_with_every_skin_tone_is_read(client):
    for one in {*keyboards.slack_names(), *keyboards.rocketchat_names()}:
        assert read(client, f"x {one}") == f"x {one}"


@any_client
@given(
    known=st.lists(
        st.builds(Unit, hostile.ids, names), min_size=1, max_size=6, unique_by=lambda unit: unit.id
    )
)
def test_what_is_offered_means_the_same_when_it_is_sent_back(client, known):
    units = Units(known)

    for unit in known:
        asked = settle(grammar.read(read(client, text_for(unit, units, "all"))), units)

        assert isinstance(asked, grammar.AboutUnit)
        assert asked == grammar.AboutUnit(asked.query, everyone=True)
        assert units.find(asked.query).units == (unit,)
