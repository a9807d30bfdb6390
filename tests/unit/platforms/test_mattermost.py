import re
from dataclasses import replace
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitors_bot.domain.answers.conversation import Command
from monitors_bot.errors import RequestMalformed, RequestRejected
from monitors_bot.platforms import mattermost
from monitors_bot.platforms.fitting import size
from monitors_bot.web import Request
from tests.fakes.chat_client import MATTERMOST_TOKEN, MattermostClient
from tests.unit import hostile
from tests.unit.platforms.replies import PLAIN, choice_among, commands_and_replies, helps, list_of, roster_of
from tests.unit.platforms.verdict import accepts

NOW = 1_795_341_600
MONITORS = Command("/monitors", "")
OTHER_TOKEN = "another-token-that-is-good"


def sent(body, **headers):
    return Request("POST", "/mattermost/command", headers=headers, body=body)


def form(token=MATTERMOST_TOKEN, **fields):
    return urlencode({**MattermostClient().fields, "text": "x", "token": token, **fields}).encode()


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


# Proof


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"authorization": f"Token {MATTERMOST_TOKEN}"},
        {"authorization": f"token {MATTERMOST_TOKEN}"},
        {"authorization": "Bearer an-access-token-of-something-else"},
        {"authorization": ""},
    ],
)
def test_the_token_in_the_form_is_accepted(headers):
    assert accepts(mattermost.verify, sent(form(), **headers), [MATTERMOST_TOKEN], NOW)


@pytest.mark.parametrize("token", [MATTERMOST_TOKEN, OTHER_TOKEN])
def test_any_of_several_tokens_is_enough(token):
    request = sent(form(token), authorization=f"Token {token}")

    assert accepts(mattermost.verify, request, [MATTERMOST_TOKEN, OTHER_TOKEN], NOW)


@pytest.mark.parametrize(
    "header",
    [
        "Token wrong",
        "Token ",
        "Token",
        "TOKEN wrong",
        f"Token {MATTERMOST_TOKEN},Token {MATTERMOST_TOKEN}",
        f"Token  {MATTERMOST_TOKEN}",
        f"Token {MATTERMOST_TOKEN}é",
        "Token \ud800",
    ],
)
def test_a_token_in_the_header_has_to_be_right_too(header):
    with pytest.raises(RequestRejected):
        mattermost.verify(sent(form(), authorization=header), [MATTERMOST_TOKEN], NOW)


@pytest.mark.parametrize("secrets", [[], [OTHER_TOKEN]])
@pytest.mark.parametrize("body", [form(), form(""), b"text=x", b"", b"token"])
def test_anything_but_a_token_of_ours_is_rejected(secrets, body):
    with pytest.raises(RequestRejected):
        mattermost.verify(sent(body, authorization=f"Token {MATTERMOST_TOKEN}"), secrets, NOW)


def test_a_doubled_token_is_none():
    with pytest.raises(RequestRejected):
        mattermost.verify(sent(form() + b"&token=" + MATTERMOST_TOKEN.encode()), [MATTERMOST_TOKEN], NOW)


@pytest.mark.parametrize("body", [b"\xff", b"token=%ff", b"a=1&" * 1001])
def test_a_form_that_cannot_be_read_is_malformed(body):
    with pytest.raises(RequestMalformed):
        mattermost.verify(sent(body), [MATTERMOST_TOKEN], NOW)


@given(body=st.binary(max_size=200) | hostile.texts.map(str.encode), header=st.text(max_size=60))
def test_any_bytes_are_rejected_or_malformed_and_nothing_else(body, header):
    with pytest.raises((RequestRejected, RequestMalformed)):
        mattermost.verify(sent(body, authorization=header), [MATTERMOST_TOKEN], NOW)


# Commands


def test_a_command_is_read():
    command = mattermost.read_command(sent(form(text="Billing EU & <Co> share")))

    assert command == Command(
        "/monitors",
        "Billing EU & <Co> share",
        user_id="k6uzbz5g4ibuxjnb7kpfdx9sqh",
        user_name="kim",
        response_url="https://mattermost.example.com/hooks/commands/ykf8wqgktb8i9ncsx8eqyzjn5w",
    )


@given(text=hostile.texts)
def test_what_was_typed_is_read(text):
    assert mattermost.read_command(sent(form(text=text))).text == text


@given(body=st.binary(max_size=300) | hostile.texts.map(str.encode))
def test_any_body_is_a_command_or_malformed(body):
    try:
        command = mattermost.read_command(sent(b"command=/m&text=" + body))
    except RequestMalformed:
        return

    assert command.text.encode().decode() == command.text


@pytest.mark.parametrize("body", [b"", b"text=x", b"command=/m", b"command=/m&text=%ff", b'{"text": "x"}'])
def test_a_body_without_what_the_route_takes_is_malformed(body):
    with pytest.raises(RequestMalformed):
        mattermost.read_command(sent(body))


# Replies


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
def test_a_reply_has_only_the_lines_that_we_gave_it(drawn):
    command, reply = drawn

    text = render(reply, command)["text"]

    assert not re.search(r"[\r\t\x00-\x08\x0b-\x1f\x85\u2028\u2029\u2424]", text)
    for line in text.split("\n"):
        assert not line or line.startswith(("**", "|", "- ", "and ", "*From", "*Last", *PLAIN_STARTS))


PLAIN_STARTS = (
    "This is ",
    "Did you",
    "I can",
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
    "Before that: ",
    "Nobody else ",
    "You are called ",
    "Never read, ",
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
def test_a_command_is_copied_as_it_has_to_be_typed(reply):
    text = render(reply, MONITORS)["text"]

    shown = re.findall(r"(?m)^- .*: `([^`]*)`$", text)
    assert shown == [choice.command for choice in reply.choices]


@pytest.mark.parametrize("name", ["user", "|`*\\@all~" * 4, "😀" * 30])
@pytest.mark.parametrize("number", [1, 10, 500, 2000])
def test_rows_shown_and_rows_left_out_make_the_whole_roster(number, name):
    rendered = render(roster_of(number, name=name), MONITORS)

    assert len(table_of(rendered)) - 2 + left_out_of(rendered) == number
    assert size(rendered["text"]) <= 16_383


def test_a_large_roster_shows_as_much_as_mattermost_takes():
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
