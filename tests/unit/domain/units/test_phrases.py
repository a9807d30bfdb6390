import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitors_bot.domain.units import phrases
from monitors_bot.domain.units.phrases import (
    LONGEST_NAME,
    age,
    and_more,
    clock,
    count,
    local_time,
    plain,
    roster_title,
    unit_name,
)
from monitors_bot.domain.units.roster import Monitor, Presence, Roster, Unit
from tests.unit import hostile

READ_AT = 1_795_341_600.0
BIDIRECTIONAL = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


def roster_of(*presences, name="Billing EU"):
    monitors = tuple(Monitor(str(place), f"user{place}", presence=p) for place, p in enumerate(presences))
    return Roster(Unit("u", name), monitors, READ_AT)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Billing EU", "Billing EU"),
        ("  Billing \t\r\n EU ", "Billing EU"),
        ("Billing\x00EU\x1b[31m", "Billing EU [31m"),
        ("Billing\u2028EU\u2029\u0085\u00a0\u3000!", "Billing EU !"),
        ("\u202eUE gnilliB\u202c", "UE gnilliB"),
        ("日本 👩‍👩‍👧", "日本 👩‍👩‍👧"),
        ("\u200b\ufeff\u2060", ""),
        ("", ""),
    ],
)
def test_foreign_text_becomes_one_visible_line(text, shown):
    assert plain(text) == shown


@pytest.mark.parametrize("mark", BIDIRECTIONAL)
def test_marks_that_turn_text_round_are_dropped(mark):
    assert plain(f"a{mark}b") == "ab"


@given(text=hostile.texts, most=st.integers(min_value=1, max_value=100))
def test_any_text_becomes_one_line_of_at_most_so_many_characters(text, most):
    shown = plain(text, most)

    assert len(shown) <= most
    assert shown == " ".join(shown.split())
    assert plain(shown, most) == shown


def test_a_text_that_is_too_long_says_that_it_goes_on():
    assert plain("x" * 81) == "x" * 79 + "…"
    assert plain("x" * 80) == "x" * 80
    assert plain("x" * 70 + " " + "y" * 70, 72) == "x" * 70 + "…"


@pytest.mark.parametrize(
    ("name", "shown"), [("Billing", "Billing"), ("", "u1"), (" \n", "u1"), ("\u200b", "u1"), ("\u202e", "u1")]
)
def test_a_unit_without_a_visible_name_is_shown_by_its_id(name, shown):
    assert unit_name(Unit("u1", name)) == shown


def test_one_is_singular_and_everything_else_plural():
    assert [count(number, "unit") for number in (0, 1, 2)] == ["0 units", "1 unit", "2 units"]
    assert [and_more(number, "unit") for number in (1, 2)] == ["and 1 more unit", "and 2 more units"]


def test_the_clock_is_utc_and_says_so():
    assert clock(READ_AT) == "10:00:00 UTC"


@pytest.mark.parametrize(
    ("offset", "shown"),
    [
        (None, ""),
        (0.0, "10:00 (UTC)"),
        (-0.0, "10:00 (UTC)"),
        (1.0, "11:00 (UTC+01:00)"),
        (-3.0, "07:00 (UTC-03:00)"),
        (5.5, "15:30 (UTC+05:30)"),
        (5.75, "15:45 (UTC+05:45)"),
        (-9.5, "00:30 (UTC-09:30)"),
        (14.0, "00:00 (UTC+14:00)"),
        (-14.0, "20:00 (UTC-14:00)"),
    ],
)
def test_local_time_names_the_zone(offset, shown):
    assert local_time(READ_AT, offset) == shown


@given(offset=st.floats(min_value=-14, max_value=14))
def test_local_time_takes_any_offset_there_can_be(offset):
    assert local_time(READ_AT, offset).count(":") >= 1


@pytest.mark.parametrize(
    ("seconds", "shown"),
    [
        (-5, "less than a second"),
        (0, "less than a second"),
        (1, "1 second"),
        (59.9, "59 seconds"),
        (60, "1 minute"),
        (3_599, "59 minutes"),
        (3_600, "1 hour"),
        (86_399, "23 hours"),
        (86_400, "1 day"),
        (864_000, "10 days"),
    ],
)
def test_an_age_is_told_in_the_largest_unit_that_it_fills(seconds, shown):
    assert age(seconds) == shown


@pytest.mark.parametrize(
    ("presences", "title"),
    [
        (["online", "online", "away"], "Billing EU: 2 of 3 monitors online"),
        (["online"], "Billing EU: 1 of 1 monitor online"),
        (["offline"], "Billing EU: 0 of 1 monitor online"),
        (["busy", "away"], "Billing EU: 0 of 2 monitors online"),
        (["online", "online", "unknown"], "Billing EU: 2 online, 1 unknown, of 3"),
        (["unknown", "unknown"], "Billing EU: none known online, 2 unknown, of 2"),
        (["offline", "unknown"], "Billing EU: none known online, 1 unknown, of 2"),
    ],
)
def test_the_first_line_of_a_roster_carries_the_answer(presences, title):
    assert roster_title(roster_of(*map(Presence, presences))) == title


def test_a_name_too_long_for_the_first_line_is_cut():
    assert roster_title(roster_of(Presence.ONLINE, name="B" * 200)).startswith(
        "B" * (LONGEST_NAME - 1) + "…: 1"
    )


@pytest.mark.parametrize(
    ("hours", "shown"),
    [(0, "UTC"), (2, "UTC+2"), (-3.5, "UTC-3:30"), (5.75, "UTC+5:45"), (0.5, "UTC+0:30"), (-0.001, "UTC")],
)
def test_a_zone_is_written_as_people_write_it(hours, shown):
    assert phrases.zone(hours) == shown
    assert phrases.when(1_795_341_600.0, hours).endswith(f" {shown}")


def test_a_time_in_a_zone_is_the_local_one():
    assert phrases.when(1_795_341_600.0, 5.5) == "2026-11-22 15:30 UTC+5:30"
    assert (
        phrases.between(1_795_341_600.0, 1_795_341_600.0 + 60, -11)
        == "between 2026-11-21 23:00 and 23:01 UTC-11"
    )


@pytest.mark.parametrize(("at", "shown"), [(-1e14, "0001-01-01 00:00 UTC"), (1e14, "9999-12-31 23:59 UTC")])
def test_a_time_beyond_all_dates_is_the_first_or_the_last(at, shown):
    assert phrases.when(at) == shown
