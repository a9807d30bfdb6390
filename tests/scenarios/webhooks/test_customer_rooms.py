"""Nothing is posted in a room that a customer may read, however the room was named."""

import pytest

CUSTOMER = "customerRoom00001"
IMPOSSIBLE = "may be a customer's"
ODD_ROOMS = [
    {"_id": CUSTOMER},
    {"_id": CUSTOMER, "t": None},
    {"_id": CUSTOMER, "t": ["c"]},
    {"_id": CUSTOMER, "t": "v"},
    {"_id": CUSTOMER, "t": "C"},
    [],
    None,
]


@pytest.fixture
def visited(notified):
    """The company, and a customer in a room of their own, which the bot's account may write in."""
    notified.server.add_room("guest-1", type="l", id=CUSTOMER)
    return notified


def everything_posted(notified):
    return [message for room in notified.server.rooms.values() for message in room.messages]


@pytest.mark.parametrize("channel", [CUSTOMER, "#guest-1"])
def test_a_page_to_a_customers_room_is_refused(visited, caplog, channel):
    visited.page(channel=channel)
    visited.work()

    assert (everything_posted(visited), visited.queue.count(), visited.dead.count()) == ([], 0, 0)
    assert [record.why for record in caplog.records if record.getMessage() == "page called nobody"] == [
        f"DeliveryImpossible: the room {channel} {IMPOSSIBLE}"
    ]


@pytest.mark.parametrize("room", ODD_ROOMS)
def test_a_page_to_a_room_whose_type_cannot_be_told_is_refused(visited, caplog, room):
    visited.server.fail("rooms.info", "status", code=200, body={"success": True, "room": room})

    visited.page(channel=CUSTOMER)
    visited.work()

    assert everything_posted(visited) == []
    assert IMPOSSIBLE in "".join(str(vars(record)) for record in caplog.records)


def test_waiting_customers_are_told_in_no_customers_room(visited, capsys):
    visited.environ["NOTIFY_CHANNEL"] = CUSTOMER
    visited.start_cold()

    visited.event()
    visited.work_later()

    assert everything_posted(visited) == []
    assert capsys.readouterr().out.count('"NoticesFailed": 1') == 1


def test_a_room_that_became_a_customers_meanwhile_gets_no_more_notices(visited):
    visited.event()
    visited.work()
    visited.server.rooms["leadsLeads0000001"].type = "l"
    visited.pass_time(301)
    visited.event()
    visited.page()
    visited.work_later()

    assert len(visited.posted) == 1


def test_that_a_room_is_no_customers_is_asked_once_in_five_minutes(visited):
    for _ in range(3):
        visited.page(channel="leadsLeads0000001")
        visited.work()
        visited.pass_time(60)

    assert len(visited.posted) == 3
    assert [call.route for call in visited.server.calls].count("rooms.info") == 1
