"""The companion app inside Rocket.Chat: private answers, suggestions, and a customer's conversation."""

import json
import time
from dataclasses import replace

import pytest

from monitors_bot.lambdas.chat import ChatDoor
from tests.fakes import hidden_unit
from tests.fakes.api_gateway import event_for, receive
from tests.fakes.chat_client import AppClient
from tests.fakes.rocketchat import RocketChatServer
from tests.scenarios.runs.test_orders import metrics

BILLING, SALES = "bilLingEu00000001", "salesSales0000001"
CUSTOMER = {"id": "customersRoom0001", "type": "l"}


@pytest.fixture
def app():
    return AppClient()


@pytest.fixture
def conversation(company: RocketChatServer):
    """A customer's conversation with Sales."""
    company.add_department("Orders", SALES, id="ordersOrders00001")
    company.add_room("guest-1", type="l", id=CUSTOMER["id"], members=[], department_id="ordersOrders00001")
    return company


def said(answer):
    return answer.json["text"] + json.dumps(answer.json.get("attachments", []), ensure_ascii=False)


def suggested(bot, app, text, **fields):
    answer = bot.send(app.command("", bot.clock(), suggest=text, **fields))
    assert answer.status == 200
    return [item["value"] for item in answer.json["items"]]


def test_the_answer_is_for_the_asker_alone_in_their_own_zone(bot, company, app):
    answer = bot.send(app.command("billing eu", bot.clock()))

    assert answer.status == 200
    assert answer.json["visibility"] == "ephemeral"
    assert answer.json["text"] == "*Billing EU: 1 of 3 monitors online*"
    assert "Times are in UTC+1." in said(bot.send(app.command("Sales at sometime", bot.clock())))


def test_share_shows_it_to_the_channel(bot, company, app):
    assert bot.send(app.command("Sales share", bot.clock())).json["visibility"] == "channel"


@pytest.mark.parametrize("kind", ["l", None, "missing", "v", "new", "", {}, [], 7, True], ids=repr)
def test_nothing_is_ever_shown_to_a_customer(bot, company, app, kind):
    room = {"id": "x"} if kind == "missing" else {"id": "x", "type": kind}

    for text in ("Sales share", "@ana share", "Nobody share", "share", "help"):
        answer = bot.send(app.command(text, bot.clock(), room=room))
        assert (answer.status, answer.json["visibility"]) == (200, "ephemeral")
        assert " share`" not in said(answer) or text == "Nobody share"

    refused = bot.send(app.command("Sales share", bot.clock(), room=room))
    assert "Only you see this: a customer may read this room" in said(refused)


def test_in_a_customers_conversation_nothing_has_to_be_typed(bot, conversation, app):
    answer = bot.send(app.command("", bot.clock(), room=CUSTOMER))

    assert answer.json["visibility"] == "ephemeral"
    assert answer.json["text"].startswith("*Sales: 1 of 1 monitor online*")


def test_the_conversation_costs_one_call_more_and_two_on_an_older_server(bot, conversation, app):
    def calls(text, room):
        before = len(conversation.calls)
        assert "Sales: 1 of 1" in said(bot.send(app.command(text, bot.clock(), room=room)))
        bot.clock.advance(30)
        return len(conversation.calls) - before

    bot.send(app.command("Sales", bot.clock()))
    bot.clock.advance(30)
    by_name = calls("Sales", CUSTOMER)

    assert calls("", CUSTOMER) == by_name + 1
    conversation.rooms[CUSTOMER["id"]].ancestors.clear()
    assert calls(" ", CUSTOMER) == by_name + 2


def leave_the_department(company):
    company.rooms[CUSTOMER["id"]].department_id = None


def leave_the_unit(company):
    company.departments["ordersOrders00001"].unit_id = None


