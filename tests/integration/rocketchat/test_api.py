"""How answers of every version of Rocket.Chat are understood, and how whole lists are read from pages."""

import itertools
import json

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from monitors_bot.deadline import Deadline
from monitors_bot.errors import (
    CredentialsRefused,
    NothingListens,
    PermissionMissing,
    RocketChatError,
    RocketChatLimited,
    RocketChatTooSlow,
    RocketChatUnavailable,
    RocketChatUnintelligible,
    ServerNameUnknown,
    UnitsNotAvailable,
)
from monitors_bot.rocketchat.api import (
    ME,
    MONITORS,
    PERMISSIONS,
    PRESENCE,
    ROOM,
    UNIT_MONITORS,
    UNITS,
    Account,
    RocketChat,
)
from monitors_bot.rocketchat.limits import Limits
from tests.fakes.rocketchat import RocketChatServer
from tests.fakes.scripted_server import ScriptedServer, http_answer

JSON = "application/json"
HTML = "text/html; charset=utf-8"
TEXT = "text/plain;charset=UTF-8"
WEB_APP = "<!DOCTYPE html><html><head><title>Rocket.Chat</title></head><body></body></html>"
LOGIN = "You must be logged in to do this."
PERMISSIONS_REQUIRED = "User does not have the permissions required for this action"
ENTERPRISE = "This is an enterprise feature [error-action-not-allowed]"
SLOW_DOWN = (
    "Error, too many requests. Please slow down. "
    "You must wait 42 seconds before trying this endpoint again. [error-too-many-requests]"
)
UNIT_ROUTES = [UNITS, UNIT_MONITORS, MONITORS]
OTHER_ROUTES = [PRESENCE, ROOM, ME, PERMISSIONS]


def failure(error, error_type=None, **more):
    kind = {"errorType": error_type} if error_type else {}
    return {"success": False, "error": error, **kind, **more}


@pytest.fixture
def answered(rocketchat, client, deadline):
    """Get a route that answers as given; return what the client makes of it."""

    def get(route, code, body, content_type=None):
        kind = {} if content_type is None else {"content_type": content_type}
        rocketchat.fail("*", "status", code=code, body=body, **kind)
        with pytest.raises(RocketChatError) as caught:
            client.get(route, deadline, part="x")
        return caught.value

    return get


def every(*samples):
    return pytest.mark.parametrize(("code", "body", "content_type"), samples)


def on_each(routes):
    return pytest.mark.parametrize("route", routes, ids=lambda route: route.path)


# Good answers


def test_a_good_answer_is_read_as_json_and_is_asked_for_with_the_account(rocketchat, client, deadline):
    answer = client.get(ME, deadline)

    assert (answer["username"], answer["success"]) == ("monitors-bot", True)
    asked = rocketchat.calls[0].headers
    assert asked["X-User-Id"] == rocketchat.account.user_id
    assert asked["X-Auth-Token"] == rocketchat.account.token


def test_calls_and_their_time_are_counted(rocketchat, client, deadline):
    rocketchat.fail("me", "status", times=1)

    with pytest.raises(RocketChatUnavailable):
        client.get(ME, deadline)
    client.get(ME, deadline)

    assert client.calls == 2
    assert client.seconds_waited > 0


@pytest.mark.parametrize("base_path", ["/chat", "/a/b"])
def test_a_server_below_a_path_is_called_below_that_path(outbound, accounts, clock, deadline, base_path):
    with RocketChatServer(base_path) as server:
        accounts.account = Account(server.account.user_id, server.account.token)

        answer = RocketChat(server.url, outbound, accounts, Limits(), clock).get(ME, deadline)

        assert answer["username"] == "monitors-bot"
        assert server.calls[0].path == f"{base_path}/api/v1/me"


@pytest.mark.parametrize(
    "unit_id",
    [
        "TGjc7wN84KxQup9cF",
        "6567236571f856761e61c9a2",
        "a/b",
        "a/../b",
        "..a",
        "a b",
        "a+b",
        "a?b=c",
        "a#b",
        "100%",
        "%2e%2e",
        "%2Fetc",
        "{}",
        "{0}",
        "é ☃ 😀",
        "a\nb",
        "a\\b",
        ";a",
        "'\"<>",
    ],
)
def test_any_id_of_a_unit_reaches_the_server_unchanged(rocketchat, client, deadline, unit_id):
    rocketchat.add_user("ana")
    rocketchat.add_unit("Night", ["ana"], id=unit_id)

    answer = client.get(UNIT_MONITORS, deadline, part=unit_id)

    assert [link["username"] for link in answer["monitors"]] == ["ana"]


