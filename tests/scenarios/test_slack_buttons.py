"""What people press below a reply in Slack, and what they read then.

Door: lambdas/chat.py, with platforms/slack_interactivity.py and platforms/slack_buttons.py.
"""

import itertools
from dataclasses import replace

import pytest

from monitors_bot.domain.units.roster import Monitor, Unit
from monitors_bot.lambdas.chat import ChatDoor
from monitors_bot.web import CHECK
from tests.fakes.api_gateway import event_for, receive
from tests.fakes.chat_client import PRESSES, SlackClient
from tests.fakes.hidden_unit import HIDDEN, may_see
from tests.fakes.raw_server import SilentServer
from tests.fakes.screen import visible_payload
from tests.fakes.slack_presses import LEE, elements_of, options_of, press_of
from tests.scenarios.conftest import typed

WAITED_SECONDS = 1.4
"""How long a press may have waited before the bot gets it, of the 2.5 seconds for its answer."""


class Slack:
    """People in Slack: what they type, what they press, and what came to a press's own address."""

    def __init__(self, late):
        self.late, self.bot, self.hooks = late, late.bot, late.hooks
        self.client = SlackClient()
        self._numbers = itertools.count(1)

    def type(self, text):
        return self.bot.send(typed(self.bot, self.client, text)).json

    def press(self, message, label, **more):
        """Press, and return what the person reads then; each press has an address of its own."""
        known = len(self.hooks.accepted)
        received = self.bot.send(self.pressed(message, label, **more))
        assert (received.status, received.body) == (200, "")
        told = self.hooks.accepted[known:]
        assert len(told) <= 1
        return told[0] if told else None

    def pressed(self, message, label, **more):
        url = f"{self.hooks.url}/actions/T0001/{next(self._numbers)}/x"
        return self.client.press(press_of(message, label, url, **more), self.bot.clock())

    def press_in_vain(self, message, label):
        """Press while the server answers nothing; little of the time for the answer is left."""
        sent = self.pressed(message, label)
        self.bot.send(replace(sent, method="GET"))  # so that the bot is awake
        return receive(self.bot.door.handle(event_for(sent, self.bot.clock() - WAITED_SECONDS)))


@pytest.fixture
def people(late):
    late.bot.environ["REPLY_DEADLINE_MS"] = "2500"
    late.bot.start_cold()
    return Slack(late)


@pytest.fixture
def many(company):
    for number in range(12):
        company.add_user(f"user{number}", name=f"User {number:02}", status="online")
    company.add_unit("Support", monitors=[f"user{number}" for number in range(12)], id="supportSupport001")
    return company


def test_refresh_takes_the_place_of_what_only_the_asker_read(people, company):
    message = people.type("Sales")
    assert list(elements_of(message)) == ["Refresh", "Show in channel"]
    company.user("ana").status = "away"

    told = people.press(message, "Refresh")

    assert visible_payload(told).startswith("Sales: 0 of 1 monitor online")
    assert (told["response_type"], told["replace_original"]) == ("ephemeral", True)
    assert list(elements_of(told)) == ["Refresh", "Show in channel"]


def test_show_in_channel_is_the_only_way_to_the_channel(people, many):
    message = people.type("Support")
    assert list(elements_of(message)) == ["Refresh", "Show in channel", "More"]

    shown = people.press(message, "Show in channel")
    more = people.press(message, "More")

    assert (shown["response_type"], shown["replace_original"]) == ("in_channel", False)
    assert list(elements_of(shown)) == ["Refresh", "More"]
    assert (more["response_type"], more["replace_original"]) == ("ephemeral", False)
    assert "User 11" not in visible_payload(shown)
    assert "User 11" in visible_payload(more)


def test_what_the_channel_reads_stays_as_it_is_for_others(people):
    shown = people.press(people.type("Sales"), "Show in channel")

    told = people.press(shown, "Refresh", user=LEE)

    assert (told["response_type"], told["replace_original"]) == ("ephemeral", False)


def test_a_shared_command_shares_no_answer_to_what_is_pressed_below_it(people):
    message = people.type("billing eu share")
    assert message["response_type"] == "in_channel"

    assert people.press(message, "Refresh")["response_type"] == "ephemeral"


