"""The rooms of runs: a digest is posted once, whoever posts it, and the room's knowledge follows it."""

import pytest

from monitors_bot.aws.stores.channels import RUNS_KEPT, Channels
from monitors_bot.domain.digests.digest import Digest, Line
from monitors_bot.domain.digests.run import Told
from monitors_bot.errors import DeliveryImpossible, DeliveryPostponed

RUN, NEXT = "a" * 32, "b" * 32
ROOM = "leadsLeads0000001"
TOLD = {"s1": Told("Sales", 3, "offline", 100.0, 200.0)}


def digest(told=TOLD) -> Digest:
    return Digest("Two units changed", (Line("Sales", "Left: Kim."),), (), "", told)


class Rooms:
    """Rocket.Chat's rooms: one message for each id, and as many refusals as a test wants."""

    def __init__(self) -> None:
        self.posted: dict[str, tuple[str, object]] = {}
        self.refusals: list[Exception] = []

    def post(self, message_id: str, room_id: str, payload) -> None:
        if self.refusals and len(self.posted):
            raise self.refusals.pop()
        self.posted[message_id] = (room_id, payload)


@pytest.fixture
def rooms() -> Rooms:
    return Rooms()


@pytest.fixture
def channels(documents, rooms) -> Channels:
    def render(digest):
        return [{"msg": digest.title}, {"msg": "the rest"}]

    return Channels(documents, lambda name: f"room of {name}", rooms.post, render)


def test_a_room_knows_nothing_before_its_first_digest(channels):
    channel = channels.open(ROOM)

    assert channel.told is None
    assert not channel.was_told_by(RUN)


def test_a_digest_is_posted_in_parts_and_recorded(channels, rooms):
    channels.open(ROOM).tell(RUN, digest())

    assert rooms.posted == {
        f"{'a' * 28}-1": (ROOM, {"msg": "Two units changed"}),
        f"{'a' * 28}-2": (ROOM, {"msg": "the rest"}),
    }
    again = channels.open(ROOM)
    assert again.told == TOLD
    assert again.was_told_by(RUN)
    assert not again.was_told_by(NEXT)


def test_the_rooms_of_others_are_others(channels):
    channels.open(ROOM).tell(RUN, digest())

    assert channels.open("another").told is None


def test_what_could_not_be_posted_is_posted_by_whoever_opens_the_room_next(channels, rooms):
    rooms.refusals = [DeliveryPostponed("later")]
    with pytest.raises(DeliveryPostponed):
        channels.open(ROOM).tell(RUN, digest())
    assert len(rooms.posted) == 1

    channel = channels.open(ROOM)

    assert len(rooms.posted) == 2
    assert channel.was_told_by(RUN)
    assert channel.told == TOLD


def test_what_is_refused_for_good_is_given_up_and_not_recorded_as_posted(channels, rooms):
    rooms.refusals = [DeliveryImpossible("read only")]
    with pytest.raises(DeliveryImpossible):
        channels.open(ROOM).tell(RUN, digest())

    channel = channels.open(ROOM)

    assert len(rooms.posted) == 1
    assert not channel.was_told_by(RUN)
    assert channel.told is None


def test_what_an_earlier_run_left_may_be_refused_and_the_room_is_still_opened(channels, rooms):
    rooms.refusals = [DeliveryImpossible("read only"), DeliveryPostponed("later")]
    with pytest.raises(DeliveryPostponed):
        channels.open(ROOM).tell(RUN, digest())

    channel = channels.open(ROOM)

    channel.tell(NEXT, digest())
    assert channels.open(ROOM).was_told_by(NEXT)
    assert not channels.open(ROOM).was_told_by(RUN)


def test_what_a_room_knows_of_units_adds_up_and_ends_with_them(channels):
    channel = channels.open(ROOM)
    channel.tell(RUN, digest())
    channel.tell(NEXT, digest({"s2": Told("Billing", 1), "s1": Told("Sales")}))

    assert channels.open(ROOM).told == {"s2": Told("Billing", 1)}


def test_only_the_last_runs_are_remembered(channels):
    channel = channels.open(ROOM)
    for number in range(RUNS_KEPT + 1):
        channel.tell(f"{number:032}", digest())

    again = channels.open(ROOM)
    assert [again.was_told_by(f"{number:032}") for number in (0, 1, RUNS_KEPT)] == [False, True, True]


def test_a_room_is_kept_for_good(channels, documents):
    channels.open(ROOM).tell(RUN, digest())

    (document,) = documents.all(f"channel#{ROOM}")
    assert (document.name, document.expires_at) == ("told", None)
