"""A scheduled run over many units: its time beside what the limiter allows, refusals, and memory."""

import re
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.harness import Report
from benchmarks.packages import LAMBDA_PYTHON
from monitors_bot.aws.sdk import SdkTable
from monitors_bot.aws.stores import rosters
from monitors_bot.aws.stores.documents import Documents
from monitors_bot.domain.units.records import begin_record
from monitors_bot.domain.units.roster import Monitor, Unit
from monitors_bot.lambdas.schedule import ScheduleDoor
from tests.fakes.event_source import EventSource
from tests.fakes.lambda_runtime import LambdaRuntime
from tests.fakes.local_aws import LocalAws
from tests.fakes.rocketchat import RocketChatServer
from tests.fakes.sam_template import function

BUILT = Path(".aws-sam/build/BackgroundFunction")
UNITS = 1000
LIMIT_CALLS, LIMIT_SECONDS = 125, 20
"""The server's own are 10 calls in 60 s."""
SIZES = (100, 1000)
PEOPLE = 200
NAME = "monitors-bot-bench-runs"


@dataclass(frozen=True)
class Told:
    """How a run went."""

    seconds: float
    slices: int
    most_refused: int
    posted: int
    peak_mb: float


def run(aws: LocalAws) -> Report:
    report = Report(
        "A scheduled run",
        f"The background function in the real runtime, with its queue and table. For {UNITS} units, the"
        f" limiter is scaled down to {LIMIT_CALLS} calls in {LIMIT_SECONDS} s for each route, and a unit"
        " takes a call to each of two routes. What the limiter allows is the time until its last window"
        " opens. All rosters were recorded before, and none has changed. Memory is VmHWM after a run without"
        " a limiter.",
    )
    with RocketChatServer() as server:
        server.settings.limit_calls, server.settings.limit_seconds = LIMIT_CALLS, LIMIT_SECONDS
        server.permissions.discard("api-bypass-rate-limit")
        told = _run_over(aws, server, UNITS)
    allowed = (UNITS / LIMIT_CALLS - 1) * LIMIT_SECONDS
    report.add(f"{UNITS} units: time : what the limiter allows", told.seconds / allowed, "", 1.1)
    report.add(f"{UNITS} units: refusals (429) in a window, at most", told.most_refused, "", 1)
    report.add(f"{UNITS} units: slices", told.slices, "")
    report.add(f"{UNITS} units: messages posted", told.posted, "", 1)
    peaks = [_unlimited_peak(aws, size) for size in SIZES]
    for size, peak in zip(SIZES, peaks, strict=True):
        report.add(f"{size} units: peak memory", peak, "MB")
    report.add(f"peak memory, {SIZES[-1]} : {SIZES[0]} units", peaks[-1] / peaks[0], "", 1.25)
    return report


def _unlimited_peak(aws: LocalAws, units: int) -> float:
    with RocketChatServer() as server:
        return _run_over(aws, server, units).peak_mb


def _run_over(aws: LocalAws, server: RocketChatServer, units: int) -> Told:
    _furnish(server, units)
    with _surroundings(aws, server) as environ, _worker(environ) as worker:
        queue = EventSource(aws.sqs, environ["BACKGROUND_QUEUE_URL"])
        _record(aws, server)
        began, slices = time.monotonic(), 0
        ScheduleDoor(environ).handle({"run": "bench 1", "channel": "#leads"})
        while queue.count():
            slices += queue.run(lambda event, _: worker.invoke(event).json)
            time.sleep(0.02)
        return Told(
            time.monotonic() - began,
            slices,
            _most_refused(server),
            len(server.messages("leads")),
            _peak_mb(worker),
        )


def _furnish(server: RocketChatServer, units: int) -> None:
    for number in range(PEOPLE):
        server.add_user(f"person{number}")
    for number in range(units):
        chosen = [f"person{(number * 3 + place) % PEOPLE}" for place in range(5)]
        server.add_unit(f"Unit {number:04}", monitors=chosen)
    server.add_room("leads")


def _record(aws: LocalAws, server: RocketChatServer) -> None:
    """Let every roster have been recorded an hour ago: writing one with a change takes the local AWS ages."""
    documents = Documents(SdkTable(aws.dynamodb, NAME))
    for unit in server.units.values():
        people = [server.users[link.monitor_id] for link in unit.links]
        monitors = [Monitor(person.id, person.username, person.name) for person in people]
        record, _ = begin_record(Unit(unit.id, unit.name), monitors, time.time() - 3600)
        documents.put(rosters.record_document(record, None))


@contextmanager
def _surroundings(aws: LocalAws, server: RocketChatServer) -> Iterator[dict[str, str]]:
    secret = {"rocketchat_user_id": server.account.user_id, "rocketchat_auth_token": server.account.token}
    aws.create_secret(NAME, secret)
    urls = aws.create_queue(NAME)
    aws.create_table(NAME)
    try:
        yield {
            **aws.environment,
            "ROCKETCHAT_URL": server.url,
            "SECRET_ID": NAME,
            "BACKGROUND_QUEUE_URL": urls[0],
            "TABLE_NAME": NAME,
        }
    finally:
        aws.delete_secret(NAME)
        aws.delete_queues(*urls)
        aws.delete_table(NAME)


def _worker(environ: dict[str, str]) -> LambdaRuntime:
    known: dict[str, Any] = {**environ, "QUEUE_URL": environ["BACKGROUND_QUEUE_URL"]}
    return LambdaRuntime(function("BackgroundFunction", known), BUILT, environ, python=LAMBDA_PYTHON)


def _most_refused(server: RocketChatServer) -> int:
    """The most refusals of one route between two calls of it that were let through."""
    refused: Counter[str] = Counter()
    most = 0
    for call in server.calls:
        refused[call.route] = refused[call.route] + 1 if call.status == 429 else 0
        most = max(most, refused[call.route])
    return most


def _peak_mb(worker: LambdaRuntime) -> float:
    found = re.search(r"VmHWM:\s+(\d+) kB", Path(f"/proc/{worker.process_id}/status").read_text())
    assert found
    return int(found[1]) / 1024
