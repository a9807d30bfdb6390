"""Every sample of a schedule in events/ goes through the schedule door."""

import json
from pathlib import Path

SAMPLES = {
    path.stem: json.loads(path.read_text(encoding="utf-8")) for path in Path("events").glob("schedule-*")
}


def test_every_sample_has_an_expectation():
    expected = {"schedule-weekday-mornings", "schedule-refresh", "schedule-without-placeholders"}

    assert SAMPLES.keys() == expected


def test_a_digest_is_posted(scheduled):
    assert scheduled.schedule.handle(SAMPLES["schedule-weekday-mornings"])["queued"]
    scheduled.work()

    assert "From now on I watch 2 units" in scheduled.posted[0]


def test_a_refresh_only_records(scheduled):
    assert scheduled.schedule.handle(SAMPLES["schedule-refresh"])["queued"]
    scheduled.work()

    assert scheduled.posted == []
    assert len(scheduled.rosters.all()) == 2


def test_an_order_sent_by_hand_is_refused(scheduled):
    answer = scheduled.schedule.handle(SAMPLES["schedule-without-placeholders"])

    assert not answer["queued"]
    assert "did not fill it in" in str(answer["why"])
