"""Who gets through the webhooks' door, and what everybody else is told; nothing of theirs is queued."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from standardwebhooks import Webhook

from monitors_bot.lambdas.webhook import WebhookDoor
from tests.conftest import SECRET_NAME
from tests.fakes.api_gateway import Sent
from tests.fakes.webhook_senders import LIVECHAT_TOKEN, WEBHOOK_SECRET, OmnichannelWebhook, PagingSystem
from tests.scenarios.webhooks.conftest import NINE

PATHS = ("/webhooks/page", "/webhooks/omnichannel")
JSON = ("Content-Type", "application/json")
OTHER_SECRET = "whsec_" + "b3RoZXJvdGhlcm90aGVyb3RoZXI="


@pytest.fixture(autouse=True)
def nothing_upstream_is_called(notified):
    yield
    assert notified.server.calls == []


def header(sent: Sent, name: str, value: str) -> Sent:
    kept = tuple(pair for pair in sent.headers if pair[0].lower() != name.lower())
    return replace(sent, headers=(*kept, (name, value)))


@pytest.mark.parametrize("path", ["/webhooks", "/webhooks/", "/webhooks/page/", "/WEBHOOKS/page", "/"])
def test_an_unknown_route_is_404(notified, path):
    assert notified.send(Sent("POST", path)).status == 404


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "PATCH", "OPTIONS", "HEAD"])
def test_another_method_is_405_with_allow(notified, path, method):
    answer = notified.send(Sent(method, path))

    assert (answer.status, answer.headers["Allow"]) == (405, "POST")


@pytest.mark.parametrize("unusable", ["", [], [""], [7], {"a": "b"}, 0, None, True])
@pytest.mark.parametrize(
    ("key", "path"), [("webhook_secret", PATHS[0]), ("rocketchat_livechat_token", PATHS[1])]
)
def test_a_route_whose_secret_is_not_set_up_is_404(notified, aws, secret, key, path, unusable):
    both = {"webhook_secret": WEBHOOK_SECRET, "rocketchat_livechat_token": LIVECHAT_TOKEN}
    aws.change_secret(SECRET_NAME, {**secret, **both, key: unusable})

    answers = {one: notified.send(Sent("POST", one)).status for one in PATHS}

    assert answers == {one: 404 if one == path else 415 for one in PATHS}


@pytest.mark.parametrize("unusable", ["whsec_", "not base64!", "whsec_ä", "a", "===="])
def test_a_signing_secret_that_is_not_base64_is_not_set_up(notified, aws, secret, unusable):
    aws.change_secret(SECRET_NAME, {**secret, "webhook_secret": unusable})

    assert notified.page().status == 404


def test_each_of_several_secrets_opens_the_door(notified, aws, secret):
    aws.change_secret(
        SECRET_NAME,
        {
            **secret,
            "webhook_secret": ["nonsense!", WEBHOOK_SECRET.removeprefix("whsec_"), OTHER_SECRET],
            "rocketchat_livechat_token": ["old", "new"],
        },
    )

    pages = [notified.send(PagingSystem(one).page(NINE)) for one in (WEBHOOK_SECRET, OTHER_SECRET)]
    events = [notified.send(OmnichannelWebhook(one).event()) for one in ("old", "new", "other")]

    assert [answer.status for answer in pages] == [202, 202]
    assert [answer.status for answer in events] == [200, 200, 401]


@pytest.mark.parametrize("sent", [PagingSystem(OTHER_SECRET).page(NINE), OmnichannelWebhook("x").event()])
def test_a_wrong_proof_is_401(notified, sent):
    answer = notified.send(sent)

    assert answer.status == 401
    assert answer.json == {"error": "this request is not from a known caller"}
    assert notified.queue.count() == 0


@pytest.mark.parametrize("name", ["webhook-id", "webhook-timestamp", "webhook-signature"])
@pytest.mark.parametrize("value", ["", "0", "v1,", "é", "v1," + "A" * 44, "9" * 5000, "-1", "1e3", "٣"])
def test_no_signature_or_a_broken_one_is_401(notified, name, value):
    assert notified.send(header(notified.system.page(NINE), name, value)).status == 401
    assert notified.queue.count() == 0


@pytest.mark.parametrize("name", ["webhook-id", "webhook-timestamp", "webhook-signature"])
def test_a_doubled_header_is_401(notified, name):
    sent = notified.system.page(NINE)
    twice = [pair for pair in sent.headers if pair[0] == name]

    assert notified.send(replace(sent, headers=(*sent.headers, *twice))).status == 401


def test_a_doubled_token_is_401(notified):
    sent = notified.omnichannel.event()

    assert notified.send(replace(sent, headers=(*sent.headers, sent.headers[1]))).status == 401
    assert notified.send(replace(sent, headers=sent.headers[:1])).status == 401


@pytest.mark.parametrize(("seconds", "status"), [(-301, 401), (-300, 202), (300, 202), (301, 401)])
def test_a_signature_is_good_for_five_minutes_either_way(notified, seconds, status):
    assert notified.send(notified.system.page(NINE + seconds)).status == status


def test_a_changed_body_is_401(notified):
    sent = notified.system.page(NINE)

    assert notified.send(replace(sent, body=sent.body.replace(b"Billing", b"Selling"))).status == 401


def test_what_the_official_package_signs_is_taken(notified):
    body = '{"unit": "Sales", "message": "Ä"}'
    headers = (
        JSON,
        ("webhook-id", "msg_1"),
        ("webhook-timestamp", str(int(NINE))),
        ("webhook-signature", f"v1a,AAAA {_official(body, 'msg_1')}"),
    )

    assert notified.send(Sent("POST", PATHS[0], headers, body.encode())).status == 202


def _official(body: str, id_: str) -> str:
    return str(Webhook(WEBHOOK_SECRET).sign(id_, datetime.fromtimestamp(NINE, UTC), body))


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("content_type", ["", "text/plain", "application/x-www-form-urlencoded"])
def test_a_wrong_content_type_is_415(notified, path, content_type):
    assert notified.send(Sent("POST", path, (("Content-Type", content_type),), b"x")).status == 415


def test_a_page_over_256_kib_is_413_whatever_else_is_wrong_with_it(notified):
    assert notified.send(Sent("POST", PATHS[0], body=b"x" * (256 * 1024 + 1))).status == 413
    assert notified.send(Sent("POST", PATHS[0], body=b"x" * (256 * 1024))).status == 415


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", b"null", b"\xff", b"1" * 5000, b'{"a":' * 2000, b"NaN", b'"text"', b"{}"]
)
def test_signed_nonsense_is_400(notified, body):
    omnichannel = Sent("POST", PATHS[1], (JSON, ("X-RocketChat-Livechat-Token", LIVECHAT_TOKEN)), body)

    answers = [notified.send(notified.system.signed(body, NINE)), notified.send(omnichannel)]

    assert [answer.status for answer in answers] == [400, 400]
    assert all(set(answer.json) == {"error"} for answer in answers)
    assert notified.queue.count() == 0


@pytest.mark.parametrize(
    "fields",
    [
        {"unit": None}, {"unit": ""}, {"unit": " \n"}, {"unit": 7}, {"unit": "x" * 1001}, {"unit": "\ud800"},
        {"message": None}, {"message": ""}, {"message": ["x"]}, {"message": "\udfff"},
        {"channel": ""}, {"channel": 7}, {"channel": "#"}, {"channel": "##x"},
        {"channel": "#a\nb"}, {"channel": "#" + "x" * 300},
        {"mention": ""}, {"mention": "everybody"}, {"mention": True}, {"mention": ["all"]},
    ],
)  # fmt: skip
def test_a_field_that_makes_no_sense_is_400(notified, fields):
    answer = notified.page(**fields)

    assert answer.status == 400
    assert notified.queue.count() == 0


@pytest.mark.parametrize(
    "fields",
    [
        {"type": None},
        {"type": 7},
        {"_id": None},
        {"_id": 7},
        {"departmentId": 7},
        {"departmentId": "../../me"},
    ],
)
def test_an_event_that_makes_no_sense_is_400(notified, fields):
    assert notified.event(**fields).status == 400
    assert notified.queue.count() == 0


@pytest.mark.parametrize("value", [None, "not json", "[]"])
def test_a_secret_that_cannot_be_used_is_our_own_outage(notified, aws, value):
    if value is None:
        aws.delete_secret(SECRET_NAME)
        aws.create_secret(SECRET_NAME)
    else:
        aws.change_secret(SECRET_NAME, value)

    answers = [notified.page(), notified.event()]

    assert [answer.status for answer in answers] == [503, 503]
    assert all(int(answer.headers["Retry-After"]) > 0 for answer in answers)


@pytest.mark.parametrize("name", ["SECRET_ID", "BACKGROUND_QUEUE_URL", "TABLE_NAME"])
def test_a_missing_setting_is_our_own_outage(notified, name):
    del notified.environ[name]
    notified.door = WebhookDoor(notified.environ, notified.clock)

    assert notified.page().status == 503


def test_no_secret_reaches_the_log_or_the_reply(notified, capsys, caplog):
    caplog.set_level("DEBUG")
    replies = [
        notified.page().body,
        notified.event().body,
        notified.send(header(notified.system.page(NINE), "webhook-signature", "v1,x")).body,
    ]

    seen = capsys.readouterr().out + "".join(replies) + "".join(str(vars(one)) for one in caplog.records)
    assert [text for text in (WEBHOOK_SECRET, LIVECHAT_TOKEN, "v1,") if text in seen] == []
