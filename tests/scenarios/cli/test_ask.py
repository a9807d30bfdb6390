"""Questions in the terminal: `monitors-bot units`, `who` and `history`."""

import shlex

import pytest
from rich.cells import cell_len
from rich.text import Text

from monitors_bot.aws.sdk import SdkTable
from monitors_bot.aws.stores.documents import Documents
from monitors_bot.aws.stores.rosters import Rosters
from monitors_bot.domain.units.roster import Monitor, Unit

BILLING = Unit("bilLingEu00000001", "Billing EU")


@pytest.fixture
def records(stack, aws, secret):
    return Rosters(Documents(SdkTable(aws.dynamodb, stack.physical["Table"])))


def test_the_units_are_listed_with_their_ids(monitors_bot, secret):
    ended = monitors_bot("units")

    assert ended.code == 0
    assert ended.out.splitlines() == [
        "Billing EU\tbilLingEu00000001\t3",
        "Sales\tsalesSales0000001\t1",
    ]
    assert ended.err == "2 units\n"


def test_every_unit_is_listed_however_many(monitors_bot, secret, company):
    for number in range(60):
        company.add_unit(f"Desk {number:02}", monitors=["ana"])

    assert len(monitors_bot("units", "--json").json["units"]) == 62
    assert len(monitors_bot("units", "desk", "0").out.splitlines()) == 10


def test_units_as_json(monitors_bot, secret):
    assert monitors_bot("units", "sal", "--json").json == {
        "complete": True,
        "units": [{"unit": "Sales", "id": "salesSales0000001", "monitors": "1"}],
    }


def test_no_unit_of_that_name_ends_with_a_code(monitors_bot, secret):
    ended = monitors_bot("units", "nowhere")

    assert (ended.code, ended.out) == (1, "")
    assert "0 units with “nowhere” in the name" in ended.err


def test_a_list_that_may_be_short_is_not_shown_as_whole(monitors_bot, secret, company):
    company.permissions.discard("manage-livechat-units")

    ended = monitors_bot("units", "--json")

    assert (ended.code, ended.out) == (1, "")
    assert "manage-livechat-units" in ended.err


def test_a_list_of_which_nobody_knows_whether_it_is_whole_says_so(monitors_bot, secret, company):
    company.fail("permissions.listAll", "status", code=404)

    ended = monitors_bot("units", "--json")

    assert (ended.code, ended.json["complete"]) == (0, False)
    assert "There may be others" in ended.err


def test_who_tells_the_roster_in_words(monitors_bot, secret):
    ended = monitors_bot("who", "billing", "eu")

    assert ended.code == 0
    title, *rows = ended.out.splitlines()
    assert title == "Billing EU: 1 of 3 monitors online"
    assert [row.split("\t")[:3] for row in rows] == [
        ["Ana Díaz", "ana", "online"],
        ["Raj Patel", "raj", "away"],
        ["Kim Lee", "kim", "offline"],
    ]
    assert ended.err.startswith("From 127.0.0.1:")


def test_who_leaves_nobody_out(monitors_bot, secret, company):
    for number in range(30):
        company.add_user(f"user{number}", name=f"User {number:02}")
    company.add_unit("Support", monitors=[f"user{number}" for number in range(30)])

    told = monitors_bot("who", "Support", "--json").json

    assert (told["outcome"], len(told["rows"]), told["left_out"]) == ("roster", 30, 0)
    assert told["rows"][0] == {
        "monitor": "User 00",
        "username": "user0",
        "presence": "online",
        "status": None,
        "local_time": told["rows"][0]["local_time"],
    }


def test_who_tells_the_units_of_a_person(monitors_bot, records, company):
    ana = Monitor(company.user("ana").id, "ana", "Ana Díaz")
    records.record(BILLING, [ana], 1_795_341_600.0)

    ended = monitors_bot("who", "@ana")

    assert (ended.code, ended.out.splitlines()[0]) == (0, "Ana Díaz (ana): online, monitors 1 unit")


def test_what_is_not_there_ends_with_a_code_and_what_to_type(monitors_bot, secret):
    ended = monitors_bot("who", "biling eu")

    assert ended.code == 1
    assert ended.out.splitlines() == [
        "There is no unit “biling eu”.",
        "Did you mean one of these?",
        "Billing EU: monitors-bot who Billing EU all",
        "All units: monitors-bot who list",
    ]


def test_nobody_of_that_name_ends_with_a_code(monitors_bot, records, company):
    records.record(BILLING, [Monitor(company.user("ana").id, "ana", "Ana Díaz")], 1_795_341_600.0)

    assert monitors_bot("who", "@nobody").code == 1


def test_a_command_that_is_offered_works_when_it_is_pasted(monitors_bot, secret, company):
    company.add_unit("Men's & more", monitors=["ana"], id="menMenMenMen00001")

    near = monitors_bot("who", "mens and more")
    command = next(line.partition(": ")[2] for line in near.out.splitlines() if line.startswith("Men's"))

    program, *words = shlex.split(command)
    assert program == "monitors-bot"
    assert monitors_bot(*words).out.startswith("Men's & more: 1 of 1 monitor online")


def test_a_server_that_is_down_is_a_failure(monitors_bot, secret, company):
    company.fail("*", "status", code=503)

    ended = monitors_bot("who", "Sales", "--json")

    assert (ended.code, ended.json["outcome"]) == (1, "unavailable")


def test_units_of_a_server_that_is_down_end_with_a_sentence(monitors_bot, secret, company):
    company.fail("*", "status", code=503)

    ended = monitors_bot("units")

    assert (ended.code, ended.out) == (1, "")
    assert "Rocket.Chat can't be reached right now." in ended.err


def test_without_a_secret_it_says_so(monitors_bot):
    ended = monitors_bot("who", "Sales")

    assert ended.code == 1
    assert ended.err.startswith("SecretUnreachable: ")


def test_history_tells_the_changes_of_a_unit(monitors_bot, records, company):
    ana, raj = (Monitor(company.user(name).id, name, company.user(name).name) for name in ("ana", "raj"))
    records.record(BILLING, [ana], 1_795_341_600.0)
    records.record(BILLING, [ana, raj], 1_795_345_200.0)

    ended = monitors_bot("history", "billing", "eu")
    told = monitors_bot("history", "billing eu", "--since", "2026-11-22", "--json").json

    assert ended.code == 0
    assert ended.out.splitlines()[0].startswith("Billing EU: 1 change recorded since")
    assert told["outcome"] == "history"


def test_a_time_that_cannot_be_read_is_refused(monitors_bot, secret):
    ended = monitors_bot("history", "Sales", "--since", "05/12/2026")

    assert ended.code == 2
    assert "--since 05/12/2026 is no time" in ended.err


def test_history_of_a_unit_called_like_a_key_word(monitors_bot, records, company):
    company.add_unit("list", monitors=["ana"], id="listListList00001")
    records.record(Unit("listListList00001", "list"), [], 1_795_341_600.0)

    assert monitors_bot("history", "list").out.splitlines()[0].startswith("list:")


def test_answers_fit_a_narrow_terminal(monitors_bot, secret, monkeypatch):
    """Rich reads both variables; a pipe is no terminal for it without the second."""
    monkeypatch.setenv("COLUMNS", "40")
    monkeypatch.setenv("FORCE_COLOR", "1")

    ended = monitors_bot("who", "Billing EU")

    lines = [Text.from_ansi(line).plain for line in ended.out.splitlines()]
    assert max(map(cell_len, lines)) <= 40
    assert "Billing EU: 1 of 3 monitors online" in lines
    assert any("online" in line for line in lines[1:])
