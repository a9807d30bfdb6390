"""An old server lists departments among the units: runs read and report the units alone."""

import pytest


@pytest.fixture
def old_server(company):
    company.settings.units_list_departments = True
    company.add_department("Invoices", "bilLingEu00000001")
    company.add_department("Lobby")
    return company


def test_a_digest_counts_units_and_no_departments(scheduled, old_server):
    (posted,) = scheduled.run(post="always")

    assert "Sales" in posted
    assert "Invoices" not in posted
    assert "Lobby" not in posted
    assert {record.unit.name for record in scheduled.rosters.all()} == {"Billing EU", "Sales"}


def test_units_behind_whole_pages_of_departments_are_read(scheduled, old_server):
    old_server.settings.allow_infinite_count = False
    for number in range(250):
        old_server.add_department(f"A {number:03}")

    scheduled.run(post="always")

    assert {record.unit.name for record in scheduled.rosters.all()} == {"Billing EU", "Sales"}
    assert scheduled.dead.count() == 0


def test_departments_that_were_recorded_as_units_are_forgotten(scheduled, company):
    company.add_unit("Lobby", id="lobbyLobby0000001")
    scheduled.run()
    del company.units["lobbyLobby0000001"]
    company.settings.units_list_departments = True
    company.add_department("Lobby", id="lobbyLobby0000001")

    scheduled.pass_time(3600)
    scheduled.run()

    assert {record.unit.name for record in scheduled.rosters.all()} == {"Billing EU", "Sales"}
