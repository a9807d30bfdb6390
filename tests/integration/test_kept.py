"""Connections that were kept: which are used again, and what one that died silently costs."""

import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from threading import Barrier

import pytest

from monitors_bot.errors import OutOfTime
from monitors_bot.kept import LONGEST_IDLE_SECONDS, MOMENT_SECONDS, MOST_SILENCE_SECONDS
from monitors_bot.outbound import Outbound
from tests.fakes.certificates import Authority
from tests.fakes.scripted_server import ScriptedServer, http_answer
from tests.fakes.swallowing_wire import SwallowingWire

A_WHILE = LONGEST_IDLE_SECONDS - 10


class Way:
    """Calls to a server behind a wire whose flows may die, on a clock of the test's own."""

    def __init__(self, running, clock, *, authority=None):
        self._slow_seconds = 0.0
        self._all_here = None
        tls = authority.server_context("127.0.0.1") if authority else None
        self.server = running.enter_context(ScriptedServer(self._answer, tls=tls))
        self.wire = running.enter_context(SwallowingWire(self.server.url))
        public = authority.path if authority else None
        self._outbound = running.enter_context(closing(Outbound(public_authorities=public, now=clock)))

    def get(self, deadline):
        return self._outbound.get(self.wire.url, deadline, headers={}).status

    def post(self, deadline):
        return self._outbound.post(self.wire.url, deadline, headers={}, body=b"{}").status

    def get_at_once(self, times, deadline):
        """Make several calls at the same time, so that each needs a connection."""
        self._all_here = Barrier(times)
        with ThreadPoolExecutor(times) as pool:
            assert list(pool.map(self.get, [deadline] * times)) == [200] * times
        self._all_here = None

    def be_slow(self, seconds):
        self._slow_seconds = seconds

    def _answer(self, _):
        if self._all_here:
            self._all_here.wait(10)
        time.sleep(self._slow_seconds)
        yield http_answer()


@pytest.fixture
def start(clock):
    clock.stop_at(0.0)
    with ExitStack() as running:
        yield lambda authority=None: Way(running, clock, authority=authority)


def test_a_connection_that_lay_idle_for_a_while_is_used_again(start, clock, ample):
    way = start()
    for _ in range(3):
        assert way.get(ample) == 200
        clock.advance(A_WHILE)

    assert (way.wire.connections, len(way.server.heard)) == (1, 3)


def test_a_connection_that_lay_idle_for_too_long_is_not_used(start, clock, ample):
    way = start()
    way.get_at_once(3, ample)

    clock.advance(LONGEST_IDLE_SECONDS + 1)
    way.wire.let_flows_die()

    assert way.get(ample) == 200
    assert (way.wire.connections, way.wire.swallowed) == (4, 0)


@pytest.mark.parametrize("method", ["get", pytest.param("post", marks=pytest.mark.prove)])
@pytest.mark.parametrize("is_tls", [False, pytest.param(True, marks=pytest.mark.prove)], ids=["plain", "TLS"])
def test_a_connection_that_died_silently_costs_half_a_second(
    start, clock, ample, in_seconds, tmp_path, method, is_tls
):
    way = start(Authority(tmp_path) if is_tls else None)
    call = getattr(way, method)
    call(ample)
    clock.advance(A_WHILE)
    way.wire.let_flows_die()

    assert call(in_seconds(MOST_SILENCE_SECONDS + 1)) == 200

    assert (way.wire.connections, len(way.server.heard)) == (2, 2)
    assert way.wire.swallowed > 0


def test_many_that_died_cost_no_more_than_one(start, clock, ample, in_seconds):
    way = start()
    way.get_at_once(4, ample)
    clock.advance(A_WHILE)
    way.wire.let_flows_die()

    for _ in range(3):
        assert way.get(in_seconds(MOST_SILENCE_SECONDS + 1)) == 200
        clock.advance(A_WHILE)

    assert way.wire.swallowed == 1


def test_a_deadline_that_is_near_leaves_as_much_for_the_new_connection(start, clock, ample, in_seconds):
    way = start()
    way.get(ample)
    clock.advance(A_WHILE)
    way.wire.let_flows_die()

    assert way.get(in_seconds(0.6)) == 200


def test_where_new_connections_die_as_well_the_deadline_holds(start, clock, ample, in_seconds):
    way = start()
    way.get(ample)
    clock.advance(A_WHILE)
    way.wire.let_flows_die()
    way.wire.new_ones_are_dead = True

    with pytest.raises(OutOfTime):
        way.get(in_seconds(0.3))


def test_a_slow_server_is_not_asked_twice_over_a_connection_that_was_just_used(start, clock, ample):
    way = start()
    way.get(ample)
    clock.advance(MOMENT_SECONDS / 2)
    way.be_slow(MOST_SILENCE_SECONDS + 0.1)

    assert way.get(ample) == 200

    assert (way.wire.connections, len(way.server.heard)) == (1, 2)


@pytest.mark.prove
def test_a_slow_server_is_asked_twice_once_and_never_again(start, clock, ample):
    way = start()
    way.get(ample)
    way.be_slow(MOST_SILENCE_SECONDS + 0.1)
    asked = []
    for _ in range(3):
        clock.advance(A_WHILE)
        before = len(way.server.heard)
        assert way.get(ample) == 200
        asked.append(len(way.server.heard) - before)

    assert asked == [2, 1, 1]