def test_one_of_several_units_is_chosen_from_a_menu(people, company):
    company.add_unit("Sales EU", monitors=["raj"], id="salesEuSalesEu001")
    message = people.type("sal")
    assert options_of(message) == ["Sales (id salesSales0000001)", "Sales EU (id salesEuSalesEu001)"]

    told = people.press(message, "Choose one", choose="Sales EU (id salesEuSalesEu001)")

    assert visible_payload(told).startswith("Sales EU: 0 of 1 monitor online")
    assert told["response_type"] == "ephemeral"


def test_where_no_unit_has_that_name_a_near_one_is_chosen(people):
    message = people.type("Biling EU")
    assert options_of(message) == ["Billing EU", "All units"]

    assert visible_payload(people.press(message, "Choose one", choose="Billing EU")).startswith(
        "Billing EU: 1 of 3"
    )
    assert visible_payload(people.press(message, "Choose one", choose="All units")).startswith("2 units")


@pytest.mark.parametrize("text", ["Sales", "Sales!", "Sales all", "@ana", "is anyone in sales?", '"Sales"'])
def test_whatever_was_typed_is_asked_again_and_can_be_shown(people, recorder, company, text):
    ana = Monitor(company.user("ana").id, "ana", "Ana Díaz")
    recorder.record(Unit("salesSales0000001", "Sales"), [ana], people.bot.clock())
    message = people.type(text)
    title = visible_payload(message).splitlines()[0]

    for label, visibility in (("Refresh", "ephemeral"), ("Show in channel", "in_channel")):
        told = people.press(message, label)

        assert visible_payload(told).splitlines()[0] == title
        assert told["response_type"] == visibility


@pytest.mark.parametrize(("team", "team_of_user"), [("T0666", "T0666"), ("T0001", "T0666"), (None, "T0666")])
def test_somebody_of_another_workspace_is_told_so_and_nothing_else(people, company, team, team_of_user):
    shown = people.type("Sales share")
    calls = len(company.calls)

    told = people.press(shown, "Refresh", team=team, team_of_user=team_of_user, user="U666")

    assert visible_payload(told).splitlines() == [
        "This message is from another workspace than yours.",
        "Its buttons work only for people of that workspace.",
        "In your own, type /monitors if it is there.",
    ]
    assert (told["response_type"], told["replace_original"]) == ("ephemeral", False)
    assert len(company.calls) == calls


def test_who_presses_is_who_asks(people, company):
    company.add_unit(HIDDEN.name, monitors=["ana"], id=HIDDEN.id)
    shown = people.type(f"{HIDDEN.name} share")
    people.bot.door = ChatDoor(people.bot.environ, people.bot.clock, may_see=may_see)

    told = people.press(shown, "Refresh", user=LEE)

    assert "no unit" in visible_payload(told).splitlines()[0]


def test_the_same_press_sent_again_does_nothing(people):
    message = people.type("Sales")
    sent = people.pressed(message, "Show in channel")

    answers = [people.bot.send(sent) for _ in range(3)]

    assert [(one.status, one.body) for one in answers] == [(200, "")] * 3
    assert len(people.hooks.accepted) == 1


@pytest.mark.parametrize("key", ["another secret", ""])
def test_a_stranger_is_turned_away(people, company, key):
    message = people.type("Sales")
    calls = len(company.calls)
    people.client = SlackClient(key)

    assert people.bot.send(people.pressed(message, "Refresh")).status == 401
    assert (people.hooks.accepted, len(company.calls)) == ([], calls)


@pytest.mark.parametrize("seconds", [-301, 301])
def test_an_old_press_is_turned_away(people, seconds):
    sent = people.pressed(people.type("Sales"), "Refresh")
    people.bot.clock.advance(seconds)

    assert people.bot.send(sent).status == 401
    assert people.hooks.accepted == []


@pytest.mark.parametrize(
    "url", ["https://evil.example.com/actions/T0001/1/x", "http://127.0.0.1:1/x", "", "x"]
)
def test_an_answer_goes_nowhere_but_to_slack(people, company, url):
    message = people.type("Sales")
    calls = len(company.calls)

    answer = people.bot.send(people.client.press(press_of(message, "Refresh", url), people.bot.clock()))

    assert (answer.status, answer.json) == (400, {"error": "the response_url is not the platform's"})
    assert len(company.calls) == calls


