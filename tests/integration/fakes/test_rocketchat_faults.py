"""Faults on request, the record of calls, and a server that stops at once."""

import socket
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
import requests

from tests.fakes.rocketchat import RocketChatServer


def test_a_status_can_be_ordered_with_body_and_headers(server, api):
    server.fail("me", "status", code=502, body={"error": "proxy"}, headers={"Retry-After": "3"})

    answer = api.get("me")

    assert (answer.status_code, answer.json(), answer.headers["Retry-After"]) == (
        502,
        {"error": "proxy"},
        "3",
    )


def test_an_ordered_status_is_a_proxys_page_when_nothing_else_is_said(server, api):
    server.fail("me", "status")

    answer = api.get("me")

    assert (answer.status_code, answer.headers["Content-Type"]) == (503, "text/html; charset=utf-8")


def test_a_fault_meets_only_its_route_and_only_so_often(server, api):
    server.fail("livechat/units/:unitId/monitors", "status", times=2)

    statuses = [api.get(f"livechat/units/{unit}/monitors").status_code for unit in "abc"]

    assert statuses == [503, 503, 200]
    assert api.get("livechat/units").status_code == 200


def test_faults_come_in_the_order_given_and_a_star_meets_every_route(server, api):
    server.fail("*", "status", times=1, code=500)
    server.fail("me", "status", times=1, code=502)

    assert [api.get("me").status_code for _ in range(3)] == [500, 502, 200]


def test_healing_ends_every_fault(server, api):
    server.fail("*", "status")
    server.heal()

    assert api.get("me").status_code == 200


def test_an_unknown_fault_is_a_mistake_in_the_test(server):
    with pytest.raises(ValueError, match="no such fault"):
        server.fail("me", "gremlins")


def test_a_slow_answer_comes_late_and_whole(server, api):
    server.fail("me", "slow", seconds=0.15)
    began = time.monotonic()

    assert api.get("me").json()["success"] is True
    assert time.monotonic() - began > 0.14


def test_a_call_that_is_never_answered_times_out_and_is_on_record(server, api):
    server.fail("me", "never")

    with pytest.raises(requests.ReadTimeout):
        api.get("me", timeout=0.1)

    assert [call.status for call in server.calls] == [0]


@pytest.mark.parametrize("kind", ["drip-headers", "drip-body"])
def test_drops_outlast_a_time_out_that_bounds_one_read(server, api, kind):
    server.fail("me", kind, interval=0.003)
    began = time.monotonic()

    answer = api.get("me", timeout=0.1)

    assert answer.json()["success"] is True
    assert time.monotonic() - began > 0.3


def test_a_reset_connection_is_reset(server):
    server.fail("me", "reset")
    host, port = server.url.removeprefix("http://").split(":")

    with socket.create_connection((host, int(port)), timeout=5) as client:
        client.sendall(b"GET /api/v1/me HTTP/1.1\r\nHost: x\r\n\r\n")
        with pytest.raises(ConnectionResetError):
            client.recv(1)


@pytest.mark.parametrize("kind", ["reset", "close"])
def test_a_connection_can_end_without_an_answer(server, api, kind):
    server.fail("me", kind)

    with pytest.raises(requests.ConnectionError):
        api.get("me")


def test_half_an_answer_breaks_off_below_its_declared_length(server, api):
    server.fail("me", "half")

    with pytest.raises((requests.exceptions.ChunkedEncodingError, requests.ConnectionError)):
        api.get("me")


def test_a_web_page_can_come_instead_of_json(server, api):
    server.fail("me", "html")

    answer = api.get("me")

    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "text/html; charset=utf-8")


@pytest.mark.parametrize(("kind", "text"), [("not-json", "success: true"), ("empty", "")])
def test_json_can_be_announced_and_missing(server, api, kind, text):
    server.fail("me", kind)

    answer = api.get("me")

    assert (answer.status_code, answer.headers["Content-Type"], answer.text) == (
        200,
        "application/json",
        text,
    )


def test_a_good_status_can_come_without_success(server, api):
    server.fail("me", "unsuccessful")

    assert (api.get("me").status_code, api.get("me").json()["success"]) == (200, False)


