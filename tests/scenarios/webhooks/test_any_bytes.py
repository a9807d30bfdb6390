"""Whatever comes in at the webhooks' door, the answer is the caller's own fault, and never a crash."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitors_bot.lambdas.webhook import WebhookDoor
from tests.fakes.api_gateway import Received, Sent, event_for, receive
from tests.fakes.webhook_senders import LIVECHAT_TOKEN, WEBHOOK_SECRET
from tests.scenarios.webhooks.conftest import NINE

PATHS = ("/webhooks/page", "/webhooks/omnichannel")


@given(
    path=st.sampled_from(PATHS),
    headers=st.dictionaries(
        st.sampled_from(
            [
                "content-type",
                "webhook-id",
                "webhook-timestamp",
                "webhook-signature",
                "x-rocketchat-livechat-token",
            ]
        ),
        st.text(max_size=60) | st.sampled_from(["application/json", str(int(NINE)), "v1,x", LIVECHAT_TOKEN]),
    ),
    body=st.binary(max_size=60) | st.sampled_from([b"{}", b'{"type":7}', b'{"type":"\\ud800"}']),
)
def test_any_bytes_and_headers_get_an_answer_of_the_callers_own_fault(any_door, path, headers, body):
    sent = Sent("POST", path, tuple(headers.items()), body)

    answer: Received = receive(any_door.handle(event_for(sent, NINE)))

    assert 200 <= answer.status < 500


@pytest.fixture(scope="module")
def any_door(aws):
    """A door that outlasts the examples of a property."""
    value = {
        "rocketchat_user_id": "a",
        "rocketchat_auth_token": "b",
        "webhook_secret": WEBHOOK_SECRET,
        "rocketchat_livechat_token": LIVECHAT_TOKEN,
    }
    aws.create_secret("any-door", value)
    environ = {
        **aws.environment,
        "SECRET_ID": "any-door",
        "BACKGROUND_QUEUE_URL": aws.queue_url("none"),
        "TABLE_NAME": "none",
    }
    yield WebhookDoor(environ, lambda: NINE)
    aws.delete_secret("any-door")
