"""Rocket.Chat tells that customers wait, and the monitors of the unit hear of it."""

import json

import pytest

from tests.fakes.webhook_senders import SAID, VISITOR_TOKEN

FIRST = "Billing EU: 1 customer waiting in Invoices; reachable: @ana"


def test_a_waiting_customer_is_told_in_the_usual_channel(notified):
    answer = notified.event()
    notified.work()

    assert (answer.status, answer.body) == (200, "")
    assert notified.posted == [FIRST]
    assert notified.mentioned() == ["ana"]


def test_a_forwarded_customer_is_told_too(notified):
    notified.event(type="LivechatSessionForwarded", departmentId="ordersOrders00001")
    notified.work()

    assert notified.posted == [
        "Sales: 1 customer forwarded to Orders; nobody is online, so all monitors: @raj @kim"
    ]


@pytest.mark.parametrize(
    ("type_", "told"),
    [
        ("LivechatSessionStart", "1 conversation begun in Invoices"),
        ("LivechatSessionTaken", "1 conversation taken in Invoices"),
        ("LivechatSession", "1 conversation closed in Invoices"),
        ("LivechatEdit", "1 LivechatEdit event in Invoices"),
    ],
)
def test_other_types_are_told_where_that_is_wanted(notified, type_, told):
    notified.environ["OMNICHANNEL_EVENTS"] = f"LivechatSessionQueued, {type_}"
    notified.start_cold()

    notified.event(type=type_)
    notified.work()

    assert notified.posted == [f"Billing EU: {told}; reachable: @ana"]


@pytest.mark.parametrize(
    "fields",
    [
        {"type": "Message", "departmentId": None},
        {"type": "LivechatSession", "departmentId": None, "_id": "fasd6f5a4sd6f8a4sdf"},
        {"type": "LivechatSessionStart"},
        {"type": "SomethingNew"},
        {"departmentId": None},
        {"departmentId": ""},
    ],
)
def test_what_nobody_wants_to_hear_of_is_ignored_quietly(notified, fields):
    answer = notified.event(**fields)

    assert (answer.status, answer.body) == (200, "")
    assert notified.queue.count() == 0


@pytest.mark.parametrize("type_", ["LivechatSessionTaken", "LivechatSession"])
def test_that_nobody_waits_any_more_is_announced_to_nobody(notified, type_):
    answer = notified.event(type=type_)
    notified.work_later()

    assert (answer.status, answer.body) == (200, "")
    assert (notified.posted, notified.queue.count(), notified.dead.count()) == ([], 0, 0)


@pytest.mark.parametrize("department", ["lobbyLobby0000001", "unknownUnknown001"])
def test_a_department_without_a_unit_is_ignored_quietly(notified, department):
    answer = notified.event(departmentId=department)
    notified.work_later()

    assert answer.status == 200
    assert (notified.posted, notified.queue.count(), notified.dead.count()) == ([], 0, 0)


def test_without_a_usual_channel_events_are_ignored(notified):
    notified.environ["NOTIFY_CHANNEL"] = ""
    notified.start_cold()

    answer = notified.event()

    assert answer.status == 200
    assert notified.queue.count() == 0


def test_an_event_needs_nothing_upstream_to_be_taken(notified):
    notified.server.stop()

    assert notified.event().status == 200


def test_an_event_that_cannot_be_queued_is_503_so_that_it_comes_again(notified):
    notified.environ["AWS_ENDPOINT_URL_SQS"] = "http://127.0.0.1:9"

    answer = notified.event()

    assert answer.status == 503


@pytest.mark.parametrize("variable", ["AWS_ENDPOINT_URL_DYNAMODB", "ROCKETCHAT_URL"])
def test_an_event_needs_nothing_but_the_queue_to_be_taken(notified, variable):
    notified.environ[variable] = "http://127.0.0.1:9"

    assert notified.event().status == 200


def test_an_event_that_comes_again_counts_once(notified):
    for _ in range(3):
        notified.event(_id="room1")
    notified.work()
    notified.event(_id="room1")
    notified.work_later()

    assert notified.posted == [FIRST]


@pytest.mark.parametrize(
    "fields",
    [
        {"lastMessageAt": "2026-11-23T09:00:00.000Z"},
        {"createdAt": "2026-11-23T09:00:00.000Z"},
        {"type": "LivechatSessionForwarded", "servedBy": {"_id": "agent1", "username": "lea"}},
        {"messages": []},
        {"departmentId": "refundsRefunds001"},
        {"_id": "room2"},
    ],
)
def test_an_event_that_differs_in_what_makes_it_one_is_another(notified, fields):
    notified.event(_id="room1")
    notified.event(**{"_id": "room1", **fields})
    notified.work_later()

    assert len(notified.posted) == 2


def test_nothing_of_the_visitor_reaches_the_queue_the_table_or_the_log(notified, aws, caplog, capsys):
    caplog.set_level("DEBUG")
    notified.event()
    queued = notified.queued
    for body in queued:
        notified.queue.put(json.dumps(body))
    notified.work_later()

    table = json.dumps(aws.dynamodb.scan(TableName=notified.environ["TABLE_NAME"])["Items"])
    seen = json.dumps(queued) + table + capsys.readouterr().out
    seen += "".join(str(vars(record)) for record in caplog.records)
    assert notified.posted == [FIRST]
    assert [text for text in (VISITOR_TOKEN, SAID, "guest", "Guest") if text in seen] == []


def test_a_body_may_be_as_large_as_the_gateway_lets_through(notified):
    messages = [{"_id": str(number), "msg": "x" * 1000} for number in range(4000)]

    answer = notified.event(messages=messages)
    notified.work()

    assert answer.status == 200
    assert notified.posted == [FIRST]


def test_a_unit_that_the_account_does_not_see_goes_by_its_id(notified):
    notified.server.permissions.discard("manage-livechat-units")

    notified.event()
    notified.work()

    assert notified.posted == ["bilLingEu00000001: 1 customer waiting in Invoices; reachable: @ana"]


def test_a_department_that_may_not_be_read_is_told_in_the_log(notified, capsys):
    notified.server.permissions -= {"view-livechat-departments", "view-l-room"}

    notified.event()
    notified.work()

    assert notified.posted == []
    assert (notified.queue.count(), notified.dead.count()) == (0, 0)
    assert '"NoticesFailed": 1' in capsys.readouterr().out


def test_a_unit_without_monitors_is_told_as_such(notified):
    notified.server.add_department("Nights", "nightNight0000001", id="nightsNights00001")

    notified.event(departmentId="nightsNights00001")
    notified.work()

    assert notified.posted == ["Night: 1 customer waiting in Nights\nNobody monitors this unit."]
