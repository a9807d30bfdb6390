"""Orders that can't be carried out, or not wholly: what the log says, and what the channel."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitors_bot.domain.digests.order import Order, read_order
from monitors_bot.errors import OrderMalformed
from monitors_bot.zones import is_zone
from tests.unit import hostile

HOUR, DAY = 3_600, 86_400
BILLING, SALES = "bilLingEu00000001", "salesSales0000001"

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | hostile.texts | st.just("\ud800"),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)
orders = json_values | st.fixed_dictionaries(
    {},
    optional={
        "run": json_values | hostile.texts,
        "channel": json_values | hostile.texts.map("#{}".format),
        "units": json_values | st.lists(hostile.texts, max_size=4),
        "post": json_values | st.sampled_from(["changes", "always", "none", "alerts"]),
        "alert": json_values,
        "timezone": json_values | hostile.texts | st.sampled_from(["UTC", "Europe", "/etc/passwd", "../UTC"]),
        "else": json_values,
    },
)


def metrics(capsys) -> dict[str, list[float]]:
    """What was measured since the last time, by name."""
    found: dict[str, list[float]] = {}
    for line in capsys.readouterr().out.splitlines():
        values = json.loads(line)
        for metric in values["_aws"]["CloudWatchMetrics"][0]["Metrics"]:
            found.setdefault(metric["Name"], []).append(values[metric["Name"]])
    return found


def said(caplog, message: str) -> list[dict[str, Any]]:
    return [vars(record) for record in caplog.records if record.getMessage() == message]


def order_or_complaint(values: object) -> Order | str:
    try:
        return read_order(values, is_zone)
    except OrderMalformed as error:
        return str(error)


# Malformed


@given(values=orders)
def test_any_input_is_an_order_or_malformed_and_nothing_else(values):
    read = order_or_complaint(values)

    assert len(read.id) == 32 if isinstance(read, Order) else read.encode()


@pytest.mark.parametrize(
    ("changes", "word"),
    [
        ({"run": None}, "run"),
        ({"run": " "}, "run"),
        ({"run": "<aws.scheduler.schedule-arn> <aws.scheduler.scheduled-time>"}, "did not fill it in"),
        ({"run": "x" * 1001}, "run"),
        ({"channel": None}, "channel"),
        ({"channel": "# leads"}, "channel"),
        ({"channel": ["#leads"]}, "channel"),
        ({"units": []}, "units"),
        ({"units": "*"}, "units"),
        ({"units": [7]}, "a unit"),
        ({"units": ["*"] * 1001}, "units"),
        ({"post": "sometimes"}, "post"),
        ({"post": None}, "post"),
        ({"alert": "yes"}, "alert"),
        ({"timezone": "Europe/Atlantis"}, "timezone"),
        ({"timezone": "Europe"}, "timezone"),
        ({"timezone": "CEST+2"}, "timezone"),
        ({"timezone": "../../etc/passwd"}, "timezone"),
        ({"timezone": "Europe/Ber\x00lin"}, "timezone"),
        ({"timezone": "ä" * 90}, "timezone"),
        ({"timezone": ""}, "timezone"),
        ({"timezone": None}, "timezone"),
        ({"timezone": 2}, "timezone"),
        ({"chanel": "#leads"}, "unknown fields 'chanel'"),
        ({"\ud800": 1}, "unknown fields"),
    ],
)
def test_a_malformed_order_says_what_is_wrong_and_counts_as_failed(scheduled, changes, word, caplog, capsys):
    answer = scheduled.begin(**changes)

    assert word in str(answer["why"])
    assert str(answer["why"]).encode()
    assert word in str(said(caplog, "trouble")[0]["why"])
    assert metrics(capsys)["RunsFailed"] == [1]
    assert scheduled.queue.count() == 0


def test_an_order_that_posts_nothing_needs_no_channel(scheduled):
    assert scheduled.begin(channel="", post="none")["queued"]


# Units


def test_an_unknown_unit_is_named_in_every_digest_and_once_a_day_anyway(scheduled, caplog, capsys):
    (first,) = scheduled.run(units=["Billing EU", "Nowhere"])
    failed = metrics(capsys)["RunsFailed"]
    scheduled.pass_time(HOUR)
    scheduled.server.set_monitors(BILLING, ["kim", "ana"])
    (changed,) = scheduled.run(units=["Billing EU", "Nowhere"])
    scheduled.pass_time(HOUR)
    silent = scheduled.run(units=["Billing EU", "Nowhere"])
    scheduled.pass_time(DAY)
    (reminded,) = scheduled.run(units=["Billing EU", "Nowhere"])

    assert first.splitlines()[0] == (
        "From now on I watch 1 unit with 2 monitors for this channel. 1 unit could not be read."
    )
    assert "Nowhere · It could not be read. There is no unit of this name or id." in first
    assert failed == [1]
    assert said(caplog, "run over")[0]["problems"] == {"Nowhere": "There is no unit of this name or id."}
    assert "Nowhere · Since 2026-11-23 09:00 UTC: it could not be read." in changed
    assert silent == []
    assert "Nowhere · Since 2026-11-23 09:00 UTC: it could not be read." in reminded


def test_an_unknown_unit_that_comes_to_be_can_be_read(scheduled):
    scheduled.run(units=["Billing EU", "Nowhere"])
    scheduled.server.add_unit("Nowhere", monitors=["ana"])
    scheduled.pass_time(HOUR)

    (posted,) = scheduled.run(units=["Billing EU", "Nowhere"])

    assert "Nowhere · Watched from now on: Ana Díaz." in posted
    assert "Nowhere · It can be read again." in posted


def test_of_units_with_the_same_name_all_are_meant(scheduled):
    scheduled.server.add_unit("sales", monitors=["raj"])

    (posted,) = scheduled.run(units=["Sales"])

    assert posted.startswith("From now on I watch 2 units with 3 monitors")


def test_an_account_that_may_not_see_all_units_says_so(scheduled):
    scheduled.server.permissions.discard("manage-livechat-units")
    scheduled.server.set_monitors(SALES, ["ana"])
    scheduled.server.users[scheduled.server.account.user_id].roles.append("livechat-monitor")
    scheduled.server.set_monitors(BILLING, ["monitors-bot"])

    (posted,) = scheduled.run(units=["Billing EU", "Sales"])

    assert "Sales · It could not be read. I see no unit of this name or id;" in posted


@pytest.mark.parametrize(
    "fault",
    [
        {"kind": "status", "code": 500},
        {"kind": "not-json"},
        {"kind": "html"},
        {"kind": "status", "code": 404},
        {"kind": "wrong-type"},
    ],
)
def test_one_unit_that_fails_is_named_once_and_the_others_are_reported(scheduled, fault, caplog):
    scheduled.run()
    scheduled.pass_time(HOUR)
    scheduled.server.set_monitors(SALES, ["ana", "raj"])
    scheduled.server.fail("livechat/units/:unitId/monitors", times=1, **fault)
    (failing,) = scheduled.run()
    failed = [line["failed"] for line in said(caplog, "run over")][-1:]
    scheduled.server.fail("livechat/units/:unitId/monitors", times=1, **fault)
    scheduled.pass_time(HOUR)
    again = scheduled.run()
    scheduled.pass_time(HOUR)
    (ended,) = scheduled.run()

    assert failing.splitlines()[0] == "1 unit changed. 1 unit could not be read."
    assert "Sales · Joined: Raj Patel. Left: Kim Lee." in failing
    assert "Billing EU · It could not be read." in failing
    assert failed == [1]
    assert again == []
    assert "Billing EU · It can be read again." in ended


def test_what_changed_while_a_unit_could_not_be_read_is_told_afterwards(scheduled):
    scheduled.run()
    scheduled.pass_time(HOUR)
    scheduled.server.set_monitors(BILLING, ["ana", "kim"])
    scheduled.server.fail("livechat/units/:unitId/monitors", "status", times=1, code=500)
    scheduled.run()
    scheduled.pass_time(HOUR)

    (posted,) = scheduled.run()

    assert "Billing EU · Joined: Kim Lee. Left: Raj Patel." in posted


# Channels


def _archived(server):
    server.add_room("elsewhere", id="elsewhere00000001", archived=True)


def _read_only(server):
    server.add_room("elsewhere", id="elsewhere00000001", read_only=True)


def _of_others(server):
    server.add_room("elsewhere", type="p", id="elsewhere00000001", members=["ana"])


def _none(_server):
    """There is no such room."""


def _of_a_customer(server):
    server.add_room("elsewhere", type="l", id="elsewhere00000001")


@pytest.mark.parametrize("channel", ["#elsewhere", "elsewhere00000001"])
@pytest.mark.parametrize("furnish", [_archived, _read_only, _of_others, _of_a_customer, _none])
def test_where_nothing_can_be_posted_the_log_says_why_and_rosters_are_recorded(
    scheduled, channel, furnish, caplog, capsys
):
    furnish(scheduled.server)

    scheduled.run(channel=channel)

    (over,) = said(caplog, "run over")
    assert over["levelname"] == "ERROR"
    assert over["outcome"] in {"no-channel", "not-posted"}
    assert over["why"]
    assert metrics(capsys)["RunsFailed"] == [1]
    assert len(scheduled.rosters.all()) == 2
    assert scheduled.server.messages("elsewhere") == []
    assert scheduled.queue.count() == 0


@pytest.mark.parametrize("furnish", [_read_only, _none])
def test_once_there_is_a_channel_it_gets_its_baseline(scheduled, furnish):
    furnish(scheduled.server)
    scheduled.run(channel="#elsewhere")
    scheduled.server.rooms.pop("elsewhere00000001", None)
    scheduled.server.add_room("elsewhere", id="elsewhere00000001")
    scheduled.pass_time(HOUR)

    scheduled.run(channel="#elsewhere")

    (message,) = scheduled.server.messages("elsewhere")
    assert message["msg"] == "*From now on I watch 2 units with 3 monitors for this channel.*"


def test_a_room_that_became_a_customers_before_the_digest_went_out_does_not_get_it(scheduled, caplog):
    scheduled.server.fail("chat.sendMessage", "status", status=503)
    scheduled.begin()
    scheduled.queue.run(scheduled.worker.handle)
    scheduled.server.heal()
    scheduled.server.rooms["leadsLeads0000001"].type = "l"
    scheduled.pass_time(HOUR)
    scheduled.queue.make_visible()
    scheduled.work()

    (over,) = said(caplog, "run over")
    assert (over["outcome"], scheduled.posted) == ("not-posted", [])
    assert over["why"] == "the room leadsLeads0000001 may be a customer's"


def test_a_person_is_told_in_the_direct_room(scheduled):
    scheduled.run(channel="@ana")
    scheduled.pass_time(HOUR)
    scheduled.run(channel="@ana")

    (room,) = [room for room in scheduled.server.rooms.values() if room.type == "d"]
    assert len(room.messages) == 1


def test_a_room_is_found_by_its_id(scheduled):
    assert len(scheduled.run(channel="leadsLeads0000001")) == 1


def test_what_a_run_did_is_logged_and_measured(scheduled, caplog, capsys):
    caplog.set_level("INFO")
    scheduled.run()
    metrics(capsys)
    scheduled.pass_time(HOUR)
    scheduled.server.set_monitors(BILLING, ["ana"])

    scheduled.run()

    over = said(caplog, "run over")[-1]
    assert (over["read"], over["changed"], over["failed"]) == (2, 1, 0)
    assert metrics(capsys) == {"RunsDone": [1], "Successes": [1]}


@pytest.mark.parametrize(("post", "late"), [("changes", [1]), ("none", None)])
def test_a_run_that_only_records_may_take_its_time(scheduled, capsys, post, late):
    scheduled.begin(post=post)
    scheduled.pass_time(7 * HOUR)

    scheduled.work()

    assert metrics(capsys).get("RunsLate") == late
