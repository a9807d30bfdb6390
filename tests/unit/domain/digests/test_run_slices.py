"""Runs over many units on servers that allow little: they end, or are cut off."""

from datetime import UTC

from hypothesis import given
from hypothesis import strategies as st

from monitors_bot.domain.digests.order import Order, Post
from monitors_bot.domain.digests.run import DONE, PROBLEMS, Run, Stage, most_slices
from monitors_bot.domain.digests.runner import MOST_STALLED, Runner
from monitors_bot.domain.digests.slices import Slice, Slices
from monitors_bot.domain.digests.teller import Teller
from monitors_bot.domain.units.access import everybody_sees_everything
from monitors_bot.domain.units.roster import Monitor, Unit
from monitors_bot.errors import RocketChatLimited
from tests.fakes.in_memory import READ_AT, InMemoryRecords, InMemoryRooms, InMemoryRunRecords, InMemoryServer

WINDOW = 60.0
ANA = Monitor("a", "ana", "Ana")


class StingyServer(InMemoryServer):
    """A server that lists ten units, or lets one be read, and then refuses as often as `refusals` says."""

    def __init__(self, units, refusals=(1,)):
        super().__init__()
        self._refusals, self._read, self._left = refusals, 0, 0
        for number in range(units):
            self.add(Unit(f"u{number}", f"Unit {number}"), ANA)

    def units_from(self, offset):
        self._let_through()
        units, _ = super().units_from(offset)
        return units[:10], offset + 10 if len(units) > 10 else None

    def roster(self, unit, *, with_presence=True):
        self._let_through()
        return super().roster(unit, with_presence=with_presence)

    def _let_through(self):
        if self._left:
            self._left -= 1
            raise RocketChatLimited(WINDOW)
        self._left = self._refusals[self._read % len(self._refusals)]
        self._read += 1


class Bench:
    """One run with its queue, on a clock that only waiting moves."""

    def __init__(self, server, *units):
        self.now = READ_AT
        self.run = Run(Order("daily 2026-11-22", post=Post.NONE, units=units or ("*",)), READ_AT)
        self.queued = [Slice(self.run.order.id, 0)]
        records, rooms = InMemoryRunRecords(InMemoryRecords()), InMemoryRooms({})
        sees = everybody_sees_everything
        teller = Teller(server, records, rooms, sees, self.clock, lambda _: UTC)
        runner = Runner(server, records, teller, lambda _: None, self.clock, sees)
        self._slices = Slices(self, runner.advance, self, self, self.clock, self.wait)

    def clock(self):
        return self.now

    def wait(self, seconds):
        self.now += seconds

    def hold(self, run_id, number):
        return self.run

    def release(self, run):
        assert run is self.run

    def put(self, message, delay_seconds=0):
        self.now += delay_seconds
        self.queued.append(message)

    def run_continues(self, run, at):
        assert run.stage is not Stage.OVER

    def run_over(self, run, at):
        assert not self.queued

    def work(self):
        """Do the run to its end; return how many slices it took."""
        slices = 0
        while self.queued:
            self._slices.do(self.queued.pop())
            slices += 1
        return slices


def test_five_thousand_units_at_one_unit_a_window_are_all_read():
    bench = Bench(StingyServer(5_000))

    slices = bench.work()

    assert (bench.run.outcome, bench.run.cursor, bench.run.order_problems) == (DONE, 5_000, {})
    assert slices == 5_500
    assert bench.now - READ_AT == 5_499 * WINDOW


def test_a_run_about_two_units_may_list_a_thousand():
    bench = Bench(StingyServer(1_000), "Unit 1", "Unit 2")

    slices = bench.work()

    assert slices > most_slices(2)
    assert (bench.run.outcome, bench.run.cursor) == (DONE, 2)


@given(units=st.integers(0, 12), refusals=st.lists(st.integers(0, MOST_STALLED + 2), min_size=1, max_size=5))
def test_a_run_ends_whatever_the_server_refuses_and_is_cut_off_or_has_read_all(units, refusals):
    bench = Bench(StingyServer(units, refusals))

    slices = bench.work()

    run = bench.run
    assert slices <= most_slices(units) + MOST_STALLED + 1
    assert (run.cursor == units) == (run.outcome == DONE)
    assert run.outcome in {DONE, PROBLEMS}
    assert not run.is_cut_off or slices > most_slices(units)