def close_the_department(company):
    del company.departments["ordersOrders00001"]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (leave_the_department, "It is in no department. Forward it to one."),
        (
            leave_the_unit,
            "Its department, Orders, is in no unit. Somebody who manages Omnichannel can add it",
        ),
        (close_the_department, "Its department is in no unit."),
        (
            lambda company: company.rooms.clear(),
            "The app and the bot's account have to be on the same server.",
        ),
        (
            lambda company: company.permissions.discard("view-livechat-rooms"),
            "lacks the permission view-livechat-rooms",
        ),
        (
            lambda company: company.permissions.difference_update(
                {"view-l-room", "view-livechat-departments"}
            ),
            "lacks the permission view-livechat-departments",
        ),
        (
            lambda company: company.permissions.discard("manage-livechat-units"),
            "lacks the permission manage-livechat-units",
        ),
        (lambda company: company.fail("rooms.info", "status", code=503), "can't be reached right now"),
        (lambda company: company.fail("rooms.info", "not-json"), "gave an answer that makes no sense"),
    ],
)
def test_a_conversation_that_leads_to_no_unit_says_why(bot, conversation, app, change, sentence):
    conversation.rooms[CUSTOMER["id"]].ancestors.clear()
    change(conversation)

    answer = bot.send(app.command("", bot.clock(), room=CUSTOMER))

    assert sentence in said(answer)
    assert answer.json["visibility"] == "ephemeral"


def test_a_conversation_of_a_unit_that_may_not_be_seen_tells_nothing_of_it(bot, company, app):
    company.add_unit(hidden_unit.HIDDEN.name, monitors=["ana"], id=hidden_unit.HIDDEN.id)
    department_id = company.add_department("Cases", hidden_unit.HIDDEN.id)
    company.add_room("guest-1", type="l", id=CUSTOMER["id"], members=[], department_id=department_id)
    bot.door = ChatDoor(bot.environ, bot.clock, may_see=hidden_unit.may_see)

    answer = said(bot.send(app.command("", bot.clock(), room=CUSTOMER)))

    assert "Its unit is not among those that I can show here." in answer
    assert not any(mark in answer for mark in hidden_unit.MARKS)


def test_when_only_the_units_fail_the_roster_of_before_is_shown(bot, conversation, app):
    bot.send(app.command("Sales", bot.clock()))
    bot.clock.advance(420)
    conversation.fail("livechat/units", "status", code=503)

    answer = said(bot.send(app.command("", bot.clock(), room=CUSTOMER)))

    assert "Sales: 1 monitor, presence unknown" in answer
    assert "7 minutes ago" in answer


def test_a_room_that_the_server_knows_better_than_the_app_gets_help(bot, company, app):
    company.add_room("support", id="GENERAL")

    assert "Type the name of a unit after /monitors" in said(
        bot.send(app.command("", bot.clock(), room={"id": "GENERAL"}))
    )


def test_elsewhere_nothing_typed_is_help(bot, company, app):
    assert "Type the name of a unit after /monitors" in said(bot.send(app.command("", bot.clock())))


def test_the_app_puts_the_answer_into_its_thread(bot, company, app):
    answer = bot.send(app.command("Sales", bot.clock(), thread="thread1"))

    assert set(answer.json) == {"visibility", "text", "attachments"}


# While the server has trouble


def waited(bot, sent, seconds=2.4):
    """Send a request that API Gateway got some time ago: little of the time for its answer is left."""
    return receive(bot.door.handle(event_for(sent, bot.clock() - seconds)))


def test_a_server_that_is_down_leaves_what_was_last_known(bot, company, app):
    bot.send(app.command("Sales", bot.clock()))
    bot.clock.advance(420)
    company.fail("*", "status", code=503)

    answer = bot.send(app.command("Sales share", bot.clock()))

    assert answer.json["visibility"] == "channel"
    assert "These were the monitors 7 minutes ago; who is there now is unknown." in said(answer)
    assert "can't be reached right now" in said(bot.send(app.command("Billing EU", bot.clock())))


@pytest.mark.parametrize("is_known", [False, True])
def test_a_server_that_is_slow_is_not_waited_for_and_nothing_follows(bot, company, app, queue, is_known):
    source, _ = queue
    bot.send(app.command("Sales" if is_known else "Billing EU", bot.clock()))
    bot.clock.advance(200)
    company.fail("*", "never")
    began = time.monotonic()

    answer = waited(bot, app.command("Sales", bot.clock()))

    assert time.monotonic() - began < 1.0
    assert source.count() == 0
    assert "follows" not in said(answer)
    assert (
        "Sales: 1 monitor, presence unknown" if is_known else "Rocket.\u200bChat did not answer in time"
    ) in said(answer)


