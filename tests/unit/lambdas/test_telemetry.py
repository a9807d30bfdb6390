import json
import logging

import pytest

from monitors_bot.domain.digests.order import Order, Post
from monitors_bot.domain.digests.run import DONE, Problem, ProblemKind, Run
from monitors_bot.domain.units.roster import Unit
from monitors_bot.lambdas.telemetry import Telemetry

NOW = 1_795_341_600.25


@pytest.fixture
def telemetry(caplog):
    caplog.set_level(logging.INFO, "monitors_bot")
    return Telemetry({})


@pytest.fixture
def metrics(capsys):
    """The metrics in the output, by name, as CloudWatch would read them."""

    def read():
        lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
        named = [(one, line) for line in lines for one in line["_aws"]["CloudWatchMetrics"][0]["Metrics"]]
        return {one["Name"]: (line[one["Name"]], one["Unit"]) for one, line in named}

    return read


def run(**changes):
    order = Order("schedule 2026-11-23T09:00:00Z", "#leads", post=changes.pop("post", Post.CHANGES))
    units = [Unit(f"u{number}", f"Unit {number}") for number in range(4)]
    return Run(order, NOW - 90, room_id="leads", units=units, **changes)


def test_every_log_line_carries_the_fields_of_its_request(telemetry, caplog):
    telemetry.begin("abc", "schedule")
    telemetry.ignored("page")

    [line] = caplog.records
    assert (line.correlation_id, line.route, line.cold_start) == ("abc", "schedule", True)


def test_only_the_first_request_of_a_process_is_a_cold_start(telemetry, caplog):
    for correlation_id in ("a", "b"):
        telemetry.begin(correlation_id, "schedule")
        telemetry.ignored("page")

    assert [line.cold_start for line in caplog.records] == [True, False]


@pytest.mark.parametrize(("is_queued", "message"), [(True, "run ordered"), (False, "run skipped")])
def test_a_tick_is_ordered_or_skipped(telemetry, caplog, is_queued, message):
    telemetry.run_ordered(run().order, is_queued=is_queued)

    assert caplog.messages == [message]


def test_a_run_that_continues_logs_how_far_it_got_and_how_long_it_waits(telemetry, caplog, metrics):
    telemetry.run_continues(run(cursor=3, not_before=NOW + 45.04), NOW)

    [line] = caplog.records
    assert (line.message, line.read, line.units, line.wait_seconds) == ("run continues", 3, 4, 45.0)
    assert metrics() == {}


def test_a_run_that_only_records_emits_no_metric_of_its_wait(telemetry, metrics):
    telemetry.run_continues(run(post=Post.NONE), NOW)

    assert metrics() == {}


def test_a_run_that_is_over_is_counted_and_unread_units_make_it_an_error(telemetry, caplog, metrics):
    findings = {"u1": Problem(ProblemKind.UNREAD, "down"), "u2": Problem(ProblemKind.EMPTY)}

    telemetry.run_over(run(cursor=4, changed=2, outcome=DONE, unit_problems=findings), NOW)

    [line] = caplog.records
    assert (line.levelname, line.message, line.read, line.changed, line.failed) == (
        "ERROR",
        "run over",
        3,
        2,
        1,
    )
    assert metrics() == {
        "RunsDone": (1, "Count"),
        "Successes": (1, "Count"),
    }


def test_a_run_in_which_all_went_well_is_no_error(telemetry, caplog):
    telemetry.run_over(run(cursor=4, outcome=DONE), NOW)

    assert [line.levelname for line in caplog.records] == ["INFO"]


def test_a_notice_that_failed_is_logged_as_trouble_and_counted(telemetry, caplog, metrics):
    telemetry.notice_failed(ValueError("no such room"), NOW)

    [line] = caplog.records
    assert (line.message, line.kind, line.why) == ("trouble", "ValueError", "no such room")
    assert metrics() == {"NoticesPosted": (0, "Count"), "NoticesFailed": (1, "Count")}


def test_the_namespace_and_the_service_may_be_set(capsys):
    names = {"POWERTOOLS_SERVICE_NAME": "bot", "POWERTOOLS_METRICS_NAMESPACE": "Ours"}

    Telemetry(names).run_refused(NOW)

    line = json.loads(capsys.readouterr().out)
    assert (line["service"], line["_aws"]["CloudWatchMetrics"][0]["Namespace"]) == ("bot", "Ours")
    assert line["_aws"]["Timestamp"] == 1_795_341_600_250
