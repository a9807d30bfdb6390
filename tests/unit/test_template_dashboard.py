"""The dashboard shows what there is, and nothing lies on top of anything else."""

import json
import re
from itertools import combinations
from typing import Any

import pytest

from tests.fakes.alarms import ALARMS
from tests.fakes.sam_template import RESOURCES, of_type
from tests.unit.docs.test_operations_page import MEASURED, logged

WIDTH = 24
BODY: dict[str, Any] = json.loads(RESOURCES["Dashboard"]["Properties"]["DashboardBody"]["Fn::Sub"])
WIDGETS: list[dict[str, Any]] = BODY["widgets"]
QUERIES = {
    **{
        widget["properties"]["title"]: widget["properties"]["query"]
        for widget in WIDGETS
        if widget["type"] == "log"
    },
    **{name: one["Properties"]["QueryString"] for name, one in of_type("AWS::Logs::QueryDefinition").items()},
}
ALWAYS_THERE = {"@timestamp", "message", "level", "correlation_id", "route", "cold_start", "kind"}
ALWAYS_THERE |= {"seconds", "upstream_seconds"}  # of each answer


def cells(widget: dict[str, Any]) -> set[tuple[int, int]]:
    columns = range(widget["x"], widget["x"] + widget["width"])
    return {(x, y) for x in columns for y in range(widget["y"], widget["y"] + widget["height"])}


def test_no_widget_covers_another_or_leaves_the_page():
    assert all(widget["x"] + widget["width"] <= WIDTH for widget in WIDGETS)
    assert not [1 for one, other in combinations(WIDGETS, 2) if cells(one) & cells(other)]


def test_every_alarm_is_on_it_unless_it_may_not_exist():
    [alarms] = [widget for widget in WIDGETS if widget["type"] == "alarm"]

    shown = set(re.findall(r"\$\{(\w+)\.Arn\}", " ".join(alarms["properties"]["alarms"])))
    assert shown == {name for name, alarm in ALARMS.items() if "Condition" not in alarm}


def test_it_draws_only_metrics_that_the_code_measures():
    drawn = {
        metric[1]
        for widget in WIDGETS
        for metric in widget["properties"].get("metrics", [])
        if metric[0] == "MonitorsBot"
    }

    assert drawn
    assert drawn <= MEASURED


@pytest.mark.parametrize("name", QUERIES)
def test_a_query_asks_for_lines_and_fields_that_are_logged(name):
    query = QUERIES[name]
    lines = set(re.findall(r"message = '([^']+)'", query))
    fields = {field for line, field in logged() if field and (not lines or line in lines)}

    assert lines <= {line for line, _ in logged()}
    displayed = re.findall(r"(?:display|by|stats) ([^|]+)", query)
    asked = set(
        re.findall(
            r"@?\b[a-z_]+\b", re.sub(r"\b(count|pct|max|as \w+|limit|desc)\b", "", " ".join(displayed))
        )
    )
    asked -= {"by", "stats", "answers", "times", "as"}
    assert asked <= fields | ALWAYS_THERE
