import base64
import json
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitors_bot.errors import RequestMalformed
from monitors_bot.text import is_encodable
from monitors_bot.web import (
    Request,
    Response,
    form_fields,
    json_object,
    read_event,
    text_field,
    write_event,
)
from tests.fakes.api_gateway import Sent, event_for
from tests.unit import hostile

NOW = 1_795_341_600.25

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.just("\ud800"),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


def event(**fields):
    return event_for(Sent("POST", "/slack/command", body=b"x"), NOW) | fields


def received_at(time_epoch):
    return read_event({"requestContext": {"timeEpoch": time_epoch}}, NOW).received_at


# Events


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        ("application/json", b'{"text": "caf\xc3\xa9"}'),
        ("application/x-www-form-urlencoded", b"text=caf%C3%A9"),
        ("application/json", b"\xff\xfe"),
        ("text/plain", b""),
    ],
)
def test_the_body_is_what_was_on_the_wire(content_type, body):
    sent = Sent("POST", "/slack/command", (("Content-Type", content_type),), body, "a=1&a=2")

    request = read_event(event_for(sent, NOW), NOW + 1)

    assert request == Request(
        "POST", "/slack/command", "a=1&a=2", {"content-type": content_type}, body, NOW, "JKJaXmPLvHcESHA="
    )


@given(body=st.binary(max_size=100))
def test_any_bytes_survive_base64(body):
    assert read_event(event(body=base64.b64encode(body).decode(), isBase64Encoded=True), NOW).body == body


@pytest.mark.parametrize("body", ["x", "====", "a" * 5, "!!!!", "é", "QUJD\n", "QUJD QUJD", "\ud800"])
def test_a_body_that_is_not_base64_is_malformed(body):
    with pytest.raises(RequestMalformed):
        read_event(event(body=body, isBase64Encoded=True), NOW)


@pytest.mark.parametrize("body", [7, ["x"], {"a": "b"}, True])
def test_a_body_that_is_not_text_is_malformed(body):
    with pytest.raises(RequestMalformed):
        read_event(event(body=body), NOW)


@pytest.mark.parametrize("body", [None, "", False, 0])
def test_a_missing_body_is_an_empty_one(body):
    assert read_event(event(body=body), NOW).body == b""


def test_a_body_is_base64_only_if_the_flag_says_so():
    assert read_event(event(body="QUJD", isBase64Encoded=False), NOW).body == b"QUJD"


def test_header_names_become_lower_case_and_a_repeated_header_stays_repeated():
    sent = Sent("POST", "/", (("X-Slack-Signature", "v0=aa"), ("x-slack-signature", "v0=bb")))

    assert read_event(event_for(sent, NOW), NOW).headers == {"x-slack-signature": "v0=aa,v0=bb"}
    assert read_event({"headers": {"X-Any": "x"}}, NOW).headers == {"x-any": "x"}


@given(
    event=st.dictionaries(
        st.sampled_from(
            ["headers", "body", "rawPath", "rawQueryString", "requestContext", "isBase64Encoded", "version"]
        ),
        json_values,
    )
)
def test_any_event_is_a_request_or_malformed(event):
    try:
        request = read_event(event, NOW)
    except RequestMalformed:
        return

    assert isinstance(request.body, bytes)
    assert NOW - 60 <= request.received_at <= NOW
    assert isinstance(request.path, str)
    assert isinstance(request.content_type, str)


@given(time_epoch=json_values)
def test_any_time_of_receipt_becomes_a_recent_one(time_epoch):
    assert NOW - 60 <= received_at(time_epoch) <= NOW


def test_the_clock_starts_when_the_gateway_received_the_request():
    assert received_at((NOW - 2.5) * 1000) == NOW - 2.5
    assert received_at(int(NOW - 1) * 1000) == int(NOW - 1)


@pytest.mark.parametrize(
    "time_epoch",
    [
        None, "1795341600000", True, float("nan"), float("inf"), float("-inf"), 0, -1, (NOW + 1) * 1000,
        (NOW - 61) * 1000, NOW, 10**400, -(10**400), [NOW * 1000],
    ],
)  # fmt: skip
def test_an_impossible_time_of_receipt_is_now(time_epoch):
    assert received_at(time_epoch) == NOW


