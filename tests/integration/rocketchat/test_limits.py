"""The server's rate limits are kept, by the server's own clock and route by route."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitors_bot.errors import RocketChatLimited
from monitors_bot.outbound import Answer
from monitors_bot.rocketchat.api import ME, ROOM, UNIT_MONITORS, UNITS
from monitors_bot.rocketchat.limits import DEFAULT_WAIT, LONGEST_WAIT, SHORTEST_WAIT, Limits
from tests.conftest import Clock

NOW = 1_795_341_600.0
DATE = "Sun, 22 Nov 2026 10:00:00 GMT"
AN_HOUR = 3600
ABSURD_DATES = [
    "Sun, 22 Nov 2026 10:00:00 -0000",
    "1 Jan 1 0:0 +9999",
    "Fri, 31 Dec 9999 23:59:59 -2359",
    "Mon, 01 Jan 0001 00:00:00 -0000",
    "Sat, 01 Jan 0000 00:00:00 GMT",
]


@pytest.fixture
def clock():
    return Clock(lambda: NOW)


@pytest.fixture
def limited(rocketchat):
    """Make the server answer with the limiter's headers."""

    def order(code=200, body=None, remaining="0", reset=None, date=DATE, times=1):
        headers = {"Date": date}
        headers |= {} if remaining is None else {"X-RateLimit-Remaining": remaining}
        headers |= {} if reset is None else {"X-RateLimit-Reset": reset}
        rocketchat.fail(
            "*", "status", times=times, code=code, headers=headers, body=body or {"success": code == 200}
        )

    return order


@pytest.fixture
def wait(client, deadline):
    """Call a route that is limited; return how long to wait."""

    def call(route=ME):
        with pytest.raises(RocketChatLimited) as caught:
            client.get(route, deadline)
        return caught.value.wait_seconds

    return call


def epoch_milliseconds(seconds_from_now):
    return str(int((NOW + seconds_from_now) * 1000))


def test_the_last_answer_within_the_limit_is_a_good_one(limited, client, deadline):
    limited(reset=epoch_milliseconds(30))

    assert client.get(ME, deadline)["success"] is True


def test_a_call_beyond_the_limit_is_not_sent(rocketchat, limited, client, deadline, wait):
    limited(reset=epoch_milliseconds(30))
    client.get(ME, deadline)

    assert wait() == 30
    assert len(rocketchat.calls) == 1


def test_calls_are_sent_again_when_the_window_is_over(rocketchat, limited, client, clock, deadline):
    limited(reset=epoch_milliseconds(20))
    client.get(ME, deadline)

    clock.advance(20)

    assert client.get(ME, deadline)["username"] == "monitors-bot"


@pytest.mark.parametrize("remaining", ["1", "9", "", "many", None])
def test_calls_are_sent_while_some_are_left_or_none_are_counted(limited, client, deadline, remaining):
    limited(remaining=remaining, reset=epoch_milliseconds(30))
    client.get(ME, deadline)

    assert client.get(ME, deadline)["success"] is True


def test_the_limit_of_one_route_does_not_hold_for_another(rocketchat, limited, client, deadline, wait):
    limited(reset=epoch_milliseconds(30))
    client.get(ME, deadline)

    assert client.get(UNITS, deadline)["units"] == []
    assert wait() == 30


def test_all_units_share_the_limit_of_their_monitors(rocketchat, limited, client, deadline):
    limited(reset=epoch_milliseconds(30))
    client.get(UNIT_MONITORS, deadline, part="a")

    with pytest.raises(RocketChatLimited):
        client.get(UNIT_MONITORS, deadline, part="b")


def test_a_refusal_says_in_its_headers_how_long_to_wait(rocketchat, limited, wait):
    limited(code=429, reset=epoch_milliseconds(17))

    assert (wait(), wait()) == (17, 17)
    assert len(rocketchat.calls) == 1


@pytest.mark.parametrize("remaining", [None, "0", "5"])
def test_a_refusal_without_a_reset_header_says_how_long_in_words(limited, wait, remaining):
    sentence = "Please slow down. You must wait 42 seconds before trying this endpoint again."
    limited(code=429, remaining=remaining, body={"success": False, "error": sentence})

    assert wait() == 42


