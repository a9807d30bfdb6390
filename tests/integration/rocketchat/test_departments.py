"""Which unit a department belongs to, by what servers of several versions say of it."""

import json

import pytest

from monitors_bot.errors import PermissionMissing, RocketChatUnavailable
from monitors_bot.rocketchat.api import RocketChat
from monitors_bot.rocketchat.departments import Department, department
from monitors_bot.rocketchat.limits import Limits
from tests.fakes.scripted_server import ScriptedServer, http_answer


@pytest.fixture
def unit(rocketchat):
    return rocketchat.add_unit("Night")


def test_a_department_has_a_name_and_the_id_of_its_unit(rocketchat, client, deadline, unit):
    id_ = rocketchat.add_department("Sales", unit)

    assert department(client, id_, deadline) == Department("Sales", unit)


def test_a_department_without_a_unit_belongs_to_none(rocketchat, client, deadline):
    id_ = rocketchat.add_department("Sales")

    assert department(client, id_, deadline) == Department("Sales", "")


def test_a_department_of_a_unit_that_is_gone_belongs_to_none(rocketchat, client, deadline, unit):
    id_ = rocketchat.add_department("Sales", unit)
    rocketchat.remove_unit(unit)

    assert department(client, id_, deadline).unit_id == ""


def test_an_unknown_department_has_no_name_and_no_unit(client, deadline):
    assert department(client, "nothing", deadline) == Department("", "")


def test_a_missing_permission_is_named(rocketchat, client, deadline, unit):
    id_ = rocketchat.add_department("Sales", unit)
    rocketchat.permissions -= {"view-livechat-departments", "view-l-room"}

    with pytest.raises(PermissionMissing, match="view-livechat-departments"):
        department(client, id_, deadline)


def test_a_server_that_is_down_is_unavailable(rocketchat, client, deadline):
    rocketchat.fail("*", "status", status=503)

    with pytest.raises(RocketChatUnavailable):
        department(client, "any", deadline)


@pytest.mark.parametrize(
    ("fields", "unit_id"),
    [
        ({"parentId": "u1", "ancestors": ["u2"]}, "u1"),
        ({"parentId": None, "ancestors": ["u2", "u3"]}, "u2"),
        ({"ancestors": ["u2"]}, "u2"),
        ({"ancestors": []}, ""),
        ({"ancestors": "u2"}, ""),
        ({"parentId": "", "ancestors": [""]}, ""),
        ({"parentId": 7, "ancestors": [None]}, ""),
        ({"parentId": ".."}, ""),
    ],
)
def test_the_unit_is_the_parent_or_else_the_first_ancestor(
    outbound, accounts, clock, deadline, fields, unit_id
):
    answer = {"success": True, "department": {"_id": "d1", "name": "Sales", **fields}}
    with ScriptedServer(http_answer(json.dumps(answer).encode())) as server:
        client = RocketChat(server.url, outbound, accounts, Limits(), clock)

        assert department(client, "d1", deadline) == Department("Sales", unit_id)
