import pytest

from monitors_bot.lambdas.admission import MAX_BODY_BYTES, not_found, refusal, try_again
from monitors_bot.web import Request

JSON = "application/json"


def posted(**changes):
    fields = {"method": "POST", "path": "/", "headers": {"content-type": JSON}, "body": b"{}", **changes}
    return Request(**fields)


@pytest.mark.parametrize("content_type", [JSON, "Application/JSON; charset=utf-8"])
def test_a_request_of_the_right_form_passes(content_type):
    assert refusal(posted(headers={"content-type": content_type}), JSON) is None


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "post", ""])
def test_only_post_is_allowed(method):
    response = refusal(posted(method=method), JSON)

    assert response
    assert (response.status, response.headers) == (405, {"Allow": "POST"})


def test_a_body_may_be_as_large_as_the_limit_and_no_larger():
    at_most, too_large = (posted(body=b"x" * (MAX_BODY_BYTES + more)) for more in (0, 1))

    refused = refusal(too_large, JSON)

    assert refusal(at_most, JSON) is None
    assert refused
    assert refused.status == 413


def test_without_a_limit_any_size_passes():
    assert refusal(posted(body=b"x" * (MAX_BODY_BYTES + 1)), JSON, None) is None


@pytest.mark.parametrize("headers", [{}, {"content-type": ""}, {"content-type": "text/plain"}])
def test_another_content_type_is_refused(headers):
    response = refusal(posted(headers=headers), JSON)

    assert response
    assert response.status == 415


def test_an_unknown_route_is_a_404_that_says_nothing_else():
    assert (not_found().status, not_found().payload) == (404, {"error": "there is nothing here"})


def test_a_caller_is_asked_to_try_again_after_some_seconds():
    response = try_again("not now")

    assert (response.status, response.headers) == (503, {"Retry-After": "5"})
