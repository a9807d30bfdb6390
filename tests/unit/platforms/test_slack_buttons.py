import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from slack_sdk.models.blocks import Block

from monitors_bot.domain.answers.conversation import Choice, Command, Hidden, Outcome, Reply
from monitors_bot.platforms.fitting import size
from monitors_bot.platforms.slack_buttons import Origin, buttons, origin_of
from tests.unit import hostile
from tests.unit.platforms.replies import PLAIN, choice_among, commands_and_replies

SALES = Command("/monitors", "Sales", team_id="T0001")
MORE = Choice("all of them", "/monitors Sales all", ("Sales all",))


def elements(reply, command):
    return [one for block in json.loads(json.dumps(buttons(reply, command))) for one in block["elements"]]


def pressable(reply, command=SALES):
    """What can be pressed, and what is asked then."""
    return {one["text"]["text"]: one["value"] for one in elements(reply, command) if "text" in one}


def options(reply, command=SALES):
    [menu] = [one for one in elements(reply, command) if one["type"] == "static_select"]
    return [(one["text"]["text"], one["value"]) for one in menu["options"]]


def test_a_roster_can_be_read_again_shown_and_read_whole():
    reply = replace(PLAIN, hidden=Hidden(3, "monitor", MORE))

    assert pressable(reply) == {"Refresh": "Sales", "Show in channel": "Sales", "More": "Sales all"}


def test_what_the_channel_reads_is_not_offered_to_it_again():
    assert pressable(replace(PLAIN, shared=True)) == {"Refresh": "Sales"}


@pytest.mark.parametrize("outcome", Outcome)
def test_only_what_is_known_may_be_shown_and_only_what_may_change_is_read_again(outcome):
    reply = Reply(outcome, "x")

    shown = pressable(reply)

    assert ("Show in channel" in shown) is outcome.may_be_shared
    assert ("Refresh" in shown) is (outcome.may_be_shared or outcome.may_improve)


def test_a_menu_offers_the_units_that_match():
    assert options(choice_among(2)) == [
        ("Desk (id unitwithanid00000)", "unitwithanid00000"),
        ("Desk (id unitwithanid00001)", "unitwithanid00001"),
    ]


def test_a_text_that_no_menu_takes_is_replaced_by_a_shorter_one_or_left_out():
    long = Choice("x" * 90, "/monitors …", ("x" * 76, "unitId share"))
    reply = Reply(Outcome.NO_UNIT, "x", choices=(long, Choice("y", "/monitors …", ("y" * 76,))))

    assert options(reply) == [("x" * 74 + "…", "unitId share")]


def test_a_value_that_slack_would_refuse_gets_no_button():
    assert pressable(PLAIN, replace(SALES, text="x" * 2000)).keys() == {"Refresh", "Show in channel"}
    assert not buttons(PLAIN, replace(SALES, text="x" * 2001))


@pytest.mark.parametrize("team_id", ["", "T|1", "T" * 250])
def test_without_a_workspace_that_can_be_read_back_nothing_can_be_pressed(team_id):
    assert not buttons(PLAIN, replace(SALES, team_id=team_id))


@given(drawn=commands_and_replies())
def test_whatever_can_be_pressed_is_within_slacks_limits_and_plain(drawn):
    command, reply = drawn

    blocks = json.loads(json.dumps(buttons(reply, command)))

    for parsed in Block.parse_all(blocks):
        parsed.validate_json()
    for block in blocks:
        assert origin_of(block["block_id"]) == Origin(command.team_id, command.word)
        assert size(block["block_id"]) <= 255
        ids = [one["action_id"] for one in block["elements"]]
        assert len(ids) == len(set(ids)) <= 25
        for element in block["elements"]:
            offered = element.get("options", [element])
            assert 1 <= len(offered) <= 100
            most = 75 if "options" in element else 2000
            assert all(0 < size(one["value"]) <= most for one in offered)
            assert all(0 < size(one["text"]["text"]) <= 75 for one in offered)
            texts = [one["text"] for one in offered] + [element.get("placeholder", offered[0]["text"])]
            assert all(text["type"] == "plain_text" and text["emoji"] is False for text in texts)


@given(team_id=hostile.texts, word=hostile.texts)
def test_where_it_was_typed_is_read_back_where_it_fits(team_id, word):
    origin = Origin(team_id, word)

    assert not origin.fits or origin_of(origin.block_id) == origin


@given(
    block_id=st.text() | st.sampled_from(["monitors", "monitors|", "monitors||/m", "monitors|T1|", "x|T1|/m"])
)
def test_the_id_of_another_block_is_no_origin(block_id):
    origin = origin_of(block_id)

    assert origin is None or origin.block_id == block_id
