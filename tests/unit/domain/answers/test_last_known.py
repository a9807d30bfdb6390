"""What is answered while the server does not answer: how old it may be, and where it comes from."""

import pytest

from monitors_bot import errors
from monitors_bot.domain.answers import grammar
from monitors_bot.domain.answers.conversation import Outcome
from monitors_bot.domain.answers.knowledge import Knowledge
from monitors_bot.domain.answers.last_known import OLDEST_WHEN_SLOW_SECONDS, LastKnown
from monitors_bot.domain.answers.wording import Wording
from monitors_bot.domain.units.access import Asker, Sight
from monitors_bot.domain.units.roster import Monitor, Roster, Unit
from tests.fakes import hidden_unit
from tests.fakes.hidden_unit import HIDDEN
from tests.fakes.in_memory import READ_AT, SEES_EVERYTHING, InMemoryRecords, InMemoryServer

BILLING, SALES = Unit("bil1", "Billing EU"), Unit("sal1", "Sales")
ANA, RAJ = Monitor("a", "ana", "Ana"), Monitor("r", "raj", "Raj")
DOWN, SLOW = errors.RocketChatUnavailable("x"), errors.RocketChatTooSlow("x")


@pytest.fixture
def server():
    return InMemoryServer()


@pytest.fixture
def records():
    return InMemoryRecords()


@pytest.fixture
def last_known(server, records):
    def last_known(sight=SEES_EVERYTHING):
        knowledge = Knowledge(server, records, sight, lambda: READ_AT, READ_AT)
        return LastKnown(knowledge, Wording("/monitors", server.host), "raj")

    return last_known


@pytest.fixture
def answer(last_known):
    def answer(text, error=DOWN, **more):
        return last_known().answer(grammar.read(text), error, **more)

    return answer


@pytest.fixture
def expect(last_known, records):
    """What is begun to be read for a command."""

    def expect(text):
        last_known().expect(grammar.read(text))
        return records.reads

    return expect


def remember(server, unit, *monitors, age=60.0):
    server.remembered = [*(server.remembered or ()), unit]
    server.known[unit.id] = Roster(unit, monitors, READ_AT - age), age


def names(reply):
    return [row[0] for row in reply.table.rows]


def test_what_the_process_remembers_is_answered_before_what_is_recorded(server, records, answer):
    remember(server, BILLING, ANA)
    records.record(BILLING, RAJ, at=READ_AT - 30)

    reply = answer("billing eu")

    assert names(reply) == ["Ana"]
    assert reply.outcome is Outcome.LAST_KNOWN


def test_what_is_recorded_is_answered_where_nothing_is_remembered(records, answer):
    records.record(BILLING, RAJ, at=READ_AT - 30)

    assert names(answer("billing eu")) == ["Raj"]


def test_a_unit_that_the_remembered_list_lacks_is_looked_for_in_the_records(server, records, answer):
    remember(server, SALES, ANA)
    records.record(BILLING, RAJ, at=READ_AT - 30)

    assert names(answer("billing eu")) == ["Raj"]


@pytest.mark.parametrize("source", ["remembered", "recorded"])
def test_a_unit_is_called_by_its_newest_name(server, records, answer, source):
    if source == "remembered":
        remember(server, BILLING, ANA)
    else:
        records.record(BILLING, RAJ, at=READ_AT - 30)
    server.remembered = [Unit(BILLING.id, "Invoices")]

    assert answer("invoices").title.startswith("Invoices")


@pytest.mark.parametrize(
    ("error", "age", "is_answered"),
    [
        (SLOW, OLDEST_WHEN_SLOW_SECONDS, True),
        (SLOW, OLDEST_WHEN_SLOW_SECONDS + 1, False),
        (DOWN, OLDEST_WHEN_SLOW_SECONDS + 1, True),
    ],
)
@pytest.mark.parametrize("source", ["remembered", "recorded"])
def test_a_server_that_is_only_slow_is_not_stood_in_for_by_an_old_roster(
    server, records, answer, error, age, is_answered, source
):
    if source == "remembered":
        remember(server, BILLING, ANA, age=age)
    else:
        records.record(BILLING, ANA, at=READ_AT - age)

    assert bool(answer("billing eu", error)) is is_answered


