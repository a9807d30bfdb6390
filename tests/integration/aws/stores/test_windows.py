"""The windows: an event counts once, and no change is lost to another at the same time."""

from dataclasses import replace

import pytest

from monitors_bot.aws.stores.documents import Document
from monitors_bot.aws.stores.windows import (
    CONVERSATION_KEPT_SECONDS,
    EVENT_KEPT_SECONDS,
    REPEATED_SECONDS,
    TRIES,
    WINDOW_KEPT_SECONDS,
    Windows,
)
from monitors_bot.domain.notices.messages import Event
from monitors_bot.domain.notices.window import Batch, Happening, Window
from monitors_bot.errors import Overtaken
from tests.integration.aws.stores.conftest import NOW, overtaken

EVENT = Event("a" * 32, "LivechatSessionQueued", "dep1", conversation="d" * 32, received_at=NOW)
OTHER = replace(EVENT, id="b" * 32, conversation="e" * 32)
WAITING = Happening("waiting", NOW)


@pytest.fixture
def windows(documents, clock) -> Windows:
    return Windows(documents, clock)


def close(window: Window) -> None:
    """Post what was counted until now."""
    window.take("c" * 32, NOW)
    window.close(NOW, 60)


def test_a_unit_without_events_has_an_empty_window(windows):
    assert windows.of("s1") == Window()


def test_the_first_event_is_left_to_the_caller_and_the_next_is_only_counted(windows):
    first = windows.count("s1", EVENT, WAITING)
    second = windows.count("s1", OTHER, WAITING)

    assert first.counts == {"waiting": 1}
    assert first.turn_at == NOW
    assert second is None
    assert windows.of("s1").counts == {"waiting": 2}
    assert windows.of("s2") == Window()


def test_an_event_that_comes_again_does_not_count_again(windows):
    windows.count("s1", EVENT, WAITING)
    windows.change("s1", close)

    assert windows.count("s1", EVENT, WAITING) is None
    assert windows.of("s1").counts == {}


def test_an_event_that_comes_again_before_its_notice_is_left_to_the_caller_again(windows):
    windows.count("s1", EVENT, WAITING)

    assert windows.count("s1", EVENT, WAITING).counts == {"waiting": 1}


def test_an_event_counts_again_when_it_was_forgotten(windows, clock):
    windows.count("s1", EVENT, WAITING)
    windows.change("s1", close)
    clock.advance(EVENT_KEPT_SECONDS)

    assert windows.count("s1", EVENT, WAITING).counts == {"waiting": 1}


def test_an_event_with_the_same_content_is_another_once_the_server_no_longer_repeats_it(windows):
    repeat = replace(EVENT, received_at=NOW + REPEATED_SECONDS)
    other = replace(EVENT, received_at=NOW + REPEATED_SECONDS + 1)
    windows.count("s1", EVENT, WAITING)
    windows.change("s1", close)

    assert windows.count("s1", repeat, WAITING) is None
    assert windows.count("s1", other, WAITING).counts == {"waiting": 1}
    assert windows.count("s1", other, WAITING).counts == {"waiting": 1}


def test_what_happens_to_a_counted_conversation_replaces_what_happened_before(windows):
    windows.count("s1", EVENT, WAITING)

    windows.count("s1", replace(EVENT, id="f" * 32), Happening("taken", NOW))

    assert windows.of("s1").counts == {"taken": 1}


def test_an_event_that_adds_nothing_is_remembered_all_the_same(windows, documents):
    implied = replace(EVENT, id="f" * 32)
    windows.count("s1", EVENT, WAITING)
    before = windows.of("s1")

    assert windows.count("s1", implied, Happening("coming", NOW, frozenset({"waiting"}))) is None
    assert windows.of("s1") == before
    assert documents.get(f"event#{implied.id}", "event")


@pytest.mark.parametrize("seconds", [59, 61])
def test_a_conversation_of_the_notice_before_is_told_again_within_its_window(windows, clock, seconds):
    windows.count("s1", EVENT, WAITING)
    windows.change("s1", close)
    clock.advance(seconds)

    windows.count("s1", replace(EVENT, id="f" * 32), WAITING)

    assert windows.of("s1").again == ({"waiting": 1} if seconds < 60 else {})


def test_a_window_of_an_older_version_is_read(windows, documents):
    left = {"id": "c" * 32, "counts": {"waiting": 2}, "is_further": True}
    times = {"counted_since": NOW, "closed_until": NOW, "turn_at": NOW}
    documents.put(Document("window#s1", "window", {"counts": {"forwarded": 1}, "left": left, **times}))

    window = windows.of("s1")

    assert (window.counts, window.again, window.left.again) == ({"forwarded": 1}, {}, {})
    assert windows.count("s1", EVENT, WAITING) is None
    assert windows.of("s1").counts == {"forwarded": 1, "waiting": 1}


def test_a_window_is_read_as_it_was_written(windows):
    batch = Batch("c" * 32, {"waiting": 2}, is_further=True, again={"waiting": 1})
    window = Window({"left": 1}, NOW - 5, NOW + 60, NOW + 60, batch)

    def become(other: Window) -> None:
        for name in ("counts", "counted_since", "closed_until", "turn_at", "left"):
            setattr(other, name, getattr(window, name))

    windows.change("s1", become)

    assert windows.of("s1") == window


def test_a_change_that_was_overtaken_is_made_again(windows, items):
    items.before_the_next_write(lambda: windows.count("s1", OTHER, WAITING))

    window = windows.count("s1", EVENT, WAITING)

    assert window is None  # the other one's caller posts both
    assert windows.of("s1").counts == {"waiting": 2}


def test_the_same_event_at_two_workers_at_once_counts_once(windows, items):
    items.before_the_next_write(lambda: windows.count("s1", EVENT, WAITING))

    windows.count("s1", EVENT, WAITING)

    assert windows.of("s1").counts == {"waiting": 1}


@pytest.mark.parametrize(
    "write",
    [
        lambda windows: windows.count("s1", EVENT, WAITING),
        lambda windows: windows.change("s1", lambda window: window.count(WAITING, NOW)),
    ],
    ids=["count", "change"],
)
def test_a_window_that_everybody_writes_is_given_up_for_now(windows, items, write):
    for _ in range(TRIES):
        items.before_the_next_write(overtaken)

    with pytest.raises(Overtaken, match="at every try"):
        write(windows)


def test_nothing_is_written_where_nothing_changed(windows, documents):
    windows.change("s1", lambda window: window.take("c" * 32, NOW))

    assert documents.all("window#s1") == []


def test_a_window_is_kept_for_a_week_and_an_event_for_hours(windows, documents):
    windows.count("s1", EVENT, WAITING)

    (window,), (event,) = documents.all("window#s1"), documents.all(f"event#{EVENT.id}")
    [conversation] = documents.all(f"conversation#s1#{EVENT.conversation}")
    assert conversation.expires_at == NOW + CONVERSATION_KEPT_SECONDS
    assert (window.name, window.expires_at) == ("window", NOW + WINDOW_KEPT_SECONDS)
    assert (event.name, event.expires_at) == ("event", NOW + EVENT_KEPT_SECONDS)
