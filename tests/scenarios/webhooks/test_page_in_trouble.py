"""What becomes of a page when the queue, the table, the server or the channel is not as it should be."""

import json

from tests.fakes.alarms import Measured, going_off


def test_a_page_that_cannot_be_queued_is_503_and_may_come_again(notified, capsys):
    reachable = notified.environ["AWS_ENDPOINT_URL_SQS"]
    notified.environ["AWS_ENDPOINT_URL_SQS"] = "http://127.0.0.1:9"
    refused = notified.page(id="msg_1")
    counted = capsys.readouterr().out.count('"AwsFailed": 1')
    notified.environ["AWS_ENDPOINT_URL_SQS"] = reachable
    taken = notified.page(id="msg_1")
    notified.work()

    assert (refused.status, counted) == (503, 1)
    assert int(refused.headers["Retry-After"]) > 0
    assert taken.status == 202
    assert len(notified.posted) == 1


def test_a_table_that_is_down_stops_no_page(notified):
    notified.environ["AWS_ENDPOINT_URL_DYNAMODB"] = "http://127.0.0.1:9"
    notified.door = type(notified.door)(notified.environ, notified.clock)

    answers = [notified.page(id="msg_1").status for _ in range(2)]
    notified.work()

    assert answers == [202, 202]
    assert len(notified.posted) == 1


def test_a_page_needs_nothing_upstream_to_be_taken(notified):
    notified.server.stop()

    assert notified.page().status == 202


def test_a_page_waits_for_a_server_that_is_down(notified):
    notified.server.fail("*", "status", status=503)
    notified.page()
    notified.work()
    before = notified.posted
    notified.server.heal()
    notified.again()

    assert before == []
    assert len(notified.posted) == 1


def test_a_page_waits_as_long_as_the_server_asks_it_to(notified):
    notified.server.permissions.discard("api-bypass-rate-limit")
    notified.server.settings.limit_calls = 1
    notified.page()
    notified.page(unit="Sales")
    notified.work()
    waited = notified.clocked.delays[-1]
    notified.pass_time(waited)
    notified.again()

    assert 50 <= waited <= 66  # a minute, and up to five seconds more
    assert len(notified.posted) == 2


def test_a_channel_that_is_not_there_is_told_in_the_log_and_not_tried_again(notified, capsys, caplog):
    notified.page(channel="#nowhere")
    notified.work()

    assert (notified.queue.count(), notified.dead.count()) == (0, 0)
    assert '"NoticesFailed": 1' in capsys.readouterr().out
    assert "trouble" in caplog.text


def test_a_channel_that_may_not_be_written_to_is_not_tried_again(notified, capsys):
    notified.server.add_room("quiet", id="quietQuiet0000001", read_only=True)
    notified.page(channel="#quiet")
    notified.work()

    assert notified.queue.count() == 0
    assert '"NoticesFailed": 1' in capsys.readouterr().out


def test_a_page_is_posted_though_nobody_may_be_told_by_name(notified, capsys):
    notified.server.permissions.discard("manage-livechat-monitors")
    notified.page()
    notified.work()

    assert notified.posted[0].splitlines() == [
        "Billing EU",
        "Nobody is mentioned: The bot's account lacks the permission manage-livechat-monitors.",
        "> The database is down.",
    ]
    assert '"NoticesFailed": 1' in capsys.readouterr().out


def test_a_message_over_the_limit_is_cut_and_it_says_so(notified):
    notified.page(message="x" * 200_000)
    [body] = notified.queued
    notified.queue.put(json.dumps(body))
    notified.work()

    [posted] = notified.posted
    assert len(posted) <= 5000
    assert posted.endswith("\nThe message is longer than this.")
    assert notified.mentioned() == ["ana"]


def test_what_is_posted_and_whom_it_names_is_not_in_the_log(notified, caplog, capsys):
    caplog.set_level("DEBUG")
    notified.page(message="Only for the channel.")
    notified.work()

    seen = "".join(str(vars(record)) for record in caplog.records) + capsys.readouterr().out
    assert '"NoticesPosted": 1' in seen
    assert "Only for the channel." not in seen


def test_a_poison_message_does_not_stop_a_page(notified):
    notified.queue.put('{"kind": "page", "id": "../.."}')
    notified.queue.put('{"kind": "event"}')
    notified.queue.put('{"kind": "turn", "unit_id": "x", "due": true}')
    notified.queue.put(f'{{"kind": "turn", "unit_id": "x", "due": 1{"0" * 400}}}')
    notified.queue.put("[]")
    notified.page()
    notified.queue.run(notified.worker.handle)
    posted = notified.posted
    notified.work()

    assert len(posted) == 1
    assert (notified.queue.count(), notified.dead.count()) == (0, 5)


def test_a_queue_that_takes_nothing_is_told(notified, capsys):
    measured = Measured()
    notified.environ["AWS_ENDPOINT_URL_SQS"] = "http://127.0.0.1:9"
    notified.start_cold()
    for _ in range(2):
        notified.pass_time(3600)
        notified.page()

    measured.read(capsys.readouterr().out)

    assert going_off(measured, notified.clock() + 600) - {"RefreshSilentAlarm", "DigestSilentAlarm"} == {
        "AwsFailedAlarm"
    }
    assert (
        going_off(measured, notified.clock() + 2 * 3600) - {"RefreshSilentAlarm", "DigestSilentAlarm"}
        == set()
    )
