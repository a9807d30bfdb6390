"""The schedules: whether they tick, order what can be done, and how their last run ended."""

import json
import time
from collections.abc import Mapping
from typing import Any

from monitors_bot.aws.sdk import SdkTable
from monitors_bot.aws.stores.documents import Documents
from monitors_bot.aws.stores.runs import Runs
from monitors_bot.domain.digests.order import read_order
from monitors_bot.domain.digests.run import Run, Stage
from monitors_bot.errors import OrderMalformed
from monitors_bot_cli import stack
from monitors_bot_cli.doctor.findings import Finding, failed, ok, warning
from monitors_bot_cli.doctor.patient import Patient, deploy
from monitors_bot_cli.schedules import logical_name, short_name

SILENCE = {"Digest": "DigestSilenceHours", "Refresh": "RefreshSilenceHours"}
LONGEST_SILENCE_HOURS = 8 * 24
"""After so long even a weekly schedule should have ticked."""
RUNBOOK = "docs/operations.md#runbook"


def they_tick(patient: Patient) -> Finding:
    """Whether the schedules are switched on, with an order that can be read."""
    if not patient.schedules:
        return warning(
            "There is none: nothing is recorded, so `me`, `@username` and `history` have no answer.",
            f"Set RefreshSchedule in the settings file, then {deploy(patient)}",
        )
    for told in patient.schedules:
        if told.get("State", "ENABLED") != "ENABLED":
            return failed(
                f"{_kind(patient, told)} is switched off.",
                f"Switch it on in AWS under EventBridge, Schedules: {told['Name']}",
            )
        try:
            read_order(json.loads(told["Target"]["Input"].replace("<aws.scheduler.", "<")))
        except (OrderMalformed, ValueError) as error:
            return failed(
                f"{_kind(patient, told)} orders what can't be done: {error}.",
                "Correct its input: docs/schedules.md#more-schedules",
            )
    return ok(
        ", ".join(f"{_kind(patient, told)}: {told['ScheduleExpression']}" for told in patient.schedules)
    )


def last_runs_ended_well(patient: Patient) -> Finding:
    """How the last run of each schedule ended, and whether it is overdue."""
    client = patient.installation.client("dynamodb")
    documents = Documents(SdkTable(client, patient.installation.resources["Table"]))
    runs, seen = Runs(documents, time.time), []
    for told in patient.schedules:
        kind, hours = _kind(patient, told), _longest_silence(patient, told)
        with stack.in_words():
            last = runs.last_of(told["Arn"])
        since = last.began_at if last else told["CreationDate"].timestamp()
        age = (patient.now() - since) / 3600
        if age > hours:
            never = f"{kind} has not run for {age:.0f} h" if last else f"{kind} has never run in {age:.0f} h"
            return failed(
                f"{never}, and should within {hours:.0f} h.",
                f"See DigestSilentAlarm in {RUNBOOK}; try it now: monitors-bot run {kind}",
            )
        if last and last.stage is Stage.OVER and not last.is_well:
            return failed(
                f"The last run of {kind} ended as {last.outcome}{f': {last.why}' if last.why else ''}.",
                f"See RunsFailedAlarm in {RUNBOOK}",
            )
        seen.append(_ended(kind, last, age))
    return ok("; ".join(seen) or "no schedule")


def _ended(kind: str, last: Run | None, age_hours: float) -> str:
    if not last:
        return f"{kind}: none yet"
    how = last.outcome if last.stage is Stage.OVER else "still going on"
    return f"{kind}: {age_hours:.0f} h ago, {how}, {last.cursor} units read"


def _longest_silence(patient: Patient, told: Mapping[str, Any]) -> float:
    """The most hours between two runs: as set for the stack's own schedules, else more than a week."""
    logical = logical_name(patient.installation, told)
    hours = float(patient.installation.parameters.get(SILENCE.get(logical, ""), "0") or 0)
    return hours or LONGEST_SILENCE_HOURS


def _kind(patient: Patient, told: Mapping[str, Any]) -> str:
    return short_name(patient.installation, told)
