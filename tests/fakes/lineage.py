"""Lambda's guard against loops: it counts how often a function appears in one chain, and drops the next time.

A chain goes from a function through a queue to a function. The count travels in the trace header, which the
SDKs hand on inside Lambda; a request signed without an SDK begins a new chain.
https://docs.aws.amazon.com/lambda/latest/dg/invocation-recursion.html
"""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from hashlib import sha256
from typing import Any

from tests.fakes.sam_template import FUNCTIONS

HEADER = "X-Amzn-Trace-Id"
ATTRIBUTE = "AWSTraceHeader"
"""The system attribute in which SQS keeps the header for the receiver."""
MOST_APPEARANCES = 16
ROOT = "Root=1-5bef4de7-ad49b0e87f6ef6c87fc2e700;Parent=9a9197af755a6419;Sampled=0"


def trace_for(function: str, record: Mapping[str, Any]) -> str | None:
    """Return the trace header of an invocation with this record, or None if Lambda drops it.

    `function` is its name in the template, which also says whether it may be in a loop.
    """
    lineage = _lineage(record["attributes"].get(ATTRIBUTE, ""))
    key = sha256(function.encode()).hexdigest()[:8]
    lineage[key] = lineage.get(key, -1) + 1
    may_loop = FUNCTIONS[function].get("RecursiveLoop") == "Allow"
    if lineage[key] >= MOST_APPEARANCES and not may_loop:
        return None
    return f"{ROOT};Lineage=" + ",".join(f"{name}:{times}" for name, times in lineage.items())


@contextmanager
def invoked_with(function: str, trace: str) -> Iterator[None]:
    """Set what the runtime sets around an invocation, and what the SDKs look at.

    Tests may invoke a function in two threads at once, so nothing from before is put back.
    """
    told = {"AWS_LAMBDA_FUNCTION_NAME": function, "_X_AMZN_TRACE_ID": trace}
    os.environ.update(told)
    try:
        yield
    finally:
        for name in told:
            os.environ.pop(name, None)


def with_trace(headers: Mapping[str, str], message: dict[str, Any]) -> dict[str, Any]:
    """Return what is sent to a queue as SQS takes it: the header becomes a system attribute."""
    trace = next((value for name, value in headers.items() if name.lower() == HEADER.lower()), None)
    if trace is None:
        return message
    attribute = {"DataType": "String", "StringValue": trace}
    return {**message, "MessageSystemAttributes": {ATTRIBUTE: attribute}}


def _lineage(trace: str) -> dict[str, int]:
    fields = dict(field.partition("=")[::2] for field in trace.split(";"))
    pairs = (pair.partition(":")[::2] for pair in fields.get("Lineage", "").split(",") if pair)
    return {name: int(times) for name, times in pairs}
