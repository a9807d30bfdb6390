"""The next answers of a process, over TLS with an authority of our own."""

import json
import statistics
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.harness import Report, World, command, percentile, world
from benchmarks.packages import Package, packages
from tests.fakes.certificates import Authority
from tests.fakes.local_aws import LocalAws

ROUNDS = 4
ANSWERS = 100
"""Each for another unit: what was just read of one would be remembered."""
KEPT = {"KEPT_SESSION": "1"}
ROWS: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "ours": ("ours", {}),
    "plain": ("plain, bytecode", {}),
    "plain, kept Session": ("plain, bytecode", KEPT),
    "plain, kept Session, same two calls": ("plain, bytecode", {**KEPT, "REMEMBERS": "1"}),
}
Taken = dict[str, list[dict[str, float]]]


def run(aws: LocalAws) -> Report:
    taken: Taken = {row: [] for row in ROWS}
    with TemporaryDirectory() as place:
        authority = Authority(Path(place))
        tls = authority.server_context("127.0.0.1")
        with packages(authority.path) as made, world(aws, ANSWERS + 1, monitors=10, tls=tls) as company:
            for number in range(ROUNDS):
                for turn in range(len(ROWS)):
                    row = list(ROWS)[(number + turn) % len(ROWS)]
                    package, variables = ROWS[row]
                    taken[row] += _answers(company, made[package], variables)
    return _report(taken)


def _report(taken: Taken) -> Report:
    report = Report(
        "Warm, over TLS: time of an answer",
        f"{ROUNDS} processes in turn, in the real runtime, with {ANSWERS} answers each, every one about"
        " another unit of 10 monitors. Own CPU time is that of the handler's own thread; requests runs in"
        " other threads.",
    )
    p50 = {row: percentile([one["seconds"] for one in taken[row]], 50) * 1000 for row in ROWS}
    for row in ROWS:
        report.add(f"{row}: p50", p50[row], "ms")
        report.add(f"{row}: p99", percentile([one["seconds"] for one in taken[row]], 99) * 1000, "ms")
    report.add("ours : plain", p50["ours"] / p50["plain"], "", 0.1)
    same = p50["plain, kept Session, same two calls"]
    report.add("ours : plain, kept Session, same calls", p50["ours"] / same, "", 1.0)
    own = statistics.median(one["main_thread_seconds"] for one in taken["ours"])
    report.add("own CPU time, 10 monitors", own * 1000, "ms", 1.0)
    return report


def _answers(company: World, package: Package, variables: Mapping[str, str]) -> list[dict[str, float]]:
    with company.start(package, measured=True, **variables) as running:
        told = [running.invoke(command(number)).json for number in (ANSWERS, *range(ANSWERS))]
    assert all("Unit" in json.loads(one["answer"]["body"])["text"] for one in told)
    return [
        {"seconds": one["seconds"], "main_thread_seconds": one["main_thread_seconds"]} for one in told[1:]
    ]
