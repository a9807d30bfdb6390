"""Late answers to a response URL: which error says that they may be tried again."""

from collections.abc import Iterator

import pytest

from monitors_bot.errors import DeliveryImpossible, DeliveryPostponed, DeliveryUnclear
from monitors_bot.platforms.response_urls import ResponseUrls
from tests.fakes.response_urls import ResponseUrlServer

REPLY = {"text": "Sales: 1 of 1 monitor online"}


@pytest.fixture
def hooks() -> Iterator[ResponseUrlServer]:
    with ResponseUrlServer() as server:
        yield server


@pytest.fixture
def post(outbound, hooks, ample):
    """Post a reply to a path of the platform's server, or to any URL."""

    def send(path="/commands/x", base=hooks.url, deadline=ample):
        ResponseUrls(outbound, {"slack": base}).post("slack", base + path, REPLY, deadline)

    return send


def test_a_reply_is_posted_as_json(post, hooks):
    post()

    assert hooks.received == [("/commands/x", REPLY)]


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_refusal_for_now_may_be_tried_again(post, hooks, status):
    hooks.statuses[:] = [status]

    with pytest.raises(DeliveryPostponed, match=str(status)):
        post()


@pytest.mark.parametrize("status", [301, 307, 400, 403, 404, 410])
def test_any_other_refusal_is_final_and_no_redirect_is_followed(post, hooks, status):
    hooks.statuses[:] = [status]

    with pytest.raises(DeliveryImpossible, match=str(status)):
        post()

    assert hooks.received == []


def test_a_server_that_was_not_reached_may_be_tried_again(post, nobodys_url):
    for base in (nobodys_url, "http://no-such-host.invalid"):
        with pytest.raises(DeliveryPostponed):
            post(base=base)


def test_a_server_that_breaks_off_may_have_taken_the_reply(post, hooks):
    hooks.before_answering = lambda: (_ for _ in ()).throw(ConnectionAbortedError)

    with pytest.raises(DeliveryUnclear):
        post()

    assert hooks.accepted == [REPLY]


def test_nothing_leaves_for_another_server(outbound, hooks, ample):
    urls = ResponseUrls(outbound, {"slack": "https://hooks.slack.com"})

    with pytest.raises(DeliveryImpossible):
        urls.post("slack", f"{hooks.url}/commands/x", REPLY, ample)

    assert hooks.received == []
