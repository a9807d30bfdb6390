"""A digest that is too long for a message goes on in its thread, and nothing in it is lost or doubled."""

from typing import Any

import pytest

from monitors_bot.aws.sdk import SdkTable
from monitors_bot.aws.stores.documents import Document, Documents
from monitors_bot.domain.digests.order import read_order
from monitors_bot.domain.units.roster import Monitor, Unit
from tests.fakes.failing_door import Way
from tests.scenarios.runs.conftest import NINE, Scheduled
from tests.scenarios.runs.test_crashes import deliver_until_it_is_done

HOUR = 3_600
SALES = "salesSales0000001"
LIMIT = 5_000
THREAD = 20
UNITS_OF_A_THREAD = 20
"""With ten people of long names each, one fits into a message."""


def later(scheduled: Scheduled, seconds=HOUR, **changes) -> list[dict[str, Any]]:
    """The messages that the next run posts."""
    before = len(scheduled.messages)
    scheduled.pass_time(seconds)
    scheduled.run(**changes)
    return scheduled.messages[before:]


def crowd(scheduled: Scheduled, units: int, people: int = 1) -> list[str]:
    """Units whose monitors all change, to people with long names."""
    for number in range(people):
        scheduled.server.add_user(f"crowd{number}", name=f"@all {number:02} " + "ü*" * 30)
    name = "*_[x](http://a.b)_* @all <!here> 😀 "
    ids = [scheduled.server.add_unit(f"{name} {number:03}", monitors=["ana"]) for number in range(units)]
    scheduled.run(alert=False)
    for unit_id in ids:
        scheduled.server.set_monitors(unit_id, [f"crowd{number}" for number in range(people)])
    return ids


def lines_of(messages) -> list[str]:
    lines = "\n".join(message["attachments"][0]["text"] for message in messages).splitlines()
    return [line.strip() for line in lines]


def named(messages) -> list[str]:
    """The numbers of the units that changed, as people read them."""
    return [line.partition(" · ")[0][-3:] for line in lines_of(messages) if "Joined: " in line]