@pytest.mark.parametrize(
    "body", [{"success": False}, "<html>Too Many Requests</html>", "You must wait a while"]
)
def test_a_refusal_that_names_no_time_means_a_whole_window(rocketchat, limited, wait, body):
    limited(code=429, remaining=None, body=body)

    assert (wait(), wait()) == (DEFAULT_WAIT, DEFAULT_WAIT)
    assert len(rocketchat.calls) == 1


def test_a_limit_in_an_answer_of_another_status_is_a_limit(limited, client, deadline):
    limited(code=400, remaining=None, body={"success": False, "error": "[error-too-many-requests]"})

    with pytest.raises(RocketChatLimited) as caught:
        client.get(ROOM, deadline)

    assert caught.value.wait_seconds == DEFAULT_WAIT


@pytest.mark.parametrize("hours", [-1, 1])
def test_the_window_ends_by_the_servers_own_clock(limited, client, deadline, wait, hours):
    date = f"Sun, 22 Nov 2026 {10 + hours}:00:00 GMT"
    limited(reset=epoch_milliseconds(hours * AN_HOUR + 30), date=date)
    client.get(ME, deadline)

    assert wait() == 30


@pytest.mark.parametrize("offset", [-AN_HOUR, 0, AN_HOUR])
def test_a_real_limiter_is_understood_whatever_its_clock_says(rocketchat, client, deadline, wait, offset):
    rocketchat.clock = lambda: time.time() + offset
    rocketchat.permissions.discard("api-bypass-rate-limit")
    rocketchat.settings.limit_calls = 2
    client.get(ME, deadline)
    client.get(ME, deadline)

    assert SHORTEST_WAIT < wait() <= rocketchat.settings.limit_seconds + 1
    assert len(rocketchat.calls) == 2


@pytest.mark.parametrize("offset", [-AN_HOUR, 0, AN_HOUR])
def test_a_real_refusal_is_understood_whatever_its_clock_says(rocketchat, wait, offset):
    rocketchat.clock = lambda: time.time() + offset
    rocketchat.permissions.discard("api-bypass-rate-limit")
    rocketchat.settings.limit_calls = 0

    assert SHORTEST_WAIT < wait() <= rocketchat.settings.limit_seconds + 1


@pytest.mark.parametrize(
    "date", ["", "yesterday", "Sun, 99 Nov 2026 10:00:00 GMT", "1", "Sun, 22 Nov 99999 1:0:0"]
)
def test_our_clock_counts_when_the_server_sends_no_date(limited, client, deadline, wait, date):
    limited(reset=epoch_milliseconds(30), date=date)
    client.get(ME, deadline)

    assert wait() == 30


@pytest.mark.parametrize(
    ("reset", "expected"),
    [
        ("0", SHORTEST_WAIT),
        (epoch_milliseconds(-5), SHORTEST_WAIT),
        (epoch_milliseconds(0), SHORTEST_WAIT),
        ("1795341630", SHORTEST_WAIT),
        (epoch_milliseconds(3601), LONGEST_WAIT),
        ("9" * 15, LONGEST_WAIT),
        ("9" * 5000, DEFAULT_WAIT),
        ("-1", DEFAULT_WAIT),
        ("1e15", DEFAULT_WAIT),
        ("NaN", DEFAULT_WAIT),
        ("soon", DEFAULT_WAIT),
        ("", DEFAULT_WAIT),
        ("١٢٣", DEFAULT_WAIT),
    ],
)
def test_an_absurd_end_of_the_window_is_bounded(reset, expected):
    limits = Limits()

    limits.note("me", Answer(429, {"x-ratelimit-reset": reset, "date": DATE}, b""), NOW)

    assert limits.seconds_to_wait("me", NOW) == expected


