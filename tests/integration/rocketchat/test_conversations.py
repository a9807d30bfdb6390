"""Which unit a customer's conversation belongs to, by what servers of several versions say of it."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from monitors_bot.domain.units.server import Conversation
from monitors_bot.errors import PermissionMissing, RocketChatError, RocketChatUnavailable
from monitors_bot.rocketchat.conversations import conversation

values: st.SearchStrategy[object] = (
    st.none() | st.integers() | st.text(max_size=5) | st.just({}) | st.lists(st.text(max_size=5) | st.none())
)


@pytest.fixture
def unit(rocketchat):
    return rocketchat.add_unit("Night")


@pytest.fixture
def ask(client, deadline):
    return lambda room_id: conversation(client, room_id, deadline)


@pytest.mark.parametrize(("with_ancestors", "department"), [(True, ""), (False, "Orders")])
def test_a_room_leads_to_its_unit(rocketchat, ask, unit, with_ancestors, department):
    department_id = rocketchat.add_department("Orders", unit)
    room_id = rocketchat.add_room("guest", "l", department_id=department_id, with_ancestors=with_ancestors)

    assert ask(room_id) == Conversation(department=department, unit_id=unit)


def test_it_may_be_in_no_department_or_in_one_without_a_unit(rocketchat, ask):
    bare = rocketchat.add_room("guest", "l")
    loose = rocketchat.add_room("guest", "l", department_id=rocketchat.add_department("Orders"))

    assert ask(bare) == Conversation()
    assert ask(loose) == Conversation(department="Orders")


@pytest.mark.parametrize("kind", ["c", "p", "d"])
def test_a_room_of_staff_is_no_conversation(rocketchat, ask, kind):
    room_id = rocketchat.add_room("support", kind, members=["monitors-bot"])

    assert ask(room_id) == Conversation(is_with_customer=False)


def test_a_room_of_another_server_is_not_there(ask):
    assert ask("nowhere") == Conversation(is_there=False)


def test_to_see_ones_own_conversations_is_not_enough(rocketchat, ask):
    room_id = rocketchat.add_room("guest", "l", members=[])
    rocketchat.permissions.discard("view-livechat-rooms")

    with pytest.raises(PermissionMissing, match="view-livechat-rooms"):
        ask(room_id)


def test_a_server_that_is_down_is_unavailable(rocketchat, ask):
    rocketchat.fail("*", "status", status=503)

    with pytest.raises(RocketChatUnavailable):
        ask("any")


@given(
    room=values
    | st.dictionaries(st.sampled_from(["t", "departmentId", "departmentAncestors"]), values | st.just("l"))
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_room_of_any_shape_is_read_or_refused(rocketchat, ask, room):
    rocketchat.heal()
    rocketchat.fail("rooms.info", "status", code=200, body={"success": True, "room": room})

    try:
        found = ask("r1")
    except RocketChatError:
        return
    assert isinstance(found.unit_id, str)