@pytest.mark.parametrize("body", [b"", b"payload=%7B", b"payload=%5B%5D"])
def test_a_payload_that_cannot_be_read_is_told_as_such(people, body):
    assert people.bot.send(people.client.signed(body, people.bot.clock(), PRESSES)).status == 400


def test_a_press_below_a_message_of_another_app_is_ignored(people):
    press = press_of(people.type("Sales"), "Refresh", people.hooks.url + "/actions/1")
    press["actions"][0]["action_id"] = "approve"

    answer = people.bot.send(people.client.press(press, people.bot.clock()))

    assert (answer.status, answer.body, people.hooks.accepted) == (200, "", [])


def test_without_slacks_secret_there_is_no_such_route(people, aws, secret):
    sent = people.pressed(people.type("Sales"), "Refresh")
    aws.change_secret("monitors-bot", {key: value for key, value in secret.items() if "slack" not in key})
    people.bot.start_cold()

    assert people.bot.send(sent).status == 404


def test_a_slow_server_gets_still_looking_and_then_the_answer_in_the_same_place(people, rocketchat):
    message = people.type("Sales")
    people.bot.start_cold()
    rocketchat.fail("livechat/units", "never", times=1)

    answer = people.press_in_vain(message, "Refresh")
    people.late.work()
    people.late.work()

    assert (answer.status, answer.body) == (200, "")
    first, then = people.hooks.accepted
    assert visible_payload(first) == "Still looking, the answer follows."
    assert visible_payload(then).startswith("Sales: 1 of 1 monitor online")
    assert [told["replace_original"] for told in (first, then)] == [True, True]
    assert [path for path, _ in people.hooks.received] == ["/actions/T0001/1/x"] * 2


def test_a_late_answer_is_shown_in_the_channel_if_that_was_pressed(people, rocketchat):
    message = people.type("Sales")
    people.bot.start_cold()
    rocketchat.fail("livechat/units", "never", times=1)

    people.press_in_vain(message, "Show in channel")
    people.late.work()

    assert [told["response_type"] for told in people.hooks.accepted] == ["ephemeral", "in_channel"]


@pytest.mark.parametrize("status", [429, 500, 503])
def test_an_answer_that_slack_refuses_for_now_follows_later_once(people, status):
    message = people.type("Sales")
    people.hooks.statuses = [status]

    assert people.press(message, "Refresh") is None
    people.late.work()
    people.late.work()

    [told] = people.hooks.accepted
    assert visible_payload(told).startswith("Sales: 1 of 1 monitor online")
    assert told["replace_original"] is True


@pytest.mark.parametrize("status", [302, 404, 410])
def test_an_answer_that_slack_refuses_for_good_is_counted(people, capsys, status):
    message = people.type("Sales")
    people.hooks.statuses = [status]

    assert people.press(message, "Refresh") is None

    assert people.late.queue.count() == 0
    assert '"LateAnswersFailed": 1' in capsys.readouterr().out


def test_an_address_that_never_answers_is_not_waited_for(people, capsys):
    message = people.type("Sales")
    with SilentServer() as silent:
        people.bot.environ["SLACK_HOOKS_URL"] = silent.url
        people.bot.start_cold()
        sent = people.client.press(
            press_of(message, "Refresh", f"{silent.url}/actions/1"), people.bot.clock()
        )
        began = people.bot.clock()

        answer = people.bot.send(sent)

    assert (answer.status, answer.body) == (200, "")
    assert people.bot.clock() - began < 10  # it is given up after 2.25 s; a busy machine may take longer
    # It may have arrived, so it is not sent again.
    assert people.late.queue.count() == 0
    assert '"LateAnswersFailed": 1' in capsys.readouterr().out


def test_a_check_of_the_set_up_is_answered_with_its_outcome_alone(people, capsys):
    sent = people.pressed(people.type("Sales"), "Refresh")
    capsys.readouterr()

    answer = people.bot.send(replace(sent, headers=(*sent.headers, (CHECK, "1"))))

    assert (answer.status, answer.body, answer.headers[CHECK]) == (200, "", "roster")
    assert people.hooks.accepted == []
    assert "Accepted" not in capsys.readouterr().out
