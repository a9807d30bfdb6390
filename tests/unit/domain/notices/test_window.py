from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitors_bot.domain.notices.window import OVERDUE_SECONDS, Happening, Window

NOW = 1_795_341_600.0
SECONDS = 60
steps = st.lists(st.sampled_from(["event", "turn", "failing turn"]) | st.floats(0.5, 90), max_size=60)


def counted(window, what, now):
    """Count another conversation; return whether somebody has to arrange that it is posted."""
    window.count(Happening(what, now), now)
    return window.arrange(now)


def posted_at(window, now):
    """Take what is due, and post it."""
    batch = window.take("id", now)
    if batch:
        window.close(now, SECONDS)
    return batch


def test_the_first_event_is_due_at_once():
    window = Window()

    assert counted(window, "a", NOW)
    assert window.turn_at == NOW
    assert posted_at(window, NOW).counts == {"a": 1}
    assert window.is_settled


def test_further_events_are_due_together_at_the_end_of_the_window():
    window = Window()
    counted(window, "a", NOW)
    posted_at(window, NOW)

    asked = [counted(window, what, NOW + 10) for what in ("a", "b", "a")]
    early = posted_at(window, NOW + 59)
    batch = posted_at(window, NOW + 60)

    assert asked == [True, False, False]
    assert early is None
    assert (batch.counts, batch.is_further) == ({"a": 2, "b": 1}, True)


def test_a_batch_that_was_left_is_posted_before_anything_else():
    window = Window()
    counted(window, "a", NOW)
    left = window.take("first", NOW)
    counted(window, "a", NOW + 1)

    assert window.take("second", NOW + 100) == left
    assert window.close(NOW + 100, SECONDS)
    assert window.turn_at == NOW + 160


def test_events_after_a_quiet_window_are_not_further_ones():
    window = Window()
    counted(window, "a", NOW)
    posted_at(window, NOW)
    counted(window, "a", NOW + 60)

    assert not posted_at(window, NOW + 60).is_further


def test_a_turn_that_never_came_is_arranged_again():
    window = Window()
    counted(window, "a", NOW)

    assert not counted(window, "a", NOW + OVERDUE_SECONDS - 1)
    assert counted(window, "a", NOW + OVERDUE_SECONDS)


WAITING, GONE = Happening("waiting", NOW), Happening("", NOW + 1)


def test_a_conversation_counts_once_by_what_happened_last():
    window = Window()
    first = window.count(WAITING, NOW)

    window.count(Happening("forwarded", NOW + 1), NOW + 1, first)

    assert window.counts == {"forwarded": 1}


@pytest.mark.parametrize(
    "late", [Happening("begun", NOW - 1), Happening("begun", NOW + 1, frozenset({"waiting"}))]
)
def test_what_is_older_or_implied_adds_nothing(late):
    window = Window()
    first = window.count(WAITING, NOW)

    assert window.count(late, NOW + 1, first) is None
    assert window.counts == {"waiting": 1}


def test_what_the_notice_before_had_is_counted_as_such_until_the_window_is_over():
    window = Window()
    first = window.count(WAITING, NOW)
    posted_at(window, NOW)
    second = window.count(Happening("waiting", NOW + 1), NOW + 1, first)
    window.count(Happening("forwarded", NOW + 2), NOW + 2, second)

    batch = posted_at(window, NOW + SECONDS)

    assert (batch.counts, batch.again) == ({"forwarded": 1}, {"forwarded": 1})
    window.count(Happening("waiting", NOW + 200), NOW + 200, second)
    assert window.again == {}


def test_when_all_is_taken_back_nothing_is_posted_and_the_next_event_is_due_again():
    window = Window()
    counted(window, "other", NOW)
    posted_at(window, NOW)
    first = window.count(WAITING, NOW + 1)
    assert window.arrange(NOW + 1)
    gone = window.count(Happening("", NOW + 2), NOW + 2, first)

    assert window.is_settled
    assert posted_at(window, NOW + SECONDS) is None
    window.count(Happening("waiting", NOW + 70), NOW + 70, gone)
    assert window.arrange(NOW + 70)


def test_what_was_posted_or_never_counted_is_not_taken_back():
    window = Window()
    first = window.count(WAITING, NOW)
    posted_at(window, NOW)
    counted(window, "waiting", NOW + 1)

    window.count(GONE, NOW + 1, first)
    window.count(GONE, NOW + 1)

    assert window.counts == {"waiting": 1}


@given(steps=steps)
def test_every_event_is_posted_once_and_each_window_has_at_most_one_notice(steps):
    window, now, events, posted, times = Window(), NOW, 0, 0, []
    for step in steps:
        if isinstance(step, float):
            now += step
        elif step == "event":
            events += 1
            counted(window, "a", now)
        elif (batch := window.take("id", now)) and step == "turn":
            posted += batch.counts["a"]
            times.append(now)
            window.close(now, SECONDS)

    assert posted + sum(window.counts.values()) + (window.left.counts["a"] if window.left else 0) == events
    assert all(later - earlier >= SECONDS for earlier, later in pairwise(times))
