"""Scheduled runs: one worker at a time goes on with a run, and no message begins a second chain."""

from dataclasses import fields, replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from monitors_bot.aws.messages import new_id
from monitors_bot.aws.stores.documents import Document
from monitors_bot.aws.stores.runs import GOING_SECONDS, HELD_SECONDS, KEPT_SECONDS, Runs
from monitors_bot.domain.digests.order import Order, Post
from monitors_bot.domain.digests.run import Problem, ProblemKind, Run, Stage
from monitors_bot.domain.units.roster import Unit
from monitors_bot.errors import JobMalformed, Overtaken, RunHeld
from tests.integration.aws.stores.conftest import NOW, overtaken

ORDER = Order("monitors 09:00", "#leads", ("Sales", "*"), Post.ALWAYS, alert=False, timezone="Europe/Berlin")
NEXT_TICK = Order("monitors 10:00", "#leads")
OTHER_SCHEDULE = Order("nightly 09:00", "#leads")


@pytest.fixture
def runs(documents, clock) -> Runs:
    return Runs(documents, clock)


def change(runs, **values):
    """Let a worker have left the run like this."""
    run = runs.of(ORDER.id)
    for name, value in values.items():
        setattr(run, name, value)
    runs.save(run)


# A tick


def test_a_tick_becomes_a_run_once(runs):
    assert runs.begin(ORDER)
    assert runs.of(ORDER.id) == Run(ORDER, NOW)
    assert runs.of(NEXT_TICK.id) is None


def test_a_tick_that_comes_again_queues_its_message_again_until_somebody_began(runs):
    runs.begin(ORDER)
    assert runs.begin(ORDER)

    runs.hold(ORDER.id, 0)

    assert not runs.begin(ORDER)


def test_a_tick_whose_run_is_over_begins_nothing(runs):
    runs.begin(ORDER)
    change(runs, stage=Stage.OVER)

    assert not runs.begin(ORDER)


def test_a_tick_is_skipped_while_the_last_run_of_its_schedule_goes_on(runs):
    runs.begin(ORDER)
    change(runs)

    assert not runs.begin(NEXT_TICK)
    assert runs.of(NEXT_TICK.id) is None
    assert runs.begin(OTHER_SCHEDULE)


def test_a_run_that_nobody_touches_any_more_holds_up_no_tick(runs, clock):
    runs.begin(ORDER)
    change(runs)
    clock.advance(GOING_SECONDS)

    assert runs.begin(NEXT_TICK)


def test_the_run_before_is_over_and_the_next_tick_begins_one(runs):
    runs.begin(ORDER)
    change(runs, stage=Stage.OVER)

    assert runs.begin(NEXT_TICK)


def test_a_tick_that_two_functions_get_at_once_is_one_run(documents, items, clock):
    one, other = Runs(documents, clock), Runs(documents, clock)
    items.before_the_next_write(lambda: None)  # the schedule's last run
    items.before_the_next_write(lambda: other._write(Run(ORDER, NOW)))

    assert one.begin(ORDER)

    assert one.of(ORDER.id) == Run(ORDER, NOW)


def test_a_tick_whose_run_was_written_though_the_answer_was_lost_is_one_run(runs, items):
    items.before_the_next_write(lambda: None)  # the schedule's last run
    items.before_the_next_write(items.lose_the_next_answer_to_a_write)

    assert runs.begin(ORDER)
    assert runs.of(ORDER.id) == Run(ORDER, NOW)


def test_a_tick_whose_schedule_was_written_though_the_answer_was_lost_is_one_run(runs, items):
    items.lose_the_next_answer_to_a_write()

    assert runs.begin(ORDER)
    assert runs.of(ORDER.id) == Run(ORDER, NOW)


def test_somebody_is_not_believed_to_have_written_a_run_that_is_not_there(runs, items):
    items.before_the_next_write(lambda: None)  # the schedule's last run
    items.before_the_next_write(overtaken)

    with pytest.raises(Overtaken):
        runs.begin(ORDER)


def test_of_two_ticks_of_a_schedule_at_once_none_is_lost(documents, items, clock):
    one, other = Runs(documents, clock), Runs(documents, clock)
    items.before_the_next_write(lambda: other.begin(NEXT_TICK))

    assert one.begin(ORDER)
    assert one.of(ORDER.id) == Run(ORDER, NOW)
    assert other.of(NEXT_TICK.id) == Run(NEXT_TICK, NOW)


