import re
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st
from slack_sdk.signature import Clock, SignatureVerifier

from monitors_bot.domain.answers.conversation import Command
from monitors_bot.errors import RequestMalformed, RequestRejected
from monitors_bot.platforms import slack
from monitors_bot.web import Request
from tests.fakes.chat_client import SIGNING_SECRET, SlackClient
from tests.unit import hostile
from tests.unit.platforms.verdict import accepts

NOW = 1_795_341_600
LARGEST_BODY = 256 * 1024
OTHER_SECRET = "another-signing-secret"

header_values = (
    st.text(max_size=90)
    | st.from_regex(r"v0=[0-9a-f]{64}", fullmatch=True)
    | st.sampled_from(
        ["9" * 5000, "-1", "1e9", "٣", str(NOW), "v0=" + "é" * 64, "v0=aa,v0=bb", "\ud800", "nan", "0x10"]
    )
)


class StoppedClock(Clock):
    def now(self):
        return float(NOW)


def received(sent):
    return Request(sent.method, sent.path, sent.query, {n.lower(): v for n, v in sent.headers}, sent.body)


def signed(body=b"text=x", at=NOW, secret=SIGNING_SECRET):
    return received(SlackClient(secret).signed(body, at))


def changed(request, **changes):
    headers = {**request.headers, **changes.pop("headers", {})}
    return Request(request.method, request.path, request.query, headers, changes.pop("body", request.body))


def typed(text, **fields):
    return slack.read_command(signed(urlencode({**SlackClient().fields, "text": text, **fields}).encode()))


# Proof


@given(body=st.binary(max_size=200), at=st.integers(NOW - 300, NOW + 300))
def test_a_request_signed_by_slack_is_accepted_by_us_and_by_slacks_library(body, at):
    request = signed(body, at)

    slack.verify(request, [SIGNING_SECRET], NOW)

    if is_utf8(body):  # its library raises an error of Python's for anything else
        assert SignatureVerifier(SIGNING_SECRET, StoppedClock()).is_valid_request(body, dict(request.headers))


def is_utf8(body):
    try:
        body.decode()
    except UnicodeDecodeError:
        return False
    return True


@pytest.mark.parametrize("secrets", [[SIGNING_SECRET, OTHER_SECRET], [OTHER_SECRET, SIGNING_SECRET]])
def test_any_of_several_secrets_is_enough(secrets):
    assert accepts(slack.verify, signed(), secrets, NOW)
    assert accepts(slack.verify, signed(secret=OTHER_SECRET), secrets, NOW)


@pytest.mark.parametrize("secrets", [[], [OTHER_SECRET], [""]])
def test_a_signature_with_another_secret_is_rejected(secrets):
    with pytest.raises(RequestRejected):
        slack.verify(signed(), secrets, NOW)


@pytest.mark.parametrize("age", [-300, 0, 300])
def test_a_signature_is_valid_for_five_minutes_before_and_after(age):
    assert accepts(slack.verify, signed(at=NOW - age), [SIGNING_SECRET], NOW)


@pytest.mark.parametrize("age", [-301, 301, 86_400, -10_000_000])
def test_a_stale_or_future_signature_is_rejected(age):
    with pytest.raises(RequestRejected):
        slack.verify(signed(at=NOW - age), [SIGNING_SECRET], NOW)


@given(timestamp=header_values, signature=header_values, body=st.binary(max_size=50))
def test_any_headers_and_bytes_are_rejected_and_nothing_else(timestamp, signature, body):
    headers = {"x-slack-request-timestamp": timestamp, "x-slack-signature": signature}

    with pytest.raises(RequestRejected):
        slack.verify(Request("POST", "/slack/command", headers=headers, body=body), [SIGNING_SECRET], NOW)


@pytest.mark.parametrize("missing", ["x-slack-request-timestamp", "x-slack-signature"])
def test_a_missing_header_is_rejected(missing):
    request = signed()
    headers = {name: value for name, value in request.headers.items() if name != missing}

    with pytest.raises(RequestRejected):
        slack.verify(
            Request("POST", "/slack/command", headers=headers, body=request.body), [SIGNING_SECRET], NOW
        )


@pytest.mark.parametrize("name", ["x-slack-request-timestamp", "x-slack-signature"])
@pytest.mark.parametrize("change", ["{0},{0}", " {0}", "{0}\n", "{0} ", "{0}0", ""])
def test_a_doubled_or_padded_header_is_rejected(name, change):
    request = signed()

    with pytest.raises(RequestRejected):
        slack.verify(
            changed(request, headers={name: change.format(request.headers[name])}), [SIGNING_SECRET], NOW
        )


def test_a_signature_in_capitals_is_rejected():
    request = signed()
    signature = request.headers["x-slack-signature"].upper().replace("V0", "v0")

    with pytest.raises(RequestRejected):
        slack.verify(changed(request, headers={"x-slack-signature": signature}), [SIGNING_SECRET], NOW)


