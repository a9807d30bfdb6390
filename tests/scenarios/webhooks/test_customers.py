"""Notices count customers: whatever happens to a conversation, people are told what is true of it."""

import json
import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.fakes.conversations import Conversation

INVOICES, REFUNDS, ORDERS = "invoicesInvoices1", "refundsRefunds001", "ordersOrders00001"
REACHABLE = "; reachable: @ana"
ALL_TYPES = ",".join(
    ["LivechatSession", *(f"LivechatSession{how}" for how in ("Start", "Queued", "Taken", "Forwarded"))]
)


def send(notified, *steps):
    """Send the events of each step, and let the worker do them; a number lets time pass."""
    for step in steps:
        if isinstance(step, int):
            notified.pass_time(step)
        else:
            for sent in step:
                assert notified.send(sent).status == 200
        notified.work()
    notified.work_later()


def happened(notified):
    """What the notices say of the unit Billing EU, without whom they mention."""
    return [
        text.removeprefix("Billing EU: ").removesuffix(REACHABLE)
        for text in notified.posted
        if text.startswith("Billing EU")
    ]


@pytest.fixture
def guest():
    return Conversation("room0000000000001", INVOICES)


@pytest.fixture
def other():
    return Conversation("room0000000000002", INVOICES)


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


# Repeats


@pytest.mark.parametrize("after", [20, 25, 100, 225])
def test_an_event_that_the_server_repeats_is_told_once(notified, guest, after):
    [event] = guest.queue()
    send(notified, [event], after, [event])

    assert len(notified.posted) == 1


@pytest.mark.parametrize("after", [226, 600, 3600, 4 * 3600])
def test_the_same_content_after_the_server_gave_up_repeating_is_another_event(notified, guest, after):
    send(notified, guest.queue(), guest.take("ana"), after, guest.return_to_queue())

    assert happened(notified) == ["1 customer waiting in Invoices"] * 2


def test_the_queue_may_bring_an_event_again_much_later(notified, guest):
    [event] = guest.queue()
    notified.send(event)
    [body] = notified.queued
    for wait in (0, 600, 3000):
        notified.queue.put(json.dumps(body))
        send(notified, wait)

    assert len(notified.posted) == 1


def test_an_event_on_the_queue_from_an_older_version_is_told(notified, guest):
    [event] = guest.queue()
    notified.send(event)
    [body] = notified.queued
    old = {name: body[name] for name in ("kind", "id", "type", "department_id", "correlation_id")}
    for _ in range(2):
        notified.queue.put(json.dumps(old))
    send(notified)

    assert happened(notified) == ["1 customer waiting in Invoices"]


def test_nothing_of_a_conversation_is_kept_but_hashes_and_for_hours_only(notified, guest, aws):
    send(notified, guest.queue(), guest.forward_to_queue(REFUNDS))

    items = aws.dynamodb.scan(TableName=notified.environ["TABLE_NAME"])["Items"]
    about = [item for item in items if item["pk"]["S"].startswith(("conversation#", "event#"))]
    assert guest.room_id not in json.dumps(items)
    assert len(about) == 4
    assert all(int(item["expires_at"]["N"]) <= notified.clock() + 3 * 3600 for item in about)


# Whatever happens

DEPARTMENTS = [INVOICES, REFUNDS]
verbs = st.one_of(
    st.just(("queue",)), st.just(("return_to_queue",)), st.just(("say",)), st.just(("close",)),
    st.tuples(st.just("take"), st.sampled_from(["ana", "raj"])),
    st.tuples(st.just("forward_to_agent"), st.sampled_from(["ana", "raj"])),
    st.tuples(st.just("forward_to_queue"), st.sampled_from(DEPARTMENTS)),
    st.tuples(st.just("forward_to_department"), st.sampled_from(DEPARTMENTS), st.just("raj")),
)  # fmt: skip
steps = st.lists(st.tuples(st.integers(0, 3), verbs, st.sampled_from([0, 1, 20, 45])), max_size=12)


@pytest.mark.parametrize("examples", [pytest.param(25, marks=pytest.mark.prove), 5])
def test_never_are_more_customers_told_than_there_are_or_than_wait(notified, examples):
    runs = iter(range(10**6))

    @settings(max_examples=examples, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(steps=steps)
    def told(steps):
        notified.pass_time(7200)
        waiting: set[int] = set()
        before, run = len(notified.posted), next(runs)
        guests = [Conversation(f"room{run:06}{number:07}", INVOICES) for number in range(4)]
        for number, (verb, *arguments), seconds in [*steps, (0, ("say",), 60)]:
            known = len(notified.posted)
            send_now(notified, getattr(guests[number], verb)(*arguments))
            waiting = waiting - {number} if verb not in WAITING else waiting
            waiting |= {number} if verb in WAITING[1:] else set()
            notified.pass_time(seconds)
            notified.work()
            assert all(count_waiting(notice) <= len(waiting) for notice in notified.posted[known:])
        notified.work_later()
        check(notified.posted[before:], customers=len({number for number, *_ in steps}))

    told()


WAITING = ("say", "queue", "return_to_queue", "forward_to_queue")
"""The verbs after which a customer waits; the first leaves that as it is."""


def count_waiting(notice):
    return sum(map(int, re.findall(r"(\d+) (?:more )?customers? waiting", notice)))


def send_now(notified, events):
    for sent in events:
        notified.send(sent)
    notified.work()


def check(notices, customers):
    """No notice has more customers than there are, nor have those that are new in a row of notices."""
    numbers = [sum(map(int, re.findall(r"(\d+) (?:more )?customers?\b", notice))) for notice in notices]
    more = [sum(map(int, re.findall(r"(\d+) (?:more customer|of them new)", one))) for one in notices]
    assert all(number <= customers for number in numbers)
    assert all(told + new <= customers for told, new in zip(numbers, more[1:], strict=False))