def utf16(message) -> int:
    texts = [message["msg"], *(one["text"] for one in message["attachments"])]
    return sum(len(text.encode("utf-16-le")) // 2 for text in texts)


def is_thread(messages) -> bool:
    head, *rest = messages
    return "tmid" not in head and all(message["tmid"] == head["_id"] for message in rest)


@pytest.mark.parametrize(
    ("units", "people"),
    [pytest.param(250, 1, marks=pytest.mark.prove, id="250"), pytest.param(12, 10, id="12")],
)
def test_every_change_of_many_is_named_once_in_the_digest_or_its_thread(scheduled, units, people):
    crowd(scheduled, units, people)
    scheduled.server.set_monitors(SALES, ["kim"])

    messages = later(scheduled)

    assert is_thread(messages)
    assert all(utf16(message) <= LIMIT for message in messages)
    assert all(message["mentions"] == [] for message in messages)
    head = messages[0]["attachments"][0]["text"]
    assert messages[0]["msg"].startswith(f"*{units + 1} units changed. 1 unit has nobody online.")
    assert "*Sales* · Its only monitor is offline." in head
    in_head, everywhere = named(messages[:1]), named(messages)
    assert f"and {units - len(in_head)} more units in the thread" in head
    assert sorted(everywhere) == [f"{number:03}" for number in range(units)]
    assert later(scheduled) == []


@pytest.mark.prove  # a short form is among the tests of the digest, where it needs no units
def test_what_the_thread_does_not_hold_is_in_the_next_digest(scheduled):
    crowd(scheduled, 40, people=10)

    first = later(scheduled, alert=False)
    second = later(scheduled, alert=False)

    assert len(first) == 1 + THREAD
    left = 40 - len(named(first))
    assert lines_of(first)[-1] == f"and {left} more units in the next digest"
    assert second[0]["msg"] == f"*{left} units changed.*"
    assert sorted(named(first) + named(second)) == [f"{number:03}" for number in range(40)]
    assert is_thread(second)
    assert later(scheduled, alert=False) == []


def test_new_units_are_all_named_however_many_they_are(scheduled):
    scheduled.run()
    for number in range(12):
        scheduled.server.add_unit(f"Night {number:02}", monitors=["ana"])

    messages = later(scheduled)

    assert messages[0]["msg"] == "*12 units are new here.*"
    assert sorted(line for line in lines_of(messages) if " · " in line) == [
        f"*Night {number:02}* · Watched from now on: Ana Díaz." for number in range(12)
    ]


def test_where_threads_are_switched_off_the_parts_follow_in_the_room(scheduled):
    scheduled.server.settings.threads_enabled = False
    crowd(scheduled, 6, people=10)

    messages = later(scheduled)

    assert len(messages) > 2
    assert all("tmid" not in message for message in messages)
    assert sorted(named(messages)) == [f"{number:03}" for number in range(6)]
    assert later(scheduled) == []


@pytest.fixture
def amid_a_thread(scheduled) -> int:
    """A run that waits for the limiter after ten messages; how many messages there were before."""
    crowd(scheduled, UNITS_OF_A_THREAD, people=10)
    scheduled.server.permissions.discard("api-bypass-rate-limit")
    scheduled.pass_time(HOUR)
    before = len(scheduled.messages)
    scheduled.begin(alert=False)
    while len(scheduled.messages) < before + 10:
        assert scheduled.step()
    return before


def test_a_long_thread_is_posted_at_the_pace_that_the_limiter_allows(scheduled, amid_a_thread):
    scheduled.work()

    messages = scheduled.messages[amid_a_thread:]
    assert len(messages) > 10
    assert is_thread(messages)
    assert sorted(named(messages)) == [f"{number:03}" for number in range(UNITS_OF_A_THREAD)]
    assert [call for call in scheduled.server.calls if call.status == 429] == []
    assert scheduled.dead.count() == 0


def test_of_a_room_that_is_closed_amid_a_thread_the_rest_is_in_the_next_digest(scheduled, amid_a_thread):
    room = scheduled.server.rooms["leadsLeads0000001"]
    room.archived = True
    scheduled.work()
    closed = scheduled.messages[amid_a_thread:]
    room.archived = False
    scheduled.server.permissions.add("api-bypass-rate-limit")

    rest = later(scheduled, alert=False)

    assert len(closed) == 10
    assert rest[0]["msg"] == f"*{UNITS_OF_A_THREAD - len(named(closed))} units changed.*"
    assert sorted(named(closed) + named(rest)) == [f"{number:03}" for number in range(UNITS_OF_A_THREAD)]


def test_another_run_in_the_room_posts_the_rest_of_a_thread_before_its_own_digest(scheduled, amid_a_thread):
    scheduled.server.permissions.add("api-bypass-rate-limit")
    scheduled.server.set_monitors(SALES, ["raj"])
    scheduled.pass_time(HOUR)
    scheduled.schedule.handle({**scheduled.order(), "run": "another schedule", "alert": False})
    scheduled.work()

    messages = scheduled.messages[amid_a_thread:]
    assert is_thread(messages[:-1])
    assert sorted(named(messages[:-1])) == [f"{number:03}" for number in range(UNITS_OF_A_THREAD)]
    assert messages[-1]["msg"] == "*1 unit changed.*"


# Whatever dies, and whenever


class AlreadyRead:
    """Runs that have read all their units, and a channel that knows the rosters before: as the version before
    this one left them in the table."""

    def __init__(self, scheduled: Scheduled, documents: Documents, units: int) -> None:
        self.scheduled, self.documents, self.runs = scheduled, documents, 0
        self.units = [
            Unit(f"unit{number:013}", f"Unit {number:03} with quite a name") for number in range(units)
        ]
        people = [
            Monitor(f"person{number}", f"person{number}", f"Person {number} " * (160 // units or 1))
            for number in range(4)
        ]
        for unit in self.units:
            scheduled.rosters.record(unit, people[:1], NINE - HOUR)
            scheduled.rosters.record(unit, people, NINE)

    def run(self, room: str, stage="telling") -> dict[str, object]:
        """Put a run on the queue that has only to post."""
        self.runs += 1
        order = {
            "run": f"monitors {self.runs}",
            "channel": room,
            "units": [unit.id for unit in self.units],
            "post": "changes",
            "alert": True,
        }
        run_id = read_order(order).id
        progress = {
            "began_at": NINE,
            "stage": stage,
            "slice": 0,
            "started": -1,
            "held_until": 0.0,
            "not_before": 0.0,
            "touched_at": NINE,
            "stalled": 0,
            "room_id": room,
            "cursor": len(self.units),
            "read_from": NINE,
            "read_to": NINE,
            "changed": len(self.units),
            "outcome": "",
            "why": "",
            "order": order,
            "findings": {},
            "problems": {},
        }
        told = {unit.id: [unit.name, 1, "", 0.0, 0.0] for unit in self.units}
        known = {"told": told, "runs": ["0" * 32], "left": None}
        self.documents.put(Document(f"run#{run_id}", "run", progress))
        self.documents.put(Document(f"run#{run_id}", "plan", [[unit.id, unit.name] for unit in self.units]))
        self.documents.put(Document(f"channel#{room}", "told", known))
        return order

    def named_in(self, room: str) -> list[str]:
        lines = lines_of(self.scheduled.server.messages(room))
        return [line.partition("* · ")[0][1:] for line in lines if "Joined: " in line]


@pytest.fixture
def documents(aws, table) -> Documents:
    return Documents(SdkTable(aws.dynamodb, table))


WAYS = [Way.REFUSED, Way.LOST, Way.DIES]
WRITES = ("PutItem", "TransactWriteItems", "sendMessage", "SendMessage", "DeleteMessage")


@pytest.mark.parametrize(
    ("units", "apart"),
    [pytest.param(250, 1, marks=pytest.mark.prove, id="250"), pytest.param(20, 5, id="20")],
)
@pytest.mark.parametrize("way", WAYS)
def test_a_failure_between_any_two_parts_neither_loses_nor_doubles_a_change(
    scheduled, doors, documents, way, units, apart
):
    read = AlreadyRead(scheduled, documents, units)
    steps = _steps_of_posting(read, doors)
    for number in steps[::apart]:
        room = scheduled.server.add_room(f"room{number}")
        order = read.run(room)
        doors.fail(number, way)

        deliver_until_it_is_done(scheduled, doors, order)

        assert doors.heal(), number
        assert is_thread(scheduled.server.messages(room)), number
        assert sorted(read.named_in(room)) == [unit.name for unit in read.units], number
        told = documents.get(f"channel#{room}", "told")
        assert told is not None
        assert told.content["left"] is None
        assert {values[1] for values in told.content["told"].values()} == {2}, number
        assert scheduled.dead.count() == 0


def _steps_of_posting(read: AlreadyRead, doors) -> list[int]:
    """The steps of a run that has only to post, at which something is written."""
    room = read.scheduled.server.add_room("first")
    order = read.run(room)
    doors.fail(0, Way.LOST)
    deliver_until_it_is_done(read.scheduled, doors, order)
    assert len(read.scheduled.server.messages(room)) > 2
    return [number for number, words in enumerate(doors.asked, start=1) if words.endswith(WRITES)]
