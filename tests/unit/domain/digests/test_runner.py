"""A run from its first unit to its digest, and where it stops, goes on and gives up."""

from datetime import UTC

import pytest

from monitors_bot import errors
from monitors_bot.domain.digests.order import Order, Post
from monitors_bot.domain.digests.run import DONE, NO_CHANNEL, PROBLEMS, ProblemKind, Run, Stage
from monitors_bot.domain.digests.runner import FAILURES_IN_A_ROW, MOST_STALLED, SAVE_SECONDS, Runner
from monitors_bot.domain.digests.teller import Teller
from monitors_bot.domain.units.access import everybody_sees_everything
from monitors_bot.domain.units.roster import Monitor, Presence, Unit
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

BILLING, NIGHT, SALES = Unit("bil1", "Billing EU"), Unit("nig1", "Night"), Unit("sal1", "Sales")
ANA = Monitor("a", "ana", "Ana", Presence.ONLINE)
RAJ = Monitor("r", "raj", "Raj", Presence.OFFLINE)
DAY = 86_400.0


class Watch:
    """A clock that goes on by some seconds whenever it is read."""

    def __init__(self):
        self.at = READ_AT
        self.step = 0.0

    def __call__(self):
        self.at += self.step
        return self.at


class PagedServer(InMemoryServer):
    """A server that lists one unit at a time, and on which single units fail."""

    def __init__(self):
        super().__init__()
        self.failing: dict[str, errors.RocketChatError] = {}
        self.asked_for: list[str] = []

    def units_from(self, offset):
        units, _ = super().units_from(offset)
        return units[:1], offset + 1 if len(units) > 1 else None

    def roster(self, unit, *, with_presence=True):
        self.asked_for.append(unit.name)
        if unit.id in self.failing:
            raise self.failing[unit.id]
        return super().roster(unit, with_presence=with_presence)


@pytest.fixture
def server():
    server = PagedServer()
    server.add(BILLING, ANA)
    server.add(NIGHT, RAJ)
    server.add(SALES)
    return server


@pytest.fixture
def records():
    return InMemoryRecords()


@pytest.fixture
def room():
    return InMemoryRoom()


@pytest.fixture
def watch():
    return Watch()


@pytest.fixture
def saved():
    """How far the run was, each time it was saved."""
    return []


def teller(server, records, rooms, now, may_see=everybody_sees_everything):
    return Teller(server, InMemoryRunRecords(records), rooms, may_see, now, lambda _: UTC)


@pytest.fixture
def go_on(server, records, room, watch, saved):
    def go_on(run, seconds=DAY, may_see=everybody_sees_everything):
        rooms = InMemoryRooms({"#leads": room})
        runner = Runner(
            server,
            InMemoryRunRecords(records),
            teller(server, records, rooms, watch, may_see),
            lambda run: saved.append(run.progress),
            watch,
            may_see,
        )
        runner.advance(run, watch.at + seconds)
        return run

    return go_on


def a_run(*units, **order):
    return Run(Order("daily 2026-11-22", **{"channel": "#leads", "units": units or ("*",), **order}), READ_AT)


def digest(room):
    (digest,) = room.digests.values()
    return digest


def alerts(room):
    return {line.unit: line.text for line in digest(room).alerts}


def test_a_run_lists_the_units_reads_each_and_posts_a_digest(go_on, records, room):
    run = go_on(a_run())

    assert [unit.name for unit in run.units] == ["Billing EU", "Night", "Sales"]
    assert records.records.keys() == {BILLING.id, NIGHT.id, SALES.id}
    assert digest(room).title.startswith("From now on I watch 3 units with 2 monitors for this channel.")
    assert (run.stage, run.outcome, run.changed) == (Stage.OVER, DONE, 3)


def test_the_units_are_listed_page_after_page_and_each_once(go_on, server):
    run = a_run()
    run.units = [BILLING]

    go_on(run)

    assert [unit.name for unit in run.units] == ["Billing EU", "Night", "Sales"]


# Where a slice ends


def test_a_slice_that_ends_while_it_lists_goes_on_behind_what_is_listed(go_on, watch):
    run = a_run()
    watch.step = 1.0
    go_on(run, seconds=2)

    assert run.progress == (Stage.LISTING, 1, 0)

    watch.step = 0.0
    go_on(run)

    assert (run.stage, len(run.units)) == (Stage.OVER, 3)


