"""The units of a person, from the records; the reply says where there are none.

Covers domain/answers/people_wording.py as well.
"""

import pytest

from monitors_bot import errors
from monitors_bot.domain.answers.bot import Bot
from monitors_bot.domain.answers.conversation import Command, Outcome, Reply
from monitors_bot.domain.answers.knowledge import Knowledge
from monitors_bot.domain.units.roster import Monitor, Presence, Unit
from tests.fakes.in_memory import READ_AT, SEES_EVERYTHING, InMemoryRecords, InMemoryServer

BILLING, SALES, NIGHT = Unit("bil1", "Billing EU"), Unit("sal1", "Sales"), Unit("nig1", "Night")
ANA = Monitor("a", "ana", "Ana Díaz", Presence.BUSY, "in a call", -3)
RAJ = Monitor("r", "raj", "Raj Patel", Presence.OFFLINE)
MINUTE = 60.0
PASSING = [errors.RocketChatUnavailable("x"), errors.RocketChatLimited(30), errors.RocketChatTooSlow("x")]


@pytest.fixture
def directory():
    directory = InMemoryServer()
    directory.add(BILLING, ANA, RAJ)
    directory.add(SALES, ANA)
    return directory


@pytest.fixture
def records():
    records = InMemoryRecords()
    records.record(BILLING, ANA, RAJ, at=READ_AT - 120 * MINUTE)
    records.record(SALES, ANA, at=READ_AT - 3 * MINUTE)
    return records


@pytest.fixture
def ask(directory, records):
    def ask(text: str, promise: bool = False, user_name: str = "") -> Reply:
        knowledge = Knowledge(directory, records, SEES_EVERYTHING, lambda: READ_AT, READ_AT)
        reply = Bot(knowledge, lambda _: promise).answer(Command("/monitors", text, user_name=user_name))
        assert reply is not None
        return reply

    return ask


@pytest.mark.parametrize("text", ["@ana", "@ANA", "@Ａｎａ"])
def test_the_units_of_a_person_are_shown_with_presence_and_the_age_of_what_was_read(ask, text):
    reply = ask(text)

    assert reply.outcome is Outcome.PERSON
    assert reply.title == "Ana Díaz (ana): busy, monitors 2 units"
    assert reply.table.rows == (
        ("Billing EU", "with 1 other", "2 hours ago"),
        ("Sales", "the only monitor", "3 minutes ago"),
    )
    assert reply.details == (
        "Nobody else monitors Sales.",
        "Status: in a call",
        "Local time: 07:00 (UTC-03:00)",
    )
    assert reply.source == (
        "From the bot's records of chat.example.com, read 3 minutes to 2 hours ago; presence of 10:00:00 UTC"
    )


def test_me_is_the_asker_by_their_username_on_the_platform_and_the_reply_says_who_that_is(ask):
    reply = ask("me", user_name="raj")

    assert reply.title == "Raj Patel (raj): offline, monitors 1 unit"
    assert reply.details[0].startswith("You are called raj here")


def test_me_without_a_name_asks_for_one(ask):
    reply = ask("me")

    assert reply.outcome is Outcome.NO_PERSON
    assert reply.details == ("Type @ and a username of Rocket.Chat.",)


def test_an_unknown_name_is_answered_with_close_ones_that_work_when_pasted(ask):
    reply = ask("@anna")

    assert reply.outcome is Outcome.NO_PERSON
    assert reply.title == "I know no monitor called “anna”."
    assert reply.choices[0].command == "/monitors @ana"
    assert ask("@ana").outcome is Outcome.PERSON


def test_units_that_were_never_read_are_named(directory, ask):
    for number in range(7):
        directory.add(Unit(f"u{number}", f"Desk {number}"))

    for text in ("@ana", "@nobody"):
        unread = "Not read yet, so I can't tell who monitors them: Desk 0, Desk 1"
        assert ask(text).details[-1].startswith(unread)
        assert ask(text).details[-1].endswith("and 2 more.")


def test_units_that_are_gone_are_left_out(records, ask):
    records.record(NIGHT, ANA, at=READ_AT)

    assert "Night" not in [row[0] for row in ask("@ana").table.rows]


@pytest.mark.parametrize("sees_all", [False, None])
def test_a_unit_that_the_account_might_only_not_see_is_kept(directory, records, ask, sees_all):
    records.record(NIGHT, ANA, at=READ_AT)
    directory.sees_all = sees_all

    assert "Night" in [row[0] for row in ask("@ana").table.rows]


def test_a_unit_newer_than_the_remembered_list_is_kept(directory, records, ask):
    directory.remembered = [BILLING, SALES]
    directory.add(NIGHT, ANA)
    records.record(NIGHT, ANA, at=READ_AT)

    assert "Night" in [row[0] for row in ask("@ana").table.rows]


def test_a_unit_has_its_current_name(directory, records, ask):
    directory.remembered = [BILLING, Unit("sal1", "Retail")]

    assert [row[0] for row in ask("@ana").table.rows] == ["Billing EU", "Retail"]


def test_somebody_who_was_renamed_is_found_by_both_names_and_called_by_the_newer(records, ask):
    records.record(SALES, Monitor("a", "ana.diaz", "Ana Díaz"), at=READ_AT)

    for text in ("@ana.diaz", "@ana"):
        assert ask(text).title.startswith("Ana Díaz (ana.diaz): ")
        assert len(ask(text).table.rows) == 2


