"""What a reply offers as a command means exactly that when it is pasted and the platform sends it back."""

import html
import re
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitors_bot.domain.answers import grammar
from monitors_bot.domain.answers.conversation import Command, Reply
from monitors_bot.domain.answers.grammar import AboutPerson, AboutUnit
from monitors_bot.domain.answers.meaning import understand
from monitors_bot.domain.answers.times_wording import unreadable_time
from monitors_bot.domain.answers.wording import Wording
from monitors_bot.domain.units.finding import Match, Units, fold
from monitors_bot.domain.units.roster import Monitor, Unit
from monitors_bot.platforms import mattermost, slack
from monitors_bot.platforms.rocketchat import command as rocketchat
from monitors_bot.web import Request
from tests.fakes.chat_client import MattermostClient, RocketChatClient, SlackClient
from tests.unit import hostile

WORD = "!monitors"
PLATFORMS = [(slack, SlackClient()), (mattermost, MattermostClient()), (rocketchat, RocketChatClient())]
on_each_platform = pytest.mark.parametrize(
    ("platform", "client"), PLATFORMS, ids=["slack", "mattermost", "rocketchat"]
)

units_of_any_name = st.lists(
    st.builds(Unit, hostile.ids, hostile.names), min_size=1, max_size=6, unique_by=lambda unit: unit.id
)
any_options = st.sampled_from(
    [
        AboutUnit(""),
        AboutUnit("", share=True),
        AboutUnit("", everyone=True),
        AboutUnit("", share=True, everyone=True),
        AboutUnit("", history=True),
        AboutUnit("", share=True, history=True, since="9am"),
        AboutUnit("", history=True, since="yesterday 14:00"),
        AboutUnit("", at="mon 9am"),
        AboutUnit("", everyone=True, at="12.05.2026 9:30 pm"),
        AboutUnit("", at="2026-05-12"),
    ]
)


def pasted(reply: Reply, platform: ModuleType, client) -> list[str]:
    """What reaches us when somebody pastes each of the commands of a reply, in order."""
    payload = platform.render_reply(reply, Command(WORD, ""))
    parts = [str(part) for part in _texts(payload)]
    shown = [html.unescape(part) if platform is slack else part for part in parts]
    typed = [code for part in shown for code in re.findall(rf"`{WORD} ([^`]*)`", part)]
    return [_received(code, platform, client) for code in typed]


def _texts(payload):
    if "blocks" in payload:
        return [block["text"]["text"] for block in payload["blocks"] if block["type"] == "section"]
    return [payload["text"], *(one["text"] for one in payload.get("attachments", []))]


def _received(typed: str, platform: ModuleType, client) -> str:
    sent = client.command(typed)
    command = platform.read_command(
        Request(sent.method, sent.path, headers=dict(sent.headers), body=sent.body)
    )
    assert isinstance(command, Command)
    return command.text


@on_each_platform
@given(known=units_of_any_name, about=any_options)
def test_each_of_several_units_is_meant_with_the_key_words_that_were_typed(platform, client, known, about):
    units = Units(known)
    offered = tuple(units)
    reply = Wording(WORD, "chat.example.com").several(about, Match(offered), units)

    texts = pasted(reply, platform, client)

    for text, unit in zip(texts, offered, strict=True):
        meaning = understand(grammar.read(text), units)
        assert meaning.match.units == (unit,)
        assert isinstance(meaning.ask, AboutUnit)
        assert meaning.ask._replace(query="") == about


@on_each_platform
@given(known=units_of_any_name, typed=hostile.texts, is_history=st.booleans())
def test_a_time_that_is_shown_can_be_read(platform, client, known, typed, is_history):
    units = Units(known)
    unit = next(iter(units))
    about = AboutUnit(unit.name, history=is_history, unreadable=typed)
    reply = unreadable_time(Wording(WORD, "chat.example.com"), about, Match((unit,)), units)

    (text,) = pasted(reply, platform, client)

    meaning = understand(grammar.read(text), units)
    assert meaning.match.units == (unit,)
    assert isinstance(meaning.ask, AboutUnit)
    assert (meaning.ask.since if is_history else meaning.ask.at) == "yesterday 14:00"


@on_each_platform
@given(people=st.lists(st.builds(Monitor, hostile.ids, hostile.names, hostile.names), max_size=3))
def test_a_person_who_is_suggested_is_meant(platform, client, people):
    units = Units([])
    about = AboutUnit("ana", share=True)
    reply = Wording(WORD, "chat.example.com").no_unit(about, units, people, certain=True)

    *texts, listed = pasted(reply, platform, client)

    meanings = [understand(grammar.read(text), units).ask for text in texts]
    assert understand(grammar.read(listed), units).ask == grammar.ListUnits()
    named = [one for one in meanings if isinstance(one, AboutPerson)]
    assert named == meanings
    assert all(
        one.share and fold(one.name or "") in {fold(person.username) for person in people} for one in named
    )
