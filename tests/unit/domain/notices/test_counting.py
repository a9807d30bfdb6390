"""How events are counted, and when they are posted, without a queue, a table or a server."""

from collections import Counter
from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass, field

import pytest

from monitors_bot.domain.notices.counting import LONGEST_DELAY_SECONDS, Counting
from monitors_bot.domain.notices.messages import Event, Turn
from monitors_bot.domain.notices.window import OVERDUE_SECONDS, Batch, Counted, Window
from monitors_bot.errors import DeliveryImpossible, PermissionMissing, RocketChatUnavailable

NOW = 1_795_341_600.0
WINDOW_SECONDS = 60
QUEUED = "LivechatSessionQueued"


@dataclass
class InMemoryWindows:
    """The windows and the events that were counted; a change that fails is not written."""

    windows: dict[str, Window] = field(default_factory=dict)
    counted: set[str] = field(default_factory=set)
    conversations: dict[str, Counted] = field(default_factory=dict)
    now: float = NOW
    dies_before: int = 0
    """The worker dies before this change, counted from 1; 0 means never."""

    def of(self, unit_id):
        return deepcopy(self.windows.get(unit_id, Window()))

    def count(self, unit_id, event, happening):
        window = self.of(unit_id)
        if event.id in self.counted:
            return None if window.is_settled else window
        counted = window.count(happening, self.now, self.conversations.get(event.conversation))
        must_be_arranged = counted and counted.what and window.arrange(self.now)
        self.windows[unit_id] = window
        self.conversations |= {event.conversation: counted} if counted else {}
        self.counted.add(event.id)
        return deepcopy(window) if must_be_arranged else None

    def change(self, unit_id, change):
        self.dies_before -= 1
        if self.dies_before == 0:
            raise ConnectionError("the worker dies here")
        window = self.of(unit_id)
        change(window)
        self.windows[unit_id] = deepcopy(window)
        return window


@dataclass(frozen=True)
class Department:
    name: str
    unit_id: str


@dataclass
class Channel:
    """Posts each message id once, as Rocket.Chat does, and fails on request."""

    posted: dict[str, Batch] = field(default_factory=dict)
    attempts: int = 0
    failures: list[Exception] = field(default_factory=list)
    meanwhile: list[Callable[[], None]] = field(default_factory=list)
    """What other workers do while a message is posted."""

    def department_of(self, department_id):
        return Department(department_id.title(), "" if department_id == "lobby" else "billing")

    def post_events(self, unit_id, batch):
        self.attempts += 1
        if self.meanwhile:
            self.meanwhile.pop()()
        if self.failures:
            raise self.failures.pop()
        self.posted.setdefault(batch.id, batch)

    @property
    def counts(self):
        return [dict(batch.counts) for batch in self.posted.values()]


@dataclass
class Bench:
    """The worker with all it needs; the test sets the time."""

    windows: InMemoryWindows = field(default_factory=InMemoryWindows)
    channel: Channel = field(default_factory=Channel)
    queued: list[tuple[Turn, int]] = field(default_factory=list)
    reports: Counter[str] = field(default_factory=Counter)
    ids: int = 0

    def pass_time(self, seconds):
        self.windows.now += seconds

    def event(self, id_, department="invoices"):
        self.counting.event(Event(id_, QUEUED, department, conversation=f"room of {id_}"))

    def turn(self, turn):
        self.counting.turn(turn)

    @property
    def counting(self):
        return Counting(
            self.windows, self.channel, self, self, lambda: self.windows.now, self.new_id, WINDOW_SECONDS
        )

    def new_id(self):
        self.ids += 1
        return str(self.ids)

    def put(self, message, delay_seconds=0):
        self.queued.append((message, delay_seconds))

    def ignored(self, platform):
        self.reports["ignored"] += 1

    def notice_posted(self, what, notice_id, at):
        self.reports["posted"] += 1

    def notice_failed(self, error, at):
        self.reports["failed"] += 1


@pytest.fixture
def bench():
    return Bench()


def invoices(number):
    return {f"{QUEUED} Invoices": number}


def test_the_first_event_is_posted_at_once(bench):
    bench.event("a")

    assert bench.channel.counts == [invoices(1)]
    assert bench.queued == []
    assert bench.reports == {"posted": 1}


def test_further_events_are_counted_and_queue_one_turn(bench):
    bench.event("a")
    bench.pass_time(10)

    for id_ in ("b", "c", "d"):
        bench.event(id_)

    assert bench.channel.counts == [invoices(1)]
    assert bench.queued == [(Turn("billing", NOW + WINDOW_SECONDS), 50)]


