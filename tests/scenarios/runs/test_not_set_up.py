"""A stack whose secret has no value yet: its schedules make no noise, and begin when it has one."""

import pytest

from tests.fakes.local_aws import LocalAws
from tests.scenarios.runs.test_orders import metrics, said

HOUR = 3_600


@pytest.fixture
def without_value(scheduled, aws: LocalAws):
    """The stack as it is after the first deploy."""
    aws.delete_secret("monitors-bot")
    aws.create_secret("monitors-bot")
    return scheduled


@pytest.mark.parametrize("order", [{}, {"post": "none", "channel": ""}], ids=["digest", "refresh"])
def test_a_run_ends_with_one_line_in_the_log_and_no_dead_letter(without_value, order, caplog, capsys):
    caplog.set_level("INFO")
    for _ in range(3):
        without_value.begin(**order)
        without_value.work_for(20)
        without_value.pass_time(6 * HOUR)

    assert [line["outcome"] for line in said(caplog, "run over")] == ["not-set-up"] * 3
    assert "ResourceNotFoundException" in said(caplog, "run over")[0]["why"]
    assert said(caplog, "trouble") == []
    assert [line for line in caplog.records if line.levelname == "ERROR"] == []
    assert metrics(capsys) == {}
    assert without_value.queue.count() == without_value.dead.count() == 0
    assert without_value.posted == []


def test_once_the_secret_has_its_value_the_next_run_posts_the_baseline(without_value, aws, secret):
    without_value.run()
    aws.change_secret("monitors-bot", secret)
    without_value.pass_time(HOUR)

    (posted,) = without_value.run()

    assert posted.startswith("From now on I watch 2 units with 3 monitors")


def test_a_secret_that_lost_its_value_is_a_failure_that_stays_visible(scheduled, aws):
    scheduled.run()
    aws.delete_secret("monitors-bot")
    aws.create_secret("monitors-bot")
    scheduled.start_again()
    scheduled.pass_time(HOUR)

    scheduled.begin()
    scheduled.work_for(40)

    assert scheduled.dead.count() == 1
