"""The last known roster, from the records: when the process remembers none and the server is out."""

import time

import pytest

from monitors_bot.domain.units.roster import Monitor, Unit
from tests.scenarios.conftest import Ask

SALES = Unit("salesSales0000001", "Sales")
ANA = Monitor("u1", "ana", "Ana Díaz")
DOWN = [("status", {"code": 503}), ("reset", {}), ("wrong-type", {}), ("never", {})]
CHATS_SECONDS = 3


@pytest.fixture
def recorded(clock, recorder):
    """Sales with Ana, as read seven minutes ago."""
    recorder.record(SALES, [ANA], clock() - 420)


@pytest.mark.parametrize(("kind", "options"), DOWN)
def test_a_cold_process_with_a_server_that_is_down_shows_what_was_recorded(
    ask: Ask, bot, recorded, rocketchat, kind, options
):
    bot.environ["REPLY_DEADLINE_MS"] = "1000"
    rocketchat.fail("*", kind, **options)

    answer = ask("sal", response_url="")

    assert answer.title == "Sales: 1 monitor, presence unknown"
    assert "These were the monitors 7 minutes ago; who is there now is unknown." in answer
    assert "This is Sales: its name starts with what you typed." in answer
    assert answer.last_line.startswith("Last known, 7 minutes old. From ")


def test_when_the_server_limits_us_too(ask: Ask, recorded, rocketchat):
    rocketchat.permissions.discard("api-bypass-rate-limit")
    rocketchat.settings.limit_calls = 0

    answer = ask("Sales")

    assert "Rocket.Chat asks the bot to slow down. These were the monitors 7 minutes ago" in answer


def test_a_unit_whose_name_alone_is_remembered_is_read_by_its_id(ask: Ask, recorded, rocketchat):
    ask("help")
    rocketchat.fail("livechat/units/:unitId/monitors", "status", code=503)

    assert ask("Sales").title == "Sales: 1 monitor, presence unknown"


@pytest.mark.parametrize("is_name_known", [True, False])
def test_a_slow_server_with_a_promise_shows_what_was_recorded_meanwhile(
    late, recorder, rocketchat, platform, clock, is_name_known
):
    recorder.record(SALES, [ANA], clock() - 420)
    if is_name_known:
        late.ask("help", platform)
    rocketchat.fail("*", "never")

    answer = late.ask_silent_server("Sales", platform)

    assert answer.title == "Sales: 1 monitor, presence unknown"
    assert "The fresh answer follows." in answer
    assert late.queue.count() == 1


def test_a_slow_server_is_not_replaced_by_what_is_older_than_ten_minutes(
    late, recorder, rocketchat, slack, clock
):
    recorder.record(SALES, [ANA], clock() - 601)
    rocketchat.fail("*", "never")

    assert late.ask_silent_server("Sales", slack).title == "Still looking, the answer follows."


def test_a_roster_remembered_that_is_too_old_gives_way_to_a_younger_record(
    late, recorder, rocketchat, slack, clock
):
    late.ask("Sales", slack)
    clock.advance(700)
    recorder.record(SALES, [ANA], clock() - 60)
    rocketchat.fail("*", "never")

    assert "1 minute ago" in late.ask_silent_server("Sales", slack)


@pytest.mark.parametrize("text", ["list", "list sal", "Nowhere", "help"])
def test_nothing_else_is_answered_from_the_records(ask: Ask, recorded, rocketchat, text):
    rocketchat.fail("*", "status", code=503)

    assert "presence unknown" not in ask(text)


def test_a_table_that_is_missing_makes_no_answer_worse_and_is_logged(ask: Ask, rocketchat, caplog):
    rocketchat.fail("*", "status", code=503)

    assert ask("Sales").title == "Rocket.Chat can't be reached right now."
    assert [line.kind for line in caplog.records if line.message == "trouble"] == ["RecordsUnreachable"]


def test_a_table_that_does_not_answer_makes_no_promise_late(late, rocketchat, slack, silent_aws):
    late.bot.environ["AWS_ENDPOINT_URL_DYNAMODB"] = silent_aws.url
    late.bot.start_cold()
    late.ask("help", slack)
    rocketchat.fail("*", "never")
    began = time.monotonic()

    answer = late.ask("Sales", slack)

    assert answer.title == "Still looking, the answer follows."
    assert time.monotonic() - began < CHATS_SECONDS
    assert late.queue.count() == 1


def test_a_healthy_server_costs_no_call_of_the_table(bot, ask: Ask, silent_aws):
    bot.environ["AWS_ENDPOINT_URL_DYNAMODB"] = silent_aws.url
    bot.start_cold()

    titles = [ask(text).title for text in ("Sales", "bill", "list", "help", "nowhere")]

    assert "My own records can't be read right now." not in titles
    assert silent_aws.calls == 0
