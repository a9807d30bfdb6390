"""Which moment a written time means."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from monitors_bot.domain.answers.moments import beginning, is_time, moment
from tests.unit import hostile

NOW = datetime(2026, 11, 22, 1, 0, tzinfo=UTC).timestamp()

minutes = st.datetimes(timezones=st.just(UTC)).map(lambda at: at.replace(second=0, microsecond=0))
offsets = st.integers(-14 * 4, 14 * 4).map(lambda quarters: quarters / 4)


def utc(year: int, month: int, day: int, hour: int = 0, minute: int = 0, second: int = 0) -> float:
    return datetime(year, month, day, hour, minute, second, tzinfo=UTC).timestamp()


@pytest.mark.parametrize(
    ("text", "offset", "meant"),
    [
        ("2026-05-12", 0, utc(2026, 5, 12, 23, 59, 59)),
        ("12.05.2026", 0, utc(2026, 5, 12, 23, 59, 59)),
        ("2026-05-12", 2, utc(2026, 5, 12, 21, 59, 59)),
        ("2026-05-12 14:00", 0, utc(2026, 5, 12, 14)),
        ("1.5.2026 2pm", 0, utc(2026, 5, 1, 14)),
        ("2026-05-12t14:00", 5.5, utc(2026, 5, 12, 8, 30)),
        ("2026-05-12 14:00Z", 5.5, utc(2026, 5, 12, 14)),
        ("yesterday 14:00", 0, utc(2026, 11, 21, 14)),
        ("Yesterday\u00a014:00", -3, utc(2026, 11, 20, 17)),  # there it is still the 21st
        ("yesterday", 0, utc(2026, 11, 21, 23, 59, 59)),
        ("today 0:30", 0, utc(2026, 11, 22, 0, 30)),
        ("today 9am", 0, utc(2026, 11, 22, 9)),  # still to come
        ("today", 0, NOW),
        ("2026-11-22", 0, NOW),
        ("sun", 0, NOW),
        ("sat", 0, utc(2026, 11, 21, 23, 59, 59)),
        ("Monday", 0, utc(2026, 11, 16, 23, 59, 59)),
        ("mon 14:00", 0, utc(2026, 11, 16, 14)),
        ("sunday 0:30", 0, utc(2026, 11, 22, 0, 30)),
        ("sun 14:00", 0, utc(2026, 11, 15, 14)),
        ("14:00", 0, utc(2026, 11, 21, 14)),
        ("0:30", 0, utc(2026, 11, 22, 0, 30)),
        ("1am", 0, NOW),
        ("12am", 0, utc(2026, 11, 22)),
        ("12pm", 0, utc(2026, 11, 21, 12)),
        ("9:30 PM", 0, utc(2026, 11, 21, 21, 30)),
        ("9:00", 10, utc(2026, 11, 21, 23)),
        ("9999-12-31", -12, utc(9999, 12, 31, 23, 59, 59) + 12 * 3600),
        ("0001-01-01 00:00", 14, utc(1, 1, 1) - 14 * 3600),
    ],
)
def test_a_time_is_read_in_the_zone_that_is_given(text, offset, meant):
    assert moment(text, NOW, offset).at == meant


@pytest.mark.parametrize(
    ("text", "begins"),
    [
        ("2026-05-12", utc(2026, 5, 12)),
        ("today", utc(2026, 11, 22)),
        ("yesterday", utc(2026, 11, 21)),
        ("mon", utc(2026, 11, 16)),
        ("mon 14:00", utc(2026, 11, 16, 14)),
        ("14:00", utc(2026, 11, 21, 14)),
    ],
)
def test_what_is_since_a_day_is_since_it_began(text, begins):
    assert beginning(text, NOW).at == begins
    assert beginning(text, NOW + 2 * 3600, -2.0).at == begins + 2 * 3600


@given(at=minutes, offset=offsets, separator=st.sampled_from([" ", "T", "t", "\u00a0"]))
def test_any_minute_can_be_named_in_any_zone(at, offset, separator):
    typed = at.replace(tzinfo=None).isoformat(separator, "minutes")

    assert moment(typed, NOW, offset).at == at.timestamp() - offset * 3600
    assert moment(f"{typed}Z", NOW, offset).at == at.timestamp()


@given(day=st.dates(), offset=offsets)
def test_a_day_means_its_end(day, offset):
    assume(day.isoformat() not in {"2026-11-21", "2026-11-22"})

    end = moment(day.isoformat(), NOW, offset)

    assert end.at - moment(f"{day.isoformat()} 23:59", NOW, offset).at == 59
    assert end.is_end


@given(
    now=st.floats(1e9, 4e9), offset=offsets, clock=st.times(), day=st.sampled_from(["", "mon ", "Friday "])
)
def test_a_time_of_day_is_always_over_and_as_short_ago_as_can_be(now, offset, clock, day):
    at = moment(f"{day}{clock:%H:%M}", now, offset).at

    assert 0 <= now - at < timedelta(days=7 if day else 1).total_seconds()
    assert moment(f"{day}{clock:%I:%M %p}", now, offset).at == at


@given(now=st.floats(1e9, 4e9), offset=offsets, clock=st.times())
def test_yesterday_is_always_over_and_at_most_two_days_ago(now, offset, clock):
    at = moment(f"yesterday {clock:%H:%M}", now, offset).at

    assert 0 < now - at <= timedelta(days=2).total_seconds()
    assert now - 86_400 <= moment("yesterday", now, offset).at < now


@given(text=hostile.texts | st.text("0123456789:-./ apmtz", max_size=20))
def test_anything_else_is_no_time(text):
    assume(not is_time(text))

    with pytest.raises(ValueError, match=r"."):
        moment(text, NOW)
