"""A mistake in the secret is in the log at once, by the name of the key; without one, nothing is."""

import pytest

from tests.conftest import SECRET_NAME
from tests.fakes.webhook_senders import LIVECHAT_TOKEN, WEBHOOK_SECRET

MISTAKE = "the secret has keys that are missing or can't be used"


def named(caplog):
    """The keys in each error line about the secret."""
    assert {record.levelname for record in caplog.records if record.message == MISTAKE} <= {"ERROR"}
    return [record.keys for record in caplog.records if record.message == MISTAKE]


@pytest.mark.parametrize(
    "value",
    [
        "v1,whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
        "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLa-_",
        "not base64!",
        "whsec_",
        ["whsec_", " "],
    ],
)
def test_a_signing_secret_that_can_never_work_is_named_once(notified, aws, secret, caplog, value):
    aws.change_secret(SECRET_NAME, {**secret, "webhook_secret": value})

    assert [notified.page().status, notified.page().status] == [404, 404]

    assert named(caplog) == [["webhook_secret"]]


@pytest.mark.parametrize("space", ["\n", " ", "\r\n", "\t"])
def test_a_secret_with_white_space_around_it_works(notified, aws, secret, caplog, space):
    keys = {"webhook_secret": WEBHOOK_SECRET + space, "rocketchat_livechat_token": [space + LIVECHAT_TOKEN]}
    aws.change_secret(SECRET_NAME, {**secret, **keys})

    assert (notified.page().status, notified.event().status) == (202, 200)
    assert named(caplog) == []


def test_a_misspelt_key_is_named_by_the_function_whose_route_it_breaks(notified, aws, secret, caplog):
    keys = {"webhook_secert": WEBHOOK_SECRET, "rocketchat_livechat_token": LIVECHAT_TOKEN}
    aws.change_secret(SECRET_NAME, {**secret, **keys, "slack_signing_secrte": "x"})

    assert notified.page().status == 404

    assert named(caplog) == [['"webhook_secert" (not known: did you mean webhook_secret?)']]