def test_the_current_owner_of_a_username_comes_before_former_ones(records, ask):
    records.record(SALES, Monitor("a", "ana.diaz"), Monitor("b", "Ana", "Ana Bell"), at=READ_AT)

    assert ask("@ana").title.startswith("Ana Bell (Ana): ")


def test_two_people_of_the_same_username_cause_no_crash(records, ask):
    records.record(SALES, Monitor("x", "RAJ"), at=READ_AT)

    assert ask("@raj").outcome is Outcome.PERSON


def test_at_most_25_units_are_shown_and_the_others_counted(directory, records, ask):
    for number in range(30):
        unit = Unit(f"u{number}", f"Desk {number:02}")
        directory.add(unit, RAJ)
        records.record(unit, RAJ, at=READ_AT)

    reply = ask("@raj")

    assert len(reply.table.rows) == 25
    assert (reply.hidden.count, reply.hidden.noun) == (6, "unit")


def test_presence_that_cannot_be_read_is_unknown_and_says_why(directory, ask):
    directory.troubles["presence"] = errors.RocketChatUnavailable("x")

    reply = ask("@raj")

    assert reply.outcome is Outcome.WITHOUT_PRESENCE
    assert reply.title == "Raj Patel (raj): unknown, monitors 1 unit"
    assert "Presence could not be read: Rocket.Chat can't be reached right now." in reply.details


@pytest.mark.parametrize("error", PASSING, ids=lambda error: type(error).__name__)
def test_without_the_server_the_records_answer(directory, ask, error):
    directory.troubles["units"] = error

    reply = ask("@raj")

    assert reply.outcome is Outcome.LAST_KNOWN
    assert reply.title == "Raj Patel (raj): unknown, monitors 1 unit"
    assert any(detail.startswith("Presence could not be read: ") for detail in reply.details)
    assert "presence of" not in reply.source


@pytest.mark.parametrize("method", ["units", "presence"])
def test_when_the_server_is_only_slow_the_fresh_answer_is_promised(directory, ask, method):
    directory.troubles[method] = errors.RocketChatTooSlow("x")

    reply = ask("@raj", promise=True)

    assert reply.outcome is Outcome.PROMISED
    assert "The fresh answer follows." in reply.details


def test_an_unknown_name_without_the_server_says_why_it_may_be_unknown(directory, ask):
    directory.troubles["units"] = errors.RocketChatUnavailable("x")

    reply = ask("@nobody")

    assert reply.title == "I know no monitor called “nobody”."
    assert reply.details[0] == "Rocket.Chat can't be reached right now."


def test_a_lasting_failure_is_reported(directory, ask):
    directory.troubles["units"] = errors.CredentialsRefused("x")

    assert ask("@ana").outcome is Outcome.CREDENTIALS_REFUSED


@pytest.mark.parametrize("text", ["me", "@ana"])
def test_without_any_records_the_reply_says_so_and_what_to_do(records, ask, text):
    records.records.clear()

    reply = ask(text, user_name="ana")

    assert reply.outcome is Outcome.NOT_RECORDED
    assert "scheduled runs" in reply.details[0]


@pytest.fixture
def ask_first(directory, records):
    """Ask while nothing is recorded; return the reply, and how often a reading was asked for."""
    records.records.clear()
    asked = []

    def ask(text: str, since: float | None = READ_AT) -> tuple[Reply, int]:
        def first_reading():
            asked.append(text)
            return since

        knowledge = Knowledge(directory, records, SEES_EVERYTHING, lambda: READ_AT, READ_AT, first_reading)
        reply = Bot(knowledge).answer(Command("/monitors", text, user_name="ana"))
        assert reply is not None
        return reply, len(asked)

    return ask


@pytest.mark.parametrize("text", ["me", "@ana"])
def test_without_any_records_they_are_read_and_the_reply_says_since_when_and_when_to_ask_again(
    ask_first, text
):
    reply, readings = ask_first(text)

    assert readings == 1
    assert reply.details[0] == (
        "I began to read the rosters at 10:00:00 UTC. Ask again in a minute; many units take longer."
    )
    assert reply.choices[0].command == f"/monitors {text}"


def test_where_a_reading_cannot_begin_the_reply_is_the_usual_one(ask_first):
    reply, readings = ask_first("me", since=None)

    assert readings == 1
    assert "scheduled runs" in reply.details[0]
    assert [choice.command for choice in reply.choices] == ["/monitors list"]


@pytest.mark.parametrize(
    ("error", "readings"),
    [
        (errors.RocketChatTooSlow("x"), 1),
        (errors.RocketChatUnavailable("x"), 0),
        (errors.NothingListens("x"), 0),
    ],
)
def test_a_server_that_is_down_is_not_read_but_one_that_is_slow_is(directory, ask_first, error, readings):
    directory.troubles["units"] = error

    assert ask_first("me")[1] == readings


def test_a_server_without_units_is_not_read(ask_first, directory):
    directory.remembered = []

    reply, readings = ask_first("me")

    assert (reply.outcome, readings) == (Outcome.NOT_RECORDED, 0)


@pytest.mark.parametrize("down", [False, True])
def test_records_that_cannot_be_read_are_reported(directory, records, ask, down):
    records.trouble = errors.RecordsUnreachable("x")
    if down:
        directory.troubles["units"] = errors.RocketChatUnavailable("x")

    assert ask("@ana").outcome is (Outcome.UNAVAILABLE if down else Outcome.RECORDS_UNREACHABLE)
