import json
from urllib.parse import urlencode

import pytest
from hypothesis import given

from monitors_bot.domain.answers.conversation import Command
from monitors_bot.errors import RequestMalformed
from monitors_bot.platforms import slack, slack_interactivity
from monitors_bot.web import Request
from tests.fakes.slack_presses import press_of
from tests.unit import hostile
from tests.unit.platforms.replies import PLAIN, choice_among

URL = "https://hooks.slack.com/actions/T0001/1/x"
SALES = Command("/monitors", "Sales", team_id="T0001")
MESSAGE = slack.render_reply(PLAIN, SALES)
PRESS = press_of(MESSAGE, "Refresh", URL)


def read(payload):
    return slack_interactivity.read_command(
        Request("POST", slack_interactivity.PATH, body=urlencode({"payload": json.dumps(payload)}).encode())
    )


def without(payload, name):
    return {key: value for key, value in payload.items() if key != name}


def test_a_press_is_read_as_the_command_that_it_stands_for():
    assert read(PRESS) == Command(
        word="/monitors",
        text="Sales",
        user_id="U2147483697",
        user_name="kim",
        message_id=URL,
        response_url=URL,
        room_id="C2147483705",
        team_id="T0001",
        share=False,
        replaces_original=True,
    )


def test_only_refresh_replaces_a_message_and_only_one_that_nobody_else_reads():
    shown = slack.render_reply(PLAIN, SALES) | {"response_type": "in_channel"}

    assert read(press_of(MESSAGE, "Refresh", URL)).replaces_original is True
    assert read(press_of(MESSAGE, "Show in channel", URL)).replaces_original is False
    assert read(press_of(shown, "Refresh", URL)).replaces_original is False
    assert read(PRESS | {"container": {}}).replaces_original is False


def test_only_show_shares():
    assert read(press_of(MESSAGE, "Show in channel", URL)).share is True
    assert read(PRESS).share is False


def test_what_is_chosen_from_a_menu_is_asked():
    message = slack.render_reply(choice_among(2), SALES)

    chosen = read(press_of(message, "Choose one", URL, choose="Desk (id unitwithanid00001)"))

    assert (chosen.text, chosen.share, chosen.replaces_original) == ("unitwithanid00001", False, False)


@pytest.mark.parametrize(
    ("team", "team_of_user", "is_refused"),
    [
        ("T0001", "T0001", False),
        (None, "T0001", False),  # installed in a whole organization
        ("T0001", "T0666", True),  # a guest of a shared channel
        ("T0666", "T0001", True),
        ("T0666", "T0666", True),
        (None, "", True),
    ],
)
def test_a_press_from_another_workspace_is_told_apart(team, team_of_user, is_refused):
    press = press_of(MESSAGE, "Refresh", URL, team=team, team_of_user=team_of_user)

    assert read(press).is_from_another_team is is_refused


@pytest.mark.parametrize(
    "payload",
    [
        PRESS | {"type": "view_submission"},
        PRESS | {"actions": []},
        PRESS | {"actions": "x"},
        PRESS | {"actions": ["x"]},
        without(PRESS, "actions"),
        PRESS | {"actions": [PRESS["actions"][0] | {"action_id": "other"}]},
        PRESS | {"actions": [PRESS["actions"][0] | {"block_id": "other"}]},
        PRESS | {"actions": [without(PRESS["actions"][0], "value")]},
        PRESS | {"actions": [without(PRESS["actions"][0], "value") | {"selected_option": None}]},
    ],
)
def test_a_press_that_stands_for_no_command_of_ours_is_ignored(payload):
    assert read(payload) is None


@pytest.mark.parametrize(
    "payload",
    [without(PRESS, "response_url"), without(PRESS, "type"), PRESS | {"response_url": 1}, [], 1, "x"],
)
def test_a_payload_that_slack_would_not_send_is_malformed(payload):
    with pytest.raises(RequestMalformed):
        read(payload)


@pytest.mark.parametrize("body", [b"", b"payload=", b"payload={", b"payload=" + b"[" * 100_000, b"\xff"])
def test_a_body_without_a_payload_is_malformed(body):
    with pytest.raises(RequestMalformed):
        slack_interactivity.read_command(Request("POST", slack_interactivity.PATH, body=body))


@given(payload=hostile.json_values)
def test_any_json_is_read_ignored_or_malformed(payload):
    for value in (
        payload,
        PRESS | {"actions": payload},
        PRESS | {"actions": [payload]},
        PRESS | {"user": payload},
    ):
        try:
            read(value)
        except RequestMalformed:
            continue
