"""What a digest says, given the results of a run and what was last posted in the channel."""

import re

from monitors_bot.domain.digests.digest import Results, compose
from monitors_bot.domain.digests.order import Order
from monitors_bot.domain.digests.parts import MOST_IN_A_THREAD, posted_after
from monitors_bot.domain.digests.run import Posted, Problem, ProblemKind
from monitors_bot.domain.units.records import Record, RosterChange
from monitors_bot.domain.units.roster import Monitor, Unit
from monitors_bot.platforms.fitting import size
from monitors_bot.platforms.rocketchat.digest import render
from tests.fakes.screen import visible_payload

ANA, KIM = Monitor("u1", "ana", "Ana"), Monitor("u2", "kim", "Kim")
NOW = 1_795_341_600.0
MANY = 3000


def results(units, problems=None, changes=None) -> Results:
    records = {unit.id: Record(unit, (ANA,), 2, NOW - 60, NOW) for unit in units}
    return Results(
        order=Order("a run", "#leads"),
        host="chat.example.com",
        now=NOW,
        units=units,
        records=records,
        changes=changes or {},
        unit_problems=problems or {},
        order_problems={},
    )


def test_of_thousands_of_changes_so_many_count_as_posted_as_a_message_names():
    units = [Unit(f"{number:017}", f"*Unit_{number}* @all") for number in range(MANY)]
    change = RosterChange(2, NOW - 60, NOW - 3600, (ANA,), (KIM,))
    posted = {unit.id: Posted(unit.name, version=1) for unit in units}

    digest = compose(
        results(units, {units[-1].id: Problem(ProblemKind.OFFLINE)}, {unit.id: [change] for unit in units}),
        posted,
    )

    assert digest
    assert digest.title.startswith(f"{MANY} units changed. 1 unit has nobody online.")
    parts = render(digest)
    messages = [visible_payload({**part.message}) for part in parts]
    assert len(messages) == 1 + MOST_IN_A_THREAD
    assert all(size(message) <= 5000 for message in messages)
    shown = sum(message.count("Joined: Ana. Left: Kim.") for message in messages)
    [hidden] = re.findall(r"and (\d+) more units in the next digest", messages[-1])
    assert shown + int(hidden) == MANY
    assert "Its only monitor is offline." in messages[0]
    then = posted_after([line for part in parts for line in part.lines], posted, digest.posted)
    assert sum(then[unit_id].version == 2 for unit_id in then) == shown
    assert then[units[-1].id].alert == "offline"
    assert then[units[-1].id].version in {1, 2}


def test_no_digest_is_posted_when_there_is_no_news():
    unit = Unit("s1", "Sales")

    assert compose(results([unit]), {"s1": Posted("Sales", version=2)}) is None


def test_a_unit_whose_alert_was_posted_and_whose_change_was_not_has_still_the_old_roster():
    unit = Unit("s1", "Sales")
    change = RosterChange(2, NOW - 60, NOW - 3600, (ANA,), (KIM,))
    told = {"s1": Posted("Sales", version=1)}

    digest = compose(results([unit], {"s1": Problem(ProblemKind.OFFLINE)}, {"s1": [change]}), told)

    assert digest
    assert posted_after(digest.alerts, told, digest.posted)["s1"] == Posted("Sales", 1, "offline", NOW, NOW)
    both = posted_after((*digest.lines, *digest.alerts), told, digest.posted)
    assert both["s1"] == Posted("Sales", 2, "offline", NOW, NOW)


def test_somebody_who_left_and_came_back_brings_the_channel_up_to_date_without_a_line():
    unit, other = Unit("s1", "Sales"), Unit("n1", "Night")
    told = {"s1": Posted("Sales", version=1), "n1": Posted("Night", version=1)}
    change = RosterChange(2, NOW - 60, NOW - 3600, (ANA,), (KIM,))

    digest = compose(results([unit, other], changes={"n1": [change]}), told)

    assert digest
    assert [line.unit for line in digest.lines] == ["Night"]
    assert digest.posted == {"s1": Posted("Sales", version=2)}
