"""How an answer's time grows with the company."""

import statistics

from benchmarks.harness import Report, command, world
from benchmarks.packages import Package, packages
from tests.fakes.local_aws import LocalAws

UNITS = (10, 100, 1000, 5000)
MONITORS = (1, 10, 100, 500, 2000)
NEXT = 6


def run(aws: LocalAws) -> Report:
    report = Report(
        "Growth: time of an answer in a process that is up",
        f"The first answer reads all units and monitors. Next is the median of {NEXT - 1} answers, each about"
        " another unit. All include the time of the stand-in for Rocket.Chat.",
    )
    with packages() as made:
        for units in UNITS:
            _measure(report, aws, made["ours"], units, monitors=10)
        for monitors in MONITORS:
            _measure(report, aws, made["ours"], units=10, monitors=monitors)
    return report


def _measure(report: Report, aws: LocalAws, package: Package, units: int, monitors: int) -> None:
    with world(aws, units, monitors) as company, company.start(package, measured=True) as running:
        told = [running.invoke(command(number)).json for number in range(NEXT)]
    assert all(one["answer"]["statusCode"] == 200 for one in told)
    name = f"{units} units of {monitors} monitors"
    report.add(f"{name}: first", told[0]["seconds"] * 1000, "ms")
    report.add(f"{name}: next", statistics.median(one["seconds"] for one in told[1:]) * 1000, "ms")
    own = statistics.median(one["main_thread_seconds"] for one in told[1:])
    report.add(f"{name}: next, own CPU time", own * 1000, "ms")
