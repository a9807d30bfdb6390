"""docs/operations.md explains every log line, outcome, metric and alarm."""

import ast
import json
import logging
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from monitors_bot.domain.answers.conversation import Outcome, Reply
from monitors_bot.domain.digests.run import DONE, NO_CHANNEL, NOT_POSTED, NOT_SET_UP, PROBLEMS
from monitors_bot.lambdas import telemetry
from monitors_bot.lambdas.telemetry import Telemetry
from tests.fakes.sam_template import FUNCTIONS, RESOURCES, of_type
from tests.unit.docs.pages import PAGES, SOURCES, code, first_cells, page, section

PAGE = page("operations")
ALARMS = of_type("AWS::CloudWatch::Alarm")
LEVELS = {"level", "logging.INFO", "logging.WARNING", "logging.ERROR"}
CALLS = [
    node
    for source in SOURCES
    for node in ast.walk(ast.parse(source))
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
]
NO_METRICS = {"CloudWatchMetrics", "Count", "Dimensions", "Metrics", "Milliseconds", "MonitorsBot", "Name"}
NO_METRICS |= {"Command", "Namespace", "Order", "Page", "Reply", "Run", "Timestamp", "Unit"}
MEASURED = {
    name
    for node in ast.walk(ast.parse(Path(telemetry.__file__).read_text(encoding="utf-8")))
    for name in [
        getattr(node, "arg", None) if isinstance(node, ast.keyword) else getattr(node, "value", None)
    ]
    if isinstance(name, str) and re.fullmatch(r"[A-Z][a-z]+([A-Z][a-z]+)*", name)
} - NO_METRICS
MEASURED_IN_ALARMS = {
    metric["MetricName"]
    for alarm in ALARMS.values()
    for metric in [
        alarm["Properties"],
        *(query.get("MetricStat", {}).get("Metric", {}) for query in alarm["Properties"].get("Metrics", [])),
    ]
    if metric.get("Namespace") == "MonitorsBot"
}


def logged() -> Iterator[tuple[str, str]]:
    """Each message that the code logs, with each of its named fields."""
    for call in CALLS:
        if len(call.args) < 2 or ast.unparse(call.args[0]) not in LEVELS:
            continue
        texts = [node.value for node in ast.walk(call.args[1]) if isinstance(node, ast.Constant)]
        fields = [argument.arg for argument in call.keywords if argument.arg]
        yield from ((str(text), field) for text in texts for field in ("", *fields))


def row(first: str, heading: str) -> str:
    [found] = [line for line in section(PAGE, heading).splitlines() if line.startswith(f"| {first} |")]
    return found


@pytest.mark.parametrize(("message", "field"), sorted(set(logged())))
def test_every_log_message_is_explained_with_its_fields(message, field):
    lines = section(PAGE, "### Log lines").splitlines()

    [explained] = [line for line in lines if f"`{message}`" in line.split(" | ")[0]]
    assert not field or f"`{field}`" in explained


def test_every_log_message_that_it_explains_is_logged():
    explained = code(" ".join(first_cells(section(PAGE, "### Log lines"))))

    assert explained - {"crashed"} == {message for message, _ in logged()}


@pytest.mark.parametrize("outcome", sorted(Outcome))
def test_every_outcome_of_a_command_is_in_the_row_of_its_kind(outcome):
    kind = "not what the person hoped for, for an operator to look into" if outcome.is_failure else "answered"

    assert f"`{outcome}`" in row(kind, "### Outcomes of commands")


@pytest.mark.parametrize("outcome", [DONE, PROBLEMS, NO_CHANNEL, NOT_POSTED, NOT_SET_UP])
def test_every_outcome_of_a_run_is_explained(outcome):
    assert row(f"`{outcome}`", "### Outcomes of runs")


def test_every_metric_and_log_field_of_an_answer_is_explained(capsys, caplog):
    caplog.set_level(logging.INFO)
    told = Telemetry({})
    told.begin("id", "/slack/command")

    told.answered("slack", Reply(Outcome.ROSTER, "", why="x"), 0.0, seconds=0.1, calls=2, waited=0.1)

    metrics = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    [record] = caplog.records
    names = {name for metric in metrics for name in metric if name != "_aws"}
    fields = vars(record).keys() - vars(logging.makeLogRecord({})).keys() - {"message"}
    assert {"AnswerTime", "UpstreamTime", "outcome", "seconds"} <= names | fields
    assert (names | fields) - code(PAGE) == set()


@pytest.mark.parametrize("metric", sorted(MEASURED | MEASURED_IN_ALARMS))
def test_every_metric_is_explained(metric):
    assert row(f"`{metric}`", "## Metrics")


def test_every_metric_that_it_explains_is_measured():
    explained = {cell.strip("`") for cell in first_cells(section(PAGE, "## Metrics"))}

    assert explained == MEASURED
    assert explained >= MEASURED_IN_ALARMS


@pytest.mark.parametrize("alarm", sorted(ALARMS))
def test_every_alarm_has_a_paragraph_that_says_how_to_see_and_mend_it(alarm):
    paragraph = section(PAGE, f"### {alarm}")

    assert "**See:**" in paragraph
    assert "**Mend:**" in paragraph


def test_every_alarm_that_it_explains_exists():
    assert set(re.findall(r"^### (\w+Alarm)$", PAGE, re.MULTILINE)) == ALARMS.keys()


@pytest.mark.parametrize("name", sorted(PAGES.keys() - {"CHANGELOG.md"}))
def test_no_page_names_an_alarm_that_does_not_exist(name):
    assert set(re.findall(r"`(\w+Alarm)`", PAGES[name])) <= ALARMS.keys()


@pytest.mark.parametrize("function", FUNCTIONS)
def test_every_function_has_its_log_group(function):
    logs = FUNCTIONS[function]["LoggingConfig"]["LogGroup"]["Ref"]
    group = RESOURCES[logs]["Properties"]["LogGroupName"]["Fn::Sub"].replace("${AWS::StackName}", "STACK")

    assert f"`{group}`" in row(f"`{function}`", "## Logs")
