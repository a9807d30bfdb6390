"""A slow server: how long after the deadline the person has the interim answer, the late one being queued."""

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from benchmarks.harness import Report, World, command, percentile, world
from benchmarks.packages import Package, packages
from tests.fakes.api_gateway import Sent, event_for
from tests.fakes.local_aws import LocalAws
from tests.fakes.rocketchat.faults import Kind

COMMANDS = 200
AT_ONCE = 4
DEADLINE_MS = 300
FAULTS: Mapping[str, tuple[Kind, dict[str, Any]]] = {
    "dead": ("never", {}),
    "dripping headers": ("drip-headers", {}),
    "dripping body": ("drip-body", {}),
    "slow": ("slow", {"seconds": 5}),
}


def run(aws: LocalAws) -> Report:
    report = Report(
        "Slow server: from the deadline to the interim answer",
        f"{COMMANDS} commands each, {AT_ONCE} processes at once, with a deadline of {DEADLINE_MS} ms. A"
        " negative time is one before the deadline.",
    )
    with packages() as made, world(aws, units=20, monitors=10) as company:
        for name, (kind, options) in FAULTS.items():
            company.rocketchat.heal()
            company.rocketchat.fail("*", kind, **options)
            late = _all_late(company, made["ours"])
            report.add(f"{name}: p50", percentile(late, 50), "ms")
            report.add(f"{name}: p99", percentile(late, 99), "ms", 300)
            report.add(f"{name}: longest", max(late), "ms")
    return report


def _all_late(company: World, package: Package) -> list[float]:
    with ThreadPoolExecutor(AT_ONCE) as at_once:
        several = at_once.map(lambda _: _late(company, package, COMMANDS // AT_ONCE), range(AT_ONCE))
        return [one for late in several for one in late]


def _late(company: World, package: Package, commands: int) -> list[float]:
    """Milliseconds from each command's deadline to its answer, in a process that is up."""
    late = []
    with company.start(package, measured=True, REPLY_DEADLINE_MS=str(DEADLINE_MS)) as running:
        running.invoke(event_for(Sent("GET", "/health")))
        for number in range(commands):
            event = command(number % 20)
            told = running.invoke(event).json
            assert "Still looking" in told["answer"]["body"], told
            late.append(told["ended_at"] * 1000 - event["requestContext"]["timeEpoch"] - DEADLINE_MS)
    return late
