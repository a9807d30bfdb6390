"""Each alarm goes off for what it is about, within the time that is promised, and ends."""

from collections.abc import Callable

import pytest

from monitors_bot.domain.digests.order import Order, Post
from monitors_bot.domain.digests.run import DONE, PROBLEMS, TOO_MANY_SLICES, Run
from monitors_bot.domain.units.roster import Unit
from monitors_bot.errors import DeliveryImpossible, ProofWrong
from monitors_bot.lambdas.telemetry import Telemetry
from tests.fakes.alarms import ALARMS, Measured, going_off, is_going_off
from tests.fakes.sam_template import FUNCTIONS

NOW = 1_795_341_600.0
MINUTE, HOUR, DAY = 60, 3600, 86_400
SCHEDULED = {"RefreshSilentAlarm", "DigestSilentAlarm"}


def alarms(measured: Measured, at: float) -> set[str]:
    return going_off(measured, at) - SCHEDULED


# What AWS measures

ON_ONE_FUNCTION = [
    *(("Errors", function, "CrashesAlarm") for function in FUNCTIONS),
    *(("Throttles", function, "ThrottlesAlarm") for function in FUNCTIONS),
    *(
        ("RecursiveInvocationsDropped", function, "LoopsDroppedAlarm")
        for function in FUNCTIONS
        if function not in {"BackgroundFunction", "AuditFunction"}  # one queues for itself, one for nobody
    ),
]


@pytest.mark.parametrize(("metric", "function", "alarm"), ON_ONE_FUNCTION)
def test_what_happens_to_one_function_is_told_at_once_and_so_is_its_end(metric, function, alarm):
    measured = Measured()
    measured.add("AWS/Lambda", metric, function, NOW, 1)
    for other in FUNCTIONS:
        measured.add("AWS/Lambda", metric, other, NOW, 0)

    assert alarms(measured, NOW + MINUTE) == {alarm}
    assert alarms(measured, NOW + 10 * MINUTE) == set()


@pytest.mark.parametrize("queue", ["LateAnswers", "Background"])
@pytest.mark.parametrize(("minutes", "expected"), [(15, set()), (24, set()), (26, {"MessagesAgeAlarm"})])
def test_a_message_that_waits_for_half_an_hour_is_told_and_a_shorter_wait_is_not(queue, minutes, expected):
    measured = Measured()
    measured.add("AWS/SQS", "ApproximateAgeOfOldestMessage", queue, NOW, minutes * MINUTE)

    assert alarms(measured, NOW + MINUTE) == expected


@pytest.mark.parametrize("queue", ["LateAnswersDead", "BackgroundDead", "SchedulesDead"])
@pytest.mark.parametrize("before", [None, 0, 1, 7])
def test_dead_letters_are_told_when_there_are_more_and_not_while_they_lie_there(queue, before):
    measured = Measured()

    def see(at, messages):
        measured.add("AWS/SQS", "ApproximateNumberOfMessagesVisible", queue, at, messages)

    if before is not None:
        for step in range(12):
            see(NOW - HOUR + step * 5 * MINUTE, before)
        assert alarms(measured, NOW - MINUTE) == set()
    for step in range(12):
        see(NOW + step * 5 * MINUTE, (before or 0) + 1)

    assert alarms(measured, NOW + 6 * MINUTE) == {"DeadLettersAlarm"}
    assert alarms(measured, NOW + 30 * MINUTE) == set()


