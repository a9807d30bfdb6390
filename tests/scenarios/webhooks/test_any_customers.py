"""Whatever happens to customers, no notice has more of them than there are, or than wait."""

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.fakes.conversations import Conversation
from tests.scenarios.webhooks.customers import INVOICES, REFUNDS, send_now

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


def check(notices, customers):
    """No notice has more customers than there are, nor have those that are new in a row of notices."""
    numbers = [sum(map(int, re.findall(r"(\d+) (?:more )?customers?\b", notice))) for notice in notices]
    more = [sum(map(int, re.findall(r"(\d+) (?:more customer|of them new)", one))) for one in notices]
    assert all(number <= customers for number in numbers)
    assert all(told + new <= customers for told, new in zip(numbers, more[1:], strict=False))
