"""What changed on a unit, and who monitored it at some time: never more exact than what is recorded.

Covers domain/answers/history_wording.py as well.
"""

import pytest

from monitors_bot import errors
from monitors_bot.domain.answers.bot import Bot
from monitors_bot.domain.answers.conversation import Command, Outcome, Reply
from monitors_bot.domain.answers.knowledge import Knowledge
from monitors_bot.domain.units.roster import Monitor, Unit
from tests.fakes.in_memory import READ_AT, SEES_EVERYTHING, InMemoryRecords, InMemoryServer

SALES = Unit("sal1", "Sales")
ANA, RAJ, KIM = Monitor("a", "ana", "Ana Díaz"), Monitor("r", "raj", "Raj Patel"), Monitor("k", "kim")
HOUR, DAY = 3600.0, 86_400.0
TEN = READ_AT
"""2026-11-22, 10:00 UTC, which is now."""


@pytest.fixture
def directory():
    directory = InMemoryServer()
    directory.add(SALES, ANA)
    return directory


@pytest.fixture
def records():
    return InMemoryRecords()


@pytest.fixture
def ask(directory, records):
    def ask(text: str, utc_offset: float | None = None) -> Reply:
        knowledge = Knowledge(directory, records, SEES_EVERYTHING, lambda: TEN, TEN)
        reply = Bot(knowledge).answer(Command("/monitors", text, utc_offset=utc_offset))
        assert reply is not None
        return reply

    return ask


@pytest.fixture
def changed(records):
    """Ana and Raj; then, within an hour, Kim in Raj's place."""
    records.record(SALES, ANA, RAJ, at=TEN - 3 * DAY)
    records.record(SALES, ANA, RAJ, at=TEN - 2 * DAY)
    records.record(SALES, ANA, KIM, at=TEN - 2 * DAY + HOUR)
    records.record(SALES, ANA, KIM, at=TEN - HOUR)


@pytest.mark.parametrize("text", ["Sales history", "Sales at yesterday 14:00"])
def test_a_unit_without_records_says_so_and_how_records_are_made(ask, text):
    reply = ask(text)

    assert reply.outcome is Outcome.NOT_RECORDED
    assert reply.title == "Nothing is recorded of Sales yet, so I can't tell who monitored it before now."
    assert "scheduled runs" in reply.details[0]


def test_the_changes_are_shown_newest_first_and_since_when_they_are_recorded(ask, changed):
    reply = ask("Sales history")

    assert reply.outcome is Outcome.HISTORY
    assert reply.title == "Sales: 1 change recorded since 2026-11-19 10:00 UTC"
    assert reply.table.rows == (
        ("between 2026-11-20 10:00 and 11:00 UTC", "kim joined; Raj Patel (raj) left"),
        ("2026-11-19 10:00 UTC", "first read: 2 monitors"),
    )
    assert reply.details == ("Last read: 2 monitors, the same since 2026-11-20 11:00 UTC.",)
    assert reply.source.endswith("last read 2026-11-22 09:00 UTC")
    assert reply.hidden.count == 0


def test_a_unit_that_never_changed_says_so(ask, records):
    records.record(SALES, ANA, at=TEN - DAY)

    assert ask("Sales history").title == "Sales: no change recorded since 2026-11-21 10:00 UTC"


def test_the_record_is_still_used_when_changes_are_too_old_to_be_kept(ask, records, changed):
    records.all_changes["sal1"] = []

    reply = ask("Sales history")

    assert reply.title == "Sales: no change recorded since 2026-11-20 11:00 UTC"
    assert reply.table is None


def test_a_change_whose_first_reading_is_forgotten_begins_where_it_was_last_seen(ask, records, changed):
    del records.all_changes["sal1"][0]

    assert ask("Sales history").title == "Sales: 1 change recorded since 2026-11-20 10:00 UTC"


@pytest.mark.parametrize(("number", "more"), [(10, 0), (11, 1), (40, 30)])
def test_at_most_ten_changes_are_shown_and_the_others_counted(ask, records, number, more):
    for one in range(number):
        records.record(SALES, ANA, *((KIM,) if one % 2 else ()), at=TEN - DAY + one * 60)

    reply = ask("Sales history")

    assert len(reply.table.rows) == 10
    assert (reply.hidden.count, reply.hidden.noun) == (more, "change")