def test_a_slice_that_ends_while_it_reads_goes_on_with_the_next_unit(go_on, server, watch):
    run = a_run()
    run.stage, run.units = Stage.READING, [BILLING, NIGHT, SALES]
    watch.step = 1.0
    go_on(run, seconds=3)
    begun = list(server.asked_for)
    watch.step = 0.0

    go_on(run)

    assert 0 < len(begun) < 3
    assert server.asked_for == ["Billing EU", "Night", "Sales"]


def test_a_run_is_saved_at_the_end_of_each_stage(go_on, saved):
    go_on(a_run())

    assert saved == [(Stage.READING, 3, 0), (Stage.POSTING, 3, 3)]


def test_a_run_that_reads_for_long_is_saved_meanwhile(go_on, watch, saved):
    watch.step = SAVE_SECONDS

    go_on(a_run())

    assert saved == [
        (Stage.READING, 3, 0),
        *((Stage.READING, 3, read) for read in (1, 2, 3)),
        (Stage.POSTING, 3, 3),
    ]


def test_a_run_without_time_to_post_posts_in_the_next_slice(go_on, watch, room):
    run = a_run()
    run.room_id, run.stage = "#leads", Stage.POSTING

    go_on(run, seconds=0)

    assert run.outcome == ""
    assert not room.digests

    go_on(run)

    assert run.outcome == DONE
    assert room.digests


# The units that were ordered


def test_only_the_units_that_were_ordered_are_read(go_on, records):
    go_on(a_run("Night", BILLING.id))

    assert records.records.keys() == {BILLING.id, NIGHT.id}


def test_of_several_units_with_the_ordered_name_all_are_read(go_on, server, records):
    server.add(Unit("nig2", "Night"), ANA)

    go_on(a_run("night"))

    assert records.records.keys() == {NIGHT.id, "nig2"}


@pytest.mark.parametrize(
    ("sees_all", "why"),
    [
        (True, "There is no unit of this name or id."),
        (False, "I see no unit of this name or id; the bot's account may not see all units."),
        (None, "I see no unit of this name or id; the bot's account may not see all units."),
    ],
)
def test_an_ordered_unit_that_is_not_listed_is_a_problem_and_the_others_are_read(
    go_on, server, records, sees_all, why
):
    server.sees_all = sees_all

    run = go_on(a_run("Night", "Legal"))

    assert run.order_problems == {"Legal": why}
    assert run.outcome == PROBLEMS
    assert records.records.keys() == {NIGHT.id}


def test_an_ordered_unit_that_the_room_may_not_see_is_one_that_does_not_exist(go_on, server, records):
    server.add(HIDDEN, ANA)

    run = go_on(a_run(HIDDEN.name), may_see=hidden_unit.may_see)

    assert run.order_problems == {HIDDEN.name: "There is no unit of this name or id."}
    assert not records.records


@pytest.mark.parametrize(
    ("sees_all", "problems"),
    [
        (True, {}),
        (False, {"": "The bot's account lacks the permission manage-livechat-units."}),
        (None, {"": "The server lists no units, and I can't tell whether the bot's account may see them."}),
    ],
)
def test_an_empty_list_is_believed_only_if_the_account_sees_every_unit(
    go_on, watch, records, room, saved, sees_all, problems
):
    empty = PagedServer()
    empty.sees_all = sees_all
    run = a_run()
    rooms = InMemoryRooms({"#leads": room})

    ending = teller(empty, records, rooms, watch)
    Runner(empty, InMemoryRunRecords(records), ending, saved.append, watch).advance(run, watch.at + DAY)

    assert run.order_problems == problems
    assert run.stage is Stage.OVER


def test_a_list_that_does_not_go_on_is_nonsense_and_is_read_again_later(go_on, server):
    server.units_from = lambda _: ([BILLING], 1)
    run = a_run()

    with pytest.raises(errors.RocketChatUnintelligible):
        go_on(run)

    assert run.progress == (Stage.LISTING, 1, 0)


# Where the digest goes


def test_where_there_is_no_room_the_rosters_are_recorded_all_the_same(go_on, records, room):
    run = go_on(a_run(channel="#nowhere"))

    assert len(records.records) == 3
    assert not room.digests
    assert (run.stage, run.outcome, run.why) == (Stage.OVER, NO_CHANNEL, "no room #nowhere")


def test_a_run_that_posts_nothing_looks_for_no_room(go_on, records):
    run = go_on(a_run(channel="#nowhere", post=Post.NONE))

    assert len(records.records) == 3
    assert run.outcome == DONE


# Problems of units


def test_a_unit_without_monitors_and_one_with_nobody_there_are_alerts(go_on, room):
    go_on(a_run())

    assert alerts(room) == {"Night": "Its only monitor is offline.", "Sales": "Nobody monitors it."}


