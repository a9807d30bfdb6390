"""Names of emoji in what a reply quotes, such as a unit called `:fire: drill`, are shown as they are."""

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitors_bot.domain.answers.conversation import Choice, Command, Outcome, Reply, Table
from monitors_bot.platforms import Platform, mattermost, slack
from monitors_bot.platforms.rocketchat import command as rocketchat
from monitors_bot.text import NAMES_OF_EMOJI, with_emoji
from tests.unit import hostile
from tests.unit.platforms.replies import commands_and_replies

each_platform = pytest.mark.parametrize("platform", [slack, mattermost, rocketchat])
names = st.lists(
    st.sampled_from([*hostile.FRAGMENTS, ":fire:", "1:fire:", "🔴", ":wave_tone1:"]), max_size=6
).map("".join)


def formatted(platform: Platform, reply: Reply, command: Command) -> list[str]:
    """The texts of a reply in which the platform draws names of emoji, without the code in them."""
    rendered = platform.render_reply(reply, command)
    texts = [
        rendered["text"],
        *_texts_of(rendered.get("attachments", [])),
        *_texts_of(rendered.get("blocks", [])),
    ]
    return [re.sub(r"`[^`\n]*`", "", text) for text in texts]


def _texts_of(parts):
    for part in parts:
        for text in part.get("elements", [part["text"]] if "text" in part else []):
            if isinstance(text, str):
                yield text
            elif text["type"] == "mrkdwn":  # a plain text says itself that names in it are no emoji
                yield text["text"]


@each_platform
@given(drawn=commands_and_replies())
def test_no_name_in_any_reply_is_drawn_as_an_emoji(platform, drawn):
    command, reply = drawn

    for text in formatted(platform, reply, command):
        assert with_emoji(text, *NAMES_OF_EMOJI) == text


@each_platform
@given(name=names)
def test_no_name_of_a_unit_is_drawn_as_an_emoji(platform, name):
    reply = Reply(
        outcome=Outcome.ROSTER,
        title=f"{name}: 1 of 2 monitors online",
        details=(f"This is {name}.",),
        table=Table(("Monitor", "Status"), ((name, f"x {name}"),)),
        choices=(Choice(name, "/monitors x"),),
        source=f"From {name}",
    )

    for text in formatted(platform, reply, Command("/monitors", "")):
        assert with_emoji(text, *NAMES_OF_EMOJI) == text


@each_platform
@pytest.mark.parametrize("name", ["🔴 Support", ":fire: drill", "1:fire: drill", "👩🏿‍🚒 Rescue"])
def test_a_command_with_an_emoji_is_copied_as_it_is(platform, name):
    reply = Reply(Outcome.NO_UNIT, "x", choices=(Choice("x", f"/monitors {name}"),))

    rendered = platform.render_reply(reply, Command("/monitors", ""))

    assert f"`/monitors {name}`" in json.dumps(rendered, ensure_ascii=False)


@each_platform
def test_a_time_is_copied_without_anything_in_it(platform):
    reply = Reply(Outcome.ROSTER, "x", source="From chat.example.com, 10:00:00 UTC")

    assert "10:00:00 UTC" in str(platform.render_reply(reply, Command("/monitors", "")))
