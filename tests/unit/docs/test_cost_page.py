"""docs/cost.md lists every resource of the stack with its reason and its price, and adds up."""

import re

import pytest

from tests.fakes.sam_template import RESOURCES, of_type
from tests.unit.docs.pages import page, section

COST = page("cost")
ALARMS = section(COST, "## Alarms")


def prices(text: str) -> list[float]:
    return [float(price) for price in re.findall(r"^\| .* \| ([\d.]+) \|$", text, re.MULTILINE)]


@pytest.mark.parametrize("resource", RESOURCES)
def test_every_resource_has_its_reason_and_its_price(resource):
    assert re.search(rf"^\| .*`{resource}`.* \| [\d.]+ \|$|^\| `{resource}` .* free \|$", COST, re.MULTILINE)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (COST.partition("## Alarms")[0], r"About ([\d.]+) USD a month"),
        (ALARMS, r"about ([\d.]+) USD a month"),
        (section(COST, "## At 100,000 commands a day"), r"About ([\d.]+) USD a month"),
    ],
    ids=["1,000 commands a day", "alarms", "100,000 commands a day"],
)
def test_the_prices_add_up_to_the_sum(text, sentence):
    [total] = re.findall(sentence, text)

    assert sum(prices(text)) == pytest.approx(float(total), abs=0.1)


def test_an_alarm_costs_ten_cents_for_each_metric_it_looks_at():
    metrics = [
        len(
            [
                query
                for query in alarm["Properties"].get("Metrics", [{"MetricStat": 1}])
                if "MetricStat" in query
            ]
        )
        for alarm in of_type("AWS::CloudWatch::Alarm").values()
    ]

    assert sum(prices(ALARMS)) == pytest.approx(0.10 * sum(metrics))


def test_custom_metrics_in_use_cost_at_most_two_dollars_forty():
    [row] = [line for line in COST.splitlines() if line.startswith("| custom metrics |")]

    assert sum(prices(row)) <= 2.40
