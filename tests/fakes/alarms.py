"""CloudWatch's alarms, evaluated from the template over what was measured.

https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html
https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html
"""

import ast
import json
import operator
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, pairwise
from typing import Any

from tests.fakes.sam_template import PARAMETERS, STACK_NAME, of_type

ALARMS = of_type("AWS::CloudWatch::Alarm")
OURS = "MonitorsBot"

Points = list[float | None]
"""A time series: a value for each period, None where there is none."""
Value = Points | list[Points] | float

_STATISTICS: Mapping[str, Callable[[Sequence[float]], float]] = {"Sum": sum, "Maximum": max, "Minimum": min}
_COMPARISONS = {
    "GreaterThanOrEqualToThreshold": operator.ge,
    "GreaterThanThreshold": operator.gt,
    "LessThanThreshold": operator.lt,
}


@dataclass(frozen=True)
class Datapoint:
    at: float
    namespace: str
    name: str
    dimensions: frozenset[tuple[str, str]]
    value: float


@dataclass
class Measured:
    """What CloudWatch was told."""

    points: list[Datapoint] = field(default_factory=list)

    def read(self, output: str) -> None:
        """Take the metrics from what functions wrote, in the Embedded Metric Format."""
        for line in output.splitlines():
            values = json.loads(line)
            for directive in values["_aws"]["CloudWatchMetrics"]:
                [names] = directive["Dimensions"]
                dimensions = frozenset((name, _service(name, values[name])) for name in names)
                self.points += [
                    Datapoint(
                        values["_aws"]["Timestamp"] / 1000,
                        directive["Namespace"],
                        metric["Name"],
                        dimensions,
                        values[metric["Name"]],
                    )
                    for metric in directive["Metrics"]
                ]

    def add(self, namespace: str, name: str, dimension: str, at: float, value: float) -> None:
        """Add what AWS itself measures of a resource, by its name in the template."""
        kind = {"AWS/Lambda": "FunctionName", "AWS/SQS": "QueueName", "AWS/Scheduler": "ScheduleGroup"}
        self.points.append(Datapoint(at, namespace, name, frozenset({(kind[namespace], dimension)}), value))

    def series(self, stat: Mapping[str, Any], end: float, periods: int) -> Points:
        metric, seconds = stat["Metric"], stat["Period"]
        wanted = frozenset((one["Name"], _resource(one["Value"])) for one in metric["Dimensions"])
        buckets: list[list[float]] = [[] for _ in range(periods)]
        for point in self.points:
            index = periods - 1 - int((end - point.at) // seconds)
            if (
                0 <= index < periods
                and point.at <= end
                and (point.namespace, point.name) == (metric["Namespace"], metric["MetricName"])
                and point.dimensions == wanted
            ):
                buckets[index].append(point.value)
        statistic = _STATISTICS[stat["Stat"]]
        return [statistic(bucket) if bucket else None for bucket in buckets]


def going_off(measured: Measured, at: float) -> set[str]:
    """The alarms that are in alarm at a moment."""
    return {name for name in ALARMS if is_going_off(name, measured, at)}


def is_going_off(name: str, measured: Measured, at: float) -> bool:
    alarm = ALARMS[name]["Properties"]
    periods = int(_parameter(alarm["EvaluationPeriods"]))
    points = _points(alarm, measured, at, periods)
    breaches = _COMPARISONS[alarm["ComparisonOperator"]]
    missing = alarm["TreatMissingData"] == "breaching"
    breaching = [missing if one is None else breaches(one, alarm["Threshold"]) for one in points]
    return bool(sum(breaching) >= alarm.get("DatapointsToAlarm", periods))


def _points(alarm: Mapping[str, Any], measured: Measured, at: float, periods: int) -> Points:
    if "MetricName" in alarm:
        metric = {name: alarm[name] for name in ("Namespace", "MetricName", "Dimensions")}
        stat = {"Metric": metric, "Period": alarm["Period"], "Stat": alarm["Statistic"]}
        return measured.series(stat, at, periods)
    queries = {query["Id"]: query for query in alarm["Metrics"]}
    [returned] = [id_ for id_, query in queries.items() if query.get("ReturnData", True)]
    known: dict[str, Points] = {
        id_: measured.series(query["MetricStat"], at, periods)
        for id_, query in queries.items()
        if "MetricStat" in query
    }
    value = _Expressions(queries, known, periods).value_of(returned)
    assert _is_series(value), "an alarm watches one time series"
    return value  # type: ignore[return-value]


class _Expressions:
    """Metric math, as far as the template uses it."""

    def __init__(
        self, queries: Mapping[str, Mapping[str, Any]], known: Mapping[str, Points], periods: int
    ) -> None:
        self._queries, self._known, self._periods = queries, known, periods

    def value_of(self, id_: str) -> Value:
        if id_ in self._known:
            return self._known[id_]
        written = self._queries[id_]["Expression"].replace(" AND ", " and ")
        return self._evaluate(ast.parse(written, mode="eval").body)

    def _evaluate(self, node: ast.expr) -> Value:
        match node:
            case ast.Constant(value=int() | float() as number):
                return float(number)
            case ast.Name(id=id_):
                return self.value_of(id_)
            case ast.List(elts=elements):
                several: list[Any] = [self._evaluate(one) for one in elements]
                return several
            case ast.Compare(left=left, ops=[ast.Eq()], comparators=[right]):
                return self._each(operator.eq, self._evaluate(left), self._evaluate(right))
            case ast.BoolOp(op=ast.And(), values=[left, right]):
                return self._each(lambda a, b: a and b, self._evaluate(left), self._evaluate(right))
            case ast.Call(func=ast.Name(id=name), args=arguments):
                return self._call(name, [self._evaluate(one) for one in arguments])
        raise SyntaxError(f"not metric math as far as we know: {ast.dump(node)}")

    def _call(self, name: str, arguments: list[Any]) -> Value:
        functions: Mapping[str, Callable[..., Value]] = {
            "METRICS": lambda: list(self._known.values()),
            "FILL": lambda points, filling: [filling if one is None else one for one in points],
            "IF": self._if,
            "RUNNING_SUM": lambda points: list(accumulate(points)),
            "DIFF": lambda points: [None, *(_less(b, a) for a, b in pairwise(points))],
            "TIME_SERIES": lambda number: self._series(float(number)),
            "SUM": lambda points: _combined(sum, points),
            "MAX": lambda points: _combined(max, points),
        }
        return functions[name](*arguments)

    def _if(self, condition: Points, yes: Value, no: Value) -> Value:
        picked = zip(condition, self._series(yes), self._series(no), strict=True)
        return [a if is_true else b for is_true, a, b in picked]

    def _each(self, do: Callable[[Any, Any], Any], left: Value, right: Value) -> Points:
        pairs = zip(self._series(left), self._series(right), strict=True)
        return [None if a is None or b is None else float(bool(do(a, b))) for a, b in pairs]

    def _series(self, value: Any) -> Points:
        return value if isinstance(value, list) else [value] * self._periods


def _combined(combine: Callable[[Iterable[float]], float], points: Any) -> Value:
    """Combine all values of one time series into a number, or several series into one."""
    if _is_series(points):
        return float(combine(_there(points) or [0.0]))
    at_once = [_there(values) for values in zip(*points, strict=True)]
    return [float(combine(values)) if values else None for values in at_once]


def _less(value: float | None, other: float | None) -> float | None:
    return None if value is None or other is None else value - other


def _is_series(value: Any) -> bool:
    return isinstance(value, list) and not (value and isinstance(value[0], list))


def _there(points: Iterable[float | None]) -> list[float]:
    return [one for one in points if one is not None]


def _parameter(value: Any) -> Any:
    return PARAMETERS[value["Ref"]]["Default"] if isinstance(value, dict) else value


def _resource(value: Any) -> str:
    if not isinstance(value, dict):
        return str(value)
    name = value.get("Ref") or value["Fn::GetAtt"].partition(".")[0]
    return STACK_NAME if name == "AWS::StackName" else str(name)


def _service(name: str, value: str) -> str:
    """In the template, the service is the stack's name; a test may have set none."""
    return STACK_NAME if name == "service" else value
