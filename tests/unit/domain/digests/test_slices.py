"""What a slice does, and when the next one is due, without a queue, a table or a server."""

from copy import deepcopy
from dataclasses import dataclass, field

import pytest

from monitors_bot.domain.digests.order import Order
from monitors_bot.domain.digests.run import Run, Stage
from monitors_bot.domain.digests.slices import LONGEST_DELAY_SECONDS, SLICE_SECONDS, Slice, Slices, may_begin
from monitors_bot.domain.units.roster import Unit
from monitors_bot.errors import RocketChatLimited, RocketChatUnavailable, RunHeld

NOW = 1_795_341_600.0
ORDER = Order("schedule 2026-11-23T09:00:00Z")
UNITS = [Unit(f"unit{number}", f"Unit {number}") for number in range(4)]


@dataclass
class InMemoryRuns:
    """One run, held by the same rule as in the table."""

    run: Run

    def hold(self, run_id, number):
        run = deepcopy(self.run)
        assert run_id == run.order.id
        if not may_begin(run, number):
            return None
        if run.held_until:
            raise RunHeld("by another worker")
        run.started, run.held_until = number, NOW + 75
        self.run = deepcopy(run)
        return run

    def release(self, run):
        run.held_until = 0.0
        self.run = deepcopy(run)


@dataclass
class Bench:
    """A worker with all it needs; the test sets the time."""

    runs: InMemoryRuns
    now: float = NOW
    units_a_slice: int = 4
    failures: list[Exception] = field(default_factory=list)
    untils: list[float] = field(default_factory=list)
    waits: list[float] = field(default_factory=list)
    queued: list[tuple[Slice, int]] = field(default_factory=list)
    reports: list[str] = field(default_factory=list)
    is_queue_down: bool = False

    def do(self, number):
        slices = Slices(self.runs, self.work, self, self, lambda: self.now, self.wait)
        slices.do(Slice(ORDER.id, number))

    def work(self, run, until):
        self.untils.append(until)
        if self.failures:
            raise self.failures.pop()
        run.stage = Stage.READING
        run.cursor = min(len(run.units), run.cursor + self.units_a_slice)
        if run.cursor == len(run.units):
            run.stage = Stage.OVER

    def wait(self, seconds):
        self.waits.append(seconds)
        self.now += seconds

    def put(self, message, delay_seconds=0):
        if self.is_queue_down:
            raise ConnectionError
        self.queued.append((message, delay_seconds))

    def run_continues(self, run, at):
        self.reports.append(f"continues after {run.cursor}")

    def run_over(self, run, at):
        self.reports.append(f"over after {run.cursor}")


@pytest.fixture
def bench():
    return Bench(InMemoryRuns(Run(ORDER, NOW, units=list(UNITS))))


def test_a_slice_that_ends_with_work_left_queues_the_next_at_once(bench):
    bench.units_a_slice = 3

    bench.do(0)

    assert bench.untils == [NOW + SLICE_SECONDS]
    assert bench.queued == [(Slice(ORDER.id, 1), 0)]
    assert bench.reports == ["continues after 3"]
    assert (bench.runs.run.slice, bench.runs.run.held_until) == (1, 0.0)


def test_the_last_slice_queues_nothing(bench):
    bench.do(0)

    assert bench.queued == []
    assert bench.reports == ["over after 4"]
    assert (bench.runs.run.stage, bench.runs.run.held_until) == (Stage.OVER, 0.0)


def test_a_message_that_comes_again_after_the_last_slice_does_nothing(bench):
    bench.do(0)

    bench.do(0)

    assert len(bench.untils) == 1
    assert bench.reports == ["over after 4"]


def test_a_slice_that_the_server_limits_is_continued_when_the_server_allows(bench):
    bench.failures = [RocketChatLimited(45.6)]

    bench.do(0)

    assert bench.queued == [(Slice(ORDER.id, 1), 45)]
    assert bench.runs.run.not_before == NOW + 45.6
    assert bench.reports == ["continues after 0"]


def test_a_wait_longer_than_the_queue_allows_is_done_in_several_messages(bench):
    bench.failures = [RocketChatLimited(1000)]

    bench.do(0)
    bench.now += LONGEST_DELAY_SECONDS
    bench.do(1)

    assert bench.queued == [(Slice(ORDER.id, 1), LONGEST_DELAY_SECONDS), (Slice(ORDER.id, 2), 100)]
    assert len(bench.untils) == 1


def test_the_fraction_of_a_second_that_the_queue_cannot_wait_is_waited_in_place(bench):
    bench.failures = [RocketChatLimited(45.5)]
    bench.do(0)
    bench.now += 45

    bench.do(1)

    assert bench.waits == [0.0, 0.5]
    assert bench.untils[-1] == NOW + 45.5 + SLICE_SECONDS
    assert bench.reports[-1] == "over after 4"


def test_slices_without_progress_are_counted_until_one_makes_some(bench):
    bench.units_a_slice = 1
    bench.failures = [RocketChatLimited(1.0), RocketChatLimited(1.0)]

    counts = []
    for number in range(3):
        bench.do(number)
        counts.append(bench.runs.run.stalled)

    assert counts == [1, 2, 0]


def test_a_slice_that_only_waits_counts_as_one_without_progress(bench):
    bench.runs.run.not_before = NOW + 60

    bench.do(0)

    assert (bench.untils, bench.runs.run.stalled) == ([], 1)
    assert bench.queued == [(Slice(ORDER.id, 1), 60)]


def test_a_slice_that_fails_leaves_the_run_to_its_retry(bench):
    bench.failures = [RocketChatUnavailable("down")]

    with pytest.raises(RocketChatUnavailable):
        bench.do(0)
    bench.do(0)

    assert bench.reports == ["over after 4"]


def test_a_run_stays_held_while_its_worker_might_still_be_alive(bench):
    bench.failures = [MemoryError()]
    with pytest.raises(MemoryError):
        bench.do(0)

    with pytest.raises(RunHeld):
        bench.do(0)

    assert bench.reports == []


def test_the_slice_of_a_worker_that_died_is_done_by_the_next_one(bench):
    bench.failures = [MemoryError()]
    with pytest.raises(MemoryError):
        bench.do(0)
    bench.runs.run.held_until = 0.0

    bench.do(0)

    assert bench.reports == ["over after 4"]


def test_the_message_of_a_slice_stands_for_the_next_one_that_was_never_queued(bench):
    bench.units_a_slice = 3
    bench.is_queue_down = True
    with pytest.raises(ConnectionError):
        bench.do(0)
    bench.is_queue_down = False

    bench.do(0)

    assert bench.reports == ["continues after 3", "over after 4"]


def test_it_stands_for_the_next_slice_as_often_as_needed(bench):
    bench.units_a_slice = 3
    bench.is_queue_down = True
    with pytest.raises(ConnectionError):
        bench.do(0)
    bench.is_queue_down = False
    bench.failures = [RocketChatUnavailable("down")]
    with pytest.raises(RocketChatUnavailable):
        bench.do(0)

    bench.do(0)

    assert bench.reports == ["continues after 3", "over after 4"]


def test_the_message_of_a_slice_does_nothing_once_the_next_one_was_begun(bench):
    bench.units_a_slice = 1
    bench.do(0)
    bench.do(1)

    bench.do(0)

    assert bench.reports == ["continues after 1", "continues after 2"]
