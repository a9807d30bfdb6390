import pytest
from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord

from monitors_bot.errors import RocketChatLimited, RocketChatUnavailable, ServerUnreachable
from monitors_bot.lambdas.pauses import LONGEST_PAUSE_SECONDS, pause_after, pause_before_next_try


def received(times):
    return SQSRecord({"attributes": {"ApproximateReceiveCount": str(times)}})


def test_each_pause_is_twice_the_one_before_up_to_the_longest():
    pauses = [pause_before_next_try(received(times)) for times in range(1, 9)]

    assert pauses == [5, 10, 20, 40, 80, 160, 300, 300]


def test_a_message_received_very_often_waits_the_longest_pause():
    assert pause_before_next_try(received(10**6)) == LONGEST_PAUSE_SECONDS


def test_a_server_that_asks_to_wait_is_given_the_whole_seconds_it_asks_for():
    assert pause_after(RocketChatLimited(44.2), received(1)) == 45


def test_the_same_holds_when_the_limit_is_the_cause_of_another_error():
    error = RocketChatUnavailable("no answer")
    error.__cause__ = RocketChatLimited(12.0)

    assert pause_after(error, received(1)) == 12


@pytest.mark.parametrize("cause", [None, ServerUnreachable("refused")])
def test_after_any_other_error_the_usual_pause_is_taken(cause):
    error = RocketChatUnavailable("down")
    error.__cause__ = cause

    assert pause_after(error, received(2)) == 10
