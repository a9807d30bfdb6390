"""The most memory that a process ever held, runtime included."""

import re
from pathlib import Path

from benchmarks.harness import Report, command, world
from benchmarks.packages import Package, packages
from tests.fakes.local_aws import LocalAws

ANSWERS = 20
SIZES = {10: 48.0, 2000: None}


def run(aws: LocalAws) -> Report:
    report = Report(
        "Peak memory",
        f"VmHWM of the process after {ANSWERS} answers in the real runtime. Unlike getrusage's ru_maxrss, it"
        " leaves out what the process that started it held.",
    )
    with packages() as made:
        for monitors, most in SIZES.items():
            report.add(f"ours, {monitors} monitors", _peak(aws, made["ours"], monitors), "MB", most)
        report.add("plain, 10 monitors", _peak(aws, made["plain, bytecode"], 10), "MB")
        report.add("floor, 10 monitors", _peak(aws, made["floor"], 10), "MB")
    return report


def _peak(aws: LocalAws, package: Package, monitors: int) -> float:
    with world(aws, units=2, monitors=monitors) as company, company.start(package) as running:
        for number in range(ANSWERS):
            assert running.invoke(command(number % 2)).json["statusCode"] == 200
        status = Path(f"/proc/{running.process_id}/status").read_text()
    found = re.search(r"VmHWM:\s+(\d+) kB", status)
    assert found
    return int(found[1]) / 1024
