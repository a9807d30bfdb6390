"""The queues: what is put is received as it was written, and what nobody could read is not put at all."""

import pytest

from monitors_bot.aws.messages import read
from monitors_bot.aws.queues import SdkQueue, SignedQueue
from monitors_bot.aws.signed import SignedAws
from monitors_bot.domain.answers.conversation import Command, Job
from monitors_bot.domain.digests.slices import Slice
from monitors_bot.errors import AwsRefused, JobMalformed

ID = "a" * 32
SLICE = Slice(ID, 1)


@pytest.fixture
def url(aws, queue):
    return aws.queue_url("late-answers")


@pytest.fixture
def signed(outbound, aws):
    return SignedAws(outbound, aws.environment)


def received(aws, url):
    answer = aws.sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10)
    return answer.get("Messages", [])


def test_a_message_put_with_a_signed_call_is_received(aws, signed, url, ample):
    job = Job(ID, "slack", Command("/monitors", "Süd"), 1795341600.0)

    SignedQueue(signed, url).put(job, ample)

    (message,) = received(aws, url)
    assert read(message["Body"]) == job


def test_a_message_that_no_worker_could_read_is_not_put(aws, signed, url, ample):
    job = Job(ID, "slack", Command("/monitors", "x" * 5000), 1795341600.0)

    with pytest.raises(JobMalformed):
        SignedQueue(signed, url).put(job, ample)

    assert received(aws, url) == []


def test_a_queue_that_is_not_there_refuses(aws, signed, ample):
    with pytest.raises(AwsRefused):
        SignedQueue(signed, aws.queue_url("no-such-queue")).put(SLICE, ample)


def test_a_message_put_with_boto3_is_received(aws, url):
    SdkQueue(aws.sqs, url).put(SLICE)

    (message,) = received(aws, url)
    assert read(message["Body"]) == SLICE


def test_a_message_put_with_a_delay_is_not_there_yet(aws, url):
    SdkQueue(aws.sqs, url).put(SLICE, 900)

    assert received(aws, url) == []
    attributes = aws.sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["All"])["Attributes"]
    assert attributes["ApproximateNumberOfMessagesDelayed"] == "1"


@pytest.mark.parametrize(("seconds", "count"), [(0, 1), (300, 0)])
def test_a_paused_message_is_received_again_after_the_pause(aws, url, seconds, count):
    queue = SdkQueue(aws.sqs, url)
    queue.put(SLICE)
    (message,) = received(aws, url)

    queue.pause(message["ReceiptHandle"], seconds)

    assert len(received(aws, url)) == count
