"""A table that refuses calls for a while, or cancels a transaction: no run is lost, each is posted once."""

import pytest

from monitors_bot.errors import AwsRefused
from tests.fakes.troubled_table import CANARY, troubled_table

OFTEN = 50
"""More often than one call is tried again."""


@pytest.fixture
def table_door(aws, scheduled):
    with troubled_table(aws.url) as door:
        scheduled.environ["AWS_ENDPOINT_URL_DYNAMODB"] = door.url
        scheduled.start_again()
        yield door


def tick(scheduled, order):
    """Let EventBridge Scheduler hand in the tick until a function takes it, as Lambda does."""
    for _ in range(3):
        try:
            return scheduled.schedule.handle(order)
        except AwsRefused:
            scheduled.pass_time(60)
    return None


@pytest.mark.parametrize(
    "reasons",
    [
        ("ThrottlingError", "None"),
        ("None", "ProvisionedThroughputExceeded"),
        ("TransactionConflict", "None"),
        ("None", "ValidationError"),
    ],
)
@pytest.mark.parametrize("times", [1, 5])
def test_a_tick_whose_transaction_was_cancelled_is_posted_once_in_the_end(
    scheduled, table_door, reasons, times
):
    times = 1 if "ValidationError" in reasons else times
    table_door.cancel(*reasons, times=times)

    tick(scheduled, scheduled.order(post="always"))
    scheduled.work()

    assert len(scheduled.posted) == 1
    assert scheduled.dead.count() == 0


def test_a_tick_that_was_recorded_though_the_answer_was_lost_is_posted_once(scheduled, table_door):
    order = scheduled.order(post="always")
    scheduled.schedule.handle(order)
    scheduled.schedule.handle(order)

    scheduled.work()

    assert len(scheduled.posted) == 1


@pytest.mark.parametrize(
    "operation",
    [
        "TransactWriteItems",
        pytest.param("PutItem", marks=pytest.mark.prove),
        pytest.param("Query", marks=pytest.mark.prove),
    ],
)
def test_a_worker_that_is_throttled_for_long_goes_on_when_that_is_over(
    scheduled, table_door, caplog, operation
):
    scheduled.begin(post="always")
    table_door.refuse(operation, "ThrottlingException", times=OFTEN, after=2)
    scheduled.step()
    scheduled.pass_time(300)
    table_door.heal()

    scheduled.queue.make_visible()
    scheduled.work()

    assert len(scheduled.posted) == 1
    assert scheduled.dead.count() == 0
    assert CANARY not in caplog.text
