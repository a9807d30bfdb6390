"""Many events on one unit: one notice at once, one at most in each window, and every event is told once."""

import json
import re

import pytest

from monitors_bot.lambdas.background import BackgroundWork
from tests.scenarios.webhooks.conftest import Notified

WINDOW = 60


def told(notified: Notified) -> int:
    """How many events people were told of altogether."""
    counts = re.findall(r"(\d+) (?:more )?(?:customer|further event)", "\n".join(notified.posted))
    return sum(map(int, counts))


@pytest.mark.parametrize("events", [pytest.param(500, marks=pytest.mark.prove), 50])
def test_a_burst_of_events_makes_one_notice_and_one_summary(notified, events):
    for _ in range(events):
        assert notified.event().status == 200
    notified.work_later()

    assert notified.posted == [
        "Billing EU: 1 customer waiting in Invoices; reachable: @ana",
        f"Billing EU: {events - 1} more customers waiting in Invoices; reachable: @ana",
    ]


def test_the_summary_comes_at_the_end_of_the_window(notified):
    notified.event()
    notified.event()
    notified.work()
    notified.pass_time(WINDOW - 1)
    notified.work()
    before = len(notified.posted)
    notified.pass_time(1)
    notified.work()

    assert (before, len(notified.posted)) == (1, 2)


def test_a_summary_tells_departments_and_types_apart(notified):
    notified.event()
    notified.event()
    notified.event(departmentId="refundsRefunds001")
    notified.event(type="LivechatSessionForwarded")
    notified.event()
    notified.work_later()

    assert notified.posted[1] == (
        "Billing EU: 2 more customers waiting in Invoices, 1 more customer waiting in Refunds, "
        "1 more customer forwarded to Invoices; reachable: @ana"
    )


def test_where_nothing_more_happens_there_is_no_summary(notified):
    notified.event()
    notified.work_later()
    notified.pass_time(10 * WINDOW)
    notified.work_later()

    assert len(notified.posted) == 1


def test_a_summary_opens_the_next_window(notified):
    notified.event()
    notified.event()
    notified.work_later()
    notified.event()
    notified.work()
    in_the_window = len(notified.posted)
    notified.work_later()

    assert in_the_window == 2
    assert len(notified.posted) == 3
    assert told(notified) == 3


def test_after_a_quiet_window_the_next_event_is_told_at_once(notified):
    notified.event()
    notified.work()
    notified.pass_time(WINDOW)
    notified.event()
    notified.work()

    assert notified.posted == ["Billing EU: 1 customer waiting in Invoices; reachable: @ana"] * 2


def test_there_is_at_most_one_notice_in_each_window_and_every_event_is_told_once(notified):
    for number in range(60):
        notified.event()
        notified.work()
        notified.pass_time(7 + number % 5)
        notified.work()
    notified.work_later()

    times = [message["ts"] for message in notified.messages]
    assert times == sorted(times)
    assert len(set(times)) == len(times) <= 60 * 9 / WINDOW + 1
    assert told(notified) == 60


def test_each_unit_has_windows_of_its_own(notified):
    notified.event()
    notified.event(departmentId="ordersOrders00001")
    notified.work()

    assert [text.partition(":")[0] for text in notified.posted] == ["Billing EU", "Sales"]


def test_the_window_is_a_setting(notified):
    notified.environ["NOTIFY_WINDOW_SECONDS"] = "5"
    notified.start_cold()
    notified.event()
    notified.event()
    notified.work()
    notified.pass_time(5)
    notified.work()

    assert len(notified.posted) == 2


@pytest.mark.parametrize("times", [1, 3])
def test_messages_that_come_several_times_count_once(notified, times):
    for _ in range(4):
        notified.event()
    for body in notified.queued:
        for _ in range(times):
            notified.queue.put(json.dumps(body))
    notified.work_later()

    assert len(notified.posted) == 2
    assert told(notified) == 4


def test_an_end_of_a_window_that_comes_several_times_tells_once(notified):
    notified.event()
    notified.event()
    notified.work()
    notified.clocked.repeat_what_waits()
    notified.work_later()

    assert len(notified.posted) == 2
    assert told(notified) == 2


def test_an_end_that_comes_too_early_waits(notified):
    notified.event()
    notified.event()
    notified.work()
    notified.clocked.hurry_what_waits()
    notified.work()
    early = len(notified.posted)
    notified.work_later()

    assert early == 1
    assert told(notified) == 2


@pytest.mark.parametrize("route", ["chat.sendMessage", "livechat/units/:unitId/monitors", "rooms.info"])
def test_what_was_counted_is_not_lost_when_the_server_is_down_meanwhile(notified, route):
    notified.server.fail(route, "status", status=503)
    for _ in range(3):
        notified.event()
    notified.work()
    before = notified.posted
    notified.server.heal()
    notified.again()
    notified.work_later()

    assert before == []
    assert told(notified) == 3


def test_a_post_whose_answer_was_lost_is_not_made_again(notified):
    notified.server.fail("chat.sendMessage", "half", times=2)
    notified.event()
    notified.work()
    notified.again()
    notified.work_later()

    assert len(notified.posted) == 1


def test_when_an_end_is_lost_the_next_event_stands_in_for_it(notified):
    notified.event()
    notified.event()
    notified.work()
    notified.clocked.lose_what_waits()
    notified.pass_time(3600)
    notified.event()
    notified.work_later()

    assert told(notified) == 3


def test_two_workers_count_every_event_once(notified):
    other = BackgroundWork(notified.environ, notified.clock, notified.pass_time)
    for _ in range(6):
        notified.event()
    while notified.queue.count():
        for worker in (notified.worker, other):
            notified.queue.deliver(notified.queue.receive(1), worker.handle)
    notified.work_later()

    assert len(notified.posted) == 2
    assert told(notified) == 6


def test_a_channel_that_is_gone_ends_the_window_and_is_told_in_the_log(notified, capsys):
    notified.environ["NOTIFY_CHANNEL"] = "#nowhere"
    notified.start_cold()
    for _ in range(3):
        notified.event()
    notified.work_later()

    assert notified.posted == []
    assert (notified.queue.count(), notified.dead.count()) == (0, 0)
    assert capsys.readouterr().out.count('"NoticesFailed": 1') == 2


def test_an_event_waits_as_long_as_the_server_asks_it_to(notified):
    notified.server.permissions.discard("api-bypass-rate-limit")
    notified.server.settings.limit_calls = 1
    notified.event()
    notified.event(departmentId="ordersOrders00001")
    notified.work()
    waited = max(notified.clocked.delays)
    notified.pass_time(waited)
    notified.again()

    assert 50 <= waited <= 66  # a minute, and up to five seconds more
    assert len(notified.posted) == 2
