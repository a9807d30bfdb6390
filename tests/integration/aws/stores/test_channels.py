"""The rooms of runs: a digest is posted once, whoever posts it, and the room's knowledge follows it."""

from itertools import count
from typing import Any

import pytest

from monitors_bot.aws.stores.channels import RUNS_KEPT, Channels
from monitors_bot.aws.stores.documents import Document, Documents
from monitors_bot.domain.digests.digest import Digest, Line
from monitors_bot.domain.digests.parts import Part
from monitors_bot.domain.digests.run import Posted
from monitors_bot.errors import DeliveryImpossible, DeliveryPostponed

RUN, NEXT = "a" * 32, "b" * 32
LATER = 90_000.0
ROOM = "leadsLeads0000001"
TOLD = {"s1": Posted("Sales", 3, "offline", 100.0, 200.0)}


NIGHT = Line("Night", "Left: Kim.", "n1", {"name": "Night", "version": 2})


def digest(posted=TOLD, lines=()) -> Digest:
    return Digest("Two units changed", lines, (), "", posted)


def always() -> bool:
    return True


class Rooms:
    """Rocket.Chat's rooms: one message for each id, and as many refusals as a test wants."""

    def __init__(self) -> None:
        self.posted: dict[str, tuple[str, str, Any]] = {}
        self.refusals: list[Exception] = []

    def post(self, message_id: str, room_id: str, thread_id: str, payload) -> None:
        if self.refusals and len(self.posted):
            raise self.refusals.pop()
        self.posted.setdefault(message_id, (room_id, thread_id, payload))


@pytest.fixture
def rooms() -> Rooms:
    return Rooms()


@pytest.fixture
def channels(documents, rooms) -> Channels:
    def render(digest):
        return [Part({"msg": digest.title}), Part({"msg": "the rest"}, digest.lines)]

    return Channels(documents, lambda name: f"room of {name}", rooms.post, render, lambda: LATER)


def test_a_room_knows_nothing_before_its_first_digest(channels):
    channel = channels.open(ROOM)

    assert channel.posted is None
    assert not channel.has_digest_of(RUN)


def test_a_digest_is_posted_in_parts_and_recorded(channels, rooms):
    assert channels.open(ROOM).post(RUN, digest(lines=(NIGHT,)), always)

    head, rest = f"{'a' * 28}-1", f"{'a' * 28}-2"
    assert rooms.posted == {
        head: (ROOM, "", {"msg": "Two units changed"}),
        rest: (ROOM, head, {"msg": "the rest"}),
    }
    again = channels.open(ROOM)
    assert again.posted == {**TOLD, "n1": Posted("Night", 2)}
    assert again.has_digest_of(RUN)
    assert not again.has_digest_of(NEXT)


def test_the_rooms_of_others_are_others(channels):
    channels.open(ROOM).post(RUN, digest(), always)

    assert channels.open("another").posted is None


def test_what_could_not_be_posted_is_posted_by_whoever_opens_the_room_next(channels, rooms):
    rooms.refusals = [DeliveryPostponed("later")]
    with pytest.raises(DeliveryPostponed):
        channels.open(ROOM).post(RUN, digest(lines=(NIGHT,)), always)
    assert len(rooms.posted) == 1
    assert channels.open(ROOM).posted == TOLD

    channel = channels.open(ROOM)

    assert channel.post_pending(always)
    assert len(rooms.posted) == 2
    assert channel.has_digest_of(RUN)
    assert channel.posted == {**TOLD, "n1": Posted("Night", 2)}


def test_an_alert_counts_for_the_day_on_which_it_is_posted(channels):
    alert = Line(
        "Night", "Nobody is there.", "n1", {"alert": "empty", "alert_since": 150.0, "alerted_at": 200.0}
    )
    other = Line("Day", "Left: Kim.", "d1", {"name": "Day", "version": 2})
    known = {"d1": Posted("Day", 1, "empty", 50.0, 60.0)}
    channels.open(ROOM).post(RUN, digest(known), always)

    channels.open(ROOM).post(NEXT, Digest("", (alert, other), (), "", {}, at=200.0), always)

    assert channels.open(ROOM).posted == {
        "n1": Posted("", 0, "empty", 150.0, LATER),
        "d1": Posted("Day", 2, "empty", 50.0, 60.0),
    }


