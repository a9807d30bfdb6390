"""The limiter: its headers, what it counts, and whom it spares."""

import time
from email.utils import parsedate_to_datetime

import pytest


@pytest.fixture
def limited(server):
    server.permissions.discard("api-bypass-rate-limit")
    server.settings.limit_calls = 2
    return server


def statuses(api, path, calls):
    return [api.get(path).status_code for _ in range(calls)]


def test_an_exempt_account_sees_no_limit_and_no_headers(server, api):
    server.settings.limit_calls = 1

    assert statuses(api, "me", 3) == [200, 200, 200]
    assert "X-RateLimit-Limit" not in api.get("me").headers


def test_the_limiter_can_be_switched_off(limited, api):
    limited.settings.rate_limiter = False

    assert statuses(api, "me", 3) == [200, 200, 200]


def test_some_version_limits_exempt_accounts_too(server, api):
    server.settings.limit_calls = 2
    server.settings.bypass_ignored = True

    assert statuses(api, "me", 3) == [200, 200, 429]


def test_good_answers_tell_the_limit_what_is_left_and_when_it_resets(limited, api):
    limited.settings.limit_calls = 10

    headers = api.get("me").headers

    assert (headers["X-RateLimit-Limit"], headers["X-RateLimit-Remaining"]) == ("10", "9")
    assert int(headers["X-RateLimit-Reset"]) == pytest.approx((time.time() + 60) * 1000, abs=2000)


def test_above_the_limit_a_call_is_refused_with_the_seconds_to_wait(limited, api):
    statuses(api, "me", 2)

    answer = api.get("me")

    assert answer.status_code == 429
    assert answer.headers["X-RateLimit-Remaining"] == "0"
    assert answer.json()["success"] is False
    assert "You must wait 60 seconds" in answer.json()["error"]
    assert answer.json()["error"].endswith("[error-too-many-requests]")


def test_all_units_share_the_budget_of_their_route(limited, api):
    assert statuses(api, "livechat/units/a/monitors", 2) == [200, 200]

    assert api.get("livechat/units/b/monitors").status_code == 429
    assert api.get("livechat/units").status_code == 200


def test_the_limiter_counts_before_permissions_and_counts_refusals(limited, api):
    limited.permissions.remove("manage-livechat-monitors")

    assert statuses(api, "livechat/monitors", 4) == [403, 403, 429, 429]
    assert "X-RateLimit-Limit" in api.get("livechat/monitors").headers


def test_a_new_window_has_a_new_budget(limited, api):
    limited.settings.limit_seconds = 0.2
    assert statuses(api, "me", 3) == [200, 200, 429]

    time.sleep(0.25)

    assert api.get("me").status_code == 200


def test_the_servers_clock_may_be_wrong(limited, api):
    limited.clock = lambda: time.time() + 3600

    headers = api.get("me").headers

    an_hour_ahead = time.time() + 3600
    assert parsedate_to_datetime(headers["Date"]).timestamp() == pytest.approx(an_hour_ahead, abs=2)
    assert int(headers["X-RateLimit-Reset"]) == pytest.approx((an_hour_ahead + 60) * 1000, abs=2000)
