"""The schedules that order runs: those of the stack, and those that somebody added."""

import json
import secrets as random
from collections.abc import Mapping
from typing import Any

from monitors_bot_cli import stack
from monitors_bot_cli.installation import Installation
from monitors_bot_cli.problems import Stopped

ARN, TIME = "<aws.scheduler.schedule-arn>", "<aws.scheduler.scheduled-time>"
"""What EventBridge Scheduler fills in.

https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-schedule-context-attributes.html
"""


def schedules_of(installation: Installation) -> list[Mapping[str, Any]]:
    """Return every schedule whose target is the stack's function. Raises Stopped."""
    scheduler = installation.client("scheduler")
    target = installation.outputs["ScheduleFunctionArn"]
    with stack.in_words():
        pages = scheduler.get_paginator("list_schedules").paginate()
        ours = [one for page in pages for one in page["Schedules"] if one["Target"]["Arn"] == target]
        return [scheduler.get_schedule(Name=one["Name"], GroupName=one["GroupName"]) for one in ours]


def logical_name(installation: Installation, schedule: Mapping[str, Any]) -> str:
    """Return a schedule's name in the template; empty if the stack did not make it."""
    ours = {physical: logical for logical, physical in installation.resources.items()}
    return ours.get(schedule["Name"], "")


def short_name(installation: Installation, schedule: Mapping[str, Any]) -> str:
    """Return the name by which people know a schedule, such as `digest`."""
    return logical_name(installation, schedule).lower() or str(schedule["Name"])


def order_by_hand(schedule: Mapping[str, Any], time: str) -> Mapping[str, object]:
    """Return what a schedule orders, as a tick of its own at a time in ISO 8601. Raises Stopped."""
    tick = f"{time}-by-hand-{random.token_hex(4)}"
    text = schedule["Target"]["Input"].replace(ARN, schedule["Arn"]).replace(TIME, tick)
    try:
        order = json.loads(text)
    except ValueError:
        order = None
    if not isinstance(order, dict):
        raise Stopped(f"The input of {schedule['Name']} is not a JSON object: correct it in AWS.")
    return order
