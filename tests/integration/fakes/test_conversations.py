"""The stand-in's events have the fields of the real ones."""

import json

from tests.fakes.conversations import Conversation

ORDERS, INVOICES = "ordersOrders00001", "invoicesInvoices1"


def fields(events):
    """What each event has besides what all of them have."""
    common = {"_id", "label", "createdAt", "lastMessageAt", "tags", "visitor", "messages", "agent"}
    bodies = [json.loads(sent.body) for sent in events]
    return [{name: value for name, value in body.items() if name not in common} for body in bodies]


def test_a_forward_into_a_queue_is_two_events_of_one_room_and_department():
    events = Conversation("room1", ORDERS).forward_to_queue(INVOICES)

    assert {json.loads(sent.body)["_id"] for sent in events} == {"room1"}
    assert fields(events) == [
        {"type": "LivechatSessionForwarded", "departmentId": INVOICES, "oldDepartmentId": ORDERS},
        {"type": "LivechatSessionQueued", "departmentId": INVOICES},
    ]


def test_a_forward_from_agent_to_agent_names_both_and_no_old_department():
    conversation = Conversation("room1", INVOICES)
    conversation.take("ana")
    [body] = fields(conversation.forward_to_agent("raj"))

    assert (body["servedBy"]["username"], body["oldServedBy"]["username"]) == ("raj", "ana")
    assert (body["departmentId"], "oldDepartmentId" in body) == (INVOICES, False)


def test_a_forward_to_an_agent_of_another_department_names_the_agent_and_the_old_department():
    [body] = fields(Conversation("room1", ORDERS).forward_to_department(INVOICES, "raj"))

    assert (body["departmentId"], body["oldDepartmentId"]) == (INVOICES, ORDERS)
    assert body["servedBy"]["username"] == "raj"


def test_a_customer_who_waits_a_second_time_may_send_the_very_same_event():
    conversation = Conversation("room1", INVOICES)
    first = conversation.queue()
    conversation.take("ana")

    assert conversation.return_to_queue() == first


def test_what_was_said_is_in_every_later_event():
    conversation = Conversation("room1", INVOICES)
    before = conversation.queue()
    [message] = conversation.say()

    assert "departmentId" not in json.loads(message.body)
    assert conversation.queue() != before
