"""Reading the server's JSON: missing values are tolerated, nonsense is not."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from monitors_bot.domain.units.roster import Presence, Unit
from monitors_bot.errors import RocketChatUnintelligible
from monitors_bot.rocketchat import parsing as reading
from monitors_bot.rocketchat.parsing import Link, Person, Sighting

READERS = [reading.unit, reading.person, reading.link, reading.sighting]
HALF_A_CHARACTER = "\ud83d"

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(), max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=8,
)
KEYS = ["_id", "monitorId", "username", "name", "status", "statusText", "utcOffset", "numMonitors"]


def test_a_unit_is_read_with_its_id_its_name_and_its_count_of_monitors():
    item = {"_id": "u1", "name": "Night", "numMonitors": 3, "visibility": "public", "new": {}}

    assert reading.unit(item) == Unit("u1", "Night", 3)


@pytest.mark.parametrize("count", [None, "3", -1, True, 3.0, [], {}])
def test_an_impossible_count_is_unknown(count):
    assert reading.unit({"_id": "u1", "name": "Night", "numMonitors": count}) == Unit("u1", "Night", None)


def test_a_person_is_read_with_their_names_and_presence():
    item = {"_id": "p1", "username": "ana", "name": "Ana", "status": "busy", "statusLivechat": "available"}

    assert reading.person(item) == Person("p1", "ana", "Ana", Presence.BUSY)


def test_only_the_id_of_a_person_is_required():
    assert reading.person({"_id": "p1"}) == Person("p1", "", "", Presence.UNKNOWN)


def test_a_link_has_the_id_of_its_monitor():
    assert reading.link({"_id": "l1", "monitorId": "p1", "unitId": "u1", "username": "ana"}) == Link(
        "p1", "ana"
    )


def test_a_sighting_has_the_status_its_text_and_the_local_time():
    item = {"_id": "p1", "status": "away", "statusText": "lunch", "utcOffset": -3}

    assert reading.sighting(item) == ("p1", Sighting(Presence.AWAY, "lunch", -3.0))


@pytest.mark.parametrize("status", ["", "Online", "invisible", None, 1, [], {}])
def test_an_unfamiliar_status_is_unknown(status):
    assert reading.person({"_id": "p1", "status": status}).presence is Presence.UNKNOWN


@pytest.mark.parametrize("offset", [-12, -9.5, 0, 5.75, 14])
def test_an_offset_that_exists_on_earth_is_kept(offset):
    assert reading.sighting({"_id": "p1", "utcOffset": offset})[1].utc_offset_hours == offset


@pytest.mark.parametrize(
    "offset",
    [None, "2", True, 15, -99, 10**400, float("nan"), float("inf"), [], {}],
    ids=lambda o: repr(o)[:8],
)
def test_any_other_offset_is_unknown(offset):
    assert reading.sighting({"_id": "p1", "utcOffset": offset})[1].utc_offset_hours is None


@pytest.mark.parametrize("identity", [None, "", ".", "..", 7, True, [], {}])
@pytest.mark.parametrize("read", READERS, ids=lambda read: read.__name__)
def test_an_item_without_an_id_or_with_one_that_would_change_the_path_is_unintelligible(read, identity):
    with pytest.raises(RocketChatUnintelligible):
        read({"_id": identity, "monitorId": identity, "name": "Night", "username": "ana"})


@pytest.mark.parametrize("wrong", [None, 7, "nothing", {}, [7], [None], [[]], [{}, "x"]])
def test_a_value_that_is_not_a_list_is_unintelligible(wrong):
    with pytest.raises(RocketChatUnintelligible):
        reading.objects({"units": wrong}, "units")


def test_a_missing_list_is_unintelligible():
    with pytest.raises(RocketChatUnintelligible):
        reading.objects({"success": True}, "units")


def test_a_lone_surrogate_becomes_a_character_that_can_be_encoded():
    unit = reading.unit({"_id": "u1", "name": f"Night {HALF_A_CHARACTER}"})

    assert unit.name == "Night ?"


@pytest.mark.parametrize("read", READERS, ids=lambda read: read.__name__)
@given(item=st.dictionaries(st.sampled_from(KEYS), json_values))
@example(item={"_id": HALF_A_CHARACTER, "monitorId": HALF_A_CHARACTER})
@example(item={"_id": "a", "monitorId": "a", "utcOffset": -(10**4000), "numMonitors": 10**4000})
def test_any_json_is_an_item_or_unintelligible(read, item):
    try:
        outcome = read(item)
    except RocketChatUnintelligible as error:
        outcome = error

    assert isinstance(outcome, Unit | Person | Link | tuple | RocketChatUnintelligible)
    str(outcome).encode()


@given(payload=st.dictionaries(st.just("units") | st.text(max_size=3), json_values))
def test_any_json_holds_objects_or_is_unintelligible(payload):
    try:
        items = reading.objects(payload, "units")
    except RocketChatUnintelligible:
        items = []

    assert all(isinstance(item, dict) for item in items)


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        ({"type": "u"}, True),
        ({"type": "u", "enabled": True}, True),
        ({"type": "d"}, False),
        ({"type": ["u"]}, False),
        ({}, True),
        ({"type": None, "numMonitors": 2}, True),
        ({"enabled": True, "numAgents": 0}, False),
        ({"numAgents": 0}, False),
        ({"parentId": "u1", "ancestors": ["u1"]}, False),
    ],
)
def test_a_row_is_a_unit_by_its_type_or_unless_it_looks_like_a_department(item, expected):
    assert reading.is_unit(item) is expected
