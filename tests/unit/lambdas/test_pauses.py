import pytest
from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord

from monitors_bot.errors import RocketChatLimited, RocketChatUnavailable, ServerUnreachable
from monitors_bot.lambdas.pauses import LONGEST_PAUSE_SECONDS, pause_after, pause_before_next_try


def received(times):
    return SQSRecord({"attributes": {"ApproximateReceiveCount": str(times)}})


def of_many(pause):
    """The shortest and the longest of many pauses."""
    pauses = [pause() for _ in range(300)]
    return min(pauses), max(pauses)


@pytest.mark.parametrize(("times", "longest"), [*enumerate([5, 10, 20, 40, 80, 160, 300, 300], start=1)])
def test_each_pause_is_up_to_twice_the_one_before_up_to_the_longest(times, longest):
    shortest_drawn, longest_drawn = of_many(lambda: pause_before_next_try(received(times)))

    assert longest / 2 <= shortest_drawn < longest_drawn <= longest


def test_a_message_received_very_often_waits_no_more_than_the_longest_pause():
    assert of_many(lambda: pause_before_next_try(received(10**6)))[1] <= LONGEST_PAUSE_SECONDS


def test_a_server_that_asks_to_wait_is_given_at_least_the_seconds_it_asks_for():
    shortest, longest = of_many(lambda: pause_after(RocketChatLimited(44.2), received(1)))

    assert 45 <= shortest < longest <= 50


def test_the_same_holds_when_the_limit_is_the_cause_of_another_error():
    error = RocketChatUnavailable("no answer")
    error.__cause__ = RocketChatLimited(12.0)

    assert 12 <= pause_after(error, received(1)) <= 17


@pytest.mark.parametrize("cause", [None, ServerUnreachable("refused")])
def test_after_any_other_error_the_usual_pause_is_taken(cause):
    error = RocketChatUnavailable("down")
    error.__cause__ = cause

    assert 5 <= pause_after(error, received(2)) <= 10
