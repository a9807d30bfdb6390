"""Who may call what: tokens, permissions, licence, and the paths that do not exist."""

import pytest
import requests

from tests.fakes.rocketchat import RocketChatServer

LOGIN = "You must be logged in to do this."
PREMIUM = [
    "livechat/units",
    "livechat/units/u1",
    "livechat/units/u1/monitors",
    "livechat/units/u1/departments",
    "livechat/monitors",
    "livechat/monitors/ana",
]


def test_me_tells_who_the_account_is(server, api):
    answer = api.get("me").json()

    assert answer["success"] is True
    assert (answer["_id"], answer["username"]) == (server.account.user_id, "monitors-bot")
    assert answer["roles"] == ["bot", "livechat-manager"]


@pytest.mark.parametrize("wrong", ["X-User-Id", "X-Auth-Token"])
def test_a_wrong_half_of_the_token_pair_is_refused(server, api, wrong):
    headers = {"X-User-Id": server.account.user_id, "X-Auth-Token": server.account.token, wrong: "wrong"}

    answer = api.get("me", headers=headers)

    assert answer.status_code == 401
    assert answer.json() == {"success": False, "error": LOGIN}


def test_before_version_8_a_missing_token_is_answered_without_success(server, api):
    server.settings.version_errors = "7"

    answer = api.get("me", headers={})

    assert answer.status_code == 401
    assert answer.json() == {"status": "error", "message": LOGIN}


def test_rotating_the_token_ends_the_old_one(server, api):
    old = server.account.token

    new = server.rotate_token()

    headers = {"X-User-Id": server.account.user_id}
    assert api.get("me", headers=headers | {"X-Auth-Token": old}).status_code == 401
    assert api.get("me", headers=headers | {"X-Auth-Token": new}).status_code == 200


def test_adding_a_token_leaves_the_old_one_working(server, api):
    old = server.account.token

    new = server.add_token()

    headers = {"X-User-Id": server.account.user_id}
    for token in (old, new):
        assert api.get("me", headers=headers | {"X-Auth-Token": token}).status_code == 200


@pytest.mark.parametrize(("era", "code"), [("7", "error-unauthorized"), ("8", "error-forbidden")])
@pytest.mark.parametrize(
    ("path", "permission"),
    [
        ("livechat/monitors", "manage-livechat-monitors"),
        ("livechat/units/u1/monitors", "manage-livechat-monitors"),
        ("livechat/units/u1", "manage-livechat-units"),
        ("livechat/units/u1/departments", "manage-livechat-units"),
    ],
)
def test_a_missing_permission_is_a_403(server, api, path, permission, era, code):
    server.settings.version_errors = era
    server.permissions.remove(permission)

    answer = api.get(path)

    assert answer.status_code == 403
    sentence = f"User does not have the permissions required for this action [{code}]"
    assert answer.json() == {"success": False, "error": sentence}


def test_departments_need_one_of_two_permissions(server, api):
    server.permissions.remove("view-l-room")
    with_one = api.get("livechat/department").status_code
    server.permissions.remove("view-livechat-departments")

    assert (with_one, api.get("livechat/department").status_code) == (200, 403)


def test_the_list_of_permissions_agrees_with_what_the_account_may_do(server, api):
    server.permissions.add("message-impersonate")
    server.permissions.remove("manage-livechat-units")

    rows = api.get("permissions.listAll").json()["update"]

    roles = {row["_id"]: set(row["roles"]) for row in rows}
    held = {name for name, holders in roles.items() if holders & set(server.account_roles)}
    assert held == server.permissions
    assert roles["manage-livechat-units"] == {"admin"}


def test_not_even_admin_holds_what_an_admin_account_lacks(server, api):
    server.account_roles = ["admin"]
    server.permissions.remove("manage-livechat-units")

    rows = api.get("permissions.listAll").json()["update"]

    assert {"manage-livechat-units": []}.items() <= {row["_id"]: row["roles"] for row in rows}.items()


@pytest.mark.parametrize("path", ["nothing.here", "livechat/units/u1/monitors/more", ""])
def test_an_unknown_path_is_a_plain_404(api, path):
    answer = api.get(path)

    assert answer.status_code == 404
    assert answer.headers["Content-Type"].startswith("text/plain")


def test_a_path_with_another_method_is_a_plain_404(api):
    assert api.post("me", {}).status_code == 404


def test_an_encoded_slash_stays_inside_its_part_of_the_path(server, api):
    server.add_user("ana")
    server.add_unit("Billing", ["ana"], id="a/b")

    monitors = api.get("livechat/units/a%2Fb/monitors").json()["monitors"]

    assert [link["username"] for link in monitors] == ["ana"]


def test_a_server_below_a_base_path_answers_only_there():
    with RocketChatServer(base_path="/chat") as server, requests.Session() as session:
        headers = {"X-User-Id": server.account.user_id, "X-Auth-Token": server.account.token}
        below = session.get(f"{server.url}/api/v1/me", headers=headers, timeout=5)
        at_root = session.get(server.url.removesuffix("/chat") + "/api/v1/me", headers=headers, timeout=5)

    assert (below.status_code, at_root.status_code) == (200, 404)


@pytest.mark.parametrize("path", PREMIUM)
def test_a_newer_server_without_the_module_says_so_in_json(server, api, path):
    server.license = "missing-400"

    answer = api.get(path)

    assert answer.status_code == 400
    assert answer.json() == {
        "success": False,
        "error": "This is an enterprise feature [error-action-not-allowed]",
        "errorType": "error-action-not-allowed",
    }


@pytest.mark.parametrize("path", PREMIUM)
def test_an_older_server_without_the_module_shows_its_web_page_with_200(server, api, path):
    server.license = "missing-html"

    answer = api.get(path)

    assert answer.status_code == 200
    assert answer.headers["Content-Type"].startswith("text/html")
    assert "Page not found" in answer.text


def test_a_server_that_never_registered_the_module_answers_a_plain_404(server, api):
    server.license = "missing-404"

    assert api.get("livechat/units").status_code == 404
    assert api.get("livechat/department").status_code == 200
