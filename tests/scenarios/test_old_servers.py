"""An old server lists departments among the units: in chat they are none."""

import pytest


@pytest.fixture(params=[True, False], ids=["typed units", "untyped units"])
def old_server(request, company):
    """A server whose list has two departments besides the company's two units."""
    company.settings.units_list_departments = True
    company.settings.units_have_type = request.param
    company.add_department("Invoices", "bilLingEu00000001")
    company.add_department("Lobby")
    return company


def test_departments_are_not_listed_as_units(old_server, ask):
    answer = ask("list")

    assert "Billing EU" in answer
    assert "Invoices" not in answer
    assert "Lobby" not in answer


def test_a_department_is_no_unit_that_one_can_ask_for(old_server, ask):
    answer = ask("lobby")

    assert "0 of 0" not in answer
    assert "no monitor" not in answer
    assert "/monitors list" in answer


def test_units_on_later_pages_are_found_behind_pages_of_departments(old_server, ask):
    old_server.settings.allow_infinite_count = False
    for number in range(250):
        old_server.add_department(f"A {number:03}")

    assert ask("sales").title == "Sales: 1 of 1 monitor online"