def test_a_digest_is_posted_part_by_part_while_there_is_time(channels, rooms):
    def never() -> bool:
        return False

    assert not channels.open(ROOM).post(RUN, digest(lines=(NIGHT,)), never)
    assert len(rooms.posted) == 1

    assert channels.open(ROOM).post_pending(always)
    assert len(rooms.posted) == 2


def test_a_room_that_refuses_a_digest_for_good_has_read_nothing(channels, rooms):
    rooms.posted["of another run"] = (ROOM, "", {})
    rooms.refusals = [DeliveryImpossible("read only")]

    with pytest.raises(DeliveryImpossible):
        channels.open(ROOM).post(RUN, digest(), always)

    channel = channels.open(ROOM)
    assert channel.post_pending(always)
    assert not channel.has_digest_of(RUN)
    assert channel.posted is None


def test_what_is_refused_for_good_is_given_up_and_not_recorded_as_posted(channels, rooms):
    rooms.refusals = [DeliveryImpossible("read only")]
    with pytest.raises(DeliveryImpossible):
        channels.open(ROOM).post(RUN, digest(lines=(NIGHT,)), always)

    channel = channels.open(ROOM)

    assert channel.post_pending(always)
    assert len(rooms.posted) == 1
    assert channel.has_digest_of(RUN)
    assert channel.posted == TOLD


def test_what_an_earlier_run_left_may_be_refused_and_the_room_takes_the_next(channels, rooms):
    rooms.refusals = [DeliveryImpossible("read only"), DeliveryPostponed("later")]
    with pytest.raises(DeliveryPostponed):
        channels.open(ROOM).post(RUN, digest(), always)

    channel = channels.open(ROOM)
    with pytest.raises(DeliveryImpossible):
        channel.post_pending(always)

    assert channel.post(NEXT, digest(), always)
    assert channels.open(ROOM).has_digest_of(NEXT)


def test_what_a_room_knows_of_units_adds_up_and_ends_with_them(channels):
    channel = channels.open(ROOM)
    channel.post(RUN, digest(), always)
    channel.post(NEXT, digest({"s2": Posted("Billing", 1), "s1": Posted("Sales")}), always)

    assert channels.open(ROOM).posted == {"s2": Posted("Billing", 1)}


def test_only_the_last_runs_are_remembered(channels):
    channel = channels.open(ROOM)
    for number in range(RUNS_KEPT + 1):
        channel.post(f"{number:032}", digest(), always)

    again = channels.open(ROOM)
    assert [again.has_digest_of(f"{number:032}") for number in (0, 1, RUNS_KEPT)] == [False, True, True]


def test_a_room_is_kept_for_good(channels, documents):
    channels.open(ROOM).post(RUN, digest(), always)

    (document,) = documents.all(f"channel#{ROOM}")
    assert (document.name, document.expires_at) == ("told", None)


# Whatever dies, and whenever

CHANGES = tuple(
    Line(f"Unit {number}", "Left: Kim.", f"u{number}", {"name": f"Unit {number}", "version": 2})
    for number in range(250)
)
IN_A_PART = 40


class Died(Exception):
    """A worker died here."""


class Mortal:
    """Dies at a step, before it is done or after."""

    def __init__(self, dies_at: int, *, is_done: bool) -> None:
        self.steps = 0
        self.dies_at = dies_at
        self.is_done = is_done

    def step(self, do, *args):
        self.steps += 1
        if self.steps != self.dies_at:
            return do(*args)
        if self.is_done:
            do(*args)
        raise Died


class MortalItems:
    """The table of a worker that dies at one of its steps."""

    def __init__(self, items, mortal: Mortal) -> None:
        self.items, self.mortal = items, mortal

    def call(self, operation, payload):
        return self.mortal.step(self.items.call, operation, payload)


def in_parts(digest: Digest) -> list[Part]:
    cuts = range(0, len(digest.lines), IN_A_PART)
    return [
        Part(
            {"lines": [one.unit for one in digest.lines[cut : cut + IN_A_PART]]},
            digest.lines[cut : cut + IN_A_PART],
        )
        for cut in cuts
    ]


