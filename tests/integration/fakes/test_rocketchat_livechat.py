"""Units, monitors and departments, with the traps of their lists."""

import pytest

KEYS = ["units", "count", "offset", "total", "success"]


@pytest.fixture
def many(server):
    with_names = [f"Unit {number:03}" for number in range(230)]
    for name in reversed(with_names):
        server.add_unit(name)
    return with_names


def names(answer):
    return [unit["name"] for unit in answer.json()["units"]]


def test_a_unit_is_listed_with_its_counts(server, api):
    server.add_user("ana")
    unit_id = server.add_unit("Billing EU", ["ana"], visibility="private")
    server.add_department("Invoices", unit_id)

    answer = api.get("livechat/units").json()

    assert list(answer) == KEYS
    assert answer["units"][0].pop("_updatedAt").endswith("Z")
    assert answer["units"] == [
        {
            "_id": unit_id,
            "name": "Billing EU",
            "visibility": "private",
            "type": "u",
            "numMonitors": 1,
            "numDepartments": 1,
        }
    ]


def test_units_come_sorted_by_name_and_fifty_at_a_time(api, many):
    answer = api.get("livechat/units")

    assert names(answer) == many[:50]
    assert (answer.json()["count"], answer.json()["total"]) == (50, 230)


def test_a_count_above_the_upper_limit_is_lowered_silently(api, many):
    answer = api.get("livechat/units", {"count": 200, "offset": 100})

    assert names(answer) == many[100:200]
    assert (answer.json()["count"], answer.json()["offset"]) == (100, 100)


def test_a_count_of_zero_is_everything(api, many):
    assert names(api.get("livechat/units", {"count": 0})) == many


def test_a_count_of_zero_is_the_default_where_everything_is_forbidden(server, api, many):
    server.settings.allow_infinite_count = False

    assert names(api.get("livechat/units", {"count": 0})) == many[:50]


def test_an_offset_beyond_the_end_is_an_empty_page(api, many):
    answer = api.get("livechat/units", {"offset": 500}).json()

    assert (answer["units"], answer["total"]) == ([], 230)


def test_a_count_that_is_no_number_is_refused(api):
    assert api.get("livechat/units", {"count": "many"}).status_code == 400


def test_units_can_be_sorted_the_other_way(api, many):
    assert names(api.get("livechat/units", {"sort": '{"name":-1}', "count": 2})) == ["Unit 229", "Unit 228"]


def test_a_sort_that_is_no_json_is_refused(api):
    answer = api.get("livechat/units", {"sort": "name"})

    assert (answer.status_code, answer.json()["errorType"]) == (400, "error-invalid-sort")


def test_text_is_a_substring_of_any_case_and_no_pattern(server, api):
    for name in ("Billing (EU)", "billing us", "Sales"):
        server.add_unit(name)

    assert names(api.get("livechat/units", {"text": "BILL"})) == ["Billing (EU)", "billing us"]
    assert names(api.get("livechat/units", {"text": "(eu)"})) == ["Billing (EU)"]


def test_two_units_may_share_a_name(server, api):
    ids = {server.add_unit("Night"), server.add_unit("Night")}

    assert {unit["_id"] for unit in api.get("livechat/units").json()["units"]} == ids


def test_a_get_of_units_without_the_permission_is_a_short_list(server, api):
    server.permissions.remove("manage-livechat-units")
    server.add_user("ana")
    server.add_unit("Billing", ["ana"])

    answer = api.get("livechat/units")

    assert answer.status_code == 200
    assert answer.json() == {"units": [], "count": 0, "offset": 0, "total": 0, "success": True}


def test_a_get_of_units_without_the_permission_is_a_403_on_older_servers(server, api):
    server.settings.units_read_needs_permission = True
    server.permissions.remove("manage-livechat-units")

    assert api.get("livechat/units").status_code == 403


@pytest.mark.parametrize(
    ("roles", "seen"),
    [
        (["livechat-monitor"], ["Own"]),
        (["livechat-monitor", "livechat-manager"], ["Other", "Own"]),
        (["livechat-monitor", "admin"], ["Other", "Own"]),
    ],
)
def test_the_monitor_role_narrows_the_units_of_the_account(server, api, roles, seen):
    server.account_roles = roles
    other = server.add_unit("Other")
    server.add_unit("Own", ["monitors-bot"])

    assert names(api.get("livechat/units")) == seen
    assert (api.get(f"livechat/units/{other}").json() is None) == ("Other" not in seen)


