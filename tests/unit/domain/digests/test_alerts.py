from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitors_bot.domain.digests.alerts import Moment, News, Subject, alert_of, utc_day
from monitors_bot.domain.digests.run import Posted, Problem, ProblemKind

NOW = 1_795_424_400.0
DAY_BEFORE = NOW - 86_400
END_OF_TODAY = 1_795_478_399.0
findings = st.none() | st.sampled_from(ProblemKind).map(Problem)
tolds = st.builds(
    Posted,
    version=st.integers(0, 3),
    alert=st.sampled_from(["", "empty", "offline", "unread"]),
    alert_since=st.just(NOW - 90_000.0),
    alerted_at=st.floats(NOW - 100_000, NOW),
)


def alert_at(finding, known, at=NOW, *, is_wanted=True):
    return alert_of(finding, known, Subject(2), Moment(at, utc_day), is_wanted=is_wanted)


def news_of(finding, known, *, is_wanted=True):
    alert = alert_at(finding, known, is_wanted=is_wanted)
    return alert.news if alert else None


@given(finding=findings, known=tolds, is_wanted=st.booleans(), later=st.floats(NOW, END_OF_TODAY))
def test_what_was_told_is_no_reason_for_a_digest_on_the_same_day(finding, known, is_wanted, later):
    alert = alert_at(finding, known, is_wanted=is_wanted)

    posted = alert.posted if alert else known
    again = alert_at(finding, posted, later, is_wanted=is_wanted)
    is_told_today = posted.alerted_at >= NOW
    assert again is None or not again.is_reason or not is_told_today


@given(finding=findings, known=tolds)
def test_where_alerts_are_not_wanted_only_what_could_not_be_read_is_told_and_is_no_reason(finding, known):
    alert = alert_at(finding, known, is_wanted=False)

    assert alert is None or "unread" in {known.alert, alert.posted.alert}
    assert alert is None or alert.posted.alert in {"", "unread"}
    assert alert is None or not alert.is_reason


@given(known=tolds, is_wanted=st.booleans())
def test_what_can_not_be_read_is_always_named(known, is_wanted):
    alert = alert_at(Problem(ProblemKind.UNREAD, "It timed out."), known, is_wanted=is_wanted)

    assert alert
    assert "could not be read. It timed out." in alert.text


@given(finding=findings, known=tolds, is_wanted=st.booleans())
def test_which_roster_was_told_stays_as_it_was(finding, known, is_wanted):
    alert = alert_at(finding, known, is_wanted=is_wanted)

    assert alert is None or alert.posted.version == known.version


def test_an_alert_begins_lasts_changes_and_ends():
    offline = Posted(alert="offline", alert_since=NOW - 90_000, alerted_at=DAY_BEFORE)

    assert news_of(Problem(ProblemKind.OFFLINE), Posted()) is News.BEGUN
    assert news_of(Problem(ProblemKind.OFFLINE), offline) is News.LASTING
    assert news_of(Problem(ProblemKind.EMPTY), offline) is News.BEGUN
    assert news_of(Problem(ProblemKind.UNREAD), offline) is News.UNREAD
    assert news_of(None, offline) is News.ENDED
    assert news_of(None, Posted()) is None


def test_nobody_knowing_neither_begins_nor_ends_it():
    assert news_of(Problem(ProblemKind.UNKNOWN), Posted()) is None
    assert news_of(Problem(ProblemKind.UNKNOWN), Posted(alert="offline")) is None
    assert news_of(Problem(ProblemKind.UNKNOWN), Posted(alert="unread")) is News.ENDED


# Once a day


def reminders(zone: ZoneInfo, first: datetime, hours: int) -> list[date]:
    """The days on which people are reminded, when a schedule looks every hour."""

    def day_of(at: float) -> date:
        return datetime.fromtimestamp(at, zone).date()

    posted, days = Posted(), []
    for hour in range(hours):
        now = Moment((first + timedelta(hours=hour)).timestamp(), day_of)
        if alert := alert_of(Problem(ProblemKind.EMPTY), posted, Subject(), now, is_wanted=True):
            posted = alert.posted
            days.append(day_of(now.at))
    return days


@pytest.mark.parametrize(
    ("zone", "first"),
    [
        ("UTC", datetime(2026, 3, 1, 20, 30, tzinfo=UTC)),
        ("Europe/Berlin", datetime(2026, 3, 27, 20, 30, tzinfo=UTC)),
        ("Europe/Berlin", datetime(2026, 10, 23, 20, 30, tzinfo=UTC)),
        ("America/New_York", datetime(2026, 10, 30, 1, 0, tzinfo=UTC)),
        ("Pacific/Auckland", datetime(2026, 4, 3, 11, 59, tzinfo=UTC)),
        ("Pacific/Apia", datetime(2011, 12, 28, 11, 59, tzinfo=UTC)),
    ],
    ids=[
        "UTC",
        "a day of 23 hours",
        "a day of 25 hours",
        "the other side",
        "half the world away",
        "a day left out",
    ],
)
def test_a_schedule_that_looks_every_hour_reminds_once_on_each_day_of_the_calendar(zone, first):
    days = reminders(ZoneInfo(zone), first, 24 * 7)

    assert len(set(days)) == len(days) >= 7
    gaps = {later - earlier for earlier, later in pairwise(days)}
    assert gaps - {timedelta(days=2)} == {timedelta(days=1)}
    assert (timedelta(days=2) in gaps) == (zone == "Pacific/Apia")


@pytest.mark.parametrize("hours", [23, 24, 25])
def test_a_schedule_of_once_a_day_reminds_each_time_also_when_a_day_is_short(hours):
    day_of = lambda at: datetime.fromtimestamp(at, ZoneInfo("Europe/Berlin")).date()  # noqa: E731
    eight = datetime(2026, 3, 28, 8, tzinfo=ZoneInfo("Europe/Berlin"))
    at = eight.timestamp()
    known = Posted(alert="empty", alert_since=at, alerted_at=at)

    assert alert_of(
        Problem(ProblemKind.EMPTY), known, Subject(), Moment(at + hours * 3600, day_of), is_wanted=True
    )
