"""The units of a person, and of whoever asks."""

from dataclasses import replace

import pytest

from monitors_bot.aws.queues import SdkQueue
from monitors_bot.domain.units.roster import Monitor, Unit
from tests.conftest import BACKGROUND_QUEUE_NAME
from tests.fakes.event_source import EventSource
from tests.scenarios.conftest import Ask, a_job
from tests.scenarios.test_speed import routes

SALES, BILLING = Unit("salesSales0000001", "Sales"), Unit("bilLingEu00000001", "Billing EU")
NOW = 1_795_341_600.0


@pytest.fixture
def recorded(bot, company, recorder):
    """Both units of the company, as they are."""
    bot.clock.stop_at(NOW)
    people = {
        name: Monitor(company.user(name).id, name, company.user(name).name) for name in ("ana", "raj", "kim")
    }
    recorder.record(BILLING, people.values(), NOW - 7200)
    recorder.record(SALES, [people["ana"]], NOW - 180)


def test_the_units_of_a_person_are_told_on_every_platform(ask: Ask, recorded, platform):
    answer = ask("@Ana", platform)

    assert answer.title == "Ana Díaz (ana): online, monitors 2 units"
    assert "Nobody else monitors Sales." in answer
    assert "Status: in a call" in answer
    assert "Local time: 07:00 (UTC-03:00)" in answer
    assert "read 3 minutes to 2 hours ago" in answer.last_line


def test_me_is_whoever_asks_and_the_answer_says_who_that_is(ask: Ask, recorded, platform):
    answer = ask("me", platform)

    assert answer.title == "Kim Lee (kim): offline, monitors 1 unit"
    assert "You are called kim here" in answer


def test_an_unknown_name_gets_close_ones_that_work_when_pasted(ask: Ask, recorded, platform):
    word = getattr(platform, "word", "/monitors")

    answer = ask("@anna", platform)

    assert answer.title == "I know no monitor called “anna”."
    assert f"`{word} @ana`" in answer
    assert ask("@\u200bana", platform).title.startswith("Ana Díaz (ana)")


def test_people_of_one_name_are_listed_and_the_key_words_stay(ask: Ask, recorded, recorder, platform):
    word = getattr(platform, "word", "/monitors")
    recorder.record(SALES, [Monitor("u8", "ana.d", "ANA DÍAZ"), Monitor("u9", "adiaz", "Ana  Díaz")], NOW)

    answer = ask("@ana díaz share", platform)

    assert answer.title == "3 people are called “ana díaz”. Which one?"
    assert f"`{word} @ana.d share`" in answer
    assert f"`{word} @adiaz share`" in answer


def test_the_units_of_a_person_can_be_shared(ask: Ask, recorded, slack, mattermost):
    for client in (slack, mattermost):
        assert ask("@ana share", client).is_shared
        assert ask("me share", client).is_shared
        assert not ask("@ana", client).is_shared


def test_all_shows_all_units_of_a_person(ask: Ask, recorded, recorder, rocketchat):
    ana = Monitor(rocketchat.user("ana").id, "ana", "Ana Díaz")
    for number in range(30):
        unit = Unit(rocketchat.add_unit(f"Desk {number:02}", monitors=["ana"]), f"Desk {number:02}")
        recorder.record(unit, [ana], NOW - 60)

    assert "and 7 more units (all of them: `/monitors @ana all`)" in ask("@ana")
    assert "Desk 29" in ask("@ana all")


def test_a_name_of_no_unit_that_is_somebodys_leads_to_them(ask: Ask, company, platform):
    word = getattr(platform, "word", "/monitors")

    for typed in ("ana", "Ana Díaz", "who is ana?"):
        assert f"Ana Díaz (ana): `{word} @ana`" in ask(typed, platform)


def test_units_that_were_never_read_are_named(ask: Ask, recorded, rocketchat):
    rocketchat.add_unit("Night", monitors=["ana"])

    assert "Not read yet, so I can't tell who monitors it: Night." in ask("@ana")


def test_a_unit_that_is_gone_is_left_out(ask: Ask, recorded, rocketchat):
    rocketchat.remove_unit("salesSales0000001")

    assert ask("@ana").title.endswith("monitors 1 unit")


def test_where_nothing_was_ever_recorded_it_says_so_and_what_to_do(ask: Ask, table):
    answer = ask("me")

    assert answer.title == "No rosters are recorded yet, so I can't tell which units a person monitors."
    assert "Rosters are recorded by scheduled runs" in answer


def test_a_person_costs_one_call_for_presence_however_many_units(ask: Ask, recorded, rocketchat):
    ask("help")
    rocketchat.calls.clear()

    ask("@ana")

    assert routes(rocketchat) == ["users.presence"]


def test_presence_that_is_switched_off_is_unknown(ask: Ask, recorded, rocketchat):
    rocketchat.settings.presence_broadcast_disabled = True

    assert ask("@ana").title == "Ana Díaz (ana): unknown, monitors 2 units"


def test_presence_that_cannot_be_read_is_unknown_and_says_why(ask: Ask, recorded, rocketchat):
    rocketchat.fail("users.presence", "status", code=503)

    answer = ask("@ana")

    assert answer.title == "Ana Díaz (ana): unknown, monitors 2 units"
    assert "Presence could not be read: Rocket.Chat can't be reached right now." in answer


def test_in_a_cold_process_with_the_server_down_the_records_answer(ask: Ask, recorded, rocketchat, platform):
    rocketchat.fail("*", "status", code=503)

    answer = ask("@ana", platform)

    assert answer.title == "Ana Díaz (ana): unknown, monitors 2 units"
    assert "Rocket.Chat can't be reached right now." in answer


def test_with_a_server_that_is_too_slow_the_records_answer_and_presence_follows(
    late, recorder, rocketchat, slack, clock
):
    ana = rocketchat.user("ana")
    for unit in (SALES, BILLING):
        recorder.record(unit, [Monitor(ana.id, "ana", ana.name)], clock() - 60)
    rocketchat.fail("users.presence", "never", times=1)

    answer = late.ask_silent_server("@ana", slack)

    assert answer.title == "Ana Díaz (ana): unknown, monitors 2 units"
    assert "The fresh answer follows." in answer
    late.work()
    assert "Ana Díaz (ana): online, monitors 2 units" in late.hooks.accepted[0]["text"]


@pytest.fixture
def background(aws):
    """The queue of runs, as a count of what waits there."""
    url, dead_url = aws.create_queue(BACKGROUND_QUEUE_NAME)
    yield lambda: len(EventSource(aws.sqs, url).receive())
    aws.delete_queues(url, dead_url)


def test_a_late_answer_says_that_a_reading_began_and_begins_none_itself(late, rocketchat, slack, background):
    assert "I began to read the rosters at" in late.ask("me", slack)
    assert background() == 1
    rocketchat.fail("livechat/units", "never", times=1)
    late.bot.start_cold()

    late.ask_silent_server("me", slack)
    late.work()

    assert "I began to read the rosters at" in late.hooks.accepted[0]["text"]
    assert background() == 0


def test_a_late_answer_begins_no_reading_where_none_began(late, aws, background):
    command = replace(a_job(late).command, text="me", user_name="kim")
    SdkQueue(aws.sqs, late.queue.url).put(a_job(late, command=command))

    late.work()

    assert "Rosters are recorded by scheduled runs" in late.hooks.accepted[0]["text"]
    assert background() == 0


def test_a_name_that_is_a_mention_mentions_nobody(ask: Ask, recorded, platform):
    assert "@all" not in ask("@all", platform).received.body
    assert ask("@all", platform).title == "I know no monitor called “all”."
