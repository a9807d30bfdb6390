"""From the start of the process to the first answer, through the real runtime."""

import json
import statistics
from pathlib import Path

from benchmarks.harness import Report, World, command, ratio, world
from benchmarks.packages import Package, packages, python_fallbacks
from tests.fakes.local_aws import LocalAws

Taken = dict[str, list[tuple[float, float]]]
ROUNDS = 21
WARM_UP = 2
TARGETS = (
    ("plain, as sam build ships it", "plain", 0.25),
    ("plain, both with bytecode", "plain, bytecode", 0.65),
    ("floor", "floor", 3.0),
)
ROWS = ("ours", "ours, no bytecode", "plain", "plain, bytecode", "floor", "nothing")


def run(aws: LocalAws) -> Report:
    with packages() as made, world(aws, units=20, monitors=10) as company:
        taken: Taken = {row: [] for row in ROWS}
        for number in range(-WARM_UP, ROUNDS):
            for place in range(len(ROWS)):
                row = ROWS[(number + place) % len(ROWS)]
                measured = _first_answer(company, made[row])
                if number >= 0:
                    taken[row].append(measured)
    return _report(taken)


def _report(taken: Taken) -> Report:
    fallbacks = " and ".join(python_fallbacks())
    report = Report(
        "Cold: start of the process to the first answer",
        f"Fresh processes through awslambdaric, {ROUNDS} rounds in rotating order. Times are medians; ratios"
        f" are paired round by round. The packages are for arm64; this processor runs their {fallbacks} as"
        " Python.",
    )
    wall = {row: [one for one, _ in taken[row]] for row in ROWS}
    cpu = {row: [one for _, one in taken[row]] for row in ROWS}
    for row in ROWS:
        report.add(row, statistics.median(wall[row]) * 1000, "ms")
        report.add(f"{row}: CPU time", statistics.median(cpu[row]) * 1000, "ms")
    for name, other, most in TARGETS:
        report.add(f"ours : {name}", ratio(wall["ours"], wall[other]), "", most)
        report.add(f"ours : {name}, CPU time", ratio(cpu["ours"], cpu[other]), "")
    return report


def _first_answer(company: World, package: Package) -> tuple[float, float]:
    """Seconds from the start, and seconds of them on a processor."""
    with company.start(package) as running:
        outcome = running.invoke(command())
        assert outcome.kind == "response", (package.name, running.output())
        assert "Unit" in json.loads(outcome.json["body"])["text"], (package.name, outcome.body)
        return outcome.at - running.started_at, _cpu_seconds(running.process_id)


def _cpu_seconds(process_id: int) -> float:
    """https://docs.kernel.org/scheduler/sched-stats.html#proc-pid-schedstat"""
    threads = Path(f"/proc/{process_id}/task").glob("*/schedstat")
    return sum(int(thread.read_text().split()[0]) for thread in threads) / 1e9
