"""Which moment a written time means."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from monitors_bot.domain.answers import moments
from monitors_bot.domain.answers.moments import epoch
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
        ("2026-05-12", 2, utc(2026, 5, 12, 21, 59, 59)),
        ("2026-05-12 14:00", 0, utc(2026, 5, 12, 14)),
        ("2026-05-12t14:00", 5.5, utc(2026, 5, 12, 8, 30)),
        ("2026-05-12 14:00Z", 5.5, utc(2026, 5, 12, 14)),
        ("yesterday 14:00", 0, utc(2026, 11, 21, 14)),
        ("Yesterday\u00a014:00", -3, utc(2026, 11, 20, 17)),  # there it is still the 21st
        ("9999-12-31", -12, utc(9999, 12, 31, 23, 59, 59) + 12 * 3600),
        ("0001-01-01 00:00", 14, utc(1, 1, 1) - 14 * 3600),
    ],
)
def test_a_time_is_read_in_the_given_zone(text, offset, meant):
    assert epoch(text, NOW, offset) == meant


@given(at=minutes, offset=offsets, separator=st.sampled_from([" ", "T", "t", "\u00a0"]))
def test_any_minute_can_be_named_in_any_zone(at, offset, separator):
    typed = at.replace(tzinfo=None).isoformat(separator, "minutes")

    assert epoch(typed, NOW, offset) == at.timestamp() - offset * 3600
    assert epoch(f"{typed}Z", NOW, offset) == at.timestamp()


@given(day=st.dates(), offset=offsets)
def test_a_day_means_its_end(day, offset):
    end = epoch(day.isoformat(), NOW, offset)

    assert end - epoch(f"{day.isoformat()} 23:59", NOW, offset) == 59
    assert moments.is_date(day.isoformat())


@given(now=st.floats(1e9, 4e9), offset=offsets, clock=st.times())
def test_yesterday_is_always_over_and_at_most_two_days_ago(now, offset, clock):
    at = epoch(f"yesterday {clock:%H:%M}", now, offset)

    assert 0 < now - at <= timedelta(days=2).total_seconds()
    assert not moments.is_date("yesterday 14:00")


@given(text=hostile.texts)
def test_any_other_text_is_no_time(text):
    assume(not moments.is_time(text))

    with pytest.raises(ValueError, match=r"."):
        epoch(text, NOW)