@pytest.mark.parametrize(
    ("header", "content_type"),
    [
        ("application/json", "application/json"),
        ("Application/JSON; charset=UTF-8", "application/json"),
        (" application/json ;x", "application/json"),
        ("", ""),
        (";", ""),
    ],
)
def test_a_content_type_is_read_without_case_and_parameters(header, content_type):
    assert Request("POST", "/", headers={"content-type": header}).content_type == content_type


def test_a_request_without_a_content_type_has_none():
    assert Request("POST", "/").content_type == ""


# Responses


def test_a_response_is_json():
    written = write_event(Response(405, {"error": "POST only"}, {"Allow": "POST"}))

    assert written == {
        "statusCode": 405,
        "headers": {"content-type": "application/json", "Allow": "POST"},
        "body": '{"error": "POST only"}',
    }


def test_a_response_without_a_payload_is_empty():
    assert write_event(Response(200)) == {"statusCode": 200, "headers": {}, "body": ""}


def test_an_empty_payload_is_an_empty_object():
    assert write_event(Response(200, {}))["body"] == "{}"


@given(text=hostile.texts)
def test_any_text_is_written_in_ascii_and_read_back(text):
    body = str(write_event(Response(200, {"text": text}))["body"])

    assert body.isascii()
    assert json.loads(body) == {"text": text}


# Bodies


@given(value=st.dictionaries(st.text(), st.text() | st.integers() | st.none(), max_size=5))
def test_a_json_object_is_read(value):
    assert json_object(json.dumps(value).encode()) == value
    assert json_object(json.dumps(value, ensure_ascii=False).encode()) == value


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"null",
        b"7",
        b'"x"',
        b"NaN",
        b"{",
        b"{}}",
        b"\xff",
        b"\xef\xbb\xbf{}",
        b"[" * 100_000,
        b"9" * 5000,
        b"\x00",
    ],
)
def test_a_body_that_is_not_a_json_object_is_malformed(body):
    with pytest.raises(RequestMalformed):
        json_object(body)


@given(body=st.binary())
def test_any_bytes_are_a_json_object_or_malformed(body):
    try:
        value = json_object(body)
    except RequestMalformed:
        return

    assert isinstance(value, dict)


@given(fields=st.dictionaries(hostile.texts, hostile.texts, max_size=6))
def test_a_form_is_read(fields):
    assert form_fields(urlencode(fields).encode()) == fields


def test_a_form_can_have_empty_fields_and_unescaped_letters():
    assert form_fields("text=&name=café&flag".encode()) == {"text": "", "name": "café", "flag": ""}
    assert form_fields(b"a=1+2%2B3") == {"a": "1 2+3"}
    assert form_fields(b"") == {}


@pytest.mark.parametrize("twice", [b"a=1&a=2", b"a=1&a=1", b"a=&a="])
def test_a_field_that_comes_several_times_has_no_value_and_the_others_keep_theirs(twice):
    assert form_fields(b"x=0&" + twice + b"&y=1") == {"x": "0", "y": "1"}


def test_a_form_may_have_a_thousand_fields():
    assert len(form_fields(b"&".join(b"f%d=1" % number for number in range(1000)))) == 1000


@pytest.mark.parametrize("body", [b"a=%ff", b"a=\xff", b"%80=x", b"a=%ed%a0%80", b"&".join([b"a=b"] * 1001)])
def test_a_body_that_is_not_a_form_is_malformed(body):
    with pytest.raises(RequestMalformed):
        form_fields(body)


@given(body=st.binary() | hostile.texts.map(str.encode))
def test_any_bytes_are_a_form_that_can_be_written_out_or_malformed(body):
    try:
        fields = form_fields(body)
    except RequestMalformed:
        return

    assert all(is_encodable(name) and is_encodable(value) for name, value in fields.items())


def test_a_text_field_is_read():
    assert text_field({"text": ""}, "text") == ""
    assert text_field({"text": "é😀"}, "text") == "é😀"


@pytest.mark.parametrize("value", [None, 7, True, ["x"], {"a": 1}, "\ud800", "a\udfffb", b"x"])
def test_a_field_that_is_not_text_is_malformed_and_named(value):
    with pytest.raises(RequestMalformed, match="the field text"):
        text_field({"text": value}, "text")


def test_a_missing_field_is_malformed_and_named():
    with pytest.raises(RequestMalformed, match="the field text is missing"):
        text_field({}, "text")
