"""Every sample of the webhook door and of the background worker goes through its door."""

import json
from pathlib import Path

import pytest

from tests.fakes.api_gateway import receive
from tests.scenarios.webhooks.conftest import Notified

SAMPLES = {
    path.stem: path for path in [*Path("events").glob("webhook-*"), *Path("events").glob("background-*")]
}
REQUESTS = {
    "webhook-page": (202, "page"),
    "webhook-page-bad-signature": (401, None),
    "webhook-page-without-unit": (400, None),
    "webhook-omnichannel-queued": (200, "event"),
    "webhook-omnichannel-message": (200, None),
    "webhook-omnichannel-wrong-token": (401, None),
}
JOBS = {
    "background-page": ["Billing EU: 1 of 3 monitors online; reachable: @ana"],
    "background-event": ["Billing EU: 1 customer waiting in Invoices; reachable: @ana"],
    "background-turn": [],
}


def sample(name: str):
    return json.loads(SAMPLES[name].read_text(encoding="utf-8"))


def test_every_sample_has_an_expectation():
    assert SAMPLES.keys() == REQUESTS.keys() | JOBS.keys()


@pytest.mark.parametrize("name", REQUESTS)
def test_a_sample_of_a_request_is_answered_and_queued_if_it_should(notified: Notified, name):
    status, kind = REQUESTS[name]

    answer = receive(notified.door.handle(sample(name)))

    assert answer.status == status
    assert [job["kind"] for job in notified.queued] == ([kind] if kind else [])


@pytest.mark.parametrize("name", JOBS)
def test_a_sample_of_a_job_is_done(notified: Notified, name):
    answer = notified.worker.handle(sample(name))

    assert answer == {"batchItemFailures": []}
    assert [text.splitlines()[0] for text in notified.posted] == JOBS[name]