@pytest.mark.parametrize("is_done", [False, True], ids=["before it is done", "after it is done"])
def test_a_death_at_any_step_neither_loses_nor_doubles_one_of_250_changes(items, is_done):
    for dies_at in count(1):
        room, server, mortal = f"room{dies_at}{is_done}", Rooms(), Mortal(dies_at, is_done=is_done)

        def post(*message, server=server, mortal=mortal):
            mortal.step(server.post, *message)

        has_died = False
        for _ in range(3):
            channel = Channels(Documents(MortalItems(items, mortal)), str, post, in_parts, lambda: LATER)
            try:
                opened = channel.open(room)
                opened.post_pending(always)
                if not opened.has_digest_of(RUN):
                    opened.post(RUN, digest({}, CHANGES), always)
                break
            except Died:
                has_died = True

        named = [unit for _, _, message in server.posted.values() for unit in message["lines"]]
        assert named == [line.unit for line in CHANGES], dies_at
        told = Channels(Documents(items), str, post, in_parts, lambda: LATER).open(room)
        assert told.posted == {line.unit_id: Posted(line.unit, 2) for line in CHANGES}, dies_at
        if not has_died:
            break
    assert dies_at > 15


@pytest.mark.parametrize("dies_at", range(3, 12))
def test_at_no_step_has_a_room_read_of_a_unit_that_no_message_named(items, dies_at):
    server, mortal = Rooms(), Mortal(dies_at, is_done=False)
    channels = Channels(
        Documents(MortalItems(items, mortal)),
        str,
        lambda *message: mortal.step(server.post, *message),
        in_parts,
        lambda: LATER,
    )
    with pytest.raises(Died):
        channels.open(ROOM).post(RUN, digest({}, CHANGES), always)

    told = Channels(Documents(items), str, server.post, in_parts, lambda: LATER).open(ROOM).posted or {}
    named = {unit for _, _, message in server.posted.values() for unit in message["lines"]}
    assert {posted.name for posted in told.values()} <= named


# As the version before left it


def test_what_the_first_version_left_is_posted_as_it_began(documents, channels, rooms):
    """It posted two messages without a thread, and recorded all units after the second."""
    content = {
        "told": {"s1": ["Sales", 3, "offline", 100.0, 200.0], "b1": ["Billing", 1, "", 0.0, 0.0]},
        "runs": [NEXT],
        "left": {
            "run": RUN,
            "messages": [{"text": "*2 units changed.*"}, {"text": "*Continued*"}],
            "told": {"s1": ["Sales", 4, "offline", 100.0, 200.0], "n1": ["Night", 1, "", 0.0, 0.0]},
        },
    }
    documents.put(Document(f"channel#{ROOM}", "told", content))
    rooms.posted[f"{'a' * 28}-1"] = (ROOM, "", {"text": "*2 units changed.*"})

    channel = channels.open(ROOM)
    assert channel.posted == {"s1": TOLD["s1"], "b1": Posted("Billing", 1)}
    assert channel.post_pending(always)

    assert rooms.posted == {
        f"{'a' * 28}-1": (ROOM, "", {"text": "*2 units changed.*"}),
        f"{'a' * 28}-2": (ROOM, "", {"text": "*Continued*"}),
    }
    assert channel.has_digest_of(RUN)
    assert channel.has_digest_of(NEXT)
    assert channels.open(ROOM).posted == {
        "s1": Posted("Sales", 4, "offline", 100.0, 200.0),
        "b1": Posted("Billing", 1),
        "n1": Posted("Night", 1),
    }
    assert channels.open(ROOM).post(f"{'c' * 32}", digest(), always)


def test_one_message_that_the_first_version_left_is_posted_and_recorded(documents, channels, rooms):
    left = {"run": RUN, "messages": [{"text": "Hello"}], "told": {"s1": ["Sales", 4, "", 0.0, 0.0]}}
    documents.put(Document(f"channel#{ROOM}", "told", {"told": {}, "runs": [], "left": left}))

    channel = channels.open(ROOM)

    assert channel.post_pending(always)
    assert channel.posted == {"s1": Posted("Sales", 4)}
