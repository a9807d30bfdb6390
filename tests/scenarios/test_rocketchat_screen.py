"""What people see of replies in Rocket.Chat's web clients, before 8.3.0 and since then."""

import pytest

from tests.fakes.rocketchat import accept_webhook_answer
from tests.fakes.rocketchat.drawing import WebClient, drawn, of_style, text_of
from tests.scenarios.conftest import typed

clients = pytest.mark.parametrize("client", WebClient, ids=lambda client: client.value)


@pytest.fixture
def seen(bot, company, webhook):
    """Ask on Rocket.Chat, and see the answer as a client draws it."""

    def ask(text, client, **fields):
        received = bot.send(typed(bot, webhook, text, **fields))
        message = accept_webhook_answer(received.status, received.headers, received.body.encode())
        return drawn(message or {"msg": ""}, client)

    return ask


@clients
def test_each_monitor_stands_on_a_line_of_its_own(seen, client):
    lines = text_of(seen("Billing EU", client)).split("\n")

    assert [line.split(" · ")[0] for line in lines[1:4]] == ["Ana Díaz", "Raj Patel", "Kim Lee"]
    assert lines[4].startswith("From ")


@clients
def test_the_servers_own_name_is_no_link(seen, company, client):
    company.fail("*", "status", code=503)

    answer = seen("Billing EU", client)

    assert "Rocket.Chat can't be reached" in text_of(answer)
    assert of_style(answer, "link") == []


@clients
@pytest.mark.parametrize("name", ["example.com", "www.shop.example", "https://shop.example", "+15551234567"])
def test_a_unit_named_like_a_link_is_text_and_its_command_can_be_copied(seen, company, client, name):
    company.add_unit(name, monitors=["ana"], id="shopShopShop00001")

    answer = seen(name[:6], client)
    listed = seen(f"list {name[:6]}", client)

    assert name in text_of(answer)
    assert of_style(answer, "link") == of_style(listed, "link") == []
    [command] = of_style(listed, "code")
    again = seen(command.removeprefix("!monitors "), client)
    assert text_of(again).startswith(f"{name}: 1 of 1 monitor online")


@clients
@pytest.mark.parametrize("name", ["R&D", "Ops & <DevOps>", "AT&amp;T"])
def test_a_command_for_a_name_that_old_clients_garble_can_be_copied(seen, company, client, name):
    company.add_unit(name, monitors=["ana"], id="garbled0000000001")

    listed = seen(f"list {name}", client)

    [command] = of_style(listed, "code")
    assert f"{name} · 1 monitor" in text_of(listed)
    again = seen(command.removeprefix("!monitors "), client)
    assert text_of(again).startswith(f"{name}: 1 of 1 monitor online")


@clients
@pytest.mark.parametrize(
    "asked", ["", "list", "Billing EU", "billing", "nowhere", "biling", "Sales history", "@ana", "me"]
)
def test_no_answer_holds_a_link(seen, client, asked):
    assert of_style(seen(asked, client), "link") == []


@pytest.mark.parametrize("asked", ["Sales", "nowhere", "list", ""])
def test_a_question_in_a_thread_is_answered_in_the_thread(bot, company, webhook, asked):
    answer = bot.send(typed(bot, webhook, asked, tmid="threadThread00001")).json

    assert answer["tmid"] == "threadThread00001"


def test_a_question_outside_threads_is_answered_in_the_room(bot, company, webhook):
    assert "tmid" not in bot.send(typed(bot, webhook, "Sales")).json


def test_a_promise_in_a_thread_and_the_answer_that_follows_stay_in_it(late, rocketchat, webhook):
    rocketchat.rooms["GENERAL"].messages.append({"_id": "threadThread00001", "rid": "GENERAL"})
    rocketchat.fail("livechat/units", "never", times=1)

    promise = late.ask_silent_server("Sales", webhook, tmid="threadThread00001")
    late.work()

    [_, answer] = rocketchat.messages("GENERAL")
    assert promise.title == "Still looking, the answer follows."
    assert promise.received.json["tmid"] == answer["tmid"] == "threadThread00001"