def test_history_shows_that_a_unit_was_gone_and_came_back(ask, records):
    records.record(SALES, ANA, RAJ, at=TEN - 3 * HOUR)
    records.forget(SALES, at=TEN - 2 * HOUR)
    records.record(SALES, ANA, at=TEN - HOUR)

    assert [row[1] for row in ask("Sales history").table.rows] == [
        "the unit was there again: 1 monitor",
        "the unit was gone",
        "first read: 2 monitors",
    ]
    assert ask("Sales at 2026-11-22 08:00").title == "Sales at 2026-11-22 08:00 UTC: the unit was gone"
    assert "Before that: the unit was gone. After it: 1 monitor." in ask("Sales at 2026-11-22 08:30").details


def test_a_unit_that_is_gone_in_the_records_still_has_its_history(ask, records):
    records.record(SALES, ANA, at=TEN - 2 * HOUR)
    records.forget(SALES, at=TEN - HOUR)

    assert ask("Sales history").details == ("The unit was gone when it was last looked for.",)
    assert ask("Sales at 2026-11-22 08:00").table.rows == (("Ana Díaz", "ana", ""),)


def test_many_who_join_at_once_are_named_up_to_five(ask, records):
    records.record(SALES, ANA, at=TEN - DAY)
    crowd = [Monitor(str(number), f"user{number}") for number in range(7)]
    records.record(SALES, ANA, *crowd, at=TEN - HOUR)

    assert ask("Sales history").table.rows[0][1] == "user0, user1, user2, user3, user4 and 2 more joined"


@pytest.mark.parametrize(
    ("text", "title", "people", "detail"),
    [
        (
            "Sales at 2026-11-19",
            "Sales at the end of 2026-11-19 UTC: 2 monitors",
            ["ana", "raj"],
            "Seen so from 2026-11-19 10:00 UTC to 2026-11-20 10:00 UTC.",
        ),
        (
            "Sales at yesterday 14:00",
            "Sales at 2026-11-21 14:00 UTC: 2 monitors",
            ["ana", ""],
            "Seen so from 2026-11-20 11:00 UTC to 2026-11-22 09:00 UTC.",
        ),
        (
            "Sales at 2026-11-22T09:30Z",
            "Sales at 2026-11-22 09:30 UTC: 2 monitors, as last read",
            ["ana", ""],
            "Last read at 2026-11-22 09:00 UTC, before that time: it may have changed since.",
        ),
    ],
)
def test_a_past_time_is_answered_with_its_roster(ask, changed, text, title, people, detail):
    reply = ask(text)

    assert reply.outcome is Outcome.ROSTER_THEN
    assert reply.title == title
    assert [row[1] for row in reply.table.rows] == people
    assert reply.details == (detail,)


def test_between_two_readings_both_rosters_are_shown(ask, changed):
    reply = ask("Sales at 2026-11-20 10:30")

    assert reply.title == "Sales at 2026-11-20 10:30 UTC: one of two rosters"
    assert reply.table.rows == (
        ("Ana Díaz", "ana", "before and after"),
        ("Raj Patel", "raj", "before"),
        ("kim", "", "after"),
    )
    assert reply.details[0].startswith("It changed between 2026-11-20 10:00 and 11:00 UTC")


def test_before_the_first_reading_nothing_is_known(ask, changed):
    reply = ask("Sales at 2026-05-12")

    assert reply.outcome is Outcome.NOT_RECORDED
    assert reply.title == "I don't know who monitored Sales at the end of 2026-05-12 UTC."
    assert reply.details == ("What I know of it begins at 2026-11-19 10:00 UTC.",)


