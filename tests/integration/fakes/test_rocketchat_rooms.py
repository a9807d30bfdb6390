"""Looking up a room, and the way from an Omnichannel room to its unit."""

import pytest


@pytest.fixture
def visit(server):
    """A department with a unit."""
    unit_id = server.add_unit("Billing")
    return unit_id, server.add_department("Invoices", unit_id)


def test_a_livechat_room_knows_its_department_and_its_unit(server, api, visit):
    unit_id, department_id = visit
    room_id = server.add_room("visit", "l", department_id=department_id, members=[])

    room = api.get("rooms.info", {"roomId": room_id}).json()["room"]

    assert (room["t"], room["departmentId"], room["departmentAncestors"]) == ("l", department_id, [unit_id])
    assert "name" not in room


def test_a_livechat_room_may_know_only_its_department(server, api, visit):
    room_id = server.add_room("visit", "l", department_id=visit[1], with_ancestors=False)

    room = api.get("rooms.info", {"roomId": room_id}).json()["room"]

    assert room["departmentId"] == visit[1]
    assert "departmentAncestors" not in room


def test_a_livechat_room_may_have_no_department(server, api):
    room_id = server.add_room("visit", "l")

    assert "departmentId" not in api.get("rooms.info", {"roomId": room_id}).json()["room"]


def test_a_room_can_be_found_by_name(server, api):
    room_id = server.add_room("general")

    assert api.get("rooms.info", {"roomName": "general"}).json()["room"]["_id"] == room_id


@pytest.mark.parametrize(("kind", "status"), [("c", 200), ("p", 400), ("d", 400), ("l", 400)])
def test_only_a_public_room_is_open_to_strangers(server, api, kind, status):
    server.permissions.remove("view-livechat-rooms")
    room_id = server.add_room("room", kind, members=[])

    answer = api.get("rooms.info", {"roomId": room_id})

    assert answer.status_code == status
    if status == 400:
        assert answer.json() == {"success": False, "error": "not-allowed", "errorType": "Not Allowed"}


@pytest.mark.parametrize(
    ("parameters", "error_type"),
    [
        ({"roomId": "nothing"}, "error-room-not-found"),
        ({"roomId": "closed"}, "error-room-archived"),
        ({}, "error-roomid-param-not-provided"),
        ({"roomId": "closed", "fields": "{}"}, "error-invalid-params"),
    ],
)
def test_a_room_that_cannot_be_told_is_a_400_with_its_reason(server, api, parameters, error_type):
    server.add_room("closed", id="closed", archived=True)

    answer = api.get("rooms.info", parameters)

    assert answer.status_code == 400
    assert (answer.json()["success"], answer.json()["errorType"]) == (False, error_type)
    assert answer.json()["error"].endswith(f"[{error_type}]")
