"""Whatever dies, and whenever: a run tells once, and nothing is lost."""

from itertools import count
from threading import Barrier, Thread

import pytest

from monitors_bot.aws.sdk import SdkTable
from monitors_bot.aws.stores.documents import Documents
from monitors_bot.aws.stores.runs import HELD_SECONDS, Runs
from monitors_bot.domain.digests.order import read_order
from monitors_bot.domain.digests.run import Stage
from monitors_bot.lambdas.schedule import ScheduleDoor
from tests.fakes.failing_door import Doors, Way
from tests.scenarios.runs.conftest import Scheduled

HOUR = 3600
EVERY, SOME = pytest.param(1, marks=pytest.mark.prove, id="every step"), pytest.param(12, id="some steps")
"""How far apart the steps are at which something fails."""
BILLING = "bilLingEu00000001"
MOST_REDELIVERIES = 10


@pytest.fixture
def runs(aws, table, clock) -> Runs:
    return Runs(Documents(SdkTable(aws.dynamodb, table)), clock)


def deliver_until_it_is_done(scheduled: Scheduled, doors: Doors, order) -> None:
    """Do what Lambda does: a tick comes again until it is taken, a message until it is deleted."""
    for _ in range(MOST_REDELIVERIES):
        try:
            scheduled.schedule.handle(order)
            break
        except Exception:  # noqa: BLE001 - whatever it is, Lambda tries again
            doors.heal()
            scheduled.start_again()
    for _ in range(MOST_REDELIVERIES):
        scheduled.work_for(MOST_REDELIVERIES)
        if not scheduled.queue.count():
            return
        doors.heal()
        scheduled.start_again()
        scheduled.pass_time(HELD_SECONDS + 1)
        scheduled.queue.make_visible()
    raise AssertionError("the queue does not get empty")


def others_of(scheduled: Scheduled, number: int) -> tuple[str, list[str]]:
    """Change who monitors Billing EU; tell the line that is to be posted then, and who it is."""
    if number % 2:
        scheduled.server.set_monitors(BILLING, ["ana", "kim"])
        return "Billing EU · Joined: Kim Lee. Left: Raj Patel. Now: Ana Díaz, Kim Lee.", ["ana", "kim"]
    scheduled.server.set_monitors(BILLING, ["ana", "raj"])
    return "Billing EU · Joined: Raj Patel. Left: Kim Lee. Now: Ana Díaz, Raj Patel.", ["ana", "raj"]


@pytest.mark.parametrize("apart", [EVERY, SOME])
@pytest.mark.parametrize(
    ("way", "first"), [(Way.REFUSED, 1), (Way.LOST, 5), (Way.DIES, 9)], ids=["refused", "lost", "dies"]
)
def test_a_failure_at_any_step_of_a_run_neither_doubles_nor_loses_a_change(
    scheduled, doors, runs, way, first, apart
):
    scheduled.run()
    for turn, number in enumerate(count(min(first, apart), apart), start=1):
        scheduled.pass_time(HOUR)
        before = len(scheduled.posted)
        line, usernames = others_of(scheduled, turn)
        order = scheduled.order()
        doors.fail(number, way)

        deliver_until_it_is_done(scheduled, doors, order)

        where = f"{number}: {doors.asked[number - 1 : number]}"
        has_failed = doors.heal()
        (first,) = scheduled.posted[before:]
        if "could not be read" in first:
            scheduled.pass_time(HOUR)
            scheduled.run()
        told = "\n".join(scheduled.posted[before:]).splitlines()
        assert [one for one in told if "Joined" in one] == [line], where
        recorded = scheduled.rosters.of(BILLING)
        assert [one.username for one in recorded.monitors] == usernames, where
        assert recorded.version == turn + 1, where
        assert runs.of(read_order(order).id).stage is Stage.OVER, where
        assert scheduled.dead.count() == 0, where
        scheduled.pass_time(HOUR)
        assert scheduled.run() == [], where
        if not has_failed:
            break
    assert number > 25


@pytest.mark.parametrize("apart", [EVERY, SOME])
def test_a_death_at_any_step_of_the_first_run_leaves_one_baseline(scheduled, doors, apart):
    for number in count(1, apart):
        scheduled.pass_time(HOUR)
        room = f"room{number}"
        scheduled.server.add_room(room)
        doors.fail(number, Way.DIES)

        deliver_until_it_is_done(scheduled, doors, scheduled.order(channel=f"#{room}"))

        has_failed = doors.heal()
        (message,) = scheduled.server.messages(room)
        assert "From now on I watch 2 units with 3 monitors" in message["msg"]
        scheduled.run(channel=f"#{room}")
        assert len(scheduled.server.messages(room)) == 1
        if not has_failed:
            break
    assert number > 20