# While somebody types


def test_suggestions_cost_one_call_at_first_and_none_while_names_are_known(bot, company, app):
    assert suggested(bot, app, "bil") == ["Billing EU"]
    calls = len(company.calls)
    bot.clock.advance(3600 // 20)

    for text in ("b", "billing", "EU", "sal", "", "x", "@ana"):
        suggested(bot, app, text)

    assert len(company.calls_to("livechat/units")) == 1
    assert len(company.calls) == calls


def test_what_is_suggested_works_when_it_is_sent(bot, company, app):
    company.add_unit("share", monitors=["ana"])
    company.add_unit('Two "quotes"', monitors=["ana"])

    for text in suggested(bot, app, ""):
        assert (
            "1 of 1 monitor online" in said(bot.send(app.command(text, bot.clock()))) or "Billing EU" in text
        )


def test_after_a_whole_name_come_the_key_words(bot, company, app):
    assert suggested(bot, app, "Sales") == ["Sales", "Sales share", "Sales all", "Sales history"]
    assert suggested(bot, app, "sales sh") == ["Sales share"]
    assert suggested(bot, app, "Sales", room=CUSTOMER) == ["Sales", "Sales all", "Sales history"]


def test_three_hundred_suggestions_cost_one_call(bot, company, app):
    for number in range(300):
        suggested(bot, app, "billing eu"[: number % 10] + " " * (number // 10))

    assert len(company.calls) == 1


def test_at_most_ten_are_suggested(bot, company, app):
    for number in range(300):
        company.add_unit(f"Unit {number}")

    assert len(suggested(bot, app, "unit")) == 10


def test_a_hidden_unit_is_not_suggested(bot, company, app):
    company.add_unit(hidden_unit.HIDDEN.name, monitors=["ana"], id=hidden_unit.HIDDEN.id)
    bot.door = ChatDoor(bot.environ, bot.clock, may_see=hidden_unit.may_see)

    for typed in ("", "leg", hidden_unit.HIDDEN.name, hidden_unit.HIDDEN.id):
        assert not any(hidden_unit.HIDDEN.name in one for one in suggested(bot, app, typed))


@pytest.mark.parametrize("fault", [{"kind": "status", "code": 503}, {"kind": "never"}, {"kind": "not-json"}])
def test_suggestions_that_fail_are_none(bot, company, app, fault):
    bot.send(app.command("version", bot.clock()))
    company.fail("*", **fault)

    answer = waited(bot, app.command("", bot.clock(), suggest="bil"))

    assert (answer.status, answer.json) == (200, {"items": []})


def test_typing_is_no_command_to_the_metrics(bot, company, app, capsys):
    suggested(bot, app, "bil")

    assert metrics(capsys) == {}


# Who calls


def test_a_wrong_secret_is_refused_and_counted(bot, company, app, capsys):
    wrong = replace(app, secret="whsec_" + "A" * 32)

    assert bot.send(wrong.command("Sales", bot.clock())).status == 401
    assert metrics(capsys) == {"Accepted": [0], "Refused": [1]}


def test_a_request_that_is_repeated_within_its_time_is_answered_again(bot, company, app):
    for sent in (app.command("Sales share", bot.clock()), app.command("", bot.clock(), suggest="bil")):
        first, again = bot.send(sent), bot.send(sent)
        assert (first.status, again.status) == (200, 200)
        assert set(first.json) == set(again.json)


@pytest.mark.parametrize("seconds", [-301, 302])
def test_a_stale_signature_is_refused(bot, company, app, seconds):
    assert bot.send(app.command("Sales", bot.clock() + seconds)).status == 401


@pytest.mark.parametrize("secret_value", ["", "no base64!", []])
def test_without_a_usable_secret_there_is_no_route(bot, company, app, aws, secret, secret_value):
    aws.change_secret("monitors-bot", secret | {"rocketchat_app_secret": secret_value})
    bot.start_cold()

    assert bot.send(app.command("Sales", bot.clock())).status == 404