def test_a_younger_record_stands_in_for_a_remembered_roster_that_is_too_old(server, records, answer):
    remember(server, BILLING, ANA, age=OLDEST_WHEN_SLOW_SECONDS + 1)
    records.record(BILLING, RAJ, at=READ_AT - 30)

    assert names(answer("billing eu", SLOW)) == ["Raj"]


def test_an_empty_roster_is_not_believed(server, records, answer):
    remember(server, BILLING)
    records.record(SALES, at=READ_AT - 30)

    assert answer("billing eu") is None
    assert answer("sales") is None


@pytest.mark.parametrize("text", ["legal", "bil", "list"])
def test_too_little_is_known_of_an_unknown_unit_of_several_and_of_a_list(server, answer, text):
    remember(server, BILLING, ANA)
    remember(server, Unit("bil2", "Billing US"), ANA)

    assert answer(text) is None


@pytest.mark.parametrize("trouble", [errors.RecordsUnreachable("x"), errors.SettingsError("x")])
@pytest.mark.parametrize("text", ["billing eu", "@ana", "billing eu history"])
def test_nothing_is_known_when_the_records_cannot_be_read_either(records, answer, trouble, text):
    records.trouble = trouble

    assert answer(text) is None


def test_a_person_is_answered_from_the_records(records, answer):
    records.record(BILLING, ANA, at=READ_AT - 30)

    reply = answer("@ana")

    assert reply.table.rows[0][0] == "Billing EU"
    assert reply.outcome is Outcome.LAST_KNOWN


def test_me_is_the_one_who_asks(records, answer):
    records.record(SALES, RAJ, at=READ_AT - 30)

    assert answer("me").table.rows[0][0] == "Sales"


def test_history_is_answered_from_the_records_unless_an_answer_is_promised(records, answer):
    records.record(BILLING, ANA, at=READ_AT - 30)

    assert answer("billing eu history").outcome is Outcome.HISTORY
    assert answer("billing eu history", is_promised=True) is None


def test_a_promised_answer_says_so(records, answer):
    records.record(BILLING, ANA, at=READ_AT - 30)

    assert answer("billing eu", SLOW, is_promised=True).details != answer("billing eu", SLOW).details


def test_a_unit_that_the_asker_may_not_see_is_not_known(server, records, last_known):
    records.record(HIDDEN, ANA, at=READ_AT - 30)
    remember(server, HIDDEN, ANA)
    hidden = last_known(Sight(Asker("slack", "U1"), hidden_unit.may_see))

    assert hidden.answer(grammar.read(HIDDEN.name), DOWN) is None


# What is begun to be read


@pytest.mark.parametrize("text", ["@ana", "me", "billing eu"])
def test_without_a_remembered_list_the_records_of_all_units_are_begun_to_be_read(expect, text):
    assert expect(text) == ["all"]


def test_only_the_record_of_a_remembered_unit_is_begun_to_be_read(server, expect):
    server.remembered = [BILLING]

    assert expect("billing eu") == [BILLING.id]


@pytest.mark.parametrize(
    ("age", "reads"), [(OLDEST_WHEN_SLOW_SECONDS, []), (OLDEST_WHEN_SLOW_SECONDS + 1, [BILLING.id])]
)
def test_no_record_is_read_while_a_young_roster_is_remembered(server, expect, age, reads):
    remember(server, BILLING, ANA, age=age)

    assert expect("billing eu") == reads


@pytest.mark.parametrize("text", ["list", "help", "bil"])
def test_nothing_is_read_for_a_list_for_help_or_for_several_units(server, expect, text):
    server.remembered = [BILLING, Unit("bil2", "Billing US")]

    assert expect(text) == []
