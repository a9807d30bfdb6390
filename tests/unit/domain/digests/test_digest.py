"""What a digest says, given the results of a run and what was last posted in the channel."""

import re

from monitors_bot.domain.digests.digest import Results, compose
from monitors_bot.domain.digests.order import Order
from monitors_bot.domain.digests.run import Posted, Problem, ProblemKind
from monitors_bot.domain.units.records import Record, RosterChange
from monitors_bot.domain.units.roster import Monitor, Unit
from monitors_bot.platforms.fitting import size
from monitors_bot.platforms.rocketchat.digest import render
from tests.fakes.screen import visible_payload

ANA, KIM = Monitor("u1", "ana", "Ana"), Monitor("u2", "kim", "Kim")
NOW = 1_795_341_600.0
MANY = 1000


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


def test_a_thousand_changes_and_an_alert_are_two_messages_that_count_what_they_leave_out():
    units = [Unit(f"{number:017}", f"*Unit_{number}* @all") for number in range(MANY)]
    change = RosterChange(2, NOW - 60, NOW - 3600, (ANA,), (KIM,))
    posted = {unit.id: Posted(unit.name, version=1) for unit in units}

    digest = compose(
        results(units, {units[-1].id: Problem(ProblemKind.OFFLINE)}, {unit.id: [change] for unit in units}),
        posted,
    )

    assert digest
    assert digest.title.startswith(f"{MANY} units changed. 1 unit has nobody online.")
    messages = [visible_payload(message) for message in render(digest)]
    assert len(messages) == 2
    assert all(size(message) <= 5000 for message in messages)
    shown = sum(message.count("Joined: Ana. Left: Kim.") for message in messages)
    [hidden] = re.findall(r"and (\d+) more units", messages[1])
    assert shown + int(hidden) == MANY
    assert "Its only monitor is offline." in messages[1]
    assert all(digest.posted[unit.id].version == 2 for unit in units)


def test_no_digest_is_posted_when_there_is_no_news():
    unit = Unit("s1", "Sales")

    assert compose(results([unit]), {"s1": Posted("Sales", version=2)}) is None
