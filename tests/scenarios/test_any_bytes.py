"""Anything at all sent to any route: never a 5xx, never an exception, and nothing done without a proof."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.fakes.api_gateway import Sent, event_for, receive
from tests.fakes.chat_client import (
    MATTERMOST_TOKEN,
    WEBHOOK_TOKEN,
    AppClient,
    MattermostClient,
    RocketChatClient,
    SlackClient,
)
from tests.scenarios.test_requests import PATHS

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)
header_names = st.sampled_from(
    ["Content-Type", "X-Slack-Signature", "X-Slack-Request-Timestamp", "Authorization", "Host"]
)
header_values = st.text(max_size=40) | st.sampled_from(
    ["application/json", "application/x-www-form-urlencoded", "v0=" + "0" * 64, "1700000000", "Token x"]
)
unlimited = settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@pytest.fixture
def fuzzed(bot, company):
    bot.send(SlackClient().command("Sales", bot.clock()))
    company.calls.clear()
    return bot


@given(
    method=st.sampled_from(["POST", "GET", "PUT"]) | st.text(max_size=8),
    path=st.sampled_from([*PATHS, "/health"]) | st.text(max_size=20),
    headers=st.lists(st.tuples(header_names, header_values), max_size=5),
    body=st.binary(max_size=400),
    query=st.text(max_size=30),
)
@unlimited
def test_an_unproven_caller_gets_a_refusal_and_nothing_is_done(
    fuzzed, rocketchat, method, path, headers, body, query
):
    answer = fuzzed.send(Sent(method, path, tuple(headers), body, query))

    assert 200 <= answer.status < 500
    assert answer.status != 200 or path == "/health" or answer.body == ""
    assert rocketchat.calls == []


@given(
    event=st.dictionaries(st.sampled_from(["headers", "body", "rawPath", "requestContext", "x"]), json_values)
)
@unlimited
def test_an_event_of_any_shape_is_answered(fuzzed, event):
    assert receive(fuzzed.door.handle(event)).status < 500


@given(text=st.text(max_size=300), command=st.text(max_size=20), name=st.text(max_size=20))
@unlimited
def test_a_proven_caller_may_type_anything(fuzzed, text, command, name):
    form = SlackClient(fields={"command": command, "user_name": name})

    answer = fuzzed.send(form.command(text, fuzzed.clock()))

    assert answer.status == 200
    assert answer.json["blocks"]


@given(body=st.binary(max_size=300))
@unlimited
def test_a_signed_body_of_any_bytes_is_answered(fuzzed, body):
    assert fuzzed.send(SlackClient().signed(body, fuzzed.clock())).status in (200, 400)


@given(fields=st.dictionaries(st.text(max_size=10), st.text(max_size=10), max_size=5))
@unlimited
def test_a_form_of_any_fields_with_the_right_token_is_answered(fuzzed, fields):
    sent = MattermostClient(fields={**fields, "token": MATTERMOST_TOKEN}).command("x")

    assert fuzzed.send(sent).status in (200, 400)


@given(
    fields=st.dictionaries(
        st.sampled_from(
            ["text", "bot", "channel_id", "channel_name", "message_id", "user_id", "trigger_word", "isEdited"]
        ),
        json_values,
    )
)
@unlimited
def test_a_message_of_any_shape_with_the_right_token_is_answered(fuzzed, fields):
    sent = RocketChatClient().carrying({"token": WEBHOOK_TOKEN, **fields})

    assert fuzzed.send(sent).status in (200, 400)


@given(body=st.binary(max_size=300))
@unlimited
def test_any_bytes_that_the_app_signs_are_answered(fuzzed, body):
    assert fuzzed.send(AppClient().signed(body, fuzzed.clock())).status in (200, 400)


@given(
    fields=st.dictionaries(st.sampled_from(["text", "user", "room", "thread", "suggest"]), json_values),
    user=st.dictionaries(st.sampled_from(["id", "username", "utcOffset"]), json_values),
    room=st.dictionaries(st.sampled_from(["id", "name", "type"]), json_values),
)
@unlimited
def test_a_request_of_any_shape_that_the_app_signs_is_answered(fuzzed, fields, user, room):
    known = {"text": "", "user": {"id": "u", "username": "kim", **user}, "room": {"id": "r", **room}}

    answer = fuzzed.send(AppClient().carrying({**known, **fields}, fuzzed.clock()))

    assert answer.status in (200, 400)
    assert answer.json.get("visibility") != "channel"


def test_an_event_that_is_empty_is_answered(bot):
    assert receive(bot.door.handle({})).status == 404
    assert receive(bot.door.handle(event_for(Sent("POST", "/slack/command")) | {"body": None})).status == 415
