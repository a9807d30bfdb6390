"""The end of a run: which units are forgotten, and what becomes of the digest."""

from dataclasses import replace
from datetime import UTC

import pytest

from monitors_bot.domain.digests.order import Order, Post
from monitors_bot.domain.digests.run import DONE, NOT_POSTED, PROBLEMS, Problem, ProblemKind, Run, Stage
from monitors_bot.domain.digests.teller import Teller
from monitors_bot.domain.units.access import everybody_sees_everything
from monitors_bot.domain.units.roster import Monitor, Unit
from monitors_bot.errors import DeliveryImpossible, DeliveryPostponed, Overtaken, RocketChatUnavailable
from tests.fakes import hidden_unit
from tests.fakes.hidden_unit import HIDDEN
from tests.fakes.in_memory import (
    READ_AT,
    InMemoryRecords,
    InMemoryRoom,
    InMemoryRooms,
    InMemoryRunRecords,
    InMemoryServer,
)

BILLING, SALES = Unit("bil1", "Billing EU"), Unit("sal1", "Sales")
ANA, KIM = Monitor("a", "ana", "Ana"), Monitor("k", "kim", "Kim")
ORDER = Order("daily 2026-11-22", "#leads")


@pytest.fixture
def server():
    server = InMemoryServer()
    server.add(BILLING, ANA)
    return server


@pytest.fixture
def records():
    records = InMemoryRecords()
    records.record(BILLING, ANA, at=READ_AT)
    return records


@pytest.fixture
def room():
    return InMemoryRoom()


@pytest.fixture
def end(server, records, room):
    def end(order=ORDER, units=(BILLING,), room_id="#leads", may_see=everybody_sees_everything, **more):
        run = Run(
            order, READ_AT, Stage.POSTING, room_id=room_id, units=list(units), cursor=len(units), **more
        )
        rooms = InMemoryRooms({"#leads": room})
        teller = Teller(server, InMemoryRunRecords(records), rooms, may_see, lambda: READ_AT, lambda _: UTC)
        teller.end(run, READ_AT + 30)
        return run

    return end


def test_the_digest_is_posted_and_the_run_is_over(end, room):
    run = end()

    assert room.digests[ORDER.id].title == "From now on I watch 1 unit with 1 monitor for this channel."
    assert (run.stage, run.outcome) == (Stage.OVER, DONE)


def test_a_digest_that_is_posted_is_not_posted_again(end, records, room):
    end()
    records.record(BILLING, KIM, at=READ_AT)
    posted = dict(room.digests)

    end()

    assert room.digests == posted


def test_the_next_run_posts_what_changed_since_the_last_one(end, records, room):
    end()
    records.record(BILLING, ANA, KIM, at=READ_AT)
    later = replace(ORDER, run="daily 2026-11-23")

    end(later)

    assert [line.text for line in room.digests[later.id].lines] == ["Joined: Kim. Now: Ana, Kim."]


def test_no_news_is_not_posted(end, room):
    end()
    later = replace(ORDER, run="daily 2026-11-23")

    run = end(later)

    assert later.id not in room.digests
    assert run.outcome == DONE


def test_a_run_that_posts_nothing_ends_well(end, room):
    run = end(replace(ORDER, post=Post.NONE))

    assert not room.digests
    assert run.outcome == DONE


def test_a_run_without_a_room_ends_as_it_was_found_to_end(end, room):
    run = end(room_id="", outcome="no-channel")

    assert not room.digests
    assert (run.stage, run.outcome) == (Stage.OVER, "no-channel")


def test_a_problem_with_the_order_is_the_outcome(end):
    assert end(order_problems={"Sales": "There is no unit of this name or id."}).outcome == PROBLEMS


def test_a_room_that_refuses_for_good_is_the_outcome(end, room):
    room.trouble = DeliveryImpossible("the room is read-only")

    run = end()

    assert (run.stage, run.outcome, run.why) == (Stage.OVER, NOT_POSTED, "the room is read-only")


@pytest.mark.parametrize("trouble", [DeliveryPostponed("x"), Overtaken("x")])
def test_a_room_that_refuses_for_now_is_tried_again(end, room, trouble):
    room.trouble = trouble

    with pytest.raises(type(trouble)):
        end()


def test_a_room_reads_nothing_of_a_unit_that_it_may_not_see(end, server, records, room):
    server.add(HIDDEN, KIM)
    records.record(HIDDEN, KIM, at=READ_AT)

    end(
        replace(ORDER, post=Post.ALWAYS),
        [BILLING, HIDDEN],
        may_see=hidden_unit.may_see,
        unit_problems={HIDDEN.id: Problem(ProblemKind.OFFLINE)},
    )

    assert [line.unit for line in room.digests[ORDER.id].lines] == ["Billing EU"]
    assert not room.digests[ORDER.id].alerts


def test_changes_after_the_record_that_was_read_are_left_to_the_next_run(end, records, room):
    end()
    records.record(BILLING, ANA, KIM, at=READ_AT)
    read = records.records[BILLING.id]
    records.record(BILLING, KIM, at=READ_AT)
    records.records[BILLING.id] = read
    later = replace(ORDER, run="daily 2026-11-23")

    end(later)

    assert [line.text for line in room.digests[later.id].lines] == ["Joined: Kim. Now: Ana, Kim."]


# Units that are gone


@pytest.fixture
def gone(end, records):
    """A unit that the channel read of, and that the server does not have any more."""
    records.record(SALES, KIM, at=READ_AT)
    end(Order("earlier", "#leads"), [BILLING, SALES], order_problems={"": "So nothing was forgotten."})
    return SALES


def test_a_unit_that_is_gone_is_forgotten_and_the_channel_reads_of_it(gone, end, records, room):
    end()

    assert gone.id not in records.records
    assert records.all_changes[gone.id][-1].is_gone
    assert [line.text for line in room.digests[ORDER.id].lines] == ["The unit is gone. It had Kim."]


def test_a_unit_that_came_back_meanwhile_is_kept(gone, server, end, records):
    server.add(gone, KIM)

    end()

    assert gone.id in records.records


@pytest.mark.parametrize("sees_all", [False, None])
def test_no_unit_is_forgotten_unless_the_account_certainly_sees_every_unit(
    gone, server, end, records, sees_all
):
    server.sees_all = sees_all

    end()

    assert gone.id in records.records


@pytest.mark.parametrize(
    "run",
    [{"order": replace(ORDER, units=("Billing EU",))}, {"order_problems": {"": "The list was not read."}}],
    ids=["a run about some units", "a run with problems"],
)
def test_only_a_run_that_listed_all_units_forgets_any(gone, end, records, run):
    end(**run)

    assert gone.id in records.records


def test_where_the_server_cannot_be_asked_the_next_run_forgets(gone, server, end, records):
    server.troubles["lists"] = RocketChatUnavailable("x")

    run = end()

    assert gone.id in records.records
    assert run.outcome == DONE