def test_an_answer_of_aws_that_is_lost_once_is_made_up_for(scheduled, doors):
    """The client asks again by itself, and is told that somebody else wrote what it wrote."""
    scheduled.run()
    number = 0
    for step in _steps_that_write(scheduled, doors):
        number += 1
        scheduled.pass_time(HOUR)
        before = len(scheduled.posted)
        line, _ = others_of(scheduled, number)
        doors.fail(step, Way.LOST_ONCE)

        deliver_until_it_is_done(scheduled, doors, scheduled.order())

        assert doors.heal()
        assert [text.splitlines()[1] for text in scheduled.posted[before:]] == [line], step
    assert number > 5


def _steps_that_write(scheduled: Scheduled, doors: Doors) -> list[int]:
    scheduled.pass_time(HOUR)
    others_of(scheduled, 1)
    doors.fail(0, Way.LOST_ONCE)
    scheduled.run()
    others_of(scheduled, 0)
    writes = ("PutItem", "TransactWriteItems", "SendMessage")
    steps = [number for number, words in enumerate(doors.asked, start=1) if words.endswith(writes)]
    scheduled.pass_time(HOUR)
    scheduled.run()
    return steps


def test_a_tick_that_comes_twice_is_one_run(scheduled):
    order = scheduled.order()

    answers = [scheduled.schedule.handle(order) for _ in range(2)]
    scheduled.work()
    answers.append(scheduled.schedule.handle(order))
    scheduled.work()

    assert [answer["queued"] for answer in answers] == [True, True, False]
    assert len(scheduled.posted) == 1
    assert scheduled.queue.count() == 0


def test_a_tick_that_comes_to_two_functions_at_the_same_time_is_one_run(scheduled):
    order = scheduled.order()
    schedules = [ScheduleDoor(scheduled.environ, scheduled.clock) for _ in range(2)]

    at_the_same_time(*(lambda door=door: door.handle(order) for door in schedules))
    if not scheduled.queue.count():
        scheduled.schedule.handle(order)
    scheduled.work()

    assert len(scheduled.posted) == 1
    assert scheduled.queue.count() == 0


def test_a_message_that_comes_twice_begins_no_second_chain(scheduled):
    scheduled.server.permissions.discard("api-bypass-rate-limit")
    for number in range(28):
        scheduled.server.add_unit(f"Unit {number}", monitors=["ana"])
    scheduled.begin()
    (record,) = scheduled.queue.receive()

    scheduled.queue.deliver([record], scheduled.worker.handle)
    scheduled.worker.handle({"Records": [record]}, None)
    scheduled.worker.handle({"Records": [record]}, None)
    handled = scheduled.work_for(30)

    assert len(scheduled.posted) == 1
    assert scheduled.queue.count() == 0
    assert handled < 12


def test_a_message_that_two_workers_get_at_the_same_time_is_done_once(scheduled):
    scheduled.run()
    for number in range(1, 6):
        scheduled.pass_time(HOUR)
        before = len(scheduled.posted)
        line, _ = others_of(scheduled, number)
        scheduled.begin()
        (record,) = scheduled.queue.receive()
        workers = [scheduled.new_worker() for _ in range(2)]

        at_the_same_time(
            *(lambda one=one, record=record: scheduled.queue.deliver([record], one.handle) for one in workers)
        )
        scheduled.queue.make_visible()
        scheduled.pass_time(HELD_SECONDS + 1)
        scheduled.work()

        assert [text.splitlines()[1] for text in scheduled.posted[before:]] == [line]
        assert scheduled.queue.count() == 0


def test_two_schedules_on_one_channel_at_the_same_time_tell_a_change_once(scheduled):
    scheduled.run()
    for number in range(1, 6):
        scheduled.pass_time(HOUR)
        before = len(scheduled.posted)
        line, _ = others_of(scheduled, number)
        for schedule in ("one", "other"):
            scheduled.schedule.handle(scheduled.order() | {"run": f"{schedule} {number}"})
        records = [*scheduled.queue.receive(1), *scheduled.queue.receive(1)]
        workers = [scheduled.new_worker() for _ in range(2)]

        at_the_same_time(
            *(
                lambda one=one, record=record: scheduled.queue.deliver([record], one.handle)
                for one, record in zip(workers, records, strict=True)
            )
        )
        scheduled.queue.make_visible()
        scheduled.pass_time(HELD_SECONDS + 1)
        scheduled.work()

        assert [text.splitlines()[1] for text in scheduled.posted[before:]] == [line]
        assert scheduled.queue.count() == 0


def at_the_same_time(*what) -> None:
    begin = Barrier(len(what))

    def do(one) -> None:
        begin.wait()
        try:
            one()
        except Exception:  # noqa: BLE001 - Lambda delivers it again, as the test does
            return

    threads = [Thread(target=do, args=(one,)) for one in what]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
