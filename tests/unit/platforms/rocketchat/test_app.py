"""What the companion app sends, and what it gets."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitors_bot.domain.answers.conversation import Command, Outcome, Reply
from monitors_bot.errors import RequestMalformed
from monitors_bot.platforms.rocketchat import app
from monitors_bot.web import Request
from tests.unit import hostile

USER = {"id": "u1", "username": "kim", "utcOffset": -3.5}
ROOM = {"id": "room1", "name": "general", "type": "c"}
SENT = {"text": "Sales", "user": USER, "room": ROOM}
values: st.SearchStrategy[object] = (
    st.none() | st.booleans() | st.integers() | st.floats() | hostile.texts | st.just({}) | st.just([])
)


def request(body: object) -> Request:
    return Request("POST", app.PATH, body=body if isinstance(body, bytes) else json.dumps(body).encode())


def test_a_command_is_read_with_who_asks_and_where():
    assert app.read_command(request(SENT)) == Command(
        "/monitors", "Sales", user_id="u1", user_name="kim", room_id="room1", utc_offset=-3.5
    )
    assert app.suggested_for(request(SENT)) is None


@pytest.mark.parametrize("kind", ["l", None, "missing", "v", "new", "", {}, [], 7, True], ids=repr)
def test_a_room_counts_as_a_customers_unless_its_type_says_otherwise(kind):
    room = {"id": "room1"} if kind == "missing" else {"id": "room1", "type": kind}

    command = app.read_command(request({**SENT, "room": room}))

    assert command.is_with_customer
    assert not command.may_share


@pytest.mark.parametrize("kind", ["c", "p", "d"])
def test_a_room_of_staff_is_no_customers(kind):
    assert not app.read_command(request({**SENT, "room": {"id": "room1", "type": kind}})).is_with_customer


@pytest.mark.parametrize("offset", [None, "1", True, 15, -14.5, 1e9, float("nan"), [], {}])
def test_an_offset_that_makes_no_sense_is_not_known(offset):
    assert app.read_command(request({**SENT, "user": {**USER, "utcOffset": offset}})).utc_offset is None


@pytest.mark.parametrize("lacking", ["text", "user", "room"])
def test_a_body_that_lacks_something_is_malformed(lacking):
    with pytest.raises(RequestMalformed, match=lacking):
        app.read_command(request({name: value for name, value in SENT.items() if name != lacking}))


def test_what_is_typed_is_suggested_for():
    assert app.suggested_for(request({**SENT, "suggest": "bil"})) == "bil"
    assert app.suggested_for(request({**SENT, "suggest": ""})) == ""


@given(
    body=st.binary(max_size=100)
    | values
    | st.fixed_dictionaries(
        {},
        optional=dict.fromkeys(("text", "user", "room", "suggest"), values | st.just(USER) | st.just(ROOM)),
    )
    | st.builds(
        lambda user, room: {"text": "", "user": {**USER, **user}, "room": {**ROOM, **room}},
        st.dictionaries(st.sampled_from(["id", "username", "utcOffset"]), values),
        st.dictionaries(st.sampled_from(["id", "name", "type"]), values),
    )
)
def test_any_body_is_read_or_malformed(body):
    sent = request(body)
    for read, kinds in ((app.suggested_for, str | None), (app.read_command, Command)):
        try:
            found = read(sent)
        except RequestMalformed:
            continue
        assert isinstance(found, kinds)


@pytest.mark.parametrize(
    ("shared", "is_with_customer", "visibility"),
    [(False, False, "ephemeral"), (True, False, "channel"), (True, True, "ephemeral")],
)
def test_only_what_is_shared_among_staff_is_for_the_channel(shared, is_with_customer, visibility):
    command = Command("/monitors", "Sales", is_with_customer=is_with_customer)
    reply = Reply(Outcome.ROSTER, "Sales", shared=shared)

    assert app.render_reply(reply, command) == {"visibility": visibility, "text": "*Sales*"}


@pytest.mark.parametrize(
    ("secret", "can"), [("whsec_" + "A" * 32, True), ("A" * 32, True), ("no base64!", False)]
)
def test_a_secret_has_to_be_base64(secret, can):
    assert app.can_work(secret) == can
