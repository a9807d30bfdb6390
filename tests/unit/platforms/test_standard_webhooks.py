import base64
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from standardwebhooks import Webhook

from monitors_bot.errors import RequestRejected
from monitors_bot.platforms import standard_webhooks
from monitors_bot.web import Request
from tests.fakes.webhook_senders import WEBHOOK_SECRET, PagingSystem
from tests.unit.platforms.verdict import accepts

NOW = 1_795_341_600
OTHER_SECRET = "whsec_b3RoZXJvdGhlcm90aGVyb3RoZXI="
NAMES = ("webhook-id", "webhook-timestamp", "webhook-signature")

ids = st.from_regex(r"[!-~]{1,60}", fullmatch=True)
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=100)
header_values = (
    st.text(max_size=90)
    | st.from_regex(r"v1,[0-9A-Za-z+/]{43}=", fullmatch=True)
    | st.sampled_from(["9" * 5000, "-1", "1e9", "٣", str(NOW), "v1,", "v1,é", "v1,aa,v1,bb", "\ud800", "nan"])
)


def request_with(headers, body=b"{}"):
    return Request("POST", "/webhooks/page", headers=headers, body=body)


def signed(body=b"{}", at=NOW, secret=WEBHOOK_SECRET, id_="msg_1"):
    sent = PagingSystem(secret).signed(body, at, id_)
    return request_with({name.lower(): value for name, value in sent.headers}, sent.body)


def is_taken(request, secrets=(WEBHOOK_SECRET,), now=NOW):
    return accepts(standard_webhooks.verify, request, list(secrets), now)


@given(id_=ids, body=texts, at=st.integers(NOW - 300, NOW + 300), key=st.binary(min_size=1, max_size=64))
def test_signatures_of_the_official_package_are_accepted(id_, body, at, key):
    secret = "whsec_" + base64.b64encode(key).decode()
    signature = Webhook(secret).sign(id_, datetime.fromtimestamp(at, UTC), body)
    headers = dict(zip(NAMES, (id_, str(at), signature), strict=True))

    assert is_taken(request_with(headers, body.encode()), [secret])
    assert is_taken(request_with(headers, body.encode()), [secret.removeprefix("whsec_").rstrip("=")])


@given(id_=ids, body=texts)
def test_signatures_of_our_tests_are_accepted_by_the_official_package(id_, body):
    now = int(datetime.now(UTC).timestamp())
    request = signed(body.encode(), now, id_=id_)

    Webhook(WEBHOOK_SECRET).verify(request.body, dict(request.headers), json_parse=False)

    assert is_taken(request, now=now)


@given(values=st.tuples(header_values, header_values, header_values), body=st.binary(max_size=50))
def test_any_headers_and_bytes_are_rejected_and_nothing_else(values, body):
    with pytest.raises(RequestRejected):
        standard_webhooks.verify(
            request_with(dict(zip(NAMES, values, strict=True)), body), [WEBHOOK_SECRET], NOW
        )


@given(secret=st.text(max_size=60))
def test_any_secret_is_a_key_or_no_key_and_never_a_crash(secret):
    keys = standard_webhooks.keys([secret])

    assert len(keys) <= 1
    assert b"" not in keys


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("change", ["{0},{0}", " {0}", "{0}\n", "{0} ", "{0}0", ""])
def test_a_missing_doubled_or_padded_header_is_rejected(name, change):
    request = signed()
    headers = {**request.headers, name: change.format(request.headers[name])}

    assert not is_taken(request_with(headers))


@pytest.mark.parametrize("age", [-301, 301, 86_400])
def test_a_stale_or_future_signature_is_rejected(age):
    assert not is_taken(signed(at=NOW - age))


@pytest.mark.parametrize("others", ["v1,AAAA {0}", "{0} v1,AAAA", "v1a,AAAA {0}", "v2,x {0} v1,y"])
def test_one_right_signature_among_several_is_enough(others):
    request = signed()
    shown = others.format(request.headers["webhook-signature"])

    assert is_taken(request_with({**request.headers, "webhook-signature": shown}))


def test_a_signature_of_another_version_is_ignored():
    request = signed()
    shown = request.headers["webhook-signature"].replace("v1,", "v2,")

    assert not is_taken(request_with({**request.headers, "webhook-signature": shown}))


@pytest.mark.parametrize("secrets", [[OTHER_SECRET, WEBHOOK_SECRET], ["not base64!", WEBHOOK_SECRET]])
def test_any_of_several_secrets_is_enough(secrets):
    assert is_taken(signed(), secrets)


@pytest.mark.parametrize("secrets", [[], [OTHER_SECRET], ["whsec_"]])
def test_a_signature_with_another_secret_is_rejected(secrets):
    assert not is_taken(signed(), secrets)


@given(body=st.binary(min_size=1, max_size=60), data=st.data())
def test_a_changed_body_or_id_is_rejected(body, data):
    request = signed(body)
    place = data.draw(st.integers(0, len(body) - 1))
    other = body[:place] + bytes([body[place] ^ 1]) + body[place + 1 :]

    for wrong in (other, body[:-1], body + body):
        assert not is_taken(request_with(request.headers, wrong))
    assert not is_taken(request_with({**request.headers, "webhook-id": "msg_2"}, body))
