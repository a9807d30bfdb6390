from hypothesis import given
from hypothesis import strategies as st

from monitors_bot.domain.digests.alerts import REMINDER_SECONDS, News, Subject, alert_of
from monitors_bot.domain.digests.run import Posted, Problem, ProblemKind

NOW = 1_795_424_400.0
problems = st.none() | st.sampled_from(ProblemKind).map(Problem)
what_was_posted = st.builds(
    Posted,
    version=st.integers(0, 3),
    alert=st.sampled_from(["", "empty", "offline", "unread"]),
    alert_since=st.just(NOW - 90_000.0),
    alerted_at=st.floats(NOW - 100_000, NOW),
)


def news_of(problem, known, *, is_wanted=True):
    alert = alert_of(problem, known, Subject(2), NOW, is_wanted=is_wanted)
    return alert.news if alert else None


@given(problem=problems, known=what_was_posted, is_wanted=st.booleans())
def test_an_alert_that_was_just_posted_is_not_posted_again(problem, known, is_wanted):
    alert = alert_of(problem, known, Subject(), NOW, is_wanted=is_wanted)

    posted = alert.posted if alert else known
    later = posted.alerted_at + REMINDER_SECONDS - 1
    again = alert_of(problem, posted, Subject(), later, is_wanted=is_wanted)
    assert again is None


@given(problem=problems, known=what_was_posted)
def test_without_alerts_only_units_that_could_not_be_read_are_posted(problem, known):
    alert = alert_of(problem, known, Subject(), NOW, is_wanted=False)

    assert alert is None or "unread" in {known.alert, alert.posted.alert}
    assert alert is None or alert.posted.alert in {"", "unread"}


@given(problem=problems, known=what_was_posted, is_wanted=st.booleans())
def test_an_alert_does_not_change_which_roster_was_posted(problem, known, is_wanted):
    alert = alert_of(problem, known, Subject(), NOW, is_wanted=is_wanted)

    assert alert is None or alert.posted.version == known.version


def test_an_alert_begins_lasts_changes_and_ends():
    offline = Posted(alert="offline", alert_since=NOW - 90_000, alerted_at=NOW - REMINDER_SECONDS)

    assert news_of(Problem(ProblemKind.OFFLINE), Posted()) is News.BEGUN
    assert news_of(Problem(ProblemKind.OFFLINE), offline) is News.LASTING
    assert news_of(Problem(ProblemKind.EMPTY), offline) is News.BEGUN
    assert news_of(Problem(ProblemKind.UNREAD), offline) is News.UNREAD
    assert news_of(None, offline) is News.ENDED
    assert news_of(None, Posted()) is None


def test_unknown_presence_neither_begins_nor_ends_an_alert():
    assert news_of(Problem(ProblemKind.UNKNOWN), Posted()) is None
    assert news_of(Problem(ProblemKind.UNKNOWN), Posted(alert="offline")) is None
    assert news_of(Problem(ProblemKind.UNKNOWN), Posted(alert="unread")) is News.ENDED