@pytest.mark.parametrize(
    ("retry_after", "expected"),
    [
        ("5", 5),
        (" 90 ", 90),
        ("2.5", 2.5),
        ("3600", AN_HOUR),
        ("Sun, 22 Nov 2026 10:20:00 GMT", 1200),
        ("Sunday, 22-Nov-26 10:20:00 GMT", 1200),
        ("Sun Nov 22 10:20:00 2026 GMT", 1200),
        ("0", SHORTEST_WAIT),
        ("Sun, 22 Nov 2026 09:00:00 GMT", SHORTEST_WAIT),
        ("Mon, 01 Jan 0001 00:00:00 GMT", SHORTEST_WAIT),
        ("86400", LONGEST_WAIT),
        ("9" * 5000, LONGEST_WAIT),
        ("Fri, 31 Dec 9999 23:59:59 GMT", LONGEST_WAIT),
        ("-5", DEFAULT_WAIT),
        ("5, 10", DEFAULT_WAIT),
        ("٥", DEFAULT_WAIT),
        ("1e3", DEFAULT_WAIT),
        ("soon", DEFAULT_WAIT),
        ("Sat, 01 Jan 0000 00:00:00 GMT", SHORTEST_WAIT),
    ],
)
def test_a_refusal_says_in_retry_after_how_long_to_wait(retry_after, expected):
    limits = Limits()

    limits.note("me", Answer(429, {"retry-after": retry_after, "date": DATE}, b"<html>"), NOW)

    assert limits.seconds_to_wait("me", NOW) == expected


def test_a_date_in_retry_after_is_read_by_the_servers_own_clock():
    limits = Limits()
    headers = {"retry-after": "Sun, 22 Nov 2026 13:01:00 GMT", "date": "Sun, 22 Nov 2026 13:00:00 GMT"}

    limits.note("me", Answer(429, headers, b""), NOW)

    assert limits.seconds_to_wait("me", NOW) == 60


def test_retry_after_is_more_than_the_end_of_the_window_says():
    limits = Limits()
    headers = {"retry-after": "90", "x-ratelimit-reset": epoch_milliseconds(5), "date": DATE}

    limits.note("me", Answer(429, headers, b""), NOW)

    assert limits.seconds_to_wait("me", NOW) == 90


def test_retry_after_in_an_answer_that_is_no_refusal_means_nothing():
    limits = Limits()

    limits.note("me", Answer(200, {"retry-after": "90"}, b""), NOW)

    assert limits.seconds_to_wait("me", NOW) == 0


@given(
    status=st.sampled_from([200, 400, 429, 500]),
    headers=st.dictionaries(
        st.sampled_from(["x-ratelimit-remaining", "x-ratelimit-reset", "retry-after", "date"]),
        st.sampled_from(["0", "9" * 5000, DATE, *ABSURD_DATES])
        | st.text()
        | st.from_regex(r"[-+]?[0-9]{1,20}([.,][0-9]+)?", fullmatch=True)
        | st.from_regex(r"Sun, [0-9]{2} Nov [0-9]{4} [0-9:]{8} ([A-Z]{3}|[-+][0-9]{4})", fullmatch=True),
    ),
    body=st.binary() | st.from_regex(rb"wait [0-9]{1,9} seconds"),
)
def test_whatever_the_limiter_says_the_wait_is_bounded(status, headers, body):
    limits = Limits()

    limits.note("me", Answer(status, headers, body), NOW)

    wait = limits.seconds_to_wait("me", NOW)
    assert wait == 0 or SHORTEST_WAIT <= wait <= LONGEST_WAIT


@given(
    limit=st.integers(1, 1000),
    by_others=st.integers(0, 1000),
    percent=st.integers(1, 100),
)
def test_a_share_kept_for_others_is_not_used_except_for_the_first_call(limit, by_others, percent):
    limits, used, others = Limits(kept=1 - percent / 100), 0, min(by_others, limit - 1)

    while not limits.seconds_to_wait("units", NOW) and used < limit:
        used += 1
        left = max(limit - others - used, 0)
        headers = {"x-ratelimit-limit": str(limit), "x-ratelimit-remaining": str(left)}
        limits.note("units", Answer(200, headers, b""), NOW)

    assert used == 1 or (used + others) * 100 <= limit * percent