@given(body=st.binary(min_size=1, max_size=60), data=st.data())
def test_a_changed_body_is_rejected(body, data):
    request = signed(body)
    place = data.draw(st.integers(0, len(body) - 1))
    other = body[:place] + bytes([body[place] ^ 1]) + body[place + 1 :]

    for wrong in (other, body[:-1], body + body, b""):
        with pytest.raises(RequestRejected):
            slack.verify(changed(request, body=wrong), [SIGNING_SECRET], NOW)


# Probes


@pytest.mark.parametrize(
    "request_",
    [
        Request("POST", "/slack/command", body=b"ssl_check=1&token=x"),
        Request("POST", "/slack/command", body=b"token=x&ssl_check=1"),
        Request("GET", "/slack/command", query="ssl_check=1&token=x"),
    ],
)
def test_slacks_certificate_check_is_recognised_without_a_signature(request_):
    assert slack.is_probe(request_)


@pytest.mark.parametrize(
    "request_",
    [
        Request("POST", "/slack/command", body=b"ssl_check=0"),
        Request("POST", "/slack/command", body=b"text=ssl_check%3D1"),
        Request("POST", "/slack/command", query="ssl_check=1"),
        Request("POST", "/slack/command", body=b"ssl_check=1&ssl_check=1"),
        Request("POST", "/slack/command", body=b"&a=b" * 200 + b"&ssl_check=1"),
        Request("GET", "/slack/command", body=b"ssl_check=1"),
    ],
)
def test_no_other_request_is_a_certificate_check(request_):
    assert not slack.is_probe(request_)


@given(method=st.sampled_from(["GET", "POST", "PUT"]), query=hostile.texts, body=st.binary())
def test_any_bytes_can_be_checked_for_being_a_certificate_check(method, query, body):
    assert not slack.is_probe(Request(method, "/slack/command", query, body=body))


# Commands


def test_a_command_is_read():
    command = typed("Billing EU share")

    assert command == Command(
        "/monitors",
        "Billing EU share",
        user_id="U2147483697",
        user_name="kim",
        response_url="https://hooks.slack.com/commands/1234/5678",
        room_id="C2147483705",
        team_id="T0001",
    )


@pytest.mark.parametrize(
    ("sent", "text"),
    [
        ("R&amp;D", "R&D"),
        ("&lt;3 &gt; &amp;lt;", "<3 > &lt;"),
        ("&amp;amp;", "&amp;"),
        ("<#C123|support>", "support"),
        ("<#C123|>", "#C123"),
        ("<http://a.example|a.example>", "a.example"),
        ("<http://a.example>", "http://a.example"),
        ("&quot;x&quot;", "&quot;x&quot;"),
    ],
)
def test_escapes_of_slack_are_undone(sent, text):
    command = typed(sent)

    assert command.text == text
    assert not command.has_escaped_mention


@pytest.mark.parametrize("text", ["<@U123>", "<@U123|kim> share", "x <!subteam^S123|leads>", "<!subteam^S1>"])
def test_a_mention_that_slack_escaped_is_noticed(text):
    assert typed(text).has_escaped_mention


@pytest.mark.parametrize("text", ["@kim", "&lt;@U123&gt;", "<@U123", "<#C1|x>", "<!here>"])
def test_other_text_is_not_taken_for_an_escaped_mention(text):
    assert not typed(text).has_escaped_mention


@given(text=hostile.texts.filter(lambda text: not re.search(r":[a-z0-9_+-]+:", text)))
def test_any_text_that_was_typed_is_read(text):
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")

    assert typed(escaped).text == text


@given(body=st.binary(max_size=300) | hostile.texts.map(str.encode))
def test_any_body_is_a_command_or_malformed(body):
    try:
        command = slack.read_command(signed(b"command=/m&text=" + body))
    except RequestMalformed:
        return

    assert command.text.encode().decode() == command.text


@pytest.mark.parametrize(
    "body",
    [b"", b"text=x", b"command=/m", b"command=/m&text=%ff", b"\xff", b"command=/m&text=a&text=b", b"{}"],
)
def test_a_body_without_what_the_route_takes_is_malformed(body):
    with pytest.raises(RequestMalformed):
        slack.read_command(signed(body))


@pytest.mark.parametrize("fragment", ["<@", "<", "<|", "<!subteam", "&lt;", "<a|", ">", "<@U1>"])
def test_the_largest_text_is_read_quickly(fragment):
    """Mentions without an end once took time quadratic in their number."""
    text = fragment.replace("&", "%26") * (LARGEST_BODY // len(fragment))

    command = slack.read_command(signed(f"command=/m&text={text}".encode()))

    assert command.has_escaped_mention is (fragment == "<@U1>")
