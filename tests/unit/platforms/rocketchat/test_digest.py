import re
from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from monitors_bot.domain.digests.digest import Digest, Line
from monitors_bot.domain.digests.parts import MOST_IN_A_THREAD
from monitors_bot.platforms.fitting import size
from monitors_bot.platforms.rocketchat.digest import render
from tests.fakes.rocketchat import drawn_mentions, mentions
from tests.unit import hostile

LIMIT = 5000
lines = st.builds(Line, hostile.names, hostile.texts | st.just("*_@all " * 400))
many = st.lists(lines, max_size=6).flatmap(
    lambda some: st.integers(1, 40).map(lambda times: tuple(some) * times)
)
digests = st.builds(
    Digest,
    title=st.just("7 units changed."),
    lines=many,
    alerts=many,
    source=hostile.texts,
    posted=st.just({}),
)


def texts_of(messages):
    return [
        text for one in messages for text in (one["text"], *(part["text"] for part in one["attachments"]))
    ]


def messages_of(digest):
    return [part.message for part in render(digest)]


@given(digest=digests)
def test_any_digest_is_a_message_and_a_thread_within_the_servers_limit(digest):
    messages = messages_of(digest)

    assert 1 <= len(messages) <= 1 + MOST_IN_A_THREAD
    for message in messages:
        assert sum(map(size, texts_of([message]))) <= LIMIT


@given(digest=digests)
def test_any_digest_mentions_nobody(digest):
    for text in texts_of(messages_of(digest)):
        assert mentions({"msg": text}) == []
        assert drawn_mentions(text) == []


@given(digest=digests)
def test_no_line_of_any_digest_is_in_two_parts_or_left_out_before_the_thread_is_full(digest):
    parts = render(digest)

    shown = [line for part in parts for line in part.lines]
    every = [*digest.lines, *digest.alerts]
    assert Counter(map(id, shown)) <= Counter(map(id, every))
    assert len(shown) == len(every) or len(parts) == 1 + MOST_IN_A_THREAD


def test_alerts_come_before_changes_and_all_are_counted():
    changes = tuple(Line(f"Unit {number}", "Joined: Ana. " * 20) for number in range(100))
    alerts = tuple(Line(f"Night {number}", "Nobody monitors it.") for number in range(20))

    head, *thread = messages_of(Digest("Title", changes, alerts, "From here", {}))

    first, rest = texts_of([head])[1], "\n".join(texts_of(thread))
    assert all(f"*Night {number}* · " in first for number in range(20))
    shown = len(re.findall(r"(?m)^\*Unit \d+\* · ", first))
    assert f"and {100 - shown} more units in the thread" in first
    assert len(re.findall(r"(?m)^\*Unit \d+\* · ", rest)) == 100 - shown
    assert [message["text"] for message in thread] == [
        f"*Continued ({number} of {len(thread)})*" for number in range(1, len(thread) + 1)
    ]


def test_alerts_that_fill_a_message_go_on_in_its_thread_before_the_changes():
    alerts = tuple(Line(f"Night {number}", "Nobody monitors it. " * 20) for number in range(19))

    [head, thread] = messages_of(
        Digest("Title", (Line("Sales", "Left: Kim." * 30),), alerts, "From here", {})
    )

    assert thread["text"] == "*Continued*"
    assert re.findall(r"(?m)^\*(\w+)", texts_of([thread])[1])[-1] == "Sales"
    assert "Sales" not in texts_of([head])[1]


def test_the_last_part_says_what_comes_next_and_what_was_left_out_for_good():
    news = {"version": 2}
    lines = (
        *(Line(f"Unit {number}", "Joined: Ana. " * 90, f"u{number}", news) for number in range(100)),
        *(Line(f"Same {number}", "Ana.", f"s{number}") for number in range(10)),
    )

    messages = messages_of(Digest("Title", lines, (), "From here", {}))

    text = "\n".join(texts_of(messages))
    shown = text.count("*Unit ")
    assert [line.rstrip() for line in texts_of(messages)[-1].splitlines()[-2:]] == [
        f"and {100 - shown} more units in the next digest",
        "and 10 more units without a change",
    ]
