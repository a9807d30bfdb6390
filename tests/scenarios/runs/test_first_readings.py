"""Nobody has recorded a roster yet, and somebody asks for a person or a unit's past: that has them read."""

import logging
from concurrent.futures import ThreadPoolExecutor

import pytest

from monitors_bot.lambdas.chat import ChatDoor
from tests.fakes.api_gateway import event_for, receive
from tests.fakes.chat_client import SlackClient
from tests.scenarios.conftest import Answer, Ask, typed
from tests.scenarios.runs.conftest import Scheduled

TITLE = "No rosters are recorded yet, so I can't tell which units a person monitors."
BEING_READ = "I began to read the rosters at 09:00:00 UTC. Ask again in a minute"
TODAY = "Rosters are recorded by scheduled runs"


@pytest.fixture
def waiting(aws, scheduled: Scheduled):
    """Count the messages on the background queue."""

    def count() -> int:
        name = "ApproximateNumberOfMessages"
        counted = aws.sqs.get_queue_attributes(QueueUrl=scheduled.queue.url, AttributeNames=[name])
        return int(counted["Attributes"][name])

    return count


@pytest.mark.parametrize("question", ["me", "@ana"])
def test_the_first_question_says_that_it_is_read_and_a_minute_later_it_is_answered(
    ask: Ask, scheduled: Scheduled, platform, question, caplog
):
    caplog.set_level(logging.INFO, logger="monitors_bot")
    word = getattr(platform, "word", "/monitors")
    first = ask(question, platform)
    assert first.title == TITLE
    assert BEING_READ in first
    assert f"`{word} {question}`" in first
    assert TODAY not in first
    [line] = [record for record in caplog.records if record.message == "run ordered"]
    assert line.run.startswith("first-reading ")

    scheduled.work()
    scheduled.pass_time(60)

    name = {"me": "Kim Lee (kim): offline, monitors 1 unit"}
    assert ask(question, platform).title == name.get(question, "Ana Díaz (ana): online, monitors 2 units")
    assert scheduled.messages == []


def test_the_first_question_about_a_units_past_has_them_read_too(ask: Ask, scheduled: Scheduled, platform):
    first = ask("sales history", platform)
    assert first.title == "Nothing is recorded of Sales yet, so I can't tell who monitored it before now."
    assert BEING_READ in first

    scheduled.work()

    assert ask("sales history", platform).title.startswith("Sales: no change recorded since 2026-11-23 09:00")


def test_a_question_about_a_time_in_the_past_begins_nothing_that_would_not_answer_it(
    ask: Ask, scheduled: Scheduled, waiting
):
    assert TODAY in ask("sales at yesterday 14:00")
    assert waiting() == 0


def test_a_burst_of_questions_begins_one_run(ask: Ask, bot, scheduled: Scheduled, waiting):
    doors = [ChatDoor(bot.environ, bot.clock) for _ in range(8)]

    def ask_at(door):
        return Answer(receive(door.handle(event_for(typed(bot, SlackClient(), "me"), bot.clock()))))

    with ThreadPoolExecutor(8) as people:
        answers = list(people.map(ask_at, doors * 2))

    assert all(BEING_READ in answer for answer in answers)
    assert waiting() == 1
    for door in doors:
        door.parts.close()
    scheduled.work()
    assert ask("me").title == "Kim Lee (kim): offline, monitors 1 unit"


def test_within_ten_minutes_no_second_run_begins_though_the_first_found_nothing_to_record(
    ask: Ask, scheduled: Scheduled, rocketchat, waiting
):
    ask("me")
    rocketchat.fail("livechat/units/:unitId/monitors", "status", code=403)
    scheduled.work()
    scheduled.clock.stop_at(scheduled.clock() + 300)

    again = ask("me")

    assert BEING_READ in again
    assert "If it stays like this, tell somebody who runs the bot: the log says more." in again
    assert waiting() == 0


def test_where_the_queue_cannot_be_asked_the_answer_is_the_usual_one(ask: Ask, bot, scheduled: Scheduled):
    bot.environ["BACKGROUND_QUEUE_URL"] = f"{scheduled.queue.url}-of-nobody"
    bot.start_cold()

    answer = ask("me")

    assert answer.title == TITLE
    assert TODAY in answer


def test_a_server_without_units_is_not_read(ask: Ask, scheduled: Scheduled, rocketchat, waiting):
    for unit in ("bilLingEu00000001", "salesSales0000001"):
        rocketchat.remove_unit(unit)

    assert TODAY in ask("me")
    assert waiting() == 0


@pytest.mark.parametrize("question", ["me", "sales history"])
def test_while_the_server_is_down_nothing_begins(
    ask: Ask, scheduled: Scheduled, rocketchat, waiting, question, bot
):
    ask("help")
    rocketchat.fail("*", "status", code=503)
    bot.clock.advance(900)

    assert TODAY in ask(question)
    assert waiting() == 0


def test_where_rosters_are_recorded_no_question_begins_a_run(ask: Ask, scheduled: Scheduled, waiting):
    scheduled.run(post="none")

    ask("me")
    ask("@nobody")
    ask("sales history")

    assert waiting() == 0
