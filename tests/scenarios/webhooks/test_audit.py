"""Pages in the audit. Doors: lambdas/webhook.py, and lambdas/background.py."""

import json

import pytest


def outcomes(lines):
    return [line["outcome"] for line in lines]


def test_a_page_is_in_the_audit_when_it_is_accepted_and_when_it_is_posted(notified, audit):
    notified.page(unit="Billing EU", message="Invoices fail.", channel="#ops")
    notified.work()

    lines = audit()
    assert outcomes(lines) == ["accepted", "posted"]
    assert {(line["what"], line["unit"], line["room_id"]) for line in lines} == {
        ("page", "Billing EU", "#ops")
    }
    assert len({line["correlation_id"] for line in lines}) == 1
    assert "Invoices" not in json.dumps(lines)


@pytest.mark.parametrize(
    ("fields", "outcome"),
    [
        ({"unit": "Nowhere"}, "called-nobody"),
        ({"unit": "Night"}, "called-nobody"),
        ({"unit": "Sales", "channel": "#nowhere"}, "not-posted"),
    ],
)
def test_so_is_a_page_that_called_nobody(notified, audit, fields, outcome):
    notified.page(**{"message": "Help.", **fields})
    notified.work()

    assert outcomes(audit()) == ["accepted", outcome]


def test_a_page_that_comes_again_is_not_there_twice(notified, audit):
    sent = notified.system.page(notified.clock(), unit="Sales", message="Help.")
    notified.send(sent)
    notified.send(sent)
    notified.work()

    assert outcomes(audit()) == ["accepted", "posted"]


def test_a_page_that_waits_for_the_server_is_told_once_it_is_posted(notified, audit, company):
    company.fail("chat.sendMessage", "status", code=503, times=1)
    notified.page(unit="Sales", message="Help.")
    notified.work()
    assert outcomes(audit()) == ["accepted"]

    notified.again()

    assert outcomes(audit()) == ["posted"]
