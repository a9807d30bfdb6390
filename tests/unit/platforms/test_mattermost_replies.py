import re
from dataclasses import replace

import pytest
from hypothesis import given

from monitors_bot.domain.answers.conversation import Command
from monitors_bot.platforms import mattermost
from monitors_bot.platforms.fitting import size
from tests.unit.platforms.replies import PLAIN, choice_among, commands_and_replies, helps, list_of, roster_of

MONITORS = Command("/monitors", "")


def render(reply, command):
    return mattermost.render_reply(reply, command)


def table_of(rendered):
    return [line for line in rendered["text"].split("\n") if line.startswith("|")]


def cells_of(line):
    """Split a row as Mattermost's web client does: at each pipe without a backslash before it."""
    return re.split(r"(?<!\\)\|", line)[1:-1]


def left_out_of(rendered):
    found = re.search(r"and (\d+) more", rendered["text"])
    return int(found[1]) if found else 0


def test_a_reply_is_a_title_a_table_and_a_source():
    rendered = render(PLAIN, MONITORS)

    assert rendered["response_type"] == "ephemeral"
    assert rendered["skip_slack_parsing"] is True
    assert rendered["text"].split("\n") == [
        "**Billing EU: 1 of 2 monitors online**",
        "",
        "This is Billing EU: its name starts with what you typed.",
        "",
        "| Monitor | Username | Presence | Local time |",
        "|:--|:--|:--|:--|",
        "| Ana Díaz | ana | 🟢 online | 07:00 (UTC-03:00) |",
        "| raj |  | 🟡 away |  |",
        "",
        "- All units: `/monitors list`",
        "",
        "and 3 more monitors (all of them: `/monitors Billing EU all`)",
        "",
        "*From chat.example.com, 10:00:00 UTC*",
    ]


@given(drawn=commands_and_replies())
def test_any_reply_is_within_mattermosts_limit(drawn):
    command, reply = drawn

    assert 0 < size(render(reply, command)["text"]) <= 16_383


@given(drawn=commands_and_replies())
def test_any_reply_mentions_nobody_and_no_channel(drawn):
    command, reply = drawn

    text = render(reply, command)["text"]

    outside_code = re.sub(r"(?<!\\)`[^`\n]*`", "", text)
    assert not re.search(r"@(?!\u200b)", text)
    assert not re.search(r"(~|://)(?!\u200b)", outside_code)


@given(drawn=commands_and_replies())
def test_every_row_of_a_table_has_as_many_cells_as_its_head(drawn):
    command, reply = drawn

    table = table_of(render(reply, command))

    assert len({len(cells_of(line)) for line in table}) <= 1
    if reply.table and table:
        assert len(table) - 2 == len(reply.table.rows)


@given(drawn=commands_and_replies())
def test_a_reply_has_no_lines_but_its_own(drawn):
    command, reply = drawn

    text = render(reply, command)["text"]

    assert not re.search(r"[\r\t\x00-\x08\x0b-\x1f\x85\u2028\u2029\u2424]", text)
    for line in text.split("\n"):
        assert not line or line.startswith(("**", "|", "- ", "and ", "*From", "*Last", *PLAIN_STARTS))


PLAIN_STARTS = (
    "This is ",
    "Did you",
    "I can",
    "I began to read the rosters at ",
    "If it stays like this, tell ",
    "Units: ",
    "Somebody ",
    "The list ",
    "The fresh answer follows.",
    "Presence could not be read: ",
    "Status texts and local times could not be read: ",
    "Rocket.Chat ",
    "Try ",
    "Type ",
    "Rosters are ",
    "Times are ",
    "What I know ",
    "Last read",
    "Seen so ",
    "It changed ",
    "It is still to come.",
    "It can be read in two ways",
    "Before that: ",
    "Nobody else ",
    "You are called ",
    "They are being read ",
    "If it stays ",
    "Not read yet, ",
    "Status: ",
    "Local time: ",
    "Ask ",
)


def test_only_a_shared_reply_is_seen_by_the_channel():
    assert render(PLAIN, MONITORS)["response_type"] == "ephemeral"
    assert render(replace(PLAIN, shared=True), MONITORS)["response_type"] == "in_channel"


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("a|b", r"a\|b 0"),
        ("a\\|b", r"a\\\|b 0"),
        ("*a* _b_", r"\*a\* \_b\_ 0"),
        ("@all", "@\u200ball 0"),
        ("~town", "~\u200btown 0"),
        ("[x](http://a.b)", "\\[x\\](http://\u200ba.b) 0"),
        (":smile:", ":\u200bsmile: 0"),
        ("10:00:00", "10:00:00 0"),
        ("&amp; & &#64;", "&\u200bamp; & &\\#64; 0"),
        ("a\u2424b", "a b 0"),
    ],
)
def test_foreign_text_formats_nothing(name, shown):
    rendered = render(roster_of(1, name=name), MONITORS)

    assert cells_of(table_of(rendered)[2])[0].strip() == shown


@given(reply=helps())
def test_a_command_can_be_copied_and_pasted(reply):
    text = render(reply, MONITORS)["text"]

    shown = re.findall(r"(?m)^- .*: `([^`]*)`$", text)
    assert shown == [choice.command for choice in reply.choices]


@pytest.mark.parametrize("name", ["user", "|`*\\@all~" * 4, "😀" * 30])
@pytest.mark.parametrize("number", [1, 10, 500, 2000])
def test_rows_shown_and_rows_left_out_make_the_whole_roster(number, name):
    rendered = render(roster_of(number, name=name), MONITORS)

    assert len(table_of(rendered)) - 2 + left_out_of(rendered) == number
    assert size(rendered["text"]) <= 16_383


def test_a_large_roster_fills_what_mattermost_takes():
    rendered = render(roster_of(2000), MONITORS)

    assert size(rendered["text"]) > 15_000


@pytest.mark.parametrize("name", ["Desk", "|`*\\@all~" * 20, "😀" * 80])
@pytest.mark.parametrize("number", [24, 25, 26, 5000])
def test_units_shown_and_units_left_out_make_the_whole_list(number, name):
    rendered = render(list_of(number, name=name), MONITORS)

    assert len(table_of(rendered)) - 2 + left_out_of(rendered) == number


@pytest.mark.parametrize("name", ["Desk", "*" * 90])
@pytest.mark.parametrize("number", [2, 25, 26, 5000])
def test_choices_shown_and_choices_left_out_make_all_that_match(number, name):
    rendered = render(choice_among(number, name=name), MONITORS)

    choices = [line for line in rendered["text"].split("\n") if line.startswith("- ")]
    assert len(choices) + left_out_of(rendered) == number