def test_one_unit_can_be_read_by_its_id(server, api):
    unit_id = server.add_unit("Billing")

    answer = api.get(f"livechat/units/{unit_id}").json()

    assert (answer["_id"], answer["name"], answer["success"]) == (unit_id, "Billing", True)


def test_an_unknown_unit_is_answered_with_a_bare_null(api):
    answer = api.get("livechat/units/nothing")

    assert (answer.status_code, answer.json()) == (200, None)


def test_the_monitors_of_a_unit_are_links_to_people(server, api):
    ana = server.add_user("ana")
    unit_id = server.add_unit("Billing", ["ana"])

    answer = api.get(f"livechat/units/{unit_id}/monitors").json()

    assert list(answer) == ["monitors", "success"]
    (link,) = answer["monitors"]
    assert set(link) == {"_id", "monitorId", "unitId", "username", "_updatedAt"}
    assert (link["monitorId"], link["unitId"], link["username"]) == (ana, unit_id, "ana")
    assert link["_id"] != ana


def test_the_monitors_of_an_unknown_unit_are_an_empty_list(api):
    assert api.get("livechat/units/nothing/monitors").json() == {"monitors": [], "success": True}


def test_the_monitors_of_a_unit_know_no_paging(server, api):
    usernames = [f"user{number}" for number in range(120)]
    for username in usernames:
        server.add_user(username)
    unit_id = server.add_unit("Billing", usernames)

    answer = api.get(f"livechat/units/{unit_id}/monitors", {"count": 5}).json()

    assert len(answer["monitors"]) == 120


def test_saving_a_unit_drops_people_without_the_role(server, api):
    server.add_user("ana")
    server.add_user("raj", monitor=False)
    unit_id = server.add_unit("Billing", ["ana", "raj"])

    monitors = api.get(f"livechat/units/{unit_id}/monitors").json()["monitors"]

    assert [link["username"] for link in monitors] == ["ana"]
    assert api.get("livechat/units").json()["units"][0]["numMonitors"] == 1


def test_a_renamed_user_keeps_the_old_name_in_links_until_the_unit_is_saved(server, api):
    server.add_user("ana")
    unit_id = server.add_unit("Billing", ["ana"])
    server.rename_user("ana", "ana2")

    stale = api.get(f"livechat/units/{unit_id}/monitors").json()["monitors"][0]["username"]
    server.set_monitors(unit_id, ["ana2"])
    fresh = api.get(f"livechat/units/{unit_id}/monitors").json()["monitors"][0]["username"]

    assert (stale, fresh) == ("ana", "ana2")
    assert api.get("livechat/monitors/ana2").json()["username"] == "ana2"


def test_taking_the_role_away_drops_the_links_but_not_the_count(server, api):
    server.add_user("raj")
    unit_id = server.add_unit("Billing", ["raj"])

    server.remove_monitor_role("raj")

    assert api.get(f"livechat/units/{unit_id}/monitors").json()["monitors"] == []
    assert api.get("livechat/units").json()["units"][0]["numMonitors"] == 1
    assert api.get("livechat/monitors").json()["monitors"] == []


@pytest.mark.parametrize("keep_links", [True, False])
def test_a_deleted_user_can_leave_links_behind(server, api, keep_links):
    server.add_user("ana")
    unit_id = server.add_unit("Billing", ["ana"])

    server.remove_user("ana", keep_links=keep_links)

    assert len(api.get(f"livechat/units/{unit_id}/monitors").json()["monitors"]) == int(keep_links)
    assert api.get("livechat/monitors").json()["total"] == 0


def test_a_renamed_unit_has_its_new_name(server, api):
    unit_id = server.add_unit("Billing")

    server.rename_unit(unit_id, "Invoices")

    assert names(api.get("livechat/units")) == ["Invoices"]


