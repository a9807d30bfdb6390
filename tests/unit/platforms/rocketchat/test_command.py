import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitors_bot.domain.answers.conversation import Command
from monitors_bot.errors import RequestMalformed, RequestRejected
from monitors_bot.platforms import Room
from monitors_bot.platforms.rocketchat import command as rocketchat
from monitors_bot.text import with_emoji
from monitors_bot.web import Request
from tests.fakes.chat_client import WEBHOOK_TOKEN, RocketChatClient
from tests.unit import hostile
from tests.unit.platforms.verdict import accepts

NOW = 1_795_341_600
OTHER_TOKEN = "another-token-that-is-good"

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


def read(request):
    return rocketchat.read_command(request)


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


@given(body=st.binary(max_size=200) | hostile.json_values.map(lambda value: json.dumps(value).encode()))
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
        may_share=False,
    )


@pytest.mark.parametrize("field", ["bot", "isEdited"])
@pytest.mark.parametrize("value", [True, {"i": "integration"}, "yes", 1, ["x"]])
def test_a_message_of_a_bot_and_an_edited_one_are_ignored(field, value):
    assert read(typed(**{field: value})) is None


@pytest.mark.parametrize("value", [False, None, {}, 0, ""])
def test_a_message_marked_as_not_from_a_bot_is_read(value):
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
def test_the_word_is_whatever_the_admin_chose(word):
    command = read(typed(trigger_word=word, text=f"{word} Billing"))

    assert (command.word, command.text) == (word, " Billing")


@pytest.mark.parametrize("name", [None, ""])
def test_a_room_without_a_name_has_to_be_looked_up(name):
    assert read(typed(channel_name=name, channel_id="room1")).unnamed_room_id == "room1"


def test_a_room_with_a_name_is_not_a_customers():
    assert read(typed(channel_name="general")).unnamed_room_id == ""


@pytest.mark.parametrize("field", ["text", "channel_id", "user_id", "message_id"])
@pytest.mark.parametrize("value", [None, 7, ["x"], {"a": 1}, True])
def test_a_message_without_what_the_route_takes_is_malformed(field, value):
    with pytest.raises(RequestMalformed):
        read(typed(**{field: value}))


@pytest.mark.parametrize(
    "field", ["text", "channel_id", "user_id", "message_id", "user_name", "channel_name"]
)
def test_a_lone_surrogate_is_malformed(field):
    with pytest.raises(RequestMalformed):
        read(typed(**{field: "!monitors \ud800"}))


@given(fields=st.dictionaries(st.sampled_from(FIELDS), hostile.json_values), text=hostile.texts)
def test_any_message_is_a_command_or_ignored_or_malformed(fields, text):
    message = {**json.loads(typed(text).body), **fields}
    try:
        command = read(sent(message))
    except RequestMalformed:
        return

    if command:
        typed_text = message["text"].removeprefix(command.word)
        assert command.text == with_emoji(typed_text, *rocketchat.NAMES_OF_EMOJI)
        command.text.encode()


@given(text=hostile.texts)
def test_any_text_that_was_typed_is_read(text):
    command = read(typed(text=f"!monitors {text}"))

    assert command.text == with_emoji(f" {text}", *rocketchat.NAMES_OF_EMOJI)


# Late answers


def test_a_late_answer_goes_into_the_room_and_the_thread():
    command = read(typed(channel_id="room1", tmid="thread1"))

    assert rocketchat.late_address(command) == Room("room1", "thread1")


def test_a_room_without_an_id_gets_no_late_answer():
    assert rocketchat.late_address(read(typed(channel_id=""))) is None


def test_rocketchat_sends_no_probes():
    assert not rocketchat.is_probe(typed())
