"""What changed on a unit, and who monitored it at some time."""

import pytest

from monitors_bot.aws.messages import write
from monitors_bot.domain.answers.conversation import Command
from monitors_bot.domain.units.roster import Monitor, Unit
from tests.scenarios.conftest import HOOK, Ask, a_job

SALES = Unit("salesSales0000001", "Sales")
ANA, RAJ = Monitor("u1", "ana", "Ana Díaz"), Monitor("u2", "raj", "Raj Patel")
NOW = 1_795_341_600.0
"""2026-11-22, 10:00 UTC."""
HOUR = 3600


@pytest.fixture
def recorded(bot, recorder):
    """Ana; an hour later Raj, too."""
    bot.clock.stop_at(NOW)
    recorder.record(SALES, [ANA], NOW - 30 * HOUR)
    recorder.record(SALES, [ANA], NOW - 3 * HOUR)
    recorder.record(SALES, [ANA, RAJ], NOW - 2 * HOUR)


def test_the_changes_of_a_unit_are_told_on_every_platform(ask: Ask, recorded, platform):
    answer = ask("sales history", platform)

    assert answer.title == "Sales: 1 change recorded since 2026-11-21 04:00 UTC"
    assert "between 2026-11-22 07:00 and 08:00 UTC" in answer
    assert "Raj Patel (raj) joined" in answer
    assert "first read: 1 monitor" in answer
    assert answer.last_line.strip("_").endswith(", last read 2026-11-22 08:00 UTC")


def test_who_monitored_it_then_is_told_on_every_platform(ask: Ask, recorded, platform):
    answer = ask("sales at yesterday 14:00", platform)

    assert answer.title == "Sales at 2026-11-21 14:00 UTC: 1 monitor"
    assert "Ana Díaz" in answer
    assert "Raj Patel" not in answer


def test_between_two_readings_both_rosters_are_shown(ask: Ask, recorded):
    answer = ask("Sales at 2026-11-22 07:30")

    assert answer.title == "Sales at 2026-11-22 07:30 UTC: one of two rosters"
    assert "Raj Patel · raj · after" in answer


def test_after_the_last_reading_it_may_have_changed(ask: Ask, recorded):
    assert "it may have changed since" in ask("Sales at 2026-11-22 09:00")


@pytest.mark.parametrize(
    ("time", "title"),
    [
        ("2026-05-12", "I don't know who monitored Sales at the end of 2026-05-12 UTC."),
        ("2026-11-23 12:00", "I can't read the time “2026-11-23 12:00”."),
    ],
)
def test_what_nobody_knows_is_not_guessed(ask: Ask, recorded, time, title):
    assert ask(f"Sales at {time}").title == title


@pytest.mark.parametrize("text", ["Sales history", "Sales at 2026-05-12", "Sales at yesterday 14:00"])
def test_where_nothing_is_recorded_it_says_so(ask: Ask, table, text):
    answer = ask(text)

    assert answer.title == "Nothing is recorded of Sales yet, so I can't tell who monitored it before now."
    assert "`/monitors Sales`" in answer


def test_a_unit_that_was_gone_and_came_back_is_told(ask: Ask, recorded, recorder):
    recorder.forget(SALES.id, NOW - HOUR)
    recorder.record(SALES, [RAJ], NOW - HOUR / 2)

    answer = ask("Sales history")

    assert "the unit was gone" in answer
    assert "the unit was there again: 1 monitor" in answer


def test_the_past_costs_no_call_of_the_server_when_the_names_are_remembered(ask: Ask, recorded, rocketchat):
    ask("help")
    rocketchat.calls.clear()

    ask("Sales history")

    assert rocketchat.calls == []


def test_a_server_that_is_down_hinders_no_answer_about_the_past(ask: Ask, recorded, rocketchat):
    rocketchat.fail("*", "status", code=503)

    assert ask("Sales history").title.startswith("Sales: 1 change")


@pytest.mark.parametrize("text", ["Sales history", "Sales at 2026-11-22 07:30", "@ana", "me"])
def test_a_table_that_cannot_be_read_is_told_and_logged(ask: Ask, caplog, text):
    answer = ask(text)

    assert answer.title == "My own records can't be read right now."
    assert [line.kind for line in caplog.records if line.message == "trouble"] == ["RecordsUnreachable"]


def test_a_table_that_does_not_answer_makes_nobody_wait_beyond_the_deadline(bot, ask: Ask, silent_aws):
    bot.environ |= {"AWS_ENDPOINT_URL_DYNAMODB": silent_aws.url, "REPLY_DEADLINE_MS": "700"}
    bot.start_cold()
    ask("Sales")
    began = bot.clock()

    assert ask("Sales history").title == "My own records can't be read right now."
    assert bot.clock() - began < 1.2


def test_yesterday_is_counted_from_when_it_was_asked(late, recorder, rocketchat, slack):
    late.bot.clock.stop_at(NOW + 14 * HOUR - 5)  # just before midnight
    recorder.record(SALES, [ANA], NOW - 30 * HOUR)
    command = Command("/monitors", "Sales at yesterday 14:00", response_url=late.hooks.url + HOOK)
    late.queue.put(write(a_job(late, command=command)))
    late.bot.clock.advance(60)

    late.work()

    assert "2026-11-21 14:00" in late.hooks.accepted[0]["text"]
