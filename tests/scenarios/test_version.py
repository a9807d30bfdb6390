"""Which version this is, and where to report a fault."""

from monitors_bot import __version__
from monitors_bot.domain.units.roster import Monitor, Unit
from tests.scenarios.conftest import Ask


def test_the_version_is_told_on_every_platform_with_the_age_of_the_records(ask: Ask, bot, recorder, platform):
    recorder.record(Unit("salesSales0000001", "Sales"), [Monitor("a", "ana")], bot.clock() - 7200)

    answer = ask("Version", platform)

    assert answer.title == f"monitors-bot {__version__}"
    assert "To report a fault, tell somebody who runs the bot" in answer
    assert "The rosters of 1 unit are recorded, last read 2 hours ago." in answer


def test_the_version_is_told_while_the_server_and_the_table_are_down(ask: Ask, rocketchat, platform):
    rocketchat.fail("*", "status", code=503)

    answer = ask("version", platform)

    assert answer.title == f"monitors-bot {__version__}"
    assert "How old the records are could not be read: My own records can't be read right now." in answer


def test_a_unit_called_version_is_asked_for_in_quotes(ask: Ask, rocketchat):
    rocketchat.add_unit("Version", monitors=["kim"])

    assert ask('"version"').title == "Version: 0 of 1 monitor online"
    assert '/monitors "Version"' in ask("list versio")