# Our account is refused


@every(
    (401, {"status": "error", "message": LOGIN}, JSON),
    (401, {"status": "error", "message": LOGIN, "success": False, "error": LOGIN}, JSON),
    (401, failure(LOGIN), JSON),
    (401, failure("unauthorized"), JSON),
    (401, "Unauthorized", TEXT),
    (401, WEB_APP, HTML),
    (401, "", JSON),
    (401, [], JSON),
)
@on_each([ME, UNITS])
def test_a_401_of_any_era_means_that_our_credentials_are_refused(answered, route, code, body, content_type):
    assert type(answered(route, code, body, content_type)) is CredentialsRefused


@pytest.mark.parametrize("era", ["7", "8"])
def test_a_token_that_the_server_does_not_know_is_refused(rocketchat, client, deadline, era):
    rocketchat.settings.version_errors = era
    rocketchat.rotate_token()

    with pytest.raises(CredentialsRefused):
        client.get(ME, deadline)


def test_a_refused_account_is_replaced_once_by_another(rocketchat, client, accounts, deadline):
    old = accounts.account
    accounts.other = Account(old.user_id, rocketchat.rotate_token())

    answer = client.get(ME, deadline)

    assert answer["username"] == "monitors-bot"
    assert accounts.refused == [old]
    assert [call.status for call in rocketchat.calls] == [401, 200]


def test_no_third_account_is_tried(rocketchat, client, accounts, deadline):
    accounts.other = Account(accounts.account.user_id, "wrong too")
    rocketchat.rotate_token()

    with pytest.raises(CredentialsRefused):
        client.get(ME, deadline)

    assert len(rocketchat.calls) == 2


@pytest.mark.parametrize("code", [403, 429, 500])
def test_another_account_is_tried_only_after_a_refusal(rocketchat, client, accounts, deadline, code):
    accounts.other = Account(accounts.account.user_id, "another")
    rocketchat.fail("*", "status", code=code)

    with pytest.raises(RocketChatError):
        client.get(ME, deadline)

    assert accounts.refused == []


def test_an_account_shows_its_token_to_nobody():
    assert "secret-token" not in repr(Account("id", "secret-token"))


# A permission is missing


@every(
    (403, failure(f"{PERMISSIONS_REQUIRED} [error-unauthorized]"), JSON),
    (403, failure(f"{PERMISSIONS_REQUIRED} [error-forbidden]"), JSON),
    (403, failure("unauthorized"), JSON),
    (403, failure("forbidden"), JSON),
    (403, {"status": "error", "message": "unauthorized"}, JSON),
    (403, failure("Something new", "error-something-new"), JSON),
    (400, failure("unauthorized"), JSON),
    (400, failure("Not authorized [error-not-authorized]", "error-not-authorized"), JSON),
    (400, failure("Not allowed [error-not-allowed]", "error-not-allowed"), JSON),
    (400, failure(f"{PERMISSIONS_REQUIRED} [error-unauthorized]", "error-unauthorized", details={}), JSON),
)
@pytest.mark.parametrize(
    ("route", "permission"),
    [
        (UNITS, "manage-livechat-units"),
        (UNIT_MONITORS, "manage-livechat-monitors"),
        (MONITORS, "manage-livechat-monitors"),
    ],
    ids=lambda value: getattr(value, "path", value),
)
def test_a_refusal_of_any_era_names_the_permission_that_is_missing(
    answered, route, permission, code, body, content_type
):
    error = answered(route, code, body, content_type)

    assert isinstance(error, PermissionMissing)
    assert error.permission == permission


@pytest.mark.parametrize("era", ["7", "8"])
@pytest.mark.parametrize(
    ("route", "permission"),
    [(UNITS, "manage-livechat-units"), (UNIT_MONITORS, "manage-livechat-monitors")],
    ids=lambda value: getattr(value, "path", value),
)
def test_a_permission_that_the_server_requires_is_named(rocketchat, client, deadline, era, route, permission):
    rocketchat.settings.version_errors = era
    rocketchat.settings.units_read_needs_permission = True
    rocketchat.permissions.discard(permission)

    with pytest.raises(PermissionMissing) as caught:
        client.get(route, deadline, part="x")

    assert caught.value.permission == permission


