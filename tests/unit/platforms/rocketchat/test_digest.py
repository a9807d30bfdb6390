import re
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from monitors_bot.domain.digests.digest import Digest, Line
from monitors_bot.platforms.fitting import size
from monitors_bot.platforms.rocketchat.digest import PARTS, render
from tests.fakes.rocketchat import drawn_mentions, mentions
from tests.fakes.rocketchat.drawing import WebClient, drawn, of_style, text_of
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


def on_one_line(digest: Digest) -> Digest:
    """As the middle makes them."""
    lines, alerts = (
        tuple(Line(line.unit, " ".join(line.text.split())) for line in some)
        for some in (digest.lines, digest.alerts)
    )
    return replace(digest, lines=lines, alerts=alerts, source=" ".join(digest.source.split()))


def texts_of(messages):
    return [
        text for one in messages for text in (one["text"], *(part["text"] for part in one["attachments"]))
    ]


@given(digest=digests)
def test_any_digest_is_at_most_two_messages_within_the_servers_limit(digest):
    messages = render(digest)

    assert 1 <= len(messages) <= PARTS
    for message in messages:
        assert sum(map(size, texts_of([message]))) <= LIMIT


@given(digest=digests)
def test_any_digest_mentions_nobody(digest):
    for text in texts_of(render(digest)):
        assert mentions({"msg": text}) == []
        assert drawn_mentions(text) == []


@given(digest=digests.map(on_one_line))
def test_clients_before_and_from_8_3_draw_every_digest_alike_and_no_link(digest):
    for message in render(digest):
        old, new = (drawn({**message, "msg": message["text"]}, client) for client in WebClient)
        assert text_of(old) == text_of(new)
        assert of_style(old, "link") == of_style(new, "link") == []


def test_changes_give_way_to_alerts_and_all_are_counted():
    changes = tuple(Line(f"Unit {number}", "Joined: Ana. " * 20) for number in range(100))
    alerts = tuple(Line(f"Night {number}", "Nobody monitors it.") for number in range(20))

    text = "\n".join(texts_of(render(Digest("Title", changes, alerts, "From here", {}))))

    shown = len(re.findall(r"(?m)^\*(?:Unit|Night) \d+\* · ", text))
    assert all(f"*Night {number}* · " in text for number in range(20))
    assert f"and {120 - shown} more units" in text