# What is kept


def test_a_run_is_read_as_it_was_written(runs):
    run = Run(
        ORDER,
        began_at=NOW,
        stage=Stage.READING,
        slice=3,
        started=3,
        held_until=NOW + 75,
        not_before=NOW + 5,
        stalled=2,
        room_id="room",
        units=[Unit("s1", "Sales"), Unit("b1", "Billing")],
        rows_listed=3,
        cursor=1,
        unit_problems={"s1": Problem(ProblemKind.UNREAD, "It timed out."), "b1": Problem(ProblemKind.EMPTY)},
        order_problems={"": "why", "North": "There is no such unit."},
        read_from=NOW - 5,
        read_to=NOW,
        changed=4,
        outcome="done",
        why="because",
    )

    runs.save(run)

    assert runs.of(ORDER.id) == run
    assert [field.name for field in fields(Run) if getattr(run, field.name) == field.default] == []


def test_a_run_that_the_version_before_began_is_gone_on_with(runs, documents, clock):
    """Its order knows no time zone."""
    place = "run#0123456789abcdef0123456789abcdef"
    order = {"run": "monitors 09:00", "channel": "#leads", "units": ["*"], "post": "changes", "alert": True}
    run = {
        "began_at": NOW,
        "stage": "telling",
        "slice": 3,
        "started": 2,
        "held_until": 0.0,
        "not_before": NOW + 5,
        "touched_at": NOW + 4,
        "stalled": 0,
        "room_id": "leadsLeads0000001",
        "cursor": 2,
        "read_from": NOW + 1,
        "read_to": NOW + 4,
        "changed": 1,
        "outcome": "",
        "why": "",
        "order": order,
        "findings": {"s1": ["unread", "It timed out."], "b1": ["empty", ""]},
        "problems": {"North": "There is no unit of this name or id."},
    }
    documents.put(Document(place, "run", run, expires_at=int(NOW) + KEPT_SECONDS))
    documents.put(Document(place, "plan", [["b1", "Billing"], ["s1", "Sales"]]))

    known = runs.of("0123456789abcdef0123456789abcdef")

    assert known.order == Order("monitors 09:00", "#leads")
    assert known.order.timezone == "UTC"
    assert known.stage is Stage.POSTING
    assert known.units == [Unit("b1", "Billing"), Unit("s1", "Sales")]
    assert known.unit_problems["s1"] == Problem(ProblemKind.UNREAD, "It timed out.")
    assert known.order_problems == {"North": "There is no unit of this name or id."}


def test_the_plan_is_written_only_when_it_changes(runs, documents):
    runs.begin(ORDER)
    change(runs, units=[Unit("s1", "Sales")])
    for cursor in (1, 2, 3):
        change(runs, cursor=cursor)

    plan, run = documents.all(f"run#{ORDER.id}")
    assert (plan.name, plan.stamp) == ("plan", 1)
    assert (run.name, run.stamp) == ("run", 5)


def test_a_run_is_kept_for_thirty_days(runs, documents, clock):
    runs.begin(ORDER)
    clock.advance(100)
    change(runs, units=[Unit("s1", "Sales")])

    kept = [document.expires_at for document in documents.all(f"run#{ORDER.id}")]
    assert kept == [NOW + KEPT_SECONDS] * 2


# Which worker may go on


def test_a_message_for_a_run_that_is_not_there_is_malformed(runs):
    with pytest.raises(JobMalformed):
        runs.hold(ORDER.id, 0)


def test_the_message_of_the_slice_that_is_due_goes_on(runs):
    runs.begin(ORDER)

    run = runs.hold(ORDER.id, 0)

    assert (run.slice, run.started, run.held_until) == (0, 0, NOW + HELD_SECONDS)


def test_one_worker_at_a_time_is_at_a_run(runs, clock):
    runs.begin(ORDER)
    runs.hold(ORDER.id, 0)

    with pytest.raises(RunHeld):
        runs.hold(ORDER.id, 0)
    clock.advance(HELD_SECONDS)
    assert runs.hold(ORDER.id, 0)