@every((403, WEB_APP, HTML), (403, "Forbidden", TEXT), (403, "", JSON), (403, "{", JSON), (403, [1], JSON))
@on_each([UNITS, ME])
def test_a_403_from_something_other_than_rocketchat_is_no_missing_permission(
    answered, route, code, body, content_type
):
    assert type(answered(route, code, body, content_type)) is RocketChatUnintelligible


@every((403, failure("forbidden"), JSON), (400, failure("not-allowed", "Not Allowed"), JSON))
@on_each(OTHER_ROUTES)
def test_a_refusal_on_a_route_without_a_permission_is_unintelligible(
    answered, route, code, body, content_type
):
    assert type(answered(route, code, body, content_type)) is RocketChatUnintelligible


# The server has no units


NO_UNITS = every(
    (200, WEB_APP, HTML),
    (200, WEB_APP, "Text/HTML"),
    (404, WEB_APP, HTML),
    (404, "Not Found", TEXT),
    (404, failure("not found"), JSON),
    (400, failure(ENTERPRISE, "error-action-not-allowed"), JSON),
    (400, failure(ENTERPRISE), JSON),
    (403, failure(ENTERPRISE, "error-action-not-allowed"), JSON),
    (200, failure(ENTERPRISE, "error-action-not-allowed"), JSON),
)


@NO_UNITS
@on_each(UNIT_ROUTES)
def test_a_server_without_the_licence_has_no_units(answered, route, code, body, content_type):
    assert type(answered(route, code, body, content_type)) is UnitsNotAvailable


@NO_UNITS
@on_each(OTHER_ROUTES)
def test_the_same_answers_on_other_routes_say_nothing_about_units(answered, route, code, body, content_type):
    assert type(answered(route, code, body, content_type)) is RocketChatUnintelligible


@pytest.mark.parametrize("licence", ["missing-400", "missing-404", "missing-html"])
@on_each(UNIT_ROUTES)
def test_a_server_of_any_era_without_the_licence_is_recognised(rocketchat, client, deadline, licence, route):
    rocketchat.license = licence

    with pytest.raises(UnitsNotAvailable):
        client.get(route, deadline, part="x")


# The server is down, slow, or asks us to wait


@every(
    (500, failure("Internal server error"), JSON),
    (500, {"success": True, "units": []}, JSON),
    (500, failure(ENTERPRISE, "error-action-not-allowed"), JSON),
    (502, "<html><body>Bad Gateway</body></html>", HTML),
    (503, "", TEXT),
    (503, "upstream connect error", TEXT),
    (504, "<html>", HTML),
    (599, [], JSON),
)
@on_each([UNITS, ME])
def test_a_broken_server_or_proxy_is_unavailable(answered, route, code, body, content_type):
    assert type(answered(route, code, body, content_type)) is RocketChatUnavailable


@pytest.mark.parametrize("kind", ["reset", "close", "half", "huge"])
def test_a_server_that_breaks_off_is_unavailable(rocketchat, client, deadline, kind):
    rocketchat.fail("*", kind)

    with pytest.raises(RocketChatUnavailable) as caught:
        client.get(UNITS, deadline)

    assert not isinstance(caught.value, RocketChatTooSlow)


@pytest.mark.parametrize("kind", ["never", "drip-headers", "drip-body"])
def test_a_server_that_takes_too_long_is_too_slow(rocketchat, client, clock, kind):
    rocketchat.fail("*", kind)

    with pytest.raises(RocketChatTooSlow):
        client.get(UNITS, Deadline(clock() + 0.3, clock))


@every(
    (429, failure(SLOW_DOWN), JSON),
    (400, failure(SLOW_DOWN, "error-too-many-requests"), JSON),
    (200, failure(SLOW_DOWN), JSON),
    (429, "Too Many Requests", TEXT),
    (429, "<html>", HTML),
    (429, "", TEXT),
)
@on_each([UNITS, ME])
def test_too_many_calls_are_limited(answered, route, code, body, content_type):
    assert type(answered(route, code, body, content_type)) is RocketChatLimited


# Nonsense


