"""Messages that the outgoing webhook passes on and we must not answer, the customer's room above all."""

import pytest

from tests.conftest import Bot
from tests.fakes.chat_client import RocketChatClient


@pytest.fixture
def answers(bot: Bot, company, webhook: RocketChatClient):
    """Whether a message is answered; one that is ignored is 200 with {}."""

    def is_answered(**fields: object) -> bool:
        received = bot.send(webhook.command("Sales", **fields))
        assert received.status == 200
        return bool(received.json)

    return is_answered


@pytest.mark.parametrize("bot_mark", [True, {"i": "integrationId"}, "yes", 1])
def test_messages_of_bots_are_ignored(answers, bot_mark):
    assert not answers(bot=bot_mark)


@pytest.mark.parametrize("bot_mark", [False, None, 0, ""])
def test_messages_of_people_are_answered(answers, bot_mark):
    assert answers(bot=bot_mark)


def test_edits_are_ignored(answers):
    assert not answers(isEdited=True)


def test_our_own_account_is_ignored(answers, rocketchat):
    assert not answers(user_id=rocketchat.account.user_id)


def test_a_message_is_answered_once_within_a_minute(answers, clock):
    assert answers(message_id="same")
    assert not answers(message_id="same")

    clock.advance(61)

    assert answers(message_id="same")


@pytest.mark.parametrize("word", [None, "", "!other", 7])
def test_without_the_trigger_word_at_the_start_a_message_is_ignored(answers, word):
    assert not answers(trigger_word=word)


def test_a_word_that_only_begins_with_the_trigger_word_is_ignored(bot: Bot, company, webhook):
    received = bot.send(webhook.command("", text="!monitorsfoo Sales"))

    assert received.json == {}


@pytest.mark.parametrize("space", [" ", "\n", "\t", "\u00a0", "  "])
def test_any_white_space_is_a_boundary(bot: Bot, company, webhook, space):
    received = bot.send(webhook.command("", text=f"!monitors{space}Sales"))

    assert "Sales: 1 of 1 monitor online" in received.json["text"]


def test_a_customers_room_is_never_answered(answers, rocketchat):
    room = rocketchat.add_room("", type="l")

    assert not answers(channel_id=room, channel_name=None)
    assert [call.route for call in rocketchat.calls] == ["rooms.info"]


def test_a_direct_message_has_no_name_either_and_is_answered(answers, rocketchat):
    room = rocketchat.add_room("", type="d")

    assert answers(channel_id=room, channel_name=None)


@pytest.mark.parametrize("name", [None, ""])
def test_a_room_without_a_name_whose_type_cannot_be_told_counts_as_a_customers(answers, rocketchat, name):
    assert not answers(channel_id="unknownRoom", channel_name=name)


@pytest.mark.parametrize("kind", ["never", "not-json", "reset", "unsuccessful"])
def test_so_does_one_when_the_server_does_not_answer(answers, bot, rocketchat, kind):
    bot.environ["LONG_REPLY_DEADLINE_MS"] = "1000"
    bot.start_cold()
    room = rocketchat.add_room("", type="d")
    rocketchat.fail("rooms.info", kind)

    assert not answers(channel_id=room, channel_name=None)
