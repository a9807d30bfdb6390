"""The readings that questions begin: one in ten minutes, whoever asks and whatever fails."""

from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from monitors_bot.aws.stores.first_readings import (
    LOST_SECONDS,
    PAUSE_SECONDS,
    FirstReadings,
    last_begun,
)
from monitors_bot.aws.stores.runs import Runs
from monitors_bot.domain.digests.order import Order, Post
from monitors_bot.errors import ServerUnreachable


class Queue:
    """What was queued; it may be out of order."""

    def __init__(self) -> None:
        self.orders: list[Order] = []
        self.is_down = False

    def put(self, order: Order) -> None:
        if self.is_down:
            raise ServerUnreachable("x")
        self.orders.append(order)


@pytest.fixture
def queue() -> Queue:
    return Queue()


@pytest.fixture
def readings(documents, queue, clock) -> FirstReadings:
    return FirstReadings(documents, queue.put, clock)


def test_the_first_question_records_a_run_that_posts_nothing_and_queues_it(readings, queue, documents, clock):
    assert readings.begin() == clock()

    [order] = queue.orders
    run = Runs(documents, clock).of(order.id)
    assert run is not None
    assert run.order == order
    assert (order.post, order.is_about_all) == (Post.NONE, True)
    assert run.began_at == clock()


def test_without_transactions(readings, items):
    readings.begin()

    assert items.operations == ["Query", "PutItem", "PutItem"]


def test_in_the_next_ten_minutes_questions_begin_nothing(readings, queue, documents, clock):
    began_at = readings.begin()
    Runs(documents, clock).hold(queue.orders[0].id, 0)

    for seconds in (1, LOST_SECONDS, PAUSE_SECONDS - LOST_SECONDS - 2):
        clock.advance(seconds)
        assert readings.begin() == began_at
    assert len(queue.orders) == 1
    clock.advance(1)
    assert readings.begin() == clock()
    assert len(queue.orders) == 2


def test_of_two_questions_at_once_one_begins_the_run(readings, queue, documents, items, clock):
    items.before_the_next_write(FirstReadings(documents, queue.put, clock).begin)

    assert readings.begin() == clock()
    assert len(queue.orders) == 1


def test_a_lost_answer_to_its_own_write_is_not_taken_for_another_question(readings, queue, items):
    items.lose_the_next_answer_to_a_write()
    readings.begin()

    assert len(queue.orders) == 1


def test_a_run_that_could_not_be_queued_is_queued_by_a_later_question(readings, queue, clock):
    queue.is_down = True
    with pytest.raises(ServerUnreachable):
        readings.begin()
    queue.is_down = False

    clock.advance(LOST_SECONDS)
    readings.begin()
    assert queue.orders == []
    clock.advance(1)
    for _ in range(3):
        readings.begin()
    assert len(queue.orders) == 1


def test_a_run_that_could_not_be_recorded_is_recorded_by_a_later_question(
    readings, queue, documents, items, clock
):
    def die():
        raise ServerUnreachable("x")

    items.before_the_next_write(lambda: items.before_the_next_write(die))
    with pytest.raises(ServerUnreachable):
        readings.begin()
    clock.advance(LOST_SECONDS + 1)

    readings.begin()

    [order] = queue.orders
    assert Runs(documents, clock).of(order.id)


def test_who_may_not_begin_a_reading_sees_when_the_last_one_began(readings, documents, clock):
    assert last_begun(documents, clock()) is None

    began_at = readings.begin()

    assert last_begun(documents, clock() + PAUSE_SECONDS - 1) == began_at
    assert last_begun(documents, clock() + PAUSE_SECONDS) is None


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(waits=st.lists(st.tuples(st.integers(0, 400), st.booleans(), st.booleans()), max_size=8))
def test_whenever_questions_come_and_whatever_the_queue_does_two_runs_are_ten_minutes_apart(
    documents, clock, waits
):
    clock.advance(PAUSE_SECONDS)
    queue, runs = Queue(), Runs(documents, clock)
    begun: dict[str, float] = {}
    readings = FirstReadings(documents, queue.put, clock)
    for seconds, queue.is_down, is_worked_on in waits:
        clock.advance(seconds)
        try:
            readings.begin()
        except ServerUnreachable:
            continue
        for one in queue.orders if is_worked_on else ():
            if run := runs.hold(one.id, 0):
                runs.release(run)
        begun |= {one.id: run.began_at for one in queue.orders if (run := runs.of(one.id))}

    times = sorted(begun.values())
    assert all(later - earlier >= PAUSE_SECONDS for earlier, later in pairwise(times))
