"""The companion app inside Rocket.Chat: private answers, suggestions, and a customer's conversation."""

import json
from dataclasses import replace

import pytest

from monitors_bot.lambdas.chat import ChatDoor
from tests.fakes import hidden_unit
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
    company.permissions.add("view-l-room")
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


@pytest.mark.parametrize(
    "room", [CUSTOMER, {"id": "x", "type": None}, {"id": "x"}], ids=["l", "null", "missing"]
)
def test_nothing_is_ever_shown_to_a_customer(bot, company, app, room):
    for text in ("Sales share", "@ana share", "Nobody share", "share", "help"):
        answer = bot.send(app.command(text, bot.clock(), room=room))
        assert answer.json["visibility"] == "ephemeral"

    refused = bot.send(app.command("Sales share", bot.clock(), room=room))
    assert "Only you see this: a customer may read this room" in said(refused)


def test_in_a_customers_conversation_nothing_has_to_be_typed(bot, conversation, app):
    answer = bot.send(app.command("", bot.clock(), room=CUSTOMER))

    assert answer.json["visibility"] == "ephemeral"
    assert answer.json["text"].startswith("*Sales: 1 of 1 monitor online*")


def test_an_older_server_names_the_department_alone(bot, conversation, app):
    conversation.rooms[CUSTOMER["id"]].ancestors.clear()

    assert "Sales: 1 of 1" in said(bot.send(app.command(" ", bot.clock(), room=CUSTOMER)))


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda company: company.permissions.discard("view-l-room"), "lacks the permission view-l-room"),
        (
            lambda company: setattr(company.rooms[CUSTOMER["id"]], "department_id", None),
            "It is in no department, or in one that belongs to no unit",
        ),
        (lambda company: company.fail("rooms.info", "status", code=503), "can't be reached right now"),
    ],
    ids=["permission", "no department", "down"],
)
def test_a_conversation_that_leads_to_no_unit_says_why(bot, conversation, app, change, sentence):
    conversation.rooms[CUSTOMER["id"]].ancestors.clear()
    change(conversation)

    answer = bot.send(app.command("", bot.clock(), room=CUSTOMER))

    assert sentence in said(answer)
    assert answer.json["visibility"] == "ephemeral"


def test_elsewhere_nothing_typed_is_help(bot, company, app):
    assert "Type the name of a unit after /monitors" in said(bot.send(app.command("", bot.clock())))


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


def test_at_most_ten_are_suggested(bot, company, app):
    for number in range(300):
        company.add_unit(f"Unit {number}")

    assert len(suggested(bot, app, "unit")) == 10


def test_a_hidden_unit_is_not_suggested(bot, company, app):
    company.add_unit(hidden_unit.HIDDEN.name, monitors=["ana"], id=hidden_unit.HIDDEN.id)
    bot.door = ChatDoor(bot.environ, bot.clock, may_see=hidden_unit.may_see)

    assert hidden_unit.HIDDEN.name not in suggested(bot, app, "")


@pytest.mark.parametrize("fault", [{"kind": "status", "code": 503}, {"kind": "never"}, {"kind": "not-json"}])
def test_suggestions_that_fail_are_none(bot, company, app, fault):
    company.fail("*", **fault)

    assert suggested(bot, app, "bil") == []


def test_typing_is_no_command_to_the_metrics(bot, company, app, capsys):
    suggested(bot, app, "bil")

    assert metrics(capsys) == {}


# Who calls


def test_a_wrong_secret_is_refused_and_counted(bot, company, app, capsys):
    wrong = replace(app, secret="whsec_" + "A" * 32)

    assert bot.send(wrong.command("Sales", bot.clock())).status == 401
    assert metrics(capsys) == {"Accepted": [0], "Refused": [1]}


@pytest.mark.parametrize("seconds", [-301, 301])
def test_a_stale_signature_is_refused(bot, company, app, seconds):
    assert bot.send(app.command("Sales", bot.clock() + seconds)).status == 401


@pytest.mark.parametrize("secret_value", ["", "no base64!", []])
def test_without_a_usable_secret_there_is_no_route(bot, company, app, aws, secret, secret_value):
    aws.change_secret("monitors-bot", secret | {"rocketchat_app_secret": secret_value})
    bot.start_cold()

    assert bot.send(app.command("Sales", bot.clock())).status == 404
