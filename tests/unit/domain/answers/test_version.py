import pytest

from monitors_bot import __version__, errors
from monitors_bot.domain.answers.bot import Bot
from monitors_bot.domain.answers.conversation import Command, Outcome
from monitors_bot.domain.answers.knowledge import Knowledge
from monitors_bot.domain.answers.version import HOW_TO_REPORT
from monitors_bot.domain.units.roster import Monitor, Unit
from tests.fakes.in_memory import READ_AT, SEES_EVERYTHING, InMemoryRecords, InMemoryServer

BILLING, SALES = Unit("bil1", "Billing EU"), Unit("sal1", "Sales")
ANA = Monitor("a", "ana")


@pytest.fixture
def server():
    """A server that is down."""
    down = errors.RocketChatUnavailable("x")
    return InMemoryServer(troubles={"units": down, "fresh units": down})


@pytest.fixture
def records():
    return InMemoryRecords()


@pytest.fixture
def ask(server, records):
    bot = Bot(Knowledge(server, records, SEES_EVERYTHING, lambda: READ_AT, READ_AT))
    return lambda text="version": bot.answer(Command("/monitors", text))


@pytest.mark.parametrize("text", ["version", "VERSION", " Version "])
def test_it_names_the_version_and_where_to_report_a_fault_though_the_server_is_down(ask, text):
    reply = ask(text)

    assert (reply.outcome, reply.title) == (Outcome.VERSION, f"monitors-bot {__version__}")
    assert reply.details[0] == HOW_TO_REPORT
    assert reply.source == "From the bot's records of chat.example.com, 10:00:00 UTC"


def test_it_says_how_old_the_records_are(ask, records):
    records.record(SALES, ANA, at=READ_AT - 180)
    assert ask().details[1:] == ("The rosters of 1 unit are recorded, last read 3 minutes ago.",)

    records.record(BILLING, ANA, at=READ_AT - 7200)
    assert ask().details[1:] == ("The rosters of 2 units are recorded, last read 3 minutes to 2 hours ago.",)


def test_it_says_that_nothing_is_recorded(ask):
    assert "No rosters are recorded yet." in ask().details


def test_records_that_cannot_be_read_do_not_hide_the_version(ask, records):
    records.trouble = errors.RecordsUnreachable("x")

    reply = ask()

    assert reply.title == f"monitors-bot {__version__}"
    assert reply.details[1].startswith("How old the records are could not be read: My own records")
    assert reply.why == "RecordsUnreachable: x"


def test_a_unit_of_that_name_needs_quotes(ask, server):
    server.troubles.clear()
    server.add(Unit("ver1", "Version"), ANA)

    assert ask().outcome is Outcome.VERSION
    assert ask('"version"').title == "Version: 1 monitor, presence unknown"
