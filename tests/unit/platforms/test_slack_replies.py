import re
from dataclasses import replace

import pytest
from hypothesis import given
from slack_sdk.models.blocks import Block

from monitors_bot.domain.answers.conversation import Command, Outcome, Reply
from monitors_bot.platforms import slack
from monitors_bot.platforms.fitting import size
from tests.unit.platforms.replies import PLAIN, choice_among, commands_and_replies, helps, list_of, roster_of

MONITORS = Command("/monitors", "")


def render(reply, command):
    return slack.render_reply(reply, command)


def texts_of(rendered):
    return [
        text["text"]
        for block in rendered["blocks"]
        if block["type"] != "actions"
        for text in (block["elements"] if block["type"] == "context" else [block["text"]])
    ]


def rows_of(rendered):
    return [line for text in texts_of(rendered) for line in text.split("\n") if " · " in line]


def left_out_of(rendered):
    found = re.search(r"and (\d+) more", "\n".join(texts_of(rendered)))
    return int(found[1]) if found else 0


def test_a_reply_is_a_header_sections_and_a_source():
    rendered = render(PLAIN, MONITORS)

    assert rendered["response_type"] == "ephemeral"
    assert rendered["text"].splitlines()[0] == "Billing EU: 1 of 2 monitors online"
    assert "raj · 🟡 away" in rendered["text"].splitlines()
    assert [block["type"] for block in rendered["blocks"]] == ["header", *["section"] * 4, "context"]
    assert texts_of(rendered) == [
        "Billing EU: 1 of 2 monitors online",
        "This is Billing EU: its name starts with what you typed.",
        "*Ana Díaz* · ana · 🟢 online · 07:00 (UTC-03:00)\n*raj* · 🟡 away",
        "• All units: `/monitors list`",
        "and 3 more monitors (all of them: `/monitors Billing EU all`)",
        "From chat.example.com, 10:00:00 UTC",
    ]


@given(drawn=commands_and_replies())
def test_any_reply_is_within_slacks_limits(drawn):
    command, reply = drawn

    blocks = render(reply, command)["blocks"]

    assert 1 <= len(blocks) <= 50
    for block in Block.parse_all(blocks):
        block.validate_json()
    for text in texts_of({"blocks": blocks}):
        assert text.strip()
        assert size(text) <= 3000
    assert size(blocks[0]["text"]["text"]) <= 150


@given(drawn=commands_and_replies())
def test_any_reply_mentions_nobody(drawn):
    command, reply = drawn

    rendered = render(reply, command)

    for block in rendered["blocks"][1:]:
        if block["type"] == "actions":
            continue  # all plain text: see test_slack_buttons.py
        for text in block.get("elements", [block.get("text")]):
            assert text["verbatim"] is True
            assert "<" not in text["text"]
            assert ">" not in text["text"]
            assert not re.search(r"&(?!amp;|lt;|gt;)", text["text"])
    assert not re.search(r"[<>]|&(?!amp;|lt;|gt;)", rendered["text"])
    assert rendered["blocks"][0]["text"]["type"] == "plain_text"
    assert rendered["blocks"][0]["text"]["emoji"] is False


@given(drawn=commands_and_replies())
def test_every_command_of_a_reply_stands_in_code_of_its_own(drawn):
    command, reply = drawn

    lines = "\n".join(texts_of(render(reply, command))).split("\n")

    for line in lines:
        if line.startswith("• "):
            assert line.count("`") == 2 + line[: line.index(": `")].count("`")


def test_only_a_shared_reply_is_seen_by_the_channel():
    assert render(PLAIN, MONITORS)["response_type"] == "ephemeral"
    assert render(replace(PLAIN, shared=True), MONITORS)["response_type"] == "in_channel"


@given(reply=helps())
def test_a_command_can_be_copied_and_pasted(reply):
    text = "\n".join(texts_of(render(reply, MONITORS)))

    shown = re.findall(r"(?m)^• .*: `([^`]*)`$", text)
    assert [code.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&") for code in shown] == [
        choice.command for choice in reply.choices
    ]


@pytest.mark.parametrize("name", ["user", "*_~`<>&|@all" * 3, "😀" * 30])
@pytest.mark.parametrize("number", [1, 10, 500, 2000])
def test_rows_shown_and_rows_left_out_make_the_whole_roster(number, name):
    rendered = render(roster_of(number, name=name), MONITORS)

    assert len(rows_of(rendered)) + left_out_of(rendered) == number


def test_a_large_roster_fills_what_slack_takes():
    rendered = render(roster_of(5000), MONITORS)

    assert len(rows_of(rendered)) > 200
    assert left_out_of(rendered) > 0
    assert sum(map(len, texts_of(rendered))) < 11_000


@pytest.mark.parametrize("name", ["Desk", "*_~`<>&|@all" * 20, "😀" * 80, "&" * 90])
@pytest.mark.parametrize("number", [24, 25, 26, 5000])
def test_units_shown_and_units_left_out_make_the_whole_list(number, name):
    rendered = render(list_of(number, name=name), MONITORS)

    assert len(rows_of(rendered)) + left_out_of(rendered) == number


@pytest.mark.parametrize("name", ["Desk", "&" * 90])
@pytest.mark.parametrize("number", [2, 25, 26, 5000])
def test_choices_shown_and_choices_left_out_make_all_that_match(number, name):
    rendered = render(choice_among(number, name=name), MONITORS)

    choices = [line for line in "\n".join(texts_of(rendered)).split("\n") if line.startswith("• ")]
    assert len(choices) + left_out_of(rendered) == number


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Ana & Co <x>", "*Ana &amp; Co &lt;x&gt; 0*"),
        ("*Ana*", "*\u200bAna* 0"),
        ("_x_", "_\u200bx_ 0"),
        ("a `b`", "a `\u200bb` 0"),
        (":smile:", "*:\u200bsmile: 0*"),
        ("10:00:00", "*10:00:00 0*"),
    ],
)
def test_foreign_text_formats_nothing(name, shown):
    rendered = render(roster_of(1, name=name), MONITORS)

    assert rows_of(rendered)[0].split(" · ")[0] == shown


def test_a_title_that_is_too_long_for_a_header_says_that_it_goes_on():
    reply = Reply(Outcome.NOT_RECORDED, "x" * 200)

    rendered = render(reply, MONITORS)

    assert rendered["blocks"][0]["text"]["text"] == "x" * 149 + "…"
    assert rendered["text"] == "x" * 200
