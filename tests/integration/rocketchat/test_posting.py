"""Posting once, into rooms that no customer reads."""

import pytest

from monitors_bot.errors import DeliveryImpossible, DeliveryPostponed, RocketChatUnavailable
from monitors_bot.rocketchat.posting import Posts

SEND = "chat.sendMessage"
READ = "chat.getMessage"
HEAD, PART = "run-1", "run-2"
PAYLOAD = {"text": "Billing EU: 1 of 2 monitors online"}


@pytest.fixture
def posts(client, clock):
    return Posts(client, clock)


@pytest.fixture
def room(rocketchat):
    return rocketchat.add_room("leads")


@pytest.fixture
def send(posts, room, deadline):
    def send(payload=PAYLOAD, message_id="m1", room_id=room, thread_id=""):
        posts.send(message_id, room_id, thread_id, payload, deadline)

    return send


# Messages


def test_a_message_is_posted_under_its_id_and_without_previews_of_links(rocketchat, room, send):
    send()

    (message,) = rocketchat.messages(room)
    assert (message["_id"], message["msg"]) == ("m1", PAYLOAD["text"])
    assert "attachments" not in message
    assert "tmid" not in message
    assert rocketchat.calls_to(SEND)[0].body["previewUrls"] == []


def test_attachments_and_a_thread_are_posted_where_there_are_any(rocketchat, room, send):
    send()
    attachments = [{"title": "Billing EU"}]

    send({**PAYLOAD, "attachments": attachments}, "m2", thread_id="m1")

    message = rocketchat.messages(room)[1]
    assert (message["attachments"], message["tmid"]) == (attachments, "m1")


@pytest.mark.parametrize("repeated", ["error", "success"])
def test_a_repeated_post_inserts_nothing_and_is_no_failure(rocketchat, room, send, repeated):
    rocketchat.settings.repeated_id = repeated
    send()

    send()

    assert len(rocketchat.messages(room)) == 1


def test_a_room_that_refuses_makes_the_delivery_impossible(rocketchat, send):
    read_only = rocketchat.add_room("news", read_only=True)

    with pytest.raises(DeliveryImpossible):
        send(room_id=read_only)


@pytest.mark.parametrize("route", ["*", SEND])
def test_a_server_that_is_down_postpones_the_delivery(rocketchat, send, route):
    rocketchat.fail(route, "status", status=503)

    with pytest.raises(DeliveryPostponed):
        send()


def test_a_post_that_arrived_without_an_answer_is_repeated_without_harm(rocketchat, room, send):
    rocketchat.fail(SEND, "half", times=1)
    with pytest.raises(DeliveryPostponed):
        send()

    send()

    assert len(rocketchat.messages(room)) == 1


def test_where_nobody_knows_whether_a_refused_message_is_there_the_delivery_is_postponed(rocketchat, send):
    send()
    rocketchat.fail(READ, "status", status=503)

    with pytest.raises(DeliveryPostponed):
        send()


# Rooms


def test_a_room_is_found_by_its_name_and_by_its_id(posts, room, deadline):
    assert posts.room_of("#leads", deadline) == room
    assert posts.room_of(room, deadline) == room


def test_a_private_room_is_found_only_by_a_member(rocketchat, posts, deadline):
    mine = rocketchat.add_room("mine", type="p")
    rocketchat.add_room("theirs", type="p", members=[])

    assert posts.room_of("#mine", deadline) == mine
    with pytest.raises(DeliveryImpossible, match="no room #theirs"):
        posts.room_of("#theirs", deadline)


def test_the_direct_room_with_a_user_is_opened_once(rocketchat, posts, deadline):
    rocketchat.add_user("ana")

    first, second = (posts.room_of("@ana", deadline) for _ in range(2))

    assert first == second
    assert rocketchat.rooms[first].type == "d"


@pytest.mark.parametrize("channel", ["#nowhere", "@nobody", "nothing"])
def test_a_room_that_does_not_exist_makes_the_delivery_impossible(posts, deadline, channel):
    with pytest.raises(DeliveryImpossible, match=f"no room {channel}"):
        posts.room_of(channel, deadline)


def test_a_room_that_a_customer_reads_is_refused(rocketchat, posts, deadline):
    customers = rocketchat.add_room("visitor", type="l")

    with pytest.raises(DeliveryImpossible, match="may be a customer's"):
        posts.room_of(customers, deadline)


def test_a_room_cannot_be_looked_up_while_the_server_is_down(rocketchat, posts, deadline):
    rocketchat.fail("*", "status", status=503)

    with pytest.raises(RocketChatUnavailable):
        posts.room_of("#leads", deadline)


# Threads


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
