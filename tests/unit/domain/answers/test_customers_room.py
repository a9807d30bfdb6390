"""What is asked for in a customer's conversation by the command word alone."""

import pytest

from monitors_bot import errors
from monitors_bot.domain.answers.conversation import Outcome, Reply
from monitors_bot.domain.answers.customers_room import text_for_room
from monitors_bot.domain.answers.knowledge import Knowledge
from monitors_bot.domain.answers.wording import Wording
from monitors_bot.domain.units.roster import Unit
from monitors_bot.domain.units.server import Conversation
from tests.fakes.in_memory import READ_AT, SEES_EVERYTHING, InMemoryRecords, InMemoryServer

SALES = Unit("history", "Sales")
"""An id that is a key word, so that it has to be quoted."""


@pytest.fixture
def server():
    made = InMemoryServer(conversations={"room1": Conversation(department="", unit_id=SALES.id)})
    made.add(SALES)
    return made


def found(server):
    knowledge = Knowledge(server, InMemoryRecords(), SEES_EVERYTHING, lambda: READ_AT, READ_AT)
    return text_for_room("room1", knowledge, Wording("/monitors", server.host))


def test_it_is_the_unit_of_the_room(server):
    assert found(server) == '"history"'


def test_in_a_room_of_staff_it_is_nothing(server):
    server.conversations["room1"] = Conversation(is_with_customer=False)

    assert found(server) == ""


@pytest.mark.parametrize(
    ("room", "why"),
    [
        (Conversation(is_there=False), "It is not on chat.example.com."),
        (Conversation(), "It is in no department."),
        (Conversation(department="Orders"), "Its department, Orders, is in no unit."),
        (Conversation(department="\u200b"), "Its department is in no unit."),
        (Conversation(department="", unit_id="gone"), "Its unit is not among those"),
    ],
)
def test_without_a_unit_it_is_said_why(server, room, why):
    server.conversations["room1"] = room

    reply = found(server)

    assert isinstance(reply, Reply)
    assert reply.outcome is Outcome.NO_UNIT
    assert reply.details[0].startswith(why)


@pytest.mark.parametrize("sees_all", [False, None])
def test_a_unit_that_is_not_listed_may_be_hidden_from_the_account(server, sees_all):
    server.conversations["room1"] = Conversation(unit_id="gone")
    server.sees_all = sees_all

    assert (found(server).outcome is Outcome.PERMISSION_MISSING) is (sees_all is False)


@pytest.mark.parametrize(
    ("error", "is_bad_news"),
    [(errors.RocketChatUnavailable("x"), False), (errors.CredentialsRefused("x"), True)],
)
def test_where_the_units_fail_the_unit_may_be_known_from_before(server, error, is_bad_news):
    server.troubles["units"] = error

    assert isinstance(found(server), Reply) is is_bad_news
