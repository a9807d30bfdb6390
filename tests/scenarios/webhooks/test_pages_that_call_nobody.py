"""A page that calls nobody it was meant for is posted where it can be, and counts as a failed notice."""

import logging

import pytest


def failures(caplog, capsys):
    """The unit and the cause of each failed page in the log; the metric has as many."""
    failed = [record for record in caplog.records if record.getMessage() == "page called nobody"]
    assert {record.levelno for record in failed} <= {logging.WARNING}
    assert capsys.readouterr().out.count('"NoticesFailed": 1') == len(failed)
    return [(record.unit, record.why) for record in failed]


def _no_unit(server):
    server.remove_unit("bilLingEu00000001")


def _unseen_unit(server):
    server.permissions.discard("manage-livechat-units")


def _two_units(server):
    server.add_unit("billing eu", monitors=["ana"], id="bilLingEu00000002")


def _no_monitor(server):
    server.set_monitors("bilLingEu00000001", [])


def _unreadable_roster(server):
    server.permissions.discard("manage-livechat-monitors")


def _unmentionable_people(server):
    for username in ("all", "a b"):
        server.add_user(username, status="online")
    server.set_monitors("bilLingEu00000001", ["all", "a b"])


CAUSES = {
    _no_unit: "there is no unit of this name or id",
    _unseen_unit: "the account sees no unit of this name or id, and may not see all units",
    _two_units: "several units have this name",
    _no_monitor: "the unit has no monitor",
    _unreadable_roster: "PermissionMissing: lacks manage-livechat-monitors",
    _unmentionable_people: "the username of nobody who should be mentioned can be",
}


@pytest.mark.parametrize(("furnish", "cause"), CAUSES.items())
@pytest.mark.parametrize("mention", ["online", "all"])
def test_it_is_posted_and_counts_as_failed(notified, caplog, capsys, furnish, cause, mention):
    furnish(notified.server)

    notified.page(mention=mention)
    notified.work()

    assert (len(notified.posted), notified.mentioned()) == (1, [])
    assert failures(caplog, capsys) == [("Billing EU", cause)]


@pytest.mark.parametrize("furnish", CAUSES)
def test_one_that_is_meant_for_nobody_does_not_fail(notified, caplog, capsys, furnish):
    furnish(notified.server)

    notified.page(mention="none")
    notified.work()

    assert len(notified.posted) == 1
    assert failures(caplog, capsys) == []


@pytest.mark.parametrize("mention", ["online", "all", "none"])
def test_one_that_calls_somebody_does_not_fail(notified, caplog, capsys, mention):
    notified.server.add_user("a b", status="online")
    notified.server.set_monitors("bilLingEu00000001", ["a b", "ana"])

    notified.page(mention=mention)
    notified.work()

    assert notified.mentioned() == ([] if mention == "none" else ["ana"])
    assert failures(caplog, capsys) == []


@pytest.mark.parametrize("mention", ["online", "none"])
@pytest.mark.parametrize("channel", ["#nowhere", "#quiet", "@nobody", "noSuchRoom0000001"])
def test_one_whose_channel_takes_no_post_fails_whomever_it_is_for(notified, caplog, capsys, channel, mention):
    notified.server.add_room("quiet", id="quietQuiet0000001", read_only=True)

    notified.page(channel=channel, mention=mention)
    notified.work()

    [(unit, cause)] = failures(caplog, capsys)
    assert (unit, cause.partition(":")[0]) == ("Billing EU", "DeliveryImpossible")
    assert (notified.queue.count(), notified.dead.count()) == (0, 0)


def test_one_that_is_tried_again_fails_only_in_the_end(notified, caplog, capsys):
    notified.server.fail("*", "status", status=503)
    notified.page(unit="Nowhere")
    notified.work()
    before = failures(caplog, capsys)
    notified.server.heal()
    notified.again()

    assert before == []
    assert failures(caplog, capsys) == [("Nowhere", CAUSES[_no_unit])]


@pytest.mark.parametrize("unit", ["x" * 1000, 'Bil\u202eling\n{"level"}\u200b', "@all"])
def test_whatever_unit_it_names_the_log_takes_one_short_line(notified, caplog, capsys, unit):
    notified.page(unit=unit)
    notified.work()

    [(named, _)] = failures(caplog, capsys)
    assert len(named) <= 80
    assert named.isprintable()
