"""An event that is sent again is told once; the same content later on is another event."""

import json

import pytest

from tests.scenarios.webhooks.customers import REFUNDS, happened, send


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
