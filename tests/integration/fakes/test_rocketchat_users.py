"""Presence and its traps, and the profile of one person."""

from datetime import UTC, datetime, timedelta

import pytest


def present(answer):
    return {user["username"] for user in answer.json()["users"]}


@pytest.fixture
def people(server):
    statuses = {"ana": "online", "raj": "away", "kim": "busy", "eve": "offline"}
    return {name: server.add_user(name, status=status) for name, status in statuses.items()}


def test_presence_tells_status_text_and_offset(server, api):
    ana = server.add_user("ana", name="Ana", status="away", status_text="lunch", utc_offset=-3)

    answer = api.get("users.presence", {"ids": ana})

    person = {
        "_id": ana,
        "username": "ana",
        "name": "Ana",
        "status": "away",
        "statusText": "lunch",
        "utcOffset": -3,
    }
    assert answer.json() == {"users": [person], "full": False, "success": True}


@pytest.mark.parametrize("join", [list, ",".join])
def test_presence_by_id_leaves_out_offline_and_unknown_people(api, people, join):
    answer = api.get("users.presence", {"ids": join([*people.values(), "nobody"])})

    assert present(answer) == {"ana", "raj", "kim"}
    assert answer.json()["full"] is False


def test_presence_without_ids_is_everybody_who_is_not_offline(api, people):
    answer = api.get("users.presence")

    assert present(answer) == {"ana", "raj", "kim", "monitors-bot"}
    assert answer.json()["full"] is True


def test_presence_follows_what_people_do(server, api, people):
    server.set_presence("ana", "offline")
    server.set_presence("eve", "online", "back")

    assert present(api.get("users.presence", {"ids": list(people.values())})) == {"raj", "kim", "eve"}


def test_newer_servers_list_offline_people_with_a_text(server, api, people):
    server.settings.presence_shows_offline_texts = True
    gone = server.add_user("gone", status="offline", status_text="on leave")

    assert present(api.get("users.presence", {"ids": [gone, people["eve"]]})) == {"gone"}


def test_presence_switched_off_is_empty_and_full_even_for_ids(server, api, people):
    server.settings.presence_broadcast_disabled = True

    answer = api.get("users.presence", {"ids": people["ana"]}).json()

    assert answer == {"users": [], "full": True, "success": True}


def test_the_comma_list_bug_spares_single_and_repeated_ids(server, api, people):
    server.settings.presence_comma_list_bug = True
    two = [people["ana"], people["raj"]]

    assert present(api.get("users.presence", {"ids": ",".join(two)})) == set()
    assert present(api.get("users.presence", {"ids": two})) == {"ana", "raj"}
    assert present(api.get("users.presence", {"ids": two[0]})) == {"ana"}


@pytest.mark.parametrize(
    ("handling", "status", "listed"), [("refuse", 400, 0), ("drop", 200, 20), ("allow", 200, 21)]
)
def test_above_twenty_ids_the_parser_does_what_it_wants(server, api, handling, status, listed):
    server.settings.ids_above_limit = handling
    ids = [server.add_user(f"user{number}") for number in range(21)]

    answer = api.get("users.presence", {"ids": ids})

    assert answer.status_code == status
    assert len(answer.json().get("users", [])) == listed
    assert api.get("users.presence", {"ids": ids[:20]}).json()["users"][19]["_id"] == ids[19]


def test_presence_since_a_moment_is_what_changed_without_the_caller(server, api, people):
    for user in server.users.values():
        user.presence_changed -= timedelta(minutes=5)
    server.set_presence("eve", "offline")

    answer = api.get("users.presence", {"from": (datetime.now(UTC) - timedelta(minutes=1)).isoformat()})

    assert (present(answer), answer.json()["full"]) == ({"eve"}, False)


def test_presence_since_long_ago_is_everybody(api, people):
    answer = api.get("users.presence", {"from": "2020-01-01T00:00:00.000Z"})

    assert answer.json()["full"] is True


@pytest.mark.parametrize("key", ["userId", "username"])
def test_one_person_can_be_read_even_when_offline(server, api, people, key):
    value = {"userId": people["eve"], "username": "eve"}[key]

    user = api.get("users.info", {key: value}).json()["user"]

    assert (user["_id"], user["username"], user["status"]) == (people["eve"], "eve", "offline")
    assert user["roles"] == ["user", "livechat-monitor"]


def test_an_unknown_person_is_not_found(api):
    answer = api.get("users.info", {"username": "nobody"})

    assert (answer.status_code, answer.json()) == (400, {"success": False, "error": "User not found."})


def test_asking_for_nobody_is_refused(api):
    assert api.get("users.info").json()["errorType"] == "error-invalid-params"
