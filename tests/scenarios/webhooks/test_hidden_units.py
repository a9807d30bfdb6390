"""A notice says nothing of a unit that its room may not see."""

import pytest

from monitors_bot.lambdas.background import BackgroundWork
from tests.fakes.hidden_unit import HIDDEN, may_see


@pytest.fixture
def narrowed(notified):
    """The webhooks of a room that may not see one of the units."""
    notified.server.add_user("lea", name="Lea", status="online")
    notified.server.add_unit(HIDDEN.name, monitors=["lea"], id=HIDDEN.id)
    notified.server.add_department("Contracts", HIDDEN.id, id="contractsContra01")
    notified.worker = BackgroundWork(notified.environ, notified.clock, notified.pass_time, may_see)
    return notified


@pytest.mark.parametrize("unit", [HIDDEN.name, HIDDEN.id, "Legal Afairs"])
def test_a_page_for_it_finds_no_unit_and_mentions_nobody(narrowed, unit):
    narrowed.page(unit=unit)
    narrowed.work()

    [posted] = narrowed.posted
    assert posted.startswith(f"There is no unit “{unit}”")
    assert "Did you mean" not in posted
    assert narrowed.mentioned() == []


def test_customers_who_wait_for_it_are_not_told_there(narrowed, capsys):
    narrowed.event(departmentId="contractsContra01")
    narrowed.work_later()

    assert narrowed.posted == []
    assert '"NoticesFailed": 1' in capsys.readouterr().out
