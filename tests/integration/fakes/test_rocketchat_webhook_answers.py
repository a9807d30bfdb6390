"""What the server makes of the answer to an outgoing webhook."""

import json

import pytest

from tests.fakes.rocketchat import WebhookAnswerRefused, accept_webhook_answer, mentions

JSON = {"Content-Type": "application/json; charset=utf-8"}


def accept(answer, status=200, headers=JSON):
    return accept_webhook_answer(status, headers, json.dumps(answer).encode())


@pytest.mark.parametrize("status", [200, 201, 202])
def test_a_text_is_posted_as_a_message(status):
    message = accept({"text": " @ana is here ", "alias": "Monitors"}, status)

    assert message == {"msg": "@ana is here", "alias": "Monitors"}
    assert mentions(message) == ["ana"]


def test_attachments_alone_are_posted():
    attachments = [{"title": "Sales", "fields": [{"title": "ana", "value": "online", "short": True}]}]

    assert accept({"attachments": attachments}) == {"msg": "", "attachments": attachments}


@pytest.mark.parametrize("answer", [{}, {"text": ""}, {"text": "", "attachments": []}, {"success": True}])
def test_an_answer_without_text_or_attachments_posts_nothing(answer):
    assert accept(answer) is None


def test_nothing_is_posted_whatever_the_content_type_of_an_empty_object():
    assert accept({}, headers={}) is None


@pytest.mark.parametrize("content_type", ["application/json", "APPLICATION/JSON", "text/javascript"])
def test_the_content_type_may_be_json_or_javascript(content_type):
    assert accept({"text": "hi"}, headers={"content-type": content_type}) == {"msg": "hi"}


@pytest.mark.parametrize("headers", [{}, {"Content-Type": "text/plain"}, {"Content-Type": "text/html"}])
def test_a_text_with_another_content_type_is_refused(headers):
    with pytest.raises(WebhookAnswerRefused, match="content type"):
        accept({"text": "hi"}, headers=headers)


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        (410, "switched off"),
        (500, "not tried again"),
        (503, "tried again"),
        (204, "tried again"),
        (403, "tried again"),
    ],
)
def test_another_status_counts_as_failed(status, reason):
    with pytest.raises(WebhookAnswerRefused, match=reason):
        accept({"text": "hi"}, status)


@pytest.mark.parametrize("status", [200, 204, 410])
def test_an_empty_body_counts_as_failed(status):
    with pytest.raises(WebhookAnswerRefused, match="empty body"):
        accept_webhook_answer(status, JSON, b"")


@pytest.mark.parametrize(
    ("body", "reason"), [(b"hi", "not JSON"), (b"[]", "not an object"), (b"\xff", "not JSON")]
)
def test_a_body_that_is_no_json_object_is_refused(body, reason):
    with pytest.raises(WebhookAnswerRefused, match=reason):
        accept_webhook_answer(200, JSON, body)


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        ({"text": 7}, "not a string"),
        ({"text": "hi", "attachments": {"title": "Sales"}}, "not a list"),
        ({"attachments": ["Sales"]}, "Expected object"),
        ({"attachments": [{"fields": [{"title": "ana", "value": ""}]}]}, "title and value is required"),
        ({"attachments": [{"title_link": "units/1"}]}, "Invalid href"),
        ({"text": "x" * 5001}, "more than 5000"),
        ({"text": "hi", "attachments": [{"text": "x" * 5001}]}, "more than 5000"),
    ],
)
def test_a_message_that_could_not_be_stored_is_refused(answer, reason):
    with pytest.raises(WebhookAnswerRefused, match=reason):
        accept(answer)