def test_without_alerts_nobody_is_asked_for_their_presence_and_an_empty_unit_is_known_all_the_same(go_on):
    run = go_on(a_run(alert=False))

    assert {unit_id: problem.kind for unit_id, problem in run.unit_problems.items()} == {
        SALES.id: ProblemKind.EMPTY
    }


def test_an_empty_unit_that_is_not_listed_any_more_is_not_recorded_as_empty(go_on, server, records, room):
    run = a_run()
    run.room_id, run.stage, run.units = "#leads", Stage.READING, [BILLING, Unit("old1", "Old")]

    go_on(run)

    assert records.records.keys() == {BILLING.id}
    assert alerts(room) == {"Old": "It could not be read. It is not listed any more."}


def test_a_unit_that_cannot_be_read_is_a_problem_and_the_others_are_read(go_on, server, records, room):
    server.failing[NIGHT.id] = errors.RocketChatUnavailable("x")

    run = go_on(a_run())

    assert records.records.keys() == {BILLING.id, SALES.id}
    assert alerts(room)["Night"] == "It could not be read. Rocket.Chat can't be reached right now."
    assert run.outcome == DONE


def units_that_fail(server, number):
    units = [Unit(f"bad{place}", f"Bad {place}") for place in range(number)]
    for unit in units:
        server.add(unit, ANA)
        server.failing[unit.id] = errors.RocketChatUnavailable("x")
    return [unit.name for unit in units]


def test_many_failures_in_a_row_are_problems_of_the_units_while_the_server_is_up(go_on, server):
    units_that_fail(server, FAILURES_IN_A_ROW + 1)

    run = go_on(a_run())

    assert run.stage is Stage.OVER
    assert run.unread == FAILURES_IN_A_ROW + 1


def test_failures_in_a_row_while_the_server_is_down_are_read_again_by_the_next_slice(go_on, server, records):
    names = units_that_fail(server, FAILURES_IN_A_ROW)
    server.troubles["up"] = errors.RocketChatUnavailable("x")
    run = a_run()

    with pytest.raises(errors.RocketChatUnavailable):
        go_on(run)

    assert run.progress == (Stage.READING, 3 + FAILURES_IN_A_ROW, 3)
    assert run.unread == 0

    server.failing.clear()
    server.troubles.clear()
    server.asked_for.clear()
    go_on(run)

    assert server.asked_for == names
    assert len(records.records) == 3 + FAILURES_IN_A_ROW


def test_a_unit_that_can_be_read_ends_the_row(go_on, server):
    units_that_fail(server, FAILURES_IN_A_ROW - 1)
    server.add(Unit("good", "Good"), ANA)
    server.add(Unit("bad9", "Bad 9"), ANA)
    server.failing["bad9"] = errors.RocketChatUnavailable("x")
    server.troubles["up"] = errors.RocketChatUnavailable("x")

    run = go_on(a_run())

    assert run.stage is Stage.OVER
    assert run.unread == FAILURES_IN_A_ROW


# Giving up


def test_an_error_that_concerns_every_unit_is_tried_again(go_on, server):
    server.failing[NIGHT.id] = errors.CredentialsRefused("x")
    run = a_run()

    with pytest.raises(errors.CredentialsRefused):
        go_on(run)

    assert run.progress == (Stage.READING, 3, 1)


def test_an_error_that_a_person_has_to_mend_ends_the_run_with_what_was_read(go_on, server, records, room):
    server.failing[NIGHT.id] = errors.PermissionMissing("manage-livechat-monitors")

    run = go_on(a_run())

    assert records.records.keys() == {BILLING.id}
    assert (run.stage, run.outcome) == (Stage.OVER, PROBLEMS)
    assert alerts(room) == {
        "The units": "They could not be read. "
        "The bot's account lacks the permission manage-livechat-monitors."
    }


def test_a_server_that_asks_to_wait_is_waited_for(go_on, server):
    server.failing[NIGHT.id] = errors.RocketChatLimited(30)
    run = a_run()
    run.stalled = MOST_STALLED - 1

    with pytest.raises(errors.RocketChatLimited):
        go_on(run)

    assert run.progress == (Stage.READING, 3, 1)


def test_a_run_that_waited_too_often_without_progress_gives_up(go_on, server, room):
    server.failing[BILLING.id] = errors.RocketChatLimited(30)
    run = a_run()
    run.stalled = MOST_STALLED

    go_on(run)

    assert (run.stage, run.outcome) == (Stage.OVER, PROBLEMS)
    assert alerts(room) == {"The units": "They could not be read. Rocket.Chat asks the bot to slow down."}
