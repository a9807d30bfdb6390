"""Access rules of the secret, through the doors: who may ask what, and who is told of which unit.

The rules: domain/units/access_rules.py, read by aws/secret.py, applied in wiring/answers.py.
"""

from typing import Any

import pytest

from monitors_bot.domain.units.roster import Monitor, Unit
from tests.conftest import SECRET_NAME
from tests.fakes.chat_client import AppClient, MattermostClient, RocketChatClient, SlackClient
from tests.fakes.screen import visible_payload
from tests.fakes.slack_presses import LEE, press_of
from tests.scenarios.conftest import Client

SALES = Unit("salesSales0000001", "Sales", is_private=False)
HISTORY = "You may not ask here who monitored a unit in the past."
CLOSED = "The bot's access rules can't be read, so it shows nothing here."
NOT_SHARED = "Only you see this: the access rules do not let you share it here."


@pytest.fixture
def under(aws, secret, bot, company):
    """Store rules in the secret, as of now."""
    company.add_unit("Legal Affairs", monitors=["ana"], id="legaLLegal0000001", visibility="private")

    def store(rules):
        aws.change_secret(SECRET_NAME, {**secret, "access_rules": rules})
        bot.start_cold()

    return store


def is_unknown(answer):
    return "no unit" in answer.title


CLIENTS: dict[str, tuple[Client, dict[str, Any]]] = {
    "slack": (SlackClient(), {"channel_id": "C1", "user_id": "U1", "team_id": "T1"}),
    "mattermost": (MattermostClient(), {"channel_id": "C1", "user_id": "U1", "team_id": "T1"}),
    "rocketchat": (RocketChatClient(), {"channel_id": "C1", "user_id": "U1"}),
    "rocketchat-app": (
        AppClient(),
        {"room": {"id": "C1", "type": "c"}, "user": {"id": "U1", "username": "kim"}},
    ),
}


@pytest.mark.parametrize("name", CLIENTS)
def test_a_rule_of_a_channel_decides_on_every_platform(name, under, ask):
    client, fields = CLIENTS[name]
    under({"rules": [{"platform": name.partition("-")[0], "channels": ["C1"], "units": ["Sales"]}]})

    assert ask("Sales", client, **fields).title.startswith("Sales: 1 of 1 monitor online")
    assert is_unknown(ask("Legal Affairs", client, **fields))


@pytest.mark.parametrize("name", CLIENTS)
def test_whom_no_rule_is_about_sees_nothing(name, under, ask):
    client, fields = CLIENTS[name]
    under({"rules": [{"channels": ["C2"]}]})

    assert is_unknown(ask("Sales", client, **fields))


@pytest.mark.parametrize("name", [name for name in CLIENTS if name != "rocketchat"])
def test_a_rule_of_a_person_decides_where_they_are_answered_alone(name, under, ask):
    client, fields = CLIENTS[name]
    under({"rules": [{"users": ["U1"]}]})

    assert ask("Legal Affairs", client, **fields).title.startswith("Legal Affairs: ")


def test_a_rule_of_a_person_opens_nothing_where_everybody_reads_the_answer(under, ask):
    client, fields = CLIENTS["rocketchat"]
    under({"rules": [{"users": ["U1"]}]})

    assert is_unknown(ask("Legal Affairs", client, **fields))


def test_a_team_of_slack_may_have_rules_of_its_own(under, ask):
    under({"rules": [{"teams": ["T2"]}, {"units": ["Sales"]}]})

    assert is_unknown(ask("Legal Affairs", team_id="T1"))
    assert ask("Legal Affairs", team_id="T2").title.startswith("Legal Affairs: ")


def test_private_units_are_hidden_unless_they_are_listed(under, ask):
    under({"hide_private": True, "rules": [{"channels": ["C1"], "units": ["Legal Affairs", "Sales"]}, {}]})

    assert "Legal Affairs" not in ask("list", channel_id="C2")
    assert "Legal Affairs" in ask("list", channel_id="C1")


