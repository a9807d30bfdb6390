"""Any number of units, at the pace that the server's limiter allows."""

import logging
import math

import pytest
import requests

from monitors_bot.aws.stores.runs import GOING_SECONDS
from monitors_bot.domain.digests.run import PROBLEMS, TOO_MANY_SLICES, most_slices
from monitors_bot.domain.digests.runner import MOST_STALLED
from monitors_bot.domain.digests.slices import LONGEST_DELAY_SECONDS
from tests.fakes.lineage import MOST_APPEARANCES
from tests.fakes.sam_template import FUNCTIONS
from tests.scenarios.runs.test_orders import metrics, said

WINDOW, BUDGET = 60, 10
LINKS, PRESENCE, UNITS = "livechat/units/:unitId/monitors", "users.presence", "livechat/units"


@pytest.fixture
def crowded(scheduled):
    """Sixty units more than one window lets us read, and no exemption."""
    scheduled.server.permissions.discard("api-bypass-rate-limit")
    for number in range(58):
        scheduled.server.add_unit(f"Unit {number}", monitors=["ana"])
    return scheduled


def work_as_new_each_time(scheduled) -> int:
    """Do the run with a process of its own for each slice; tell how many there were."""
    slices = 0
    while scheduled.step():
        slices += 1
        scheduled.start_again()
    return slices


def refused(scheduled):
    return [call for call in scheduled.server.calls if call.status == 429]


@pytest.mark.parametrize("is_always_new", [False, True], ids=["one process", "a process for each slice"])
def test_sixty_units_take_no_longer_than_the_limiter_asks_for(crowded, is_always_new):
    began = crowded.clock()
    crowded.begin()

    slices = work_as_new_each_time(crowded) if is_always_new else crowded.work_for(50)

    windows = math.ceil(60 / BUDGET)
    assert refused(crowded) == []
    assert crowded.clock() - began <= (windows - 1) * WINDOW * 1.1
    assert slices <= windows + 2
    assert max(crowded.delays) <= LONGEST_DELAY_SECONDS
    assert len(crowded.server.calls_to(LINKS)) == 60
    assert crowded.posted[0].startswith("From now on I watch 60 units")


def test_a_run_that_only_records_leaves_nine_tenths_to_others(crowded):
    began = crowded.clock()
    crowded.begin(post="none", units=[f"Unit {number}" for number in range(6)])

    work_as_new_each_time(crowded)

    windows = (crowded.clock() - began) / WINDOW + 1
    for route in (LINKS, PRESENCE, "livechat/monitors"):
        assert len(crowded.server.calls_to(route)) <= math.ceil(windows)
    assert refused(crowded) == []
    assert len(crowded.rosters.all()) == 6


def test_a_run_of_more_slices_than_lambda_lets_a_chain_have_ends(crowded):
    crowded.begin(post="none", units=[f"Unit {number}" for number in range(MOST_APPEARANCES + 4)])

    slices = crowded.work_for(100)

    assert slices > MOST_APPEARANCES
    assert len(crowded.rosters.all()) == MOST_APPEARANCES + 4
    assert crowded.dead.count() == 0


def test_lambda_drops_a_run_of_a_function_that_may_not_queue_for_itself(crowded, monkeypatch):
    monkeypatch.delitem(FUNCTIONS["BackgroundFunction"], "RecursiveLoop")
    crowded.begin(post="none", units=[f"Unit {number}" for number in range(MOST_APPEARANCES + 4)])

    slices = crowded.work_for(100)

    assert slices == MOST_APPEARANCES + 1
    assert len(crowded.rosters.all()) == MOST_APPEARANCES
    assert crowded.dead.count() == 1


def test_people_have_their_nine_tenths_while_a_run_only_records(crowded):
    account = crowded.server.account
    headers = {"X-User-Id": account.user_id, "X-Auth-Token": account.token}
    address = f"{crowded.server.url}/api/v1/livechat/units/salesSales0000001/monitors"
    crowded.begin(post="none", units=[f"Unit {number}" for number in range(6)])

    statuses = []
    while crowded.queue.run(crowded.worker.handle):
        statuses += [requests.get(address, headers=headers, timeout=5).status_code for _ in range(BUDGET - 1)]
        crowded.pass_time(WINDOW + 1)

    assert set(statuses) == {200}
    assert refused(crowded) == []
    assert len(crowded.rosters.all()) == 6


def test_a_run_that_only_records_can_read_a_list_of_people_in_pages(crowded):
    settings = crowded.server.settings
    settings.allow_infinite_count, settings.default_count, settings.upper_count_limit = False, 100, 100
    people = [f"person{number}" for number in range(150)]
    for name in people:
        crowded.server.add_user(name)
    crowded.server.add_unit("Everybody", monitors=people)
    crowded.begin(post="none", units=["Everybody"])

    work_as_new_each_time(crowded)

    (record,) = crowded.rosters.all()
    assert len(record.monitors) == 150
    assert refused(crowded) == []


