import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitors_bot.domain.notices.messages import Notice
from monitors_bot.domain.units.roster import Monitor
from monitors_bot.platforms.fitting import size
from monitors_bot.platforms.rocketchat.markdown import TEXT_LIMIT
from monitors_bot.platforms.rocketchat.notice import CUT, render
from tests.fakes.rocketchat.drawing import WebClient, drawn, of_style
from tests.fakes.rocketchat.mentions import drawn_mentions, mentions
from tests.unit import hostile

MENTIONABLE = re.compile(r"[0-9a-zA-Z\-_.]+", re.ASCII)

usernames = st.from_regex(r"[0-9a-z._-]{1,12}", fullmatch=True) | hostile.names
people = st.lists(st.builds(Monitor, hostile.ids, usernames, hostile.names), max_size=12)
long_texts = hostile.texts | st.lists(hostile.texts, max_size=60).map("\n".join)


def rendered(notice):
    payload = render(notice)
    assert payload.keys() == {"text"}
    return str(payload["text"])


def to_mention(monitors):
    names = (one.username for one in monitors if MENTIONABLE.fullmatch(one.username))
    return list(dict.fromkeys(name for name in names if name.lower() not in {"all", "here"}))


@given(title=hostile.texts, monitors=people, details=st.lists(hostile.texts, max_size=2), message=long_texts)
def test_exactly_the_people_are_mentioned_whatever_the_texts_say(title, monitors, details, message):
    text = rendered(Notice(title, "reachable", tuple(monitors), tuple(details), message))

    assert mentions({"msg": text}) == to_mention(monitors)
    assert drawn_mentions(text) == to_mention(monitors)


@given(title=hostile.texts, details=st.lists(hostile.texts, max_size=2), message=long_texts)
def test_no_word_of_a_notice_is_drawn_as_a_link(title, details, message):
    text = rendered(Notice(title, "reachable", (), tuple(details), message))

    assert of_style(drawn({"msg": text}, WebClient.FROM_8_3), "link") == []


@given(
    title=hostile.texts.map(lambda text: text * 30),
    details=st.lists(hostile.texts.map(lambda text: text * 30), max_size=2),
    message=long_texts.map(lambda text: text * 20),
    number=st.integers(0, 400),
)
def test_a_notice_always_fits_and_says_when_it_is_cut(title, details, message, number):
    crowd = tuple(Monitor(str(one), f"somebody.with.a.name.{one}") for one in range(number))

    text = rendered(Notice(title, "all monitors", crowd, tuple(details[: 0 if crowd else 2]), message))

    assert size(text) <= TEXT_LIMIT


def test_people_who_do_not_fit_are_counted():
    crowd = tuple(Monitor(str(number), f"somebody.{number:03}") for number in range(400))

    text = rendered(Notice("Billing EU", "all monitors", crowd, message="Help."))

    shown = len(mentions({"msg": text}))
    assert 100 < shown < 400
    assert f"and {400 - shown} more monitors\n> Help." in text


@pytest.mark.parametrize(("length", "is_cut"), [(4000, False), (4900, True)])
def test_a_message_is_cut_only_where_it_must_be(length, is_cut):
    text = rendered(Notice("Billing EU", message="x" * length))

    assert text.endswith(CUT) == is_cut
    assert size(text) > 3900


def test_a_message_that_was_cut_on_arrival_is_marked_as_cut():
    assert rendered(Notice("Billing EU", message="x", is_cut=True)).endswith(CUT)


def test_every_line_of_a_message_is_quoted():
    text = rendered(Notice("Billing EU", message="one\r\n\n \t two\u2028three\n"))

    assert text == "*Billing EU*\n> one\n> two\n> three"
