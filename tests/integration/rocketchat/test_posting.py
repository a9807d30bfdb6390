"""Posts of the bot's account: once under an id, and in a thread where the server has threads."""

import pytest

from monitors_bot.errors import DeliveryImpossible
from monitors_bot.rocketchat.posting import Posts

HEAD, PART = "run-1", "run-2"


@pytest.fixture
def room(rocketchat) -> str:
    room_id: str = rocketchat.add_room("leads")
    return room_id


@pytest.fixture
def posts(client) -> Posts:
    return Posts(client)


def threads_in(rocketchat, room) -> list[tuple[str, str | None]]:
    return [(message["_id"], message.get("tmid")) for message in rocketchat.messages(room)]


def test_a_part_goes_into_the_thread_once_however_often_it_is_sent(rocketchat, posts, room, deadline):
    posts.send(HEAD, room, "", {"text": "head"}, deadline)
    for _ in range(2):
        posts.send(PART, room, HEAD, {"text": "part"}, deadline)

    assert threads_in(rocketchat, room) == [(HEAD, None), (PART, HEAD)]


@pytest.mark.parametrize("times", [1, 2])
def test_where_threads_are_switched_off_a_part_is_posted_in_the_room_once(
    rocketchat, posts, room, deadline, times
):
    rocketchat.settings.threads_enabled = False
    posts.send(HEAD, room, "", {"text": "head"}, deadline)
    for _ in range(times):
        posts.send(PART, room, HEAD, {"text": "part"}, deadline)

    assert threads_in(rocketchat, room) == [(HEAD, None), (PART, None)]


def test_a_room_that_takes_nothing_any_more_takes_no_part_either(rocketchat, posts, room, deadline):
    posts.send(HEAD, room, "", {"text": "head"}, deadline)
    rocketchat.rooms[room].archived = True

    with pytest.raises(DeliveryImpossible):
        posts.send(PART, room, HEAD, {"text": "part"}, deadline)

    assert threads_in(rocketchat, room) == [(HEAD, None)]
