import re
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitors_bot.domain.answers.conversation import Command
from monitors_bot.errors import RequestMalformed, RequestRejected
from monitors_bot.platforms import mattermost
from monitors_bot.web import Request
from tests.fakes.chat_client import MATTERMOST_TOKEN, MattermostClient
from tests.unit import hostile
from tests.unit.platforms.verdict import accepts

NOW = 1_795_341_600
OTHER_TOKEN = "another-token-that-is-good"


def sent(body, **headers):
    return Request("POST", "/mattermost/command", headers=headers, body=body)


def form(token=MATTERMOST_TOKEN, **fields):
    return urlencode({**MattermostClient().fields, "text": "x", "token": token, **fields}).encode()


# Proof


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"authorization": f"Token {MATTERMOST_TOKEN}"},
        {"authorization": f"token {MATTERMOST_TOKEN}"},
        {"authorization": "Bearer an-access-token-of-something-else"},
        {"authorization": ""},
    ],
)
def test_the_token_in_the_form_is_accepted(headers):
    assert accepts(mattermost.verify, sent(form(), **headers), [MATTERMOST_TOKEN], NOW)


@pytest.mark.parametrize("token", [MATTERMOST_TOKEN, OTHER_TOKEN])
def test_any_of_several_tokens_is_enough(token):
    request = sent(form(token), authorization=f"Token {token}")

    assert accepts(mattermost.verify, request, [MATTERMOST_TOKEN, OTHER_TOKEN], NOW)


@pytest.mark.parametrize(
    "header",
    [
        "Token wrong",
        "Token ",
        "Token",
        "TOKEN wrong",
        f"Token {MATTERMOST_TOKEN},Token {MATTERMOST_TOKEN}",
        f"Token  {MATTERMOST_TOKEN}",
        f"Token {MATTERMOST_TOKEN}é",
        "Token \ud800",
    ],
)
def test_a_wrong_token_in_the_header_is_rejected_even_if_the_form_has_a_right_one(header):
    with pytest.raises(RequestRejected):
        mattermost.verify(sent(form(), authorization=header), [MATTERMOST_TOKEN], NOW)


@pytest.mark.parametrize("secrets", [[], [OTHER_TOKEN]])
@pytest.mark.parametrize("body", [form(), form(""), b"text=x", b"", b"token"])
def test_anything_but_a_token_of_ours_is_rejected(secrets, body):
    with pytest.raises(RequestRejected):
        mattermost.verify(sent(body, authorization=f"Token {MATTERMOST_TOKEN}"), secrets, NOW)


def test_a_repeated_token_is_rejected():
    with pytest.raises(RequestRejected):
        mattermost.verify(sent(form() + b"&token=" + MATTERMOST_TOKEN.encode()), [MATTERMOST_TOKEN], NOW)


@pytest.mark.parametrize("body", [b"\xff", b"token=%ff", b"a=1&" * 1001])
def test_a_form_that_cannot_be_read_is_malformed(body):
    with pytest.raises(RequestMalformed):
        mattermost.verify(sent(body), [MATTERMOST_TOKEN], NOW)


@given(body=st.binary(max_size=200) | hostile.texts.map(str.encode), header=st.text(max_size=60))
def test_any_bytes_are_rejected_or_malformed_and_nothing_else(body, header):
    with pytest.raises((RequestRejected, RequestMalformed)):
        mattermost.verify(sent(body, authorization=header), [MATTERMOST_TOKEN], NOW)


# Commands


def test_a_command_is_read():
    command = mattermost.read_command(sent(form(text="Billing EU & <Co> share")))

    assert command == Command(
        "/monitors",
        "Billing EU & <Co> share",
        user_id="k6uzbz5g4ibuxjnb7kpfdx9sqh",
        user_name="kim",
        response_url="https://mattermost.example.com/hooks/commands/ykf8wqgktb8i9ncsx8eqyzjn5w",
        room_id="fukgwxd3pjr5jpqkg1qp4ny4wh",
        team_id="rdc9bgriktyx9p4kowh3dmgqyc",
    )


@given(text=hostile.texts.filter(lambda text: not re.search(r":[a-z0-9_+-]+:", text)))
def test_any_text_that_was_typed_is_read(text):
    assert mattermost.read_command(sent(form(text=text))).text == text


@given(body=st.binary(max_size=300) | hostile.texts.map(str.encode))
def test_any_body_is_a_command_or_malformed(body):
    try:
        command = mattermost.read_command(sent(b"command=/m&text=" + body))
    except RequestMalformed:
        return

    assert command.text.encode().decode() == command.text


@pytest.mark.parametrize("body", [b"", b"text=x", b"command=/m", b"command=/m&text=%ff", b'{"text": "x"}'])
def test_a_body_without_what_the_route_takes_is_malformed(body):
    with pytest.raises(RequestMalformed):
        mattermost.read_command(sent(body))