def test_a_removed_unit_leaves_its_departments_without_a_parent(server, api):
    unit_id = server.add_unit("Billing")
    department_id = server.add_department("Invoices", unit_id)
    room_id = server.add_room("visit", "l", department_id=department_id)

    server.remove_unit(unit_id)

    assert names(api.get("livechat/units")) == []
    assert "parentId" not in api.get(f"livechat/department/{department_id}").json()["department"]
    assert "departmentAncestors" not in api.get("rooms.info", {"roomId": room_id}).json()["room"]


def test_monitors_are_everybody_with_the_role_whoever_is_offline(server, api):
    ana = server.add_user("ana", name="Ana Diaz", status="offline")
    server.add_user("raj", name="Raj")
    server.add_user("guest", monitor=False)

    answer = api.get("livechat/monitors", {"text": "", "count": 100}).json()

    assert (answer["count"], answer["offset"], answer["total"]) == (2, 0, 2)
    assert answer["monitors"][0] == {
        "_id": ana,
        "username": "ana",
        "name": "Ana Diaz",
        "status": "offline",
        "statusLivechat": "not-available",
        "emails": [{"address": "ana@example.com", "verified": True}],
    }


def test_monitors_can_be_found_by_text(server, api):
    server.add_user("ana", name="Ana Diaz")
    server.add_user("raj", name="Raj")

    found = api.get("livechat/monitors", {"text": "DIAZ"}).json()["monitors"]

    assert [monitor["username"] for monitor in found] == ["ana"]


@pytest.mark.parametrize(("era", "code"), [("7", "invalid-params"), ("8", "error-invalid-params")])
def test_a_server_that_checks_the_published_schema_wants_text(server, api, era, code):
    server.settings.monitors_need_text = True
    server.settings.version_errors = era

    refused = api.get("livechat/monitors")

    assert (refused.status_code, refused.json()["errorType"]) == (400, code)
    assert api.get("livechat/monitors", {"text": ""}).status_code == 200


@pytest.mark.parametrize("username", ["nobody", "guest"])
def test_a_username_without_the_role_is_an_invalid_user(server, api, username):
    server.add_user("guest", monitor=False)

    answer = api.get(f"livechat/monitors/{username}")

    assert (answer.status_code, answer.json()) == (400, {"success": False, "error": "invalid-user"})


def test_a_department_points_at_its_unit(server, api):
    unit_id = server.add_unit("Billing")
    department_id = server.add_department("Invoices", unit_id)
    server.add_department("Lost and found")

    one = api.get(f"livechat/department/{department_id}").json()["department"]
    of_unit = api.get(f"livechat/units/{unit_id}/departments").json()
    found = api.get("livechat/department", {"text": "lost"}).json()

    assert (one["parentId"], one["ancestors"]) == (unit_id, [unit_id])
    assert [department["_id"] for department in of_unit["departments"]] == [department_id]
    assert (of_unit["count"], of_unit["offset"], of_unit["total"]) == (1, 0, 1)
    assert [department["name"] for department in found["departments"]] == ["Lost and found"]
    assert "parentId" not in found["departments"][0]


def test_an_unknown_department_is_a_200_without_a_department(api):
    answer = api.get("livechat/department/nothing")

    assert answer.status_code == 200
    assert answer.json() == {"department": None, "agents": [], "success": True}


def test_made_up_ids_are_seventeen_alphanumerics_and_the_same_every_time(server):
    unit_id = server.add_unit("Billing")

    assert len(unit_id) == 17
    assert unit_id.isalnum()
    assert type(server)().add_unit("Billing") == unit_id


def test_an_old_server_lists_departments_among_the_units(server, api):
    server.settings.units_list_departments = True
    unit_id = server.add_unit("Billing EU")
    server.add_department("Invoices", unit_id)
    server.add_department("Lobby")

    answer = api.get("livechat/units", {"text": "i"}).json()

    billing, invoices = answer["units"]
    assert (billing["type"], answer["total"]) == ("u", 2)
    assert (invoices["name"], invoices["parentId"], "type" in invoices) == ("Invoices", unit_id, False)


def test_a_server_may_leave_out_the_type_of_units(server, api):
    server.settings.units_have_type = False
    server.add_unit("Billing EU")

    assert "type" not in api.get("livechat/units").json()["units"][0]
