"""A notice says nothing of a unit that its room may not see."""

import pytest

from monitors_bot.lambdas.background import BackgroundWork
from tests.conftest import SECRET_NAME
from tests.fakes.hidden_unit import HIDDEN, RULES, may_see
from tests.fakes.webhook_senders import LIVECHAT_TOKEN, WEBHOOK_SECRET


@pytest.fixture(params=["a rule of the door", *RULES])
def narrowed(request, notified, aws, secret):
    """The webhooks of a room that may not see one of the units, which is hidden in each way in turn."""
    notified.server.add_user("lea", name="Lea", status="online")
    notified.server.add_unit(HIDDEN.name, monitors=["lea"], id=HIDDEN.id, visibility="private")
    notified.server.add_department("Contracts", HIDDEN.id, id="contractsContra01")
    rules = RULES.get(request.param)
    if rules:
        keys = {"webhook_secret": WEBHOOK_SECRET, "rocketchat_livechat_token": LIVECHAT_TOKEN}
        aws.change_secret(SECRET_NAME, {**secret, **keys, "access_rules": rules})
    notified.worker = BackgroundWork(
        notified.environ, notified.clock, notified.pass_time, None if rules else may_see
    )
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
