import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitors_bot.domain.notices.messages import LONGEST_MESSAGE, Mention, Page
from monitors_bot.errors import RequestMalformed
from monitors_bot.platforms.webhooks import page
from monitors_bot.web import Request
from tests.fakes.webhook_senders import WEBHOOK_SECRET, PagingSystem
from tests.unit import hostile
from tests.unit.platforms.verdict import accepts

NOW = 1_795_341_600
FIELDS = ["unit", "message", "channel", "mention"]


def carrying(body, webhook_id="msg_1"):
    return Request("POST", "/webhooks/page", headers={"webhook-id": webhook_id}, body=body, id="request1")


def paged(webhook_id="msg_1", /, **fields):
    body = {"unit": "Billing EU", "message": "The database is down.", **fields}
    return carrying(json.dumps(body).encode(), webhook_id)


def read(request, usual_channel="#ops"):
    return page.read(request, usual_channel)


def test_a_page_signed_as_a_standard_webhook_is_accepted_and_no_other():
    sent = PagingSystem().page(NOW)
    headers = {name.lower(): value for name, value in sent.headers}

    assert accepts(page.verify, Request("POST", sent.path, "", headers, sent.body), [WEBHOOK_SECRET], NOW)
    assert not accepts(page.verify, Request("POST", sent.path, "", headers, b"{}"), [WEBHOOK_SECRET], NOW)
    assert not accepts(page.verify, paged(), [WEBHOOK_SECRET], NOW)


def test_a_secret_that_is_not_base64_is_not_usable():
    assert page.usable(["not base64!"]) == []
    assert len(page.usable([WEBHOOK_SECRET, ""])) == 1


def test_a_page_is_read():
    request = paged(channel="#night", mention="all")

    assert read(request) == Page(
        id=page.id_of(request),
        unit="Billing EU",
        message="The database is down.",
        channel="#night",
        mention=Mention.ALL,
        correlation_id="request1",
    )


@pytest.mark.parametrize("channel", [{}, {"channel": None}])
def test_a_page_without_a_channel_goes_to_the_usual_one(channel):
    assert read(paged(**channel)).channel == "#ops"


def test_a_page_without_any_channel_is_malformed():
    with pytest.raises(RequestMalformed, match="channel"):
        read(paged(), usual_channel="")


@pytest.mark.parametrize("mention", [{}, {"mention": None}, {"mention": "online"}])
def test_those_online_are_mentioned_unless_the_page_says_otherwise(mention):
    assert read(paged(**mention)).mention is Mention.ONLINE


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("unit", ""), ("unit", "  "), ("unit", 7), ("unit", None), ("unit", "x" * 1001), ("unit", "\ud800"),
        ("message", ""), ("message", "\n"), ("message", ["x"]), ("message", None),
        ("channel", ""), ("channel", 7), ("channel", "##a"), ("channel", "#a\nb"), ("channel", "x" * 203),
        ("mention", ""), ("mention", "here"), ("mention", ["all"]), ("mention", True), ("mention", {}),
    ],
)  # fmt: skip
def test_a_field_that_makes_no_sense_is_named(field, value):
    with pytest.raises(RequestMalformed, match=field):
        read(paged(**{field: value}))


@pytest.mark.parametrize(("length", "is_cut"), [(LONGEST_MESSAGE, False), (LONGEST_MESSAGE + 1, True)])
def test_a_long_message_is_cut_and_marked_as_cut(length, is_cut):
    asked = read(paged(message="x" * length))

    assert (len(asked.message), asked.is_cut) == (LONGEST_MESSAGE, is_cut)


@given(webhook_id=st.text(max_size=300), other=st.text(max_size=300))
def test_an_id_depends_on_the_webhook_id_alone(webhook_id, other):
    ids = [page.id_of(paged(one)) for one in (webhook_id, webhook_id, other)]

    assert all(len(one) == 32 for one in ids)
    assert ids[0] == ids[1]
    assert (ids[0] == ids[2]) == (webhook_id == other)


@given(fields=st.dictionaries(st.sampled_from(FIELDS), hostile.json_values))
def test_any_fields_are_a_page_or_malformed(fields):
    try:
        asked = read(paged(**fields))
    except RequestMalformed:
        return

    assert asked.unit.strip()
    assert asked.message.strip()


@given(body=st.binary(max_size=200) | hostile.json_values.map(lambda value: json.dumps(value).encode()))
def test_any_body_is_malformed_unless_it_is_a_page(body):
    with pytest.raises(RequestMalformed):
        read(carrying(body))