def test_a_list_in_pages_goes_on_where_a_window_ended(crowded):
    settings = crowded.server.settings
    settings.allow_infinite_count, settings.default_count, settings.upper_count_limit = False, 4, 4

    crowded.begin()
    work_as_new_each_time(crowded)

    assert len(crowded.server.calls_to(UNITS)) > BUDGET
    assert refused(crowded) == []
    assert crowded.posted[0].startswith("From now on I watch 60 units")


def test_a_list_that_never_goes_on_ends_with_the_message_among_the_dead(scheduled):
    scheduled.server.fail(
        UNITS,
        "status",
        code=200,
        body={"success": True, "units": [{"_id": "one", "name": "One"}], "total": 9},
    )

    scheduled.begin()
    scheduled.work_for(40)

    assert scheduled.dead.count() == 1
    assert scheduled.posted == []


def test_a_server_that_is_down_in_the_middle_is_waited_for(crowded):
    crowded.begin()
    crowded.step()
    crowded.server.fail("*", "status", code=503)
    for _ in range(3):
        crowded.step()
    crowded.server.heal()

    crowded.work()

    (posted,) = crowded.posted
    assert posted.startswith("From now on I watch 60 units")
    assert "could not be read" not in posted
    assert crowded.dead.count() == 0


def test_a_run_that_is_given_up_makes_way_for_the_next(scheduled):
    scheduled.server.fail("*", "status", code=503)
    scheduled.begin()
    scheduled.work_for(40)
    scheduled.server.heal()
    too_early = scheduled.begin()
    scheduled.pass_time(GOING_SECONDS + 1)

    posted = scheduled.run()

    assert scheduled.dead.count() == 1
    assert not too_early["queued"]
    assert len(posted) == 1


def test_a_limiter_that_lets_nothing_through_is_given_up_and_told(scheduled, capsys):
    scheduled.run()
    metrics(capsys)
    too_many = {"success": False, "error": "Error, too many requests. [error-too-many-requests]"}
    scheduled.server.fail(LINKS, "status", code=429, body=too_many)

    scheduled.pass_time(3600)
    scheduled.begin()
    slices = scheduled.work_for(100)

    assert slices <= MOST_STALLED + 3
    assert "The units · They could not be read. Rocket.Chat asks the bot to slow down." in scheduled.posted[1]
    assert metrics(capsys)["RunsFailed"] == [1]
    assert scheduled.queue.count() == 0


def test_a_run_that_has_had_its_slices_is_cut_off_and_says_so(scheduled, capsys, caplog):
    caplog.set_level(logging.INFO)
    scheduled.server.permissions.discard("api-bypass-rate-limit")
    scheduled.server.settings.limit_calls = 1
    too_many = {"success": False, "error": "Error, too many requests. [error-too-many-requests]"}
    scheduled.begin()

    # Again and again, others use up what the server allows before the run can read its next unit.
    slices = 0
    while scheduled.queue.count():
        if slices % MOST_STALLED == MOST_STALLED - 1:
            scheduled.server.heal()
        else:
            scheduled.server.fail(LINKS, "status", code=429, body=too_many)
        slices += scheduled.work_for(1)

    assert slices == most_slices(2) + 3  # no run is cut off just because it stands still for a while
    assert scheduled.dead.count() == 0
    assert "The units · They could not be read. Rocket.Chat let me read too few units" in scheduled.posted[0]
    assert scheduled.posted[0].startswith("From now on I watch 1 unit")
    assert metrics(capsys)["RunsCutOff"] == [1]
    [line] = said(caplog, "run over")
    assert (line["outcome"], line["problems"]) == (PROBLEMS, {"": TOO_MANY_SLICES})


@pytest.mark.prove
def test_a_thousand_units_at_ten_calls_a_minute_end_in_one_digest(scheduled, capsys):
    scheduled.server.permissions.discard("api-bypass-rate-limit")
    for number in range(998):
        scheduled.server.add_unit(f"Unit {number}", monitors=["ana"])
    began = scheduled.clock()
    scheduled.begin()

    slices = scheduled.work_for(most_slices(1000))

    minutes = (scheduled.clock() - began) / 60
    with capsys.disabled():
        print(f"\n1,000 units at ten calls a minute: {slices} slices, {minutes:.0f} minutes")  # noqa: T201
    assert slices > MOST_APPEARANCES
    assert minutes <= 1000 / BUDGET * 1.1
    assert scheduled.posted[0].startswith("From now on I watch 1000 units")
    assert "could not be read" not in scheduled.posted[0]
    assert scheduled.dead.count() == 0


def test_a_tick_while_the_last_run_goes_on_is_left_out(crowded):
    crowded.begin()
    crowded.step()

    assert not crowded.begin()["queued"]
