"""Notices count customers: whatever happens to a conversation, people are told what is true of it."""

import json

import pytest

from tests.fakes.conversations import Conversation
from tests.scenarios.webhooks.customers import INVOICES, ORDERS, REFUNDS, happened, send, send_now

ALL_TYPES = ",".join(
    ["LivechatSession", *(f"LivechatSession{how}" for how in ("Start", "Queued", "Taken", "Forwarded"))]
)


# From the field


def forwarded_then_queued():
    common = {
        "_id": "room9room9room900",
        "label": "guest-1",
        "createdAt": "2026-11-23T08:59:58.000Z",
        "lastMessageAt": "2026-11-23T09:05:00.000Z",
        "tags": [],
        "visitor": {"_id": "visitor1", "token": "invented", "name": "Guest", "username": "guest-1"},
        "messages": [],
    }
    forwarded = {"type": "LivechatSessionForwarded", "departmentId": INVOICES, "oldDepartmentId": ORDERS}
    return [{**common, **forwarded}, {**common, "type": "LivechatSessionQueued", "departmentId": INVOICES}]


def test_one_customer_who_is_forwarded_and_waits_is_never_one_more(notified):
    send(notified, [notified.omnichannel.carrying(event) for event in forwarded_then_queued()])

    assert happened(notified) == ["1 customer forwarded to Invoices", "1 customer waiting in Invoices"]


def test_a_conversation_handed_to_a_colleague_of_the_same_department_is_no_news(notified):
    event = forwarded_then_queued()[0]
    del event["oldDepartmentId"]
    agents = {name: {"_id": name, "username": name} for name in ("servedBy", "oldServedBy")}
    send(notified, [notified.omnichannel.carrying({**event, **agents})])

    assert (notified.posted, notified.queue.count()) == ([], 0)


# Sequences


def test_a_customer_who_waits_is_told_once(notified, guest):
    send(notified, guest.queue())

    assert happened(notified) == ["1 customer waiting in Invoices"]


@pytest.mark.parametrize("wait", [0, 5])
def test_events_that_arrive_in_the_other_order_make_one_notice(notified, guest, wait):
    guest.department_id = ORDERS
    forwarded, queued = guest.forward_to_queue(INVOICES)
    send(notified, [queued], wait, [forwarded])

    assert happened(notified) == ["1 customer waiting in Invoices"]


def test_a_customer_forwarded_within_the_unit_is_not_one_more(notified, guest):
    send(notified, guest.queue(), 10, guest.forward_to_queue(REFUNDS))

    assert happened(notified) == ["1 customer waiting in Invoices", "1 customer waiting in Refunds"]


def test_a_customer_forwarded_to_an_agent_of_another_department_does_not_wait(notified, guest):
    send(notified, guest.queue(), 10, guest.forward_to_department(REFUNDS, "lea"))

    assert happened(notified) == ["1 customer waiting in Invoices", "1 customer forwarded to Refunds"]


def test_what_is_told_at_the_end_of_a_window_is_what_happened_last(notified, guest, other):
    send(notified, other.queue(), 5, guest.queue(), 5, guest.forward_to_department(REFUNDS, "lea"))

    assert happened(notified) == ["1 customer waiting in Invoices", "1 more customer forwarded to Refunds"]


def test_a_waiting_customer_whom_somebody_gives_to_an_agent_does_not_wait(notified, guest, other):
    send(notified, other.queue(), 5, guest.queue(), 5, guest.forward_to_agent("lea"))

    assert happened(notified) == ["1 customer waiting in Invoices", "1 more customer forwarded to Invoices"]


def test_of_those_told_together_the_new_ones_are_counted(notified, guest, other):
    third = Conversation("room0000000000003", INVOICES)
    send(notified, guest.queue(), 5, guest.say(), guest.return_to_queue(), other.queue(), third.queue())

    assert happened(notified) == [
        "1 customer waiting in Invoices",
        "3 customers waiting in Invoices (2 of them new)",
    ]


def test_a_customer_who_is_put_back_in_the_queue_is_told_again(notified, guest):
    send(notified, guest.queue(), 10, guest.take("ana"), 300, guest.return_to_queue())

    assert happened(notified) == ["1 customer waiting in Invoices"] * 2


def test_a_customer_who_wrote_and_is_put_back_within_the_window_is_not_one_more(notified, guest):
    send(notified, guest.queue(), guest.take("ana"), guest.say(), 10, guest.return_to_queue())

    assert happened(notified) == ["1 customer waiting in Invoices"] * 2