@pytest.mark.parametrize("time", ["2026-11-23", "2026-11-22 10:01", "9999-12-31", "today 10:01"])
@pytest.mark.parametrize("key_words", ["at", "history since"])
def test_a_time_that_is_still_to_come_cannot_be_read(ask, changed, time, key_words):
    reply = ask(f"Sales {key_words} {time}")

    assert reply.outcome is Outcome.UNREADABLE_TIME
    assert reply.title == f"I can't read the time “{time}”."
    assert reply.details[0] == "It is still to come."
    assert [choice.command for choice in reply.choices] == [f"/monitors Sales {key_words} yesterday 14:00"]


def test_today_is_now(ask, changed):
    for day in ("today", "2026-11-22", "22.11.2026", "sun", "Sunday"):
        assert ask(f"Sales at {day}").title == "Sales at 2026-11-22 10:00 UTC: 2 monitors, as last read"


def test_times_are_in_the_zone_of_the_asker_where_it_is_known(ask, changed):
    reply = ask("Sales at yesterday 14:00", utc_offset=2.0)

    assert reply.title == "Sales at 2026-11-21 14:00 UTC+2: 2 monitors"
    assert reply.details == ("Seen so from 2026-11-20 13:00 UTC+2 to 2026-11-22 11:00 UTC+2.",)
    assert ask("Sales at 12.05.2026", utc_offset=-3.5).title.endswith("at the end of 2026-05-12 UTC-3:30.")
    assert ask("Sales history", utc_offset=2.0).title.endswith("since 2026-11-19 12:00 UTC+2")
    assert ask("Sales at sometime", utc_offset=2.0).details[-1].endswith("Times are in UTC+2.")


def test_changes_since_a_time_are_all_shown(ask, records):
    for one in range(40):
        records.record(SALES, ANA, *((KIM,) if one % 2 else ()), at=TEN - DAY + one * 60)

    reply = ask("Sales history since yesterday 10:00")

    assert len(reply.table.rows) == 40
    assert reply.title == "Sales: 39 changes recorded since 2026-11-21 10:00 UTC"
    assert (
        ask("Sales history since yesterday 10:30").title
        == "Sales: 10 changes recorded since 2026-11-21 10:30 UTC"
    )
    assert ask("Sales history since today").title == "Sales: no change recorded since 2026-11-22 00:00 UTC"
    assert ask("Sales history since 2026-05-12").title == reply.title
    more = ask("Sales history").hidden.more
    assert more.command == "/monitors Sales history since 2026-11-21 10:00"


def test_ten_people_are_shown_and_all_of_them_on_request(ask, records):
    records.record(SALES, *(Monitor(str(one), f"user{one:02}") for one in range(12)), at=TEN - HOUR)

    reply = ask("Sales at 2026-11-22 09:00")

    assert len(reply.table.rows) == 10
    assert reply.hidden.more.command == "/monitors Sales at 2026-11-22 09:00 all"
    assert len(ask(reply.hidden.more.command.removeprefix("/monitors ")).table.rows) == 12


def test_a_unit_found_by_a_part_of_its_name_is_named_and_can_be_shared(ask, changed):
    reply = ask("sal history share")

    assert reply.details[0] == "This is Sales: its name starts with what you typed."
    assert reply.shared


@pytest.mark.parametrize("text", ["Sales history", "Sales at yesterday 14:00"])
def test_records_that_cannot_be_read_are_reported(ask, records, text):
    records.trouble = errors.RecordsUnreachable("x")

    assert ask(text).outcome is Outcome.RECORDS_UNREACHABLE


@pytest.mark.parametrize("text", ["Sales history", "Sales at yesterday 14:00"])
def test_the_past_is_answered_even_when_the_server_is_down(ask, directory, changed, text):
    directory.troubles["units"] = errors.RocketChatUnavailable("x")

    assert ask(text).outcome in {Outcome.HISTORY, Outcome.ROSTER_THEN}


def test_every_command_that_is_offered_works(ask, changed):
    for text in ("Sales history", "Sales at 2026-05-12", "Sales at 2027-01-01", "Sales at yesterday 14:00"):
        for choice in ask(text).choices:
            assert ask(choice.command.removeprefix("/monitors ")).outcome in {
                Outcome.ROSTER,
                Outcome.HISTORY,
                Outcome.ROSTER_THEN,
            }
