import json
import re
from itertools import chain

import pytest
from hypothesis import given

from monitors_bot.domain.answers.conversation import Choice, Command, Hidden, Outcome, Reply
from monitors_bot.platforms.fitting import size
from monitors_bot.platforms.rocketchat.reply import render_reply
from tests.fakes.rocketchat import accept_webhook_answer, drawn_mentions, mentions
from tests.fakes.rocketchat.drawing import WebClient, of_style, text_of
from tests.fakes.rocketchat.drawing import drawn as draw
from tests.unit.platforms.replies import PLAIN, choice_among, commands_and_replies, helps, list_of, roster_of

MONITORS = Command("!monitors", "")


def render(reply, command):
    return render_reply(reply, command)


def posted(rendered):
    message = accept_webhook_answer(200, {"Content-Type": "application/json"}, json.dumps(rendered).encode())
    assert message is not None
    return message


def lines_of(rendered):
    below = [one["text"].split("  \n") for one in rendered.get("attachments", [])]
    return [*rendered["text"].split("\n"), *chain.from_iterable(below)]


def left_out_of(rendered):
    found = re.search(r"and (\d+) more", "\n".join(lines_of(rendered)))
    return int(found[1]) if found else 0


def test_a_reply_is_a_text_and_an_attachment():
    rendered = render(PLAIN, MONITORS)

    assert rendered["text"].split("\n") == [
        "*Billing EU: 1 of 2 monitors online*",
        "This is Billing EU: its name starts with what you typed.",
    ]
    assert rendered["attachments"][0]["text"].split("  \n") == [
        "*Ana Díaz* · ana · 🟢 online · 07:00 (UTC-03:00)",
        "*raj* · 🟡 away",
        "• All units: `/monitors list`",
        "and 3 more monitors (all of them: `/monitors Billing EU all`)",
        "_From chat.\u200bexample.\u200bcom, 10:00:00 UTC_",
    ]


def test_a_reply_with_nothing_below_its_text_has_no_attachment():
    assert render(Reply(Outcome.CRASHED, "Sorry."), MONITORS) == {"text": "*Sorry.*"}


@given(drawn=commands_and_replies())
def test_any_reply_is_posted_and_mentions_nobody(drawn):
    command, reply = drawn

    rendered = render(reply, command)

    message = posted(rendered)
    assert mentions(message) == []
    assert drawn_mentions(message["msg"]) == []
    for attachment in message.get("attachments", []):
        assert mentions({"msg": attachment["text"]}) == []
        assert drawn_mentions(attachment["text"]) == []


@given(drawn=commands_and_replies())
def test_any_reply_is_within_rocketchats_limit_and_has_no_empty_field(drawn):
    command, reply = drawn

    rendered = render(reply, command)

    texts = [rendered["text"], *(one["text"] for one in rendered.get("attachments", []))]
    assert all(rendered.values())
    assert all(text.strip() for text in texts)
    assert sum(map(size, texts)) <= 5000


@given(drawn=commands_and_replies())
def test_no_reply_begins_with_the_word_that_asked_for_it(drawn):
    command, reply = drawn

    assert not posted(render(reply, command))["msg"].startswith(command.word)


@given(drawn=commands_and_replies())
def test_no_channel_and_no_link_is_drawn(drawn):
    command, reply = drawn

    for line in lines_of(render(reply, command)):
        outside_code = re.sub(r"(?<!\\)`[^`]*`", "", line)
        assert not re.search(r"[@#\[\]<|](?!\u200b)", outside_code)
        assert "://" not in outside_code


@given(drawn=commands_and_replies())
def test_a_reply_has_no_lines_but_its_own(drawn):
    command, reply = drawn

    lines = lines_of(render(reply, command))

    rows = len(reply.table.rows) if reply.table else 0
    assert len(lines) <= 1 + len(reply.details) + rows + len(reply.choices) + 2
    assert all(line == " ".join(line.split()) for line in lines)


@pytest.mark.parametrize("word", ["*Nobody", "*", "*Billing"])
def test_a_reply_that_would_begin_with_the_word_is_guarded(word):
    reply = Reply(Outcome.EMPTY_UNIT, "Nobody monitors Billing.")

    rendered = render(reply, Command(word, ""))

    assert not rendered["text"].startswith(word)


def test_a_command_that_holds_an_at_stays_in_code_and_mentions_nobody():
    reply = Reply(
        Outcome.LIST,
        "x",
        hidden=Hidden(1, "unit", Choice("more", "@monitors `all`")),
        choices=(Choice("a", "@all"),),
    )

    rendered = render(reply, MONITORS)

    assert rendered["attachments"][0]["text"].split("  \n") == [
        "• a: `@\u200ball`",
        "and 1 more unit (more: `@\u200bmonitors 'all'`)",
    ]


@given(reply=helps())
def test_a_command_can_be_copied_and_pasted(reply):
    text = "\n".join(lines_of(render(reply, MONITORS)))

    shown = re.findall(r"(?m)^• .*: `([^`]*)`$", text)
    assert shown == [choice.command for choice in reply.choices]


@pytest.mark.parametrize("name", ["user", "*_~`<|@all" * 4, "😀" * 30])
@pytest.mark.parametrize("number", [1, 10, 500, 2000])
def test_rows_shown_and_rows_left_out_make_the_whole_roster(number, name):
    rendered = render(roster_of(number, name=name), MONITORS)

    rows = [line for line in lines_of(rendered) if " · " in line]
    assert len(rows) + left_out_of(rendered) == number
    assert posted(rendered)


def test_a_large_roster_fills_what_rocketchat_takes():
    rendered = render(roster_of(2000), MONITORS)

    assert size(rendered["attachments"][0]["text"]) > 4300


@pytest.mark.parametrize("name", ["Desk", "*" * 80, "😀" * 80, "😀" * 72, "😀" * 60 + "x" * 15])
@pytest.mark.parametrize("number", [24, 25, 26, 5000])
def test_units_shown_and_units_left_out_make_the_whole_list(number, name):
    """The command below the list was once counted as a unit when it did not fit."""
    rendered = render(list_of(number, name=name), MONITORS)

    rows = [line for line in lines_of(rendered) if " · " in line]
    assert len(rows) + left_out_of(rendered) == number


@pytest.mark.parametrize("name", ["Desk", "*" * 90])
@pytest.mark.parametrize("number", [2, 25, 26, 5000])
def test_choices_shown_and_choices_left_out_make_all_that_match(number, name):
    rendered = render(choice_among(number, name=name), MONITORS)

    choices = [line for line in lines_of(rendered) if line.startswith("• ")]
    assert len(choices) + left_out_of(rendered) == number


@given(drawn=commands_and_replies())
def test_clients_before_and_from_8_3_draw_every_reply_alike_and_no_link(drawn):
    command, reply = drawn

    message = posted(render(reply, command))

    old, new = (draw(message, client) for client in WebClient)
    assert text_of(old) == text_of(new)
    assert of_style(old, "link") == of_style(new, "link") == []


@given(reply=helps())
def test_every_command_can_be_copied_from_either_client(reply):
    message = posted(render(reply, MONITORS))

    for client in WebClient:
        copied = of_style(draw(message, client), "code")
        assert copied == [choice.command for choice in reply.choices]


def test_a_reply_to_a_command_in_a_thread_goes_into_the_thread():
    assert posted(render(PLAIN, Command("!monitors", "", thread_id="t1")))["tmid"] == "t1"
    assert "tmid" not in posted(render(PLAIN, MONITORS))
