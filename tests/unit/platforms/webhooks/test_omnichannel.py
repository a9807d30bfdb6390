import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitors_bot.errors import RequestMalformed, RequestRejected
from monitors_bot.platforms.webhooks import omnichannel
from monitors_bot.web import Request
from tests.fakes.webhook_senders import LIVECHAT_TOKEN, SAID, VISITOR_TOKEN, OmnichannelWebhook
from tests.unit import hostile
from tests.unit.platforms.verdict import accepts

NOW = 1_795_341_600
OTHER_TOKEN = "another-token-that-is-good"
WANTED = {"LivechatSessionQueued", "LivechatSessionForwarded"}
FIELDS = ["_id", "type", "departmentId", "createdAt", "lastMessageAt", "closedAt"]


def received(sent):
    headers = {name.lower(): value for name, value in sent.headers}
    return Request(sent.method, sent.path, headers=headers, body=sent.body, id="request1")


def happened(**fields):
    """An event from a new server each time, so that all are about the same conversation."""
    return received(OmnichannelWebhook().event(**fields))


def read(request):
    return omnichannel.read(request, WANTED)


# Proof


@pytest.mark.parametrize("token", [LIVECHAT_TOKEN, OTHER_TOKEN])
def test_any_of_several_tokens_is_enough(token):
    request = received(OmnichannelWebhook(token).event())

    assert accepts(omnichannel.verify, request, [LIVECHAT_TOKEN, OTHER_TOKEN], NOW)


@pytest.mark.parametrize(
    "token", ["", "wrong", LIVECHAT_TOKEN + " ", f"{LIVECHAT_TOKEN},{LIVECHAT_TOKEN}", "é"]
)
def test_anything_but_a_token_of_ours_is_rejected(token):
    with pytest.raises(RequestRejected):
        omnichannel.verify(received(OmnichannelWebhook(token).event()), [LIVECHAT_TOKEN], NOW)


def test_a_request_without_the_header_is_rejected():
    with pytest.raises(RequestRejected):
        omnichannel.verify(Request("POST", "/webhooks/omnichannel"), [LIVECHAT_TOKEN], NOW)


def test_every_secret_is_usable():
    assert omnichannel.usable([LIVECHAT_TOKEN, OTHER_TOKEN]) == [LIVECHAT_TOKEN, OTHER_TOKEN]


# Events

AGENT, OTHER_AGENT = {"_id": "a1", "username": "ana"}, {"_id": "a2", "username": "raj"}


@pytest.mark.parametrize("kind", sorted(WANTED))
def test_an_event_is_read(kind):
    event = read(happened(type=kind))

    assert (event.type, event.department_id) == (kind, "invoicesInvoices1")
    assert event.correlation_id == "request1"
    assert len(event.id) == 32


@pytest.mark.parametrize(
    "fields",
    [{"type": "LivechatSessionStart"}, {"departmentId": None}, {"departmentId": ""}, {"departmentId": 0}],
)
def test_an_event_of_another_type_or_of_no_department_is_ignored(fields):
    assert read(happened(**fields)) is None


@pytest.mark.parametrize(
    "fields",
    [
        {"type": "LivechatSessionTaken", "servedBy": AGENT},
        {"type": "LivechatSession"},
        {"type": "LivechatSessionForwarded", "servedBy": AGENT, "oldServedBy": OTHER_AGENT},
    ],
)
def test_an_event_after_which_nobody_waits_is_read_and_is_no_news(fields):
    event = read(happened(**fields))

    assert event is not None
    assert not event.is_news
    assert omnichannel.read(happened(**fields), {"LivechatSessionForwarded"}) is None


@pytest.mark.parametrize(
    "fields",
    [
        {"servedBy": AGENT},
        {"servedBy": AGENT, "oldDepartmentId": "ordersOrders00001"},
        {"servedBy": AGENT, "oldServedBy": OTHER_AGENT, "oldDepartmentId": "ordersOrders00001"},
        {"oldDepartmentId": "ordersOrders00001"},
        {"oldServedBy": OTHER_AGENT},
    ],
)
def test_a_forward_that_is_more_than_from_agent_to_agent_is_news(fields):
    event = read(happened(type="LivechatSessionForwarded", **fields))

    assert (event.is_news, event.is_served) == (True, "servedBy" in fields)
    assert event.old_department_id == fields.get("oldDepartmentId", "")


@pytest.mark.parametrize("old", [None, 7, "", "a b", "../x", "x" * 65, ["x"]])
def test_an_old_department_that_is_no_id_counts_as_none(old):
    assert read(happened(type="LivechatSessionForwarded", oldDepartmentId=old)).old_department_id == ""


@pytest.mark.parametrize(
    "fields",
    [
        {"type": None}, {"type": 7}, {"type": "\ud800"}, {"_id": None}, {"_id": ["x"]}, {"_id": "\ud800"},
        {"departmentId": 7}, {"departmentId": "a b"}, {"departmentId": "../x"}, {"departmentId": "x" * 65},
        {"departmentId": {"$ne": ""}},
    ],
)  # fmt: skip
def test_an_event_that_makes_no_sense_is_malformed(fields):
    with pytest.raises(RequestMalformed):
        read(happened(**fields))


def test_an_event_that_is_sent_again_has_the_same_id():
    assert read(happened()).id == read(happened()).id


@pytest.mark.parametrize(
    "fields",
    [
        {"_id": "another"},
        {"type": "LivechatSessionForwarded"},
        {"departmentId": "salesSales1"},
        {"createdAt": "2026-11-23T08:00:00.000Z"},
        {"lastMessageAt": None},
        {"closedAt": "2026-11-23T09:00:00.000Z"},
    ],
)
def test_an_event_with_another_identity_has_another_id(fields):
    assert read(happened(**fields)).id != read(happened()).id


def test_no_data_of_the_visitor_is_kept():
    event = repr(read(happened()))

    assert VISITOR_TOKEN not in event
    assert SAID not in event


@given(fields=st.dictionaries(st.sampled_from(FIELDS), hostile.json_values))
def test_any_fields_are_an_event_or_ignored_or_malformed(fields):
    try:
        event = read(received(OmnichannelWebhook().event(**fields)))
    except RequestMalformed:
        return

    assert event is None or event.type in WANTED


@given(body=st.binary(max_size=200))
def test_any_bytes_are_malformed(body):
    with pytest.raises(RequestMalformed):
        read(Request("POST", "/webhooks/omnichannel", body=body))