def test_a_released_run_is_free_at_once_for_the_same_message(runs):
    runs.begin(ORDER)
    runs.release(runs.hold(ORDER.id, 0))

    assert runs.hold(ORDER.id, 0)


def test_of_two_workers_at_the_same_moment_one_is_overtaken(runs, documents, items, clock):
    runs.begin(ORDER)
    other = Runs(documents, clock)
    items.before_the_next_write(lambda: other.hold(ORDER.id, 0))

    with pytest.raises(Overtaken):
        runs.hold(ORDER.id, 0)


def test_a_run_that_is_over_leaves_nothing_to_do(runs):
    runs.begin(ORDER)
    change(runs, stage=Stage.OVER, held_until=NOW + 60)

    assert runs.hold(ORDER.id, 0) is None


@pytest.mark.parametrize(
    ("due", "started", "number", "may_begin"),
    [
        (0, -1, 0, True),
        (3, 2, 3, True),
        (3, 3, 3, True),
        (3, 2, 2, True),
        (3, 1, 1, True),
        (3, 1, 2, False),
        (3, 3, 2, False),
        (3, 2, 1, False),
        (3, 2, 4, False),
        (0, -1, 1, False),
    ],
    ids=[
        "the first message",
        "the message of the slice that is due",
        "the same message again",
        "the message before: the one that is due may never have been queued",
        "a message that took the place of another before",
        "a message whose place was taken",
        "the message before, though the one that is due came",
        "a message long past",
        "a message that is not due yet",
        "the second message before the first",
    ],
)
def test_which_message_begins_the_slice_that_is_due(runs, due, started, number, may_begin):
    runs.begin(ORDER)
    change(runs, slice=due, started=started)

    run = runs.hold(ORDER.id, number)

    assert (run and (run.slice, run.started)) == ((due, number) if may_begin else None)


def finish_slice(runs, number):
    """Let a worker do the slice that is due on a message, and die before it queues the next."""
    run = runs.hold(ORDER.id, number)
    run.slice += 1
    runs.release(run)


def test_a_message_that_took_the_place_of_the_next_leaves_that_one_nothing_to_do(runs):
    runs.begin(ORDER)
    finish_slice(runs, 0)
    finish_slice(runs, 0)

    assert runs.hold(ORDER.id, 1) is None
    assert runs.hold(ORDER.id, 2).slice == 2


def test_a_message_that_took_the_place_of_the_next_and_failed_takes_it_again(runs):
    """The run was lost here: its only message found nothing to do, and was deleted."""
    runs.begin(ORDER)
    finish_slice(runs, 0)
    runs.release(runs.hold(ORDER.id, 0))

    assert runs.hold(ORDER.id, 0).slice == 1


def test_of_two_messages_for_the_same_slice_the_one_that_begins_goes_on(runs):
    runs.begin(ORDER)
    finish_slice(runs, 0)
    runs.release(runs.hold(ORDER.id, 0))
    finish_slice(runs, 1)

    assert runs.hold(ORDER.id, 0) is None
    assert runs.hold(ORDER.id, 2).slice == 2


SLICES = 4
WAYS = ("done", "fails", "dies at work", "dies before it queues the next", "dies before it deletes its own")
deliveries = st.lists(st.tuples(st.sampled_from(WAYS), st.integers(0, 3)), max_size=12)


def work_on(runs, clock, run, way) -> list[int]:
    """Let a worker do a slice in some way; return the messages that it queues."""
    if way == "dies at work":
        clock.advance(HELD_SECONDS)
        return []
    if way != "fails":
        run.slice += 1
        run.stage = Stage.OVER if run.slice == SLICES else run.stage
    runs.release(run)
    is_next_queued = way in {"done", "dies before it deletes its own"} and run.stage is not Stage.OVER
    return [run.slice] if is_next_queued else []


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(deliveries=deliveries)
def test_however_workers_fail_a_run_gets_over_and_its_messages_with_it(runs, clock, deliveries):
    order = replace(ORDER, run=new_id())
    runs.begin(order)
    queue = [0]
    for way, which in [*deliveries, *[("done", 0)] * 30]:
        if not queue:
            break
        number = queue.pop(which % len(queue))
        if run := runs.hold(order.id, number):
            queue += work_on(runs, clock, run, way)
            queue += [] if way == "done" else [number]

    assert runs.of(order.id).stage is Stage.OVER
    assert queue == []