def test_taken_and_closed_conversations_do_not_wait_where_those_events_are_wanted(notified, guest, other):
    notified.environ["OMNICHANNEL_EVENTS"] = ALL_TYPES
    notified.start_cold()
    third = Conversation("room0000000000003", REFUNDS)
    send(notified, other.begin(), 5, guest.begin(), guest.queue(), guest.take("ana"))
    send(notified, third.begin(), third.queue(), 5, third.take("ana"), third.close())

    assert happened(notified) == [
        "1 conversation begun in Invoices",
        "1 more conversation taken in Invoices",
        "1 more conversation closed in Refunds",
    ]


@pytest.mark.parametrize(
    "leave",
    [
        lambda guest: guest.take("ana"),
        lambda guest: [*guest.take("ana"), *guest.close()],
        lambda guest: guest.close(),
        lambda guest: [*guest.take("ana"), *guest.forward_to_agent("raj")],
        lambda guest: [guest.take("ana"), guest.forward_to_agent("raj")][1],
    ],
    ids=["taken", "taken and closed", "closed", "handed on", "handed on, taken unseen"],
)
def test_a_customer_who_does_not_wait_any_more_is_not_announced(notified, guest, other, leave):
    third = Conversation("room0000000000003", INVOICES)
    send(notified, other.queue(), 5, guest.queue(), third.queue(), 5, leave(guest))

    assert happened(notified) == ["1 customer waiting in Invoices", "1 more customer waiting in Invoices"]


def test_where_nobody_waits_any_more_there_is_no_notice_and_the_next_customer_is_announced(
    notified, guest, other
):
    third, fourth = (Conversation(f"room000000000000{number}", INVOICES) for number in (3, 4))
    send(notified, other.queue(), 5, guest.queue(), 5, guest.take("ana"))
    send(notified, third.queue(), 5, fourth.queue(), 5, fourth.take("ana"), guest.return_to_queue())

    assert happened(notified) == ["1 customer waiting in Invoices"] * 2 + [
        "1 more customer waiting in Invoices"
    ]


def test_a_customer_of_the_notice_before_who_was_taken_and_waits_again_is_not_one_more(
    notified, guest, other
):
    send(notified, guest.queue(), 5, guest.take("ana"), 5, guest.return_to_queue(), other.queue())

    assert happened(notified) == [
        "1 customer waiting in Invoices",
        "2 customers waiting in Invoices (1 of them new)",
    ]


def test_a_repeat_that_says_that_somebody_was_taken_does_not_hide_that_they_wait_again(
    notified, guest, other
):
    queued, taken = guest.queue(), guest.take("ana")
    send_now(notified, [*other.queue(), *queued, *taken])
    notified.pass_time(10)
    send_now(notified, [*guest.say(), *guest.return_to_queue()])
    notified.pass_time(10)
    send_now(notified, taken)
    notified.work_later()

    assert happened(notified) == ["1 customer waiting in Invoices", "1 more customer waiting in Invoices"]


def test_a_customer_who_moved_to_another_unit_does_not_wait_in_the_old_one(notified, guest, other):
    send(notified, other.queue(), 5, guest.queue(), 5, guest.forward_to_queue(ORDERS))

    assert happened(notified) == ["1 customer waiting in Invoices"]
    assert [text.partition(";")[0] for text in notified.posted[1:]] == [
        "Sales: 1 customer forwarded to Orders",
        "Sales: 1 customer waiting in Orders",
    ]


def test_a_conversation_that_begins_and_waits_is_not_one_more(notified, guest):
    notified.environ["OMNICHANNEL_EVENTS"] = ALL_TYPES
    notified.start_cold()
    send(notified, guest.begin(), guest.queue(), guest.begin())

    assert happened(notified) == ["1 conversation begun in Invoices", "1 customer waiting in Invoices"]


def test_a_customer_who_moves_to_another_unit_is_told_there(notified, guest):
    send(notified, guest.queue(), guest.forward_to_queue(ORDERS))

    assert [text.partition(";")[0] for text in notified.posted] == [
        "Billing EU: 1 customer waiting in Invoices",
        "Sales: 1 customer forwarded to Orders",
        "Sales: 1 customer waiting in Orders",
    ]


def test_an_event_that_was_delayed_on_its_way_does_not_outdo_a_later_one(notified, guest, other):
    send(notified, other.queue())
    notified.start_cold()
    for sent in guest.queue():
        notified.send(sent)
    [late] = notified.queued
    send(notified, 5, guest.forward_to_department(REFUNDS, "lea"))
    notified.queue.put(json.dumps(late))
    notified.work_later()

    assert happened(notified)[1:] == ["1 more customer forwarded to Refunds"]
