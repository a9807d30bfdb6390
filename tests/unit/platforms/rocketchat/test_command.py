import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitors_bot.domain.answers.conversation import Choice, Command, Hidden, Outcome, Reply
from monitors_bot.errors import RequestMalformed, RequestRejected
from monitors_bot.platforms.fitting import size
from monitors_bot.platforms.rocketchat import command as rocketchat
from monitors_bot.web import Request
from tests.fakes.chat_client import WEBHOOK_TOKEN, RocketChatClient
from tests.fakes.rocketchat import accept_webhook_answer, drawn_mentions, mentions
from tests.unit import hostile
from tests.unit.platforms.replies import PLAIN, choice_among, commands_and_replies, helps, list_of, roster_of
from tests.unit.platforms.verdict import accepts

NOW = 1_795_341_600
MONITORS = Command("!monitors", "")
OTHER_TOKEN = "another-token-that-is-good"
LARGEST_BODY = 256 * 1024

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | hostile.texts | st.just("\ud800"),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)
FIELDS = [
    "token",
    "bot",
    "isEdited",
    "text",
    "trigger_word",
    "channel_id",
    "channel_name",
    "message_id",
    "user_id",
    "user_name",
]


def sent(message):
    body = message if isinstance(message, bytes) else RocketChatClient().carrying(message).body
    return Request("POST", "/rocketchat/command", body=body)


def typed(after_the_word="Billing", /, **fields):
    message = json.loads(RocketChatClient().command(after_the_word).body) | fields
    return sent({name: value for name, value in message.items() if value is not None})


def render(reply, command):
    return rocketchat.render_reply(reply, command)


def read(request):
    return rocketchat.read_command(request)


def posted(rendered):
    message = accept_webhook_answer(200, {"Content-Type": "application/json"}, json.dumps(rendered).encode())
    assert message is not None
    return message


def lines_of(rendered):
    return "\n".join([rendered["text"], *(one["text"] for one in rendered.get("attachments", []))]).split(
        "\n"
    )


def left_out_of(rendered):
    found = re.search(r"and (\d+) more", "\n".join(lines_of(rendered)))
    return int(found[1]) if found else 0


# Proof


@pytest.mark.parametrize("token", [WEBHOOK_TOKEN, OTHER_TOKEN])
def test_any_of_several_tokens_is_enough(token):
    assert accepts(rocketchat.verify, typed(token=token), [WEBHOOK_TOKEN, OTHER_TOKEN], NOW)


@pytest.mark.parametrize(
    "token",
    [
        "wrong",
        "",
        None,
        7,
        True,
        [WEBHOOK_TOKEN],
        {"a": WEBHOOK_TOKEN},
        "\ud800",
        WEBHOOK_TOKEN + " ",
        "é",
        1e400,
    ],
)
def test_anything_but_a_token_of_ours_is_rejected(token):
    with pytest.raises(RequestRejected):
        rocketchat.verify(sent({"text": "x", "token": token}), [WEBHOOK_TOKEN], NOW)


@pytest.mark.parametrize("secrets", [[], [OTHER_TOKEN]])
def test_a_token_that_is_no_longer_ours_is_rejected(secrets):
    with pytest.raises(RequestRejected):
        rocketchat.verify(typed(), secrets, NOW)


@pytest.mark.parametrize(
    "body",
    [
        b"", b"{", b"null", b"[]", b'"x"', b"7", b"NaN", b"\xff", b'{"token": "\xff"}', b"\xef\xbb\xbf{}",
        b"{}{}", b"[" * 100_000, b'{"a":' * 100_000, b'{"a": ' + b"9" * 5000 + b"}", b'{"token"}',
        b"token=" + WEBHOOK_TOKEN.encode(),
    ],
)  # fmt: skip
def test_a_body_that_is_no_json_object_is_malformed(body):
    with pytest.raises(RequestMalformed):
        rocketchat.verify(sent(body), [WEBHOOK_TOKEN], NOW)


@given(body=st.binary(max_size=200) | json_values.map(lambda value: json.dumps(value).encode()))
def test_any_bytes_are_rejected_or_malformed_and_nothing_else(body):
    with pytest.raises((RequestRejected, RequestMalformed)):
        rocketchat.verify(sent(body), [WEBHOOK_TOKEN], NOW)


@given(cut=st.integers(min_value=0))
def test_a_truncated_message_is_malformed(cut):
    body = typed().body

    with pytest.raises(RequestMalformed):
        rocketchat.verify(sent(body[: cut % len(body)]), [WEBHOOK_TOKEN], NOW)


# Commands


def test_a_command_is_read():
    command = read(typed("Billing EU share"))

    assert command == Command(
        "!monitors",
        " Billing EU share",
        user_id="kimkimkimkimkimki",
        user_name="kim",
        message_id="message0000000001",
        room_id="GENERAL",
    )


@pytest.mark.parametrize("field", ["bot", "isEdited"])
@pytest.mark.parametrize("value", [True, {"i": "integration"}, "yes", 1, ["x"]])
def test_a_message_of_a_bot_and_an_edited_one_are_ignored(field, value):
    assert read(typed(**{field: value})) is None