@every(
    (200, {"units": []}, JSON),
    (200, {"success": "true"}, JSON),
    (200, {"success": 1}, JSON),
    (200, failure("Something went wrong"), JSON),
    (200, {"status": "success"}, JSON),
    (200, [], JSON),
    (200, "", JSON),
    (200, "success: true", JSON),
    (200, '{"success": true', JSON),
    (200, '{"success": true}', TEXT),
    (200, '{"success": true}', ""),
    (200, '{"success": true, "n": ' + "9" * 5000 + "}", JSON),
    (201, {"success": True, "units": []}, JSON),
    (204, {"success": True, "units": []}, JSON),
    (302, {"success": True, "units": []}, JSON),
    (400, failure("invalid-params", "invalid-params"), JSON),
    (400, failure("must be string [error-invalid-params]", "error-invalid-params"), JSON),
    (400, failure(None, 7), JSON),
    (400, failure(["a"], {"b": "c"}), JSON),
    (400, "Bad Request", TEXT),
    (418, failure("teapot"), JSON),
)
@on_each([UNITS, ME])
def test_any_other_answer_is_unintelligible(answered, route, code, body, content_type):
    assert type(answered(route, code, body, content_type)) is RocketChatUnintelligible


@pytest.mark.parametrize("kind", ["deep", "not-json", "empty", "unsuccessful", "wrong-type"])
def test_an_answer_of_the_wrong_kind_is_unintelligible(rocketchat, client, deadline, kind):
    rocketchat.fail("livechat/units", kind)

    with pytest.raises(RocketChatUnintelligible):
        list(client.get_all(UNITS, "units", deadline))


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("error-invalid-room", "400 error-invalid-room"),
        ("invalid-params", "400 invalid-params"),
        ("y" * 9000, "400"),
        ("error-" + "y" * 9000, "400"),
        ("error-room-4711", "400"),
        ("error-invalid-room ", "400"),
        ("User canary", "400"),
        ("", "400"),
    ],
)
def test_of_what_the_server_says_an_error_keeps_a_name_of_known_form(answered, name, kept):
    assert str(answered(ROOM, 400, failure("x" * 9000, name))) == kept
    assert str(answered(ROOM, 400, {"success": False, "error": f"So it is [{name}]"})) == kept


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(), max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=8,
)
items = st.dictionaries(st.sampled_from(["_id", "name", "numMonitors"]), json_values)
payloads = st.fixed_dictionaries(
    {},
    optional={
        "success": st.just(True) | json_values,
        "units": st.lists(items, max_size=3) | json_values,
        "total": st.integers(-1, 5) | json_values,
        "error": json_values,
        "errorType": json_values,
        "message": json_values,
    },
)


@pytest.fixture
def hostile(rocketchat, client, clock):
    """Read all units of a server that first answers as given, then with an empty list."""

    def read(code, body, content_type):
        rocketchat.heal()
        rocketchat.fail("*", "status", times=1, code=code, body=body, content_type=content_type)
        rocketchat.fail("*", "status", code=200, body={"success": True, "units": []})
        clock.advance(3600)
        return list(client.get_all(UNITS, "units", Deadline(clock() + 30, clock)))

    return read


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
@given(
    code=st.sampled_from([200, 200, 200, 200, 201, 302, 400, 401, 403, 404, 429, 500, 502, 999]),
    body=payloads | json_values | st.text(max_size=40),
    content_type=st.sampled_from(
        [JSON, JSON, JSON, HTML, TEXT, "", "json", "application/json; charset=utf-16"]
    ),
)
@example(code=200, body={"success": True, "units": [{"_id": {}}]}, content_type=JSON)
@example(code=200, body={"success": True, "units": [{"_id": []}], "total": 1}, content_type=JSON)
def test_any_answer_is_read_as_units_or_raises_a_named_error(hostile, code, body, content_type):
    try:
        outcome = hostile(code, body, content_type)
    except RocketChatError as error:
        outcome = error

    assert isinstance(outcome, list | RocketChatError)


# Whole lists


@pytest.fixture
def unit_ids(rocketchat, client, deadline):
    def read():
        return [unit["_id"] for unit in client.get_all(UNITS, "units", deadline)]

    return read


def add_units(rocketchat, number):
    return {rocketchat.add_unit(f"Unit {n:05}") for n in range(number)}


@pytest.mark.parametrize("number", [0, 1, 50, 51, 100, 101, 5000])
def test_a_list_of_any_length_comes_in_one_call(rocketchat, unit_ids, number):
    added = add_units(rocketchat, number)

    assert set(unit_ids()) == added
    assert len(rocketchat.calls) == 1


