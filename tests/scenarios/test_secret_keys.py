"""A mistake in the secret is named in the log of the function whose route it breaks; white space is none."""

import pytest

from tests.conftest import SECRET_NAME
from tests.fakes.chat_client import AppClient, MattermostClient, RocketChatClient, SlackClient

MISTAKE = "the secret has keys that are missing or can't be used"
KEYS = {
    "slack_signing_secret": SlackClient,
    "mattermost_token": MattermostClient,
    "rocketchat_webhook_token": RocketChatClient,
    "rocketchat_app_secret": AppClient,
}


@pytest.mark.parametrize("space", ["\n", " "])
@pytest.mark.parametrize("key", ["rocketchat_user_id", "rocketchat_auth_token", *KEYS])
def test_white_space_at_the_end_of_a_key_does_not_count(ask, aws, secret, caplog, key, space):
    aws.change_secret(SECRET_NAME, {**secret, key: secret[key] + space})

    assert ask("Sales", KEYS.get(key, SlackClient)()).title == "Sales: 1 of 1 monitor online"
    assert MISTAKE not in caplog.messages


def test_a_misspelt_key_is_named_with_the_right_one(ask, aws, secret, caplog):
    value = {**secret, "mattermost_tokn": "x", "webhook_secert": "x"}
    del value["mattermost_token"]
    aws.change_secret(SECRET_NAME, value)

    ask("Sales")

    [line] = [record for record in caplog.records if record.message == MISTAKE]
    assert line.keys == ['"mattermost_tokn" (not known: did you mean mattermost_token?)']


def test_a_secret_that_is_no_base64_is_named_and_never_shown(ask, aws, secret, caplog):
    aws.change_secret(SECRET_NAME, {**secret, "rocketchat_app_secret": "whsec_no base64!"})

    ask("Sales")

    [line] = [record for record in caplog.records if record.message == MISTAKE]
    assert line.keys == ["rocketchat_app_secret"]
    assert "no base64" not in caplog.text
