import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitors_bot.text import INVISIBLE, is_channel, is_encodable


@pytest.mark.parametrize("pasted", ["@\u200bana", "@\u2060ana", "\ufeff@ana"])
def test_invisible_characters_are_removed(pasted):
    assert pasted.translate(INVISIBLE) == "@ana"


def test_visible_characters_stay():
    assert "@ana Díaz\t日本".translate(INVISIBLE) == "@ana Díaz\t日本"


@pytest.mark.parametrize("text", ["#leads", "@ana", "GENERAL", "#a b", "x", "#" + "x" * 201])
def test_a_name_of_a_channel_or_user_or_an_id_is_a_channel(text):
    assert is_channel(text)


@pytest.mark.parametrize(
    "text", ["", "#", "@", "##leads", "#@ana", " leads", "# leads", "#a\nb", "#a\rb", "#a\n", "#" + "x" * 202]
)
def test_anything_else_is_no_channel(text):
    assert not is_channel(text)


@pytest.mark.parametrize("smuggled", [r'"\ud83d"', r'"\ude00"', r'"a\udfffb"'])
def test_a_lone_half_of_a_character_cannot_be_encoded(smuggled):
    assert not is_encodable(json.loads(smuggled))


def test_both_halves_together_can():
    assert is_encodable(json.loads(r'"\ud83d\ude00"'))


@given(st.text())
def test_all_other_text_can_be_encoded(text):
    assert is_encodable(text)
