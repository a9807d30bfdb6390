"""The queues of the template: who reads and writes them, how fast, how often, and what a loop is."""

import pytest

from monitors_bot.lambdas.late_answers import OLDEST_SECONDS
from monitors_bot.lambdas.pauses import FIRST_PAUSE_SECONDS, LONGEST_PAUSE_SECONDS
from tests.fakes.sam_template import FUNCTIONS, RESOURCES, of_type
from tests.unit.test_template import CALLING_OUT, actions_on, statements_of

NEW_ACCOUNT = 10
"""Concurrent executions of a new AWS account."""


def test_a_notice_or_slice_is_hidden_six_times_the_workers_timeout_and_comes_alone():
    [jobs] = FUNCTIONS["BackgroundFunction"]["Events"].values()
    queue = RESOURCES["Background"]["Properties"]

    assert queue["VisibilityTimeout"] == 6 * FUNCTIONS["BackgroundFunction"]["Timeout"]
    assert jobs["Properties"]["BatchSize"] == 1
    assert jobs["Properties"]["ScalingConfig"] == {"MaximumConcurrency": 2}
    assert jobs["Properties"]["FunctionResponseTypes"] == ["ReportBatchItemFailures"]


def queues_read_by(name: str) -> set[str]:
    events = FUNCTIONS[name].get("Events", {}).values()
    return {
        event["Properties"]["Queue"]["Fn::GetAtt"].removesuffix(".Arn")
        for event in events
        if event["Type"] == "SQS"
    }


def queues_written_by(name: str) -> set[str]:
    resources = [
        resource
        for statement in statements_of(FUNCTIONS[name])
        if "sqs:SendMessage" in actions_on(statement)
        for resource in (
            statement["Resource"] if isinstance(statement["Resource"], list) else [statement["Resource"]]
        )
    ]
    return {resource["Fn::GetAtt"].removesuffix(".Arn") for resource in resources}


def functions_reached_from(name: str) -> set[str]:
    """The functions that messages of this one may reach, through any number of others."""
    reached: set[str] = set()
    found = {name}
    while found:
        written = {queue for one in found for queue in queues_written_by(one)}
        found = {one for one in FUNCTIONS if queues_read_by(one) & written} - reached
        reached |= found
    return reached


def test_only_functions_that_queue_for_themselves_may_be_in_a_loop():
    allowed = {name for name, function in FUNCTIONS.items() if function.get("RecursiveLoop") == "Allow"}

    assert allowed == {name for name in FUNCTIONS if name in functions_reached_from(name)}
    assert allowed == {"BackgroundFunction"}


def test_a_job_is_hidden_six_times_the_workers_timeout_and_comes_alone():
    [jobs] = FUNCTIONS["LateAnswersFunction"]["Events"].values()

    assert (
        RESOURCES["LateAnswers"]["Properties"]["VisibilityTimeout"]
        == 6 * FUNCTIONS["LateAnswersFunction"]["Timeout"]
    )
    assert FUNCTIONS["LateAnswersFunction"]["Timeout"] <= 30
    assert jobs["Properties"] == {
        "Queue": {"Fn::GetAtt": "LateAnswers.Arn"},
        "BatchSize": 1,
        "FunctionResponseTypes": ["ReportBatchItemFailures"],
        "ScalingConfig": {"MaximumConcurrency": 3},
    }


def test_the_workers_leave_half_of_a_new_account_to_people_and_webhooks():
    workers = [
        event["Properties"]["ScalingConfig"]["MaximumConcurrency"]
        for function in FUNCTIONS.values()
        for event in function.get("Events", {}).values()
        if event["Type"] == "SQS"
    ]

    assert len(workers) == len(CALLING_OUT - {"ChatFunction"})
    assert sum(workers) <= NEW_ACCOUNT / 2


def test_a_job_is_tried_as_long_as_an_answer_may_come():
    times = RESOURCES["LateAnswers"]["Properties"]["RedrivePolicy"]["maxReceiveCount"]

    pauses = [min(FIRST_PAUSE_SECONDS * 2**tries, LONGEST_PAUSE_SECONDS) for tries in range(times - 1)]
    assert sum(pauses) > OLDEST_SECONDS
    assert RESOURCES["LateAnswers"]["Properties"]["MessageRetentionPeriod"] > OLDEST_SECONDS


@pytest.mark.parametrize("queue", of_type("AWS::SQS::Queue"))
def test_every_queue_is_encrypted(queue):
    assert RESOURCES[queue]["Properties"]["SqsManagedSseEnabled"] is True


FOUR_DAYS = 4 * 86_400


@pytest.mark.parametrize("name", [name for name in of_type("AWS::SQS::Queue") if name.endswith("Dead")])
def test_a_dead_letter_is_kept_for_four_days_and_what_people_typed_no_longer(name):
    """SQS counts from when the message came onto its first queue.

    https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html
    """
    source = RESOURCES.get(name.removesuffix("Dead"), {"Properties": {}})["Properties"]
    waited = source.get("MessageRetentionPeriod", 0)
    kept = RESOURCES[name]["Properties"]["MessageRetentionPeriod"]

    assert FOUR_DAYS <= kept <= FOUR_DAYS + waited
    assert kept >= FOUR_DAYS + (waited if waited > 3600 else 0)