@pytest.mark.parametrize(
    ("kind", "options", "wrong"),
    [
        ("wrong-type", {}, "nothing"),
        ("wrong-type", {"value": None}, None),
        ("wrong-items", {}, [None, 7, "nothing", [], {}]),
    ],
)
def test_lists_can_be_of_wrong_types(server, api, kind, options, wrong):
    server.add_unit("Billing")
    server.fail("livechat/units", kind, **options)

    assert api.get("livechat/units").json() == {
        "units": wrong,
        "count": 1,
        "offset": 0,
        "total": 1,
        "success": True,
    }


def test_a_call_can_be_sent_elsewhere(server, api):
    server.fail("me", "redirect", to="http://127.0.0.1:1/")

    answer = api.get("me")

    assert (answer.status_code, answer.headers["Location"]) == (302, "http://127.0.0.1:1/")


def test_json_can_be_nested_too_deep_to_read(server, api):
    server.fail("livechat/units", "deep")

    with pytest.raises(RecursionError):
        api.get("livechat/units").json()


@pytest.mark.parametrize("compressed", [False, True])
def test_an_answer_can_be_huge(server, api, compressed):
    server.fail("livechat/units", "huge", megabytes=3, compressed=compressed)

    answer = api.get("livechat/units")

    assert len(answer.content) > 3 * 2**20
    assert answer.json() == {"success": True, "units": []}


def test_a_client_may_leave_in_the_middle_of_a_huge_answer(server, api):
    server.fail("livechat/units", "huge", times=1)

    with api.get("livechat/units", stream=True) as answer:
        next(answer.iter_content(1024))

    assert api.get("livechat/units").status_code == 200


def test_every_call_is_on_record(server, api):
    server.add_room("general", id="r")
    api.get("livechat/units/a%20b/monitors", {"count": "0"})
    api.post("chat.postMessage", {"roomId": "r", "text": "hi"})

    first, second = server.calls
    assert (first.method, first.path, first.status) == ("GET", "/api/v1/livechat/units/a%20b/monitors", 200)
    assert (first.route, first.query) == ("livechat/units/:unitId/monitors", [("count", "0")])
    assert (second.route, second.body) == ("chat.postMessage", {"roomId": "r", "text": "hi"})
    assert first.headers["X-User-Id"] == server.account.user_id
    assert server.calls_to("chat.postMessage") == [second]


def test_two_calls_at_the_same_time_are_seen(server, api):
    server.fail("*", "slow", seconds=0.5)

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda path: requests.get(f"{server.url}/api/v1/{path}", timeout=5), ["me", "me"]))

    assert (server.peak_concurrency, server.in_flight) == (2, 0)


def test_one_connection_serves_many_calls(server, api):
    for _ in range(5):
        api.get("me")

    assert (server.connections, len(server.calls)) == (1, 5)


@pytest.mark.parametrize("kind", ["never", "slow", "drip-headers", "drip-body"])
def test_the_server_stops_at_once_while_a_call_hangs(kind):
    server = RocketChatServer().start()
    server.fail("*", kind, seconds=60, interval=60)
    with ThreadPoolExecutor(1) as pool:
        hanging = pool.submit(requests.get, server.url, timeout=30)
        while not server.in_flight:
            time.sleep(0.005)
        began = time.monotonic()
        server.stop()

        assert time.monotonic() - began < 0.5
        assert isinstance(hanging.exception(timeout=5), requests.RequestException)


def test_a_stopped_server_leaves_no_threads_and_can_start_again():
    before = threading.active_count()
    server = RocketChatServer()
    for _ in range(2):
        with server, requests.Session() as session:
            assert session.get(server.url, timeout=5).status_code == 404

    assert threading.active_count() == before
    with pytest.raises(RuntimeError, match="not running"):
        assert server.url


def test_five_thousand_units_take_no_time(server, api):
    server.add_user("ana")
    for number in range(5000):
        server.add_unit(f"Unit {number}", ["ana"])
    api.get("me")
    began = time.monotonic()

    answer = api.get("livechat/units", {"count": 0})

    assert time.monotonic() - began < 0.5
    assert answer.json()["count"] == 5000