@pytest.mark.parametrize("value", [False, None, {}, 0, ""])
def test_a_message_that_says_it_is_no_bots_is_read(value):
    assert read(typed(bot=value, isEdited=value)) is not None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "hello !monitors",
        " !monitors x",
        "!monitorsfoo",
        "!monitors-x",
        "!monitors\u200bx",
        "!Monitors x",
        "!monitor",
        "!monitors,",
    ],
)
def test_a_message_that_does_not_begin_with_the_word_is_ignored(text):
    assert read(typed(text=text)) is None


@pytest.mark.parametrize("word", ["", None, ["!monitors"], 7, {"a": 1}])
def test_a_message_without_a_trigger_word_is_ignored(word):
    assert read(typed(trigger_word=word)) is None


@pytest.mark.parametrize("gap", [" ", "\n", "\t", "\u00a0", "\u3000"])
def test_any_white_space_ends_the_word(gap):
    assert read(typed(text=f"!monitors{gap}Billing")).text.strip() == "Billing"


def test_the_word_alone_is_a_command():
    assert read(typed(text="!monitors")).text == ""


@pytest.mark.parametrize("word", ["/monitors", "who is on", "*", "@monitors", "日本"])
def test_the_word_may_be_anything_the_admin_chose(word):
    command = read(typed(trigger_word=word, text=f"{word} Billing"))

    assert (command.word, command.text) == (word, " Billing")


@pytest.mark.parametrize("name", [None, ""])
def test_a_room_without_a_name_has_to_be_looked_up(name):
    assert read(typed(channel_name=name, channel_id="room1")).unnamed_room_id == "room1"


def test_a_room_with_a_name_is_no_customers():
    assert read(typed(channel_name="general")).unnamed_room_id == ""


@pytest.mark.parametrize("field", ["text", "channel_id", "user_id", "message_id"])
@pytest.mark.parametrize("value", [None, 7, ["x"], {"a": 1}, True])
def test_a_message_without_what_the_route_takes_is_malformed(field, value):
    with pytest.raises(RequestMalformed):
        read(typed(**{field: value}))


@pytest.mark.parametrize(
    "field", ["text", "channel_id", "user_id", "message_id", "user_name", "channel_name"]
)
def test_half_a_character_is_malformed(field):
    with pytest.raises(RequestMalformed):
        read(typed(**{field: "!monitors \ud800"}))


@given(fields=st.dictionaries(st.sampled_from(FIELDS), json_values), text=hostile.texts)
def test_any_message_is_a_command_or_ignored_or_malformed(fields, text):
    message = {**json.loads(typed(text).body), **fields}
    try:
        command = read(sent(message))
    except RequestMalformed:
        return

    if command:
        assert f"{command.word}{command.text}" == message["text"]
        command.text.encode()


@given(text=hostile.texts)
def test_what_was_typed_is_read(text):
    command = read(typed(text=f"!monitors {text}"))

    assert command.text == f" {text}"


# Replies


def test_a_reply_is_a_text_and_an_attachment():
    rendered = render(PLAIN, MONITORS)

    assert rendered["text"].split("\n") == [
        "*Billing EU: 1 of 2 monitors online*",
        "This is Billing EU: its name starts with what you typed.",
    ]
    assert rendered["attachments"][0]["text"].split("\n") == [
        "*Ana Díaz* · ana · 🟢 online · 07:00 (UTC-03:00)",
        "*raj* · 🟡 away",
        "• All units: `/monitors list`",
        "and 3 more monitors (all of them: `/monitors Billing EU all`)",
        "_From chat.example.com, 10:00:00 UTC_",
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
def test_every_line_is_one_that_we_gave_it(drawn):
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


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Ana", "*Ana 0*"),
        ("@all", "*@\u200ball 0*"),
        ("#general", "*#\u200bgeneral 0*"),
        ("*x*", "\u200b\\*x\\* 0"),
        ("a_b _c_", "\u200ba_b \\_c\\_ 0"),
        ("[x](http://a.b)", "*[\u200bx]\u200b(http:\u200b//a.b) 0*"),
        ("||x||", "*|\u200b|\u200bx|\u200b|\u200b 0*"),
        (":smile:", "*:\u200bsmile: 0*"),
        ("h2://x", "*h2:\u200b//x 0*"),
        ("10:00:00", "*10:00:00 0*"),
    ],
)
def test_foreign_text_formats_nothing(name, shown):
    rendered = render(roster_of(1, name=name), MONITORS)

    assert rendered["attachments"][0]["text"].split(" · ")[0] == shown


def test_a_command_that_holds_an_at_stays_in_code_and_mentions_nobody():
    reply = Reply(
        Outcome.LIST,
        "x",
        hidden=Hidden(1, "unit", Choice("more", "@monitors `all`")),
        choices=(Choice("a", "@all"),),
    )

    rendered = render(reply, MONITORS)

    assert rendered["attachments"][0]["text"].split("\n") == [
        "• a: `@\u200ball`",
        "and 1 more unit (more: `@\u200bmonitors 'all'`)",
    ]


@given(reply=helps())
def test_a_command_is_copied_as_it_has_to_be_typed(reply):
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


def test_a_large_roster_shows_as_much_as_rocketchat_takes():
    rendered = render(roster_of(2000), MONITORS)

    assert sum(map(size, lines_of(rendered))) > 4300


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
