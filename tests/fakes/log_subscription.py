"""A subscription of CloudWatch Logs: it hands lines of a log to a function, by the filter of the template.

Lines come in the format of Lambda's own runtime. Each may be handed over more than once.
https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/SubscriptionFilters.html
https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html
"""

import base64
import gzip
import json
import logging
import re
from collections.abc import Iterable
from typing import Any

from awslambdaric.lambda_runtime_log_utils import JsonFormatter

from tests.fakes.sam_template import FUNCTIONS

SOURCES = FUNCTIONS["AuditFunction"]["Events"]
[PATTERN] = {source["Properties"]["FilterPattern"] for source in SOURCES.values()}
EQUALS = re.compile(r'\{ \$\.(\w+) = "([^"]*)" \}')
"""The only form of a pattern that is known here: a field with a value."""


def lines_of(records: Iterable[logging.LogRecord]) -> list[str]:
    """The lines that Lambda's runtime writes for log records."""
    formatter = JsonFormatter()
    return [formatter.format(record) for record in records]


def handed_over(lines: Iterable[str], log_group: str = "/aws/lambda/monitors-bot-chat") -> dict[str, Any]:
    """The event with those of the lines that the template's pattern lets through."""
    found = EQUALS.fullmatch(PATTERN)
    assert found, f"a pattern of another form: {PATTERN}"
    field, value = found.groups()
    passed = [line for line in lines if json.loads(line).get(field) == value]
    return _event("DATA_MESSAGE", passed, log_group)


def question_for_the_function() -> dict[str, Any]:
    """The event by which CloudWatch Logs finds out whether the function is there."""
    return _event("CONTROL_MESSAGE", ["CWL CONTROL MESSAGE: Checking health of destination."], "")


def _event(kind: str, lines: list[str], log_group: str) -> dict[str, Any]:
    data = {
        "messageType": kind,
        "owner": "123456789012",
        "logGroup": log_group,
        "logStream": "2026/11/27/[$LATEST]0123456789abcdef",
        "subscriptionFilters": ["filter"],
        "logEvents": [
            {"id": f"{number:056}", "timestamp": 1_795_341_600_000, "message": line}
            for number, line in enumerate(lines)
        ],
    }
    return {"awslogs": {"data": base64.b64encode(gzip.compress(json.dumps(data).encode())).decode()}}