def test_what_one_person_may_see_is_not_shared_with_the_channel(under, ask):
    under({"rules": [{"users": ["U1"]}, {"units": ["Sales"]}]})

    alone = ask("Legal Affairs share", user_id="U1")

    assert not alone.is_shared
    assert NOT_SHARED in alone
    assert ask("Sales share", user_id="U2").is_shared


def test_sharing_may_be_switched_off(under, ask, bot):
    under({"rules": [{"allow": ["history"]}]})

    assert NOT_SHARED in ask("Sales share")
    assert "share" not in ask("help")


def test_nor_can_it_be_shared_by_a_button(under, late):
    under({"rules": [{"users": ["U2147483697"]}, {"units": ["Sales"]}]})
    client = SlackClient()
    message = late.bot.send(client.command("Legal Affairs", late.bot.clock())).json
    url = f"{late.hooks.url}/actions"

    for number, (label, user) in enumerate([("Show in channel", "U2147483697"), ("Refresh", LEE)]):
        late.bot.send(client.press(press_of(message, label, f"{url}/{number}", user=user), late.bot.clock()))

    shown, of_another = late.hooks.accepted
    assert (shown["response_type"], NOT_SHARED in visible_payload(shown)) == ("ephemeral", True)
    assert "no unit" in visible_payload(of_another).splitlines()[0]


@pytest.mark.parametrize("is_up", [True, False])
@pytest.mark.parametrize("text", ["Sales history", "Sales at yesterday 14:00", "Sales history since mon"])
def test_the_past_may_be_switched_off(under, ask, recorder, company, bot, text, is_up):
    recorder.record(SALES, [Monitor("1", "ana", "Ana Díaz")], bot.clock() - 200_000)
    under({"rules": [{"allow": ["share"]}]})
    if not is_up:
        company.fail("*", "status", code=503)

    answer = ask(text)

    assert answer.title == HISTORY
    assert "Ana" not in answer
    assert "history" not in ask("help")


def test_nothing_that_is_not_allowed_is_suggested(under, bot):
    under({"rules": [{"units": ["Sales"], "allow": ["history"]}]})

    def suggested(typed):
        return [one["value"] for one in bot.send(AppClient().command(typed, suggest=typed)).json["items"]]

    assert suggested("") == ["Sales"]
    assert suggested("leg") == []
    assert suggested("Sales") == ["Sales", "Sales all", "Sales history"]


def test_the_operator_sees_who_asked_for_what_they_may_not_see(under, ask, caplog):
    caplog.set_level("INFO")
    under({"never": ["legaLLegal0000001"]})

    ask("Legal Affairs")
    ask("Nowhere")

    told = [getattr(line, "why", "") for line in caplog.records if line.message == "answered"]
    assert told == ["not allowed to see legaLLegal0000001", ""]


def test_rules_that_cannot_be_read_close_everything_and_say_so(under, ask, caplog, capsys):
    under({"rules": [{"chanels": ["C1"]}]})

    answer = ask("Sales")
    listed = ask("list")

    assert answer.title == CLOSED
    assert "Sales" not in listed
    assert "Sales" not in ask("help")
    [mistake] = [line for line in caplog.records if "can't be used" in line.message]
    assert mistake.keys == ["access_rules (rule 1: chanels is not known)"]
    assert '"AccessRulesMalformed": 1' in capsys.readouterr().out


def test_a_rule_that_cannot_be_read_closes_those_it_is_about(under, ask):
    under({"rules": [{"channels": ["C1"], "units": "Sales"}, {}]})

    assert ask("Sales", channel_id="C1").title == CLOSED
    assert ask("Sales", channel_id="C2").title.startswith("Sales: ")


def test_a_late_answer_keeps_to_the_rules(late, under, rocketchat):
    under({"never": ["Legal Affairs"]})
    rocketchat.fail("livechat/units", "never", times=1)

    late.ask_silent_server("Legal Affairs", SlackClient())
    late.work()

    [told] = late.hooks.accepted
    assert "no unit" in visible_payload(told).splitlines()[0]