@pytest.mark.parametrize(("number", "calls"), [(0, 1), (50, 1), (51, 2), (150, 2), (151, 3), (5000, 51)])
def test_a_server_that_gives_no_whole_lists_is_read_page_by_page(rocketchat, unit_ids, number, calls):
    rocketchat.settings.allow_infinite_count = False
    added = add_units(rocketchat, number)

    read = unit_ids()

    assert (set(read), len(read)) == (added, number)
    assert len(rocketchat.calls) == calls


def test_a_server_that_gives_fewer_than_asked_for_is_asked_for_the_rest(rocketchat, unit_ids):
    rocketchat.settings.allow_infinite_count = False
    rocketchat.settings.default_count = rocketchat.settings.upper_count_limit = 7
    added = add_units(rocketchat, 20)

    assert set(unit_ids()) == added
    assert [dict(call.query).get("offset") for call in rocketchat.calls] == [None, "7", "14"]


def test_other_parameters_are_sent_with_every_page(rocketchat, client, deadline):
    rocketchat.settings.allow_infinite_count = False
    add_units(rocketchat, 60)

    list(client.get_all(UNITS, "units", deadline, [("text", "Unit")]))

    assert [dict(call.query)["text"] for call in rocketchat.calls] == ["Unit", "Unit"]


def page(*ids, **more):
    return {"success": True, "units": [{"_id": id_, "name": id_} for id_ in ids]} | more


def turn_pages(rocketchat, *pages):
    for body in pages:
        rocketchat.fail("livechat/units", "status", times=1, code=200, body=body)


def test_a_list_without_a_total_ends_at_the_first_page_without_new_items(rocketchat, unit_ids):
    turn_pages(rocketchat, page("a", "b"), page("c"), page())

    assert unit_ids() == ["a", "b", "c"]


@pytest.mark.parametrize("total", [None, "3", 3.0, [], -1.5])
def test_a_total_that_is_not_a_number_is_ignored(rocketchat, unit_ids, total):
    turn_pages(rocketchat, page("a", total=total), page("b", total=total), page("b", total=total))

    assert unit_ids() == ["a", "b"]


def test_a_unit_that_moved_onto_the_next_page_is_listed_once(rocketchat, unit_ids):
    turn_pages(rocketchat, page("a", "b", total=4), page("b", "c", total=4), page("d", total=4))

    assert unit_ids() == ["a", "b", "c", "d"]


def test_a_unit_that_appears_twice_on_one_page_is_listed_once(rocketchat, unit_ids):
    turn_pages(rocketchat, page("a", "a", "b", total=2))

    assert unit_ids() == ["a", "b"]


@pytest.mark.parametrize("last", [page(total=9), page("a", total=9)], ids=["nothing", "the same again"])
def test_a_list_that_ends_before_its_total_is_an_error(rocketchat, unit_ids, last):
    turn_pages(rocketchat, page("a", total=9), last)

    with pytest.raises(RocketChatUnintelligible):
        unit_ids()


def test_an_endless_list_is_read_only_until_the_deadline(outbound, accounts, clock):
    numbers = itertools.count()

    def endless(_):
        yield http_answer(json.dumps(page(str(next(numbers)))).encode())

    with ScriptedServer(endless) as server:
        units = RocketChat(server.url, outbound, accounts, Limits(), clock).get_all(
            UNITS, "units", Deadline(clock() + 0.3, clock)
        )

        with pytest.raises(RocketChatTooSlow):
            list(units)


def test_a_list_with_a_page_that_fails_is_an_error(rocketchat, unit_ids):
    turn_pages(rocketchat, page("a", total=2))
    rocketchat.fail("livechat/units", "status", code=502)

    with pytest.raises(RocketChatUnavailable):
        unit_ids()


@pytest.mark.parametrize("wrong", [{}, {"_id": None}, {"_id": 7}, {"_id": []}, {"_id": {}}, {"_id": ""}])
def test_an_item_without_an_id_is_unintelligible(rocketchat, unit_ids, wrong):
    turn_pages(rocketchat, {"success": True, "units": [wrong], "total": 1})

    with pytest.raises(RocketChatUnintelligible):
        unit_ids()


def test_a_server_that_refuses_connections_is_told_from_one_whose_name_is_unknown(
    outbound, accounts, clock, deadline, nobodys_url
):
    with pytest.raises(NothingListens):
        RocketChat(nobodys_url, outbound, accounts, Limits(), clock).get(ME, deadline)
    with pytest.raises(ServerNameUnknown):
        RocketChat("http://no-such-host.invalid", outbound, accounts, Limits(), clock).get(ME, deadline)
