"""Workers that are really killed: what they leave behind is finished by others, once."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from monitors_bot.aws.stores.runs import HELD_SECONDS
from tests.fakes.failing_door import Doors, failing_doors
from tests.scenarios.runs.conftest import Scheduled

HOUR = 3_600
ROOT = Path(__file__).parents[3]
SEND = "chat.sendMessage"


@pytest.fixture
def doors(scheduled: Scheduled, company) -> Iterator[Doors]:
    with failing_doors(rocketchat=company.url) as doors:
        scheduled.environ["ROCKETCHAT_URL"] = doors.urls["rocketchat"]
        scheduled.start_again()
        yield doors


def kill_a_worker(scheduled: Scheduled, doors: Doors) -> None:
    """Let a process begin with the next message, and kill it when it waits for the answer."""
    (record,) = scheduled.queue.receive()
    command = [sys.executable, "-m", "tests.fakes.worker_process"]
    environ = {**os.environ, **scheduled.environ}
    order = json.dumps({"at": scheduled.clock(), "event": {"Records": [record]}})
    with subprocess.Popen(
        command, cwd=ROOT, env=environ, text=True, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL
    ) as worker:
        assert worker.stdin is not None
        worker.stdin.write(order)
        worker.stdin.close()
        hangs = doors.hangs.wait(20)
        worker.kill()
    assert hangs
    scheduled.queue.give_back(record)
    scheduled.pass_time(HELD_SECONDS + 1)


@pytest.mark.parametrize(
    ("path", "number"),
    [
        pytest.param("/monitors", 2, id="while it reads", marks=pytest.mark.prove),
        pytest.param(SEND, 1, id="between two messages", marks=pytest.mark.prove),
        pytest.param(SEND, 2, id="before it records what is told"),
    ],
)
def test_what_a_killed_worker_leaves_behind_is_told_once(scheduled, doors, path, number):
    names = [
        f"Unit number {one:02} with a name that takes its room, as those of some do who like"
        for one in range(50)
    ]
    ids = [scheduled.server.add_unit(name, monitors=["ana", "raj"]) for name in names]
    scheduled.run(alert=False)
    for unit_id in ids:
        scheduled.server.set_monitors(unit_id, ["ana"])
    scheduled.pass_time(HOUR)
    scheduled.begin(alert=False)
    before = len(scheduled.posted)
    doors.hang_after(path, number)

    kill_a_worker(scheduled, doors)
    scheduled.start_again()
    scheduled.work()

    first, second = scheduled.posted[before:]
    assert first.startswith("50 units changed.")
    assert second.startswith("Continued")
    told = [line for line in f"{first}\n{second}".splitlines() if "Left: Raj Patel." in line]
    assert len(set(told)) == len(told) == 50
    assert scheduled.queue.count() == 0
    scheduled.pass_time(HOUR)
    assert scheduled.run(alert=False) == []