@pytest.mark.parametrize(
    ("group", "interval", "alarm"),
    [("Refreshes", 6 * HOUR, "RefreshSilentAlarm"), ("Digests", 3 * DAY, "DigestSilentAlarm")],
)
def test_a_schedule_that_stops_coming_is_told_an_hour_after_it_should_have_come(group, interval, alarm):
    measured = Measured()
    for tick in range(4):
        measured.add("AWS/Scheduler", "InvocationAttemptCount", group, NOW + tick * interval, 1)
    last = NOW + 3 * interval

    assert not any(
        alarm in going_off(measured, NOW + hours * HOUR)
        for hours in range(1, 3 * interval // HOUR, interval // HOUR // 5)
    )
    assert not is_going_off(alarm, measured, last + interval)
    assert is_going_off(alarm, measured, last + interval + HOUR)


# What the code measures


def run(**changes: object) -> Run:
    order = Order("schedule 2026-11-22T09:00:00Z", "#leads", post=Post.CHANGES)
    return Run(order, NOW - 7 * HOUR, room_id="leads", units=[Unit("u", "U")], cursor=1, **changes)  # type: ignore[arg-type]


def three_times(once: Callable[[Telemetry], None]) -> Callable[[Telemetry], None]:
    def all_of_them(telemetry: Telemetry) -> None:
        for _ in range(3):
            once(telemetry)

    return all_of_them


CUT_OFF = {"": TOO_MANY_SLICES}
OURS: dict[str, tuple[Callable[[Telemetry], None], set[str]]] = {
    "a refused order": (lambda telemetry: telemetry.run_refused(NOW), {"RunsFailedAlarm"}),
    "a run that failed": (
        lambda telemetry: telemetry.run_over(run(outcome=PROBLEMS), NOW - 2 * HOUR),
        {"RunsFailedAlarm"},
    ),
    "a run that was cut off": (
        lambda telemetry: telemetry.run_over(run(outcome=PROBLEMS, order_problems=CUT_OFF), NOW - 2 * HOUR),
        {"RunsFailedAlarm", "RunsCutOffAlarm"},
    ),
    "access rules that can't be read": (
        lambda telemetry: telemetry.unusable_keys(("access_rules (rule 1: units is no list of units)",)),
        {"AccessRulesMalformedAlarm"},
    ),
    "a run that is late": (lambda telemetry: telemetry.run_continues(run(), NOW), {"RunsLateAlarm"}),
    "a notice that was not posted": (
        lambda telemetry: telemetry.notice_failed(DeliveryImpossible("no room"), NOW),
        {"NoticesFailedAlarm"},
    ),
    "a page that calls nobody": (
        lambda telemetry: telemetry.page_failed("id", "Sales", "no monitor", NOW),
        {"NoticesFailedAlarm"},
    ),
    "three late answers that did not arrive": (
        three_times(lambda telemetry: telemetry.late_answer("unclear", arrived=False)),
        {"LateAnswersFailedAlarm"},
    ),
    "three pages with a wrong signature": (
        three_times(lambda telemetry: telemetry.refused("page", ProofWrong(""))),
        {"WebhooksRefusedAlarm"},
    ),
}


@pytest.mark.parametrize("what", OURS)
def test_what_the_code_counts_sets_off_its_alarm(what, capsys):
    cause, expected = OURS[what]
    measured = Measured()
    at = NOW - 2 * HOUR if "run that failed" in what or "cut off" in what else NOW

    cause(Telemetry({}, lambda: NOW))
    measured.read(capsys.readouterr().out)

    assert alarms(measured, at + MINUTE) == expected
    assert alarms(measured, at + DAY + HOUR) == set()


@pytest.mark.parametrize(
    ("failure", "success"),
    [
        (
            lambda telemetry: telemetry.run_refused(NOW),
            lambda telemetry: telemetry.run_over(run(outcome=DONE), NOW + HOUR),
        ),
        (
            lambda telemetry: telemetry.page_failed("id", "Sales", "no monitor", NOW),
            lambda telemetry: telemetry.notice_posted("page", "id", NOW + HOUR),
        ),
    ],
    ids=["runs", "notices"],
)
def test_the_next_success_ends_the_alarm(failure, success, capsys):
    measured = Measured()
    telemetry = Telemetry({}, lambda: NOW)

    failure(telemetry)
    success(telemetry)
    measured.read(capsys.readouterr().out)

    assert alarms(measured, NOW + HOUR - MINUTE) != set()
    assert alarms(measured, NOW + HOUR + MINUTE) - {"RunsLateAlarm"} == set()


# All alarms

BY_SCENARIO = {
    "AwsFailedAlarm",
    "CommandsRefusedAlarm",
    "PermissionMissingAlarm",
    "SecretUnusableAlarm",
    "ServerDownAlarm",
    "ServerSlowAlarm",
}


def test_no_alarm_is_left_out():
    here = {alarm for _, _, alarm in ON_ONE_FUNCTION} | {alarm for _, some in OURS.values() for alarm in some}

    assert here | BY_SCENARIO | SCHEDULED | {"MessagesAgeAlarm", "DeadLettersAlarm"} == ALARMS.keys()


@pytest.mark.parametrize("name", ALARMS)
def test_cloudwatch_accepts_the_alarm(name):
    """Limits of PutMetricAlarm: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html"""
    alarm = ALARMS[name]["Properties"]
    queries = alarm.get("Metrics", [])
    metrics = [query for query in queries if "MetricStat" in query]
    periods = alarm["EvaluationPeriods"]
    seconds = alarm.get("Period") or metrics[0]["MetricStat"]["Period"]

    assert len(metrics) <= 10
    assert len(queries) - len(metrics) <= 10
    assert isinstance(periods, dict) or periods * seconds <= DAY
    assert len(alarm["AlarmDescription"]) <= 1024
    assert f"Runbook: docs/operations.md#{name.lower()}" in alarm["AlarmDescription"]
    assert "First: " in alarm["AlarmDescription"]
    assert alarm["AlarmActions"] == alarm["OKActions"] == [{"Ref": "Alarms"}]


def test_a_quiet_account_has_no_alarm():
    assert alarms(Measured(), NOW) == set()