def test_the_turn_posts_what_was_counted(bench):
    bench.event("a")
    bench.event("b")
    bench.event("c", "refunds")
    bench.pass_time(WINDOW_SECONDS)

    bench.turn(bench.queued[0][0])

    [_, batch] = bench.channel.posted.values()
    assert (batch.counts, batch.is_further) == ({**invoices(1), f"{QUEUED} Refunds": 1}, True)
    assert len(bench.queued) == 1


def test_an_event_that_comes_again_is_counted_once(bench):
    bench.event("a")
    bench.event("a")

    assert bench.channel.counts == [invoices(1)]
    assert bench.queued == []


def test_an_event_of_a_department_without_a_unit_is_ignored(bench):
    bench.event("a", "lobby")

    assert bench.channel.attempts == 0
    assert bench.reports == {"ignored": 1}


def test_a_turn_that_comes_too_early_is_queued_again_though_all_was_taken_back(bench):
    bench.event("a")
    bench.windows.windows["billing"].closed_until = NOW + 1200
    bench.event("b")
    bench.counting.event(Event("c", "LivechatSession", "invoices", conversation="room of b", is_news=False))
    bench.pass_time(LONGEST_DELAY_SECONDS)

    bench.turn(bench.queued[0][0])

    due = Turn("billing", NOW + 1200)
    assert bench.queued == [(due, LONGEST_DELAY_SECONDS), (due, 300)]
    assert bench.windows.of("billing").is_settled


def test_a_turn_that_comes_too_early_is_queued_again(bench):
    bench.event("a")
    bench.windows.windows["billing"].closed_until = NOW + 1200
    bench.event("b")
    bench.pass_time(LONGEST_DELAY_SECONDS)

    bench.turn(bench.queued[0][0])

    due = Turn("billing", NOW + 1200)
    assert bench.queued == [(due, LONGEST_DELAY_SECONDS), (due, 300)]
    assert bench.channel.counts == [invoices(1)]


def test_a_turn_that_is_not_the_awaited_one_does_nothing(bench):
    bench.event("a")
    bench.event("b")

    bench.turn(Turn("billing", NOW - 60))

    assert len(bench.queued) == 1
    assert bench.channel.counts == [invoices(1)]


def test_a_turn_that_is_overdue_is_replaced_by_the_next_event(bench):
    bench.event("a")
    bench.event("b")
    bench.pass_time(WINDOW_SECONDS + OVERDUE_SECONDS - 1)
    bench.event("c")
    before = bench.channel.counts

    bench.pass_time(1)
    bench.event("d")

    assert before == [invoices(1)]
    assert bench.channel.counts == [invoices(1), invoices(3)]


def test_an_event_that_comes_again_after_a_crash_between_posting_and_recording_is_posted_once(bench):
    bench.windows.dies_before = 2
    with pytest.raises(ConnectionError):
        bench.event("a")

    bench.event("a")

    assert bench.channel.attempts == 2
    assert bench.channel.counts == [invoices(1)]
    assert bench.windows.of("billing").is_settled


def test_events_between_a_crash_and_the_retry_are_counted_and_get_a_turn(bench):
    bench.windows.dies_before = 2
    with pytest.raises(ConnectionError):
        bench.event("a")

    bench.event("b")
    bench.event("a")

    assert bench.channel.counts == [invoices(1)]
    assert bench.queued == [(Turn("billing", NOW + WINDOW_SECONDS), WINDOW_SECONDS)]


def test_a_crash_before_anything_is_taken_loses_nothing(bench):
    bench.windows.dies_before = 1
    with pytest.raises(ConnectionError):
        bench.event("a")

    bench.event("a")

    assert bench.channel.counts == [invoices(1)]


def test_a_batch_that_two_workers_post_is_recorded_once(bench):
    bench.event("a")
    bench.event("b")
    bench.pass_time(WINDOW_SECONDS)
    [(turn, _)] = bench.queued
    other = Bench(bench.windows, bench.channel, bench.queued)
    bench.channel.meanwhile = [lambda: other.turn(turn)]

    bench.turn(turn)

    assert bench.windows.of("billing").closed_until == NOW + 2 * WINDOW_SECONDS
    assert len(bench.queued) == 1


def test_a_failure_that_passes_is_retried_with_the_same_message(bench):
    bench.channel.failures = [RocketChatUnavailable("down")]
    with pytest.raises(RocketChatUnavailable):
        bench.event("a")

    bench.event("a")

    assert list(bench.channel.posted) == ["1"]
    assert bench.reports == {"posted": 1}


@pytest.mark.parametrize("error", [DeliveryImpossible("no such room"), PermissionMissing("post-readonly")])
def test_a_permanent_failure_is_reported_and_the_window_closed(bench, error):
    bench.channel.failures = [error]

    bench.event("a")
    bench.event("b")

    assert bench.reports == {"failed": 1}
    assert bench.queued == [(Turn("billing", NOW + WINDOW_SECONDS), WINDOW_SECONDS)]
