"""Who gets through the door, and what everybody else is told: the rows of the contract's second section."""

from dataclasses import replace
from urllib.parse import urlencode

import pytest

from tests.conftest import SECRET_NAME, Bot
from tests.fakes.api_gateway import Received, Sent
from tests.fakes.chat_client import AppClient, MattermostClient, RocketChatClient, SlackClient
from tests.fakes.rocketchat import RocketChatServer
from tests.scenarios.conftest import Client, typed

PATHS = (
    "/rocketchat/command",
    "/rocketchat/app",
    "/slack/command",
    "/slack/interactivity",
    "/mattermost/command",
)


def nothing_was_done(rocketchat: RocketChatServer) -> bool:
    return rocketchat.calls == []


def header(sent: Sent, name: str, value: str) -> Sent:
    kept = tuple(pair for pair in sent.headers if pair[0].lower() != name.lower())
    return replace(sent, headers=(*kept, (name, value)))


def test_health_says_ok_and_the_version_and_nothing_else(bot: Bot):
    answer = bot.send(Sent("GET", "/health"))

    assert answer.status == 200
    assert answer.json == {"status": "ok", "version": "0.2.0"}


def test_health_may_be_asked_for_without_a_body(bot: Bot):
    answer = bot.send(Sent("HEAD", "/health"))

    assert (answer.status, answer.body) == (200, "")


def test_health_needs_no_settings(clock):
    assert Bot({}, clock).send(Sent("GET", "/health")).status == 200


def test_a_command_understood_is_200_with_json(bot: Bot, company, platform: Client):
    answer = bot.send(typed(bot, platform, "Sales"))

    assert answer.status == 200
    assert answer.headers["content-type"] == "application/json"


@pytest.mark.parametrize(
    "path", ["/", "/slack", "/slack/command/", "/SLACK/command", "/monitors", "/%2e%2e/health"]
)
def test_an_unknown_route_is_404(bot: Bot, path):
    assert bot.send(Sent("POST", path)).status == 404


@pytest.mark.parametrize(
    ("path", "method"),
    [
        *(
            (path, method)
            for path in PATHS
            for method in ("GET", "PUT", "DELETE", "PATCH", "OPTIONS", "HEAD")
        ),
        *(("/health", method) for method in ("POST", "PUT", "DELETE", "PATCH", "OPTIONS")),
    ],
)
def test_another_method_on_a_known_route_is_405_with_allow(bot: Bot, path, method):
    answer = bot.send(Sent(method, path))

    assert answer.status == 405
    assert answer.headers["Allow"] == ("GET, HEAD" if path == "/health" else "POST")


@pytest.mark.parametrize("unusable", ["", [], [""], [7], {"a": "b"}, 0, None, True])
@pytest.mark.parametrize(
    ("key", "client"),
    [
        ("slack_signing_secret", SlackClient()),
        ("mattermost_token", MattermostClient()),
        ("rocketchat_webhook_token", RocketChatClient()),
        ("rocketchat_app_secret", AppClient()),
    ],
)
def test_a_route_whose_secret_is_not_set_up_is_404(bot: Bot, aws, secret, rocketchat, key, client, unusable):
    aws.change_secret(SECRET_NAME, {**secret, key: unusable})

    answer = bot.send(typed(bot, client, "Sales"))

    assert answer.status == 404
    assert nothing_was_done(rocketchat)


def test_each_of_several_secrets_opens_the_door(bot: Bot, aws, secret, company):
    both = {
        "slack_signing_secret": ["old", "new"],
        "mattermost_token": ["old", "new"],
        "rocketchat_webhook_token": ["old", "new"],
        "rocketchat_app_secret": ["older+++", "no base64!", "whsec_newer+++"],
    }
    aws.change_secret(SECRET_NAME, {**secret, **both})

    for client in (SlackClient, MattermostClient, RocketChatClient, AppClient):
        secrets = ("older+++", "newer+++", "another+") if client is AppClient else ("old", "new", "other")
        statuses = [bot.send(typed(bot, client(one), "Sales")).status for one in secrets]
        assert statuses == [200, 200, 401]


@pytest.mark.parametrize(
    "client", [SlackClient("x"), MattermostClient("x"), RocketChatClient("x"), AppClient("x+++")]
)
def test_a_wrong_proof_is_401(bot: Bot, rocketchat, client):
    answer = bot.send(typed(bot, client, "Sales"))

    assert answer.status == 401
    assert answer.json == {"error": "this request is not from the chat platform"}
    assert nothing_was_done(rocketchat)


@pytest.mark.parametrize("name", ["X-Slack-Signature", "X-Slack-Request-Timestamp"])
@pytest.mark.parametrize("value", ["", "0", "v0=", "é" * 64, "v0=" + "0" * 64, "9" * 5000, "-1", "1e3", "٣"])
def test_no_signature_or_a_broken_one_is_401(bot: Bot, slack: SlackClient, name, value):
    assert bot.send(header(typed(bot, slack, "Sales"), name, value)).status == 401


@pytest.mark.parametrize("name", ["X-Slack-Signature", "X-Slack-Request-Timestamp"])
def test_a_doubled_header_is_401(bot: Bot, slack: SlackClient, name):
    sent = typed(bot, slack, "Sales")
    twice = [pair for pair in sent.headers if pair[0] == name]

    assert bot.send(replace(sent, headers=(*sent.headers, *twice))).status == 401


def test_a_doubled_authorization_header_is_401(bot: Bot, mattermost: MattermostClient):
    sent = mattermost.command("Sales")

    assert bot.send(replace(sent, headers=(*sent.headers, sent.headers[1]))).status == 401


@pytest.mark.parametrize(("seconds", "status"), [(-301, 401), (-299, 200), (299, 200), (302, 401)])
def test_a_timestamp_is_good_for_five_minutes_either_way(
    bot: Bot, company, slack: SlackClient, seconds, status
):
    assert bot.send(slack.command("Sales", bot.clock() + seconds)).status == status


def test_mattermosts_header_has_to_be_right_too(bot: Bot, company, mattermost: MattermostClient):
    sent = mattermost.command("Sales")

    assert bot.send(header(sent, "Authorization", "Token wrong")).status == 401
    assert bot.send(header(sent, "Authorization", "Bearer of-an-oauth-connection")).status == 200
    assert bot.send(replace(sent, headers=sent.headers[:1])).status == 200


@pytest.mark.parametrize(
    ("path", "content_type", "body"),
    [
        ("/slack/command", "application/x-www-form-urlencoded", b"text=%ff"),
        ("/slack/command", "application/x-www-form-urlencoded", b"\xff\xfe"),
        ("/slack/command", "application/x-www-form-urlencoded", b"nothing=here"),
        ("/slack/command", "application/x-www-form-urlencoded", b"command=/m&text=a&text=b"),
        ("/slack/command", "application/x-www-form-urlencoded", b"command=/m&text=a" + b"&f=1" * 1000),
    ],
)
def test_a_signed_body_that_makes_no_sense_is_400(bot: Bot, slack: SlackClient, path, content_type, body):
    answer = bot.send(slack.signed(body, bot.clock()))

    assert answer.status == 400
    assert set(answer.json) == {"error"}


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", b"null", b"\xff", b"1" * 5000, b'{"a":' * 2000, b"NaN", b'"text"']
)
def test_a_json_body_that_cannot_be_read_is_400(bot: Bot, body):
    sent = Sent("POST", "/rocketchat/command", (("Content-Type", "application/json"),), body)

    assert bot.send(sent).status == 400


@pytest.mark.parametrize("field", ["text", "channel_id", "user_id", "message_id"])
@pytest.mark.parametrize("value", [None, 7, ["x"], {"a": 1}])
def test_a_missing_or_wrong_field_is_400(bot: Bot, webhook: RocketChatClient, field, value):
    assert bot.send(webhook.command("Sales", **{field: value})).status == 400


def test_half_a_character_is_400(bot: Bot, webhook: RocketChatClient):
    assert bot.send(webhook.command("Sales \ud800")).status == 400
    assert bot.send(webhook.command("Sales", token="\ud800")).status == 401


@pytest.mark.parametrize(
    "body",
    [
        *(b"", b"{", b"[]", b"\xff", b"1" * 5000, b'{"a":' * 2000, b"NaN", b'"text"'),
        b'{"text": "", "user": {"id": "u", "username": "kim"}, "room": {"id": 7}}',
        b'{"text": "", "user": {"id": "u", "username": "kim"}, "room": {"id": "r"}, "suggest": 7}',
        b'{"text": "\\ud800", "user": {"id": "u", "username": "kim"}, "room": {"id": "r"}}',
    ],
)
def test_what_the_app_would_never_sign_is_400(bot: Bot, rocketchat, body):
    answer = bot.send(AppClient().signed(body, bot.clock()))

    assert (answer.status, set(answer.json)) == (400, {"error"})
    assert nothing_was_done(rocketchat)


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("content_type", ["", "text/plain", "multipart/form-data", "application/xml"])
def test_a_wrong_content_type_is_415(bot: Bot, path, content_type):
    assert bot.send(Sent("POST", path, (("Content-Type", content_type),), b"x")).status == 415


def test_the_content_type_may_name_its_encoding(bot: Bot, company, slack: SlackClient):
    sent = header(
        typed(bot, slack, "Sales"), "Content-Type", "application/x-www-form-urlencoded; charset=utf-8"
    )

    assert bot.send(sent).status == 200


@pytest.mark.parametrize("path", PATHS)
def test_a_body_over_256_kib_is_413_whatever_else_is_wrong_with_it(bot: Bot, path):
    assert bot.send(Sent("POST", path, body=b"x" * (256 * 1024 + 1))).status == 413
    assert bot.send(Sent("POST", path, body=b"x" * (256 * 1024))).status == 415


@pytest.mark.parametrize("signed", [True, False])
def test_slacks_certificate_check_is_200_and_empty(bot: Bot, rocketchat, slack: SlackClient, signed):
    body = urlencode({"ssl_check": "1", "token": "anything"}).encode()
    sent = slack.signed(body, bot.clock()) if signed else Sent("POST", "/slack/command", body=body)

    assert bot.send(sent) == Received(200, {}, "")
    assert bot.send(Sent("GET", "/slack/command", query="ssl_check=1&token=anything")) == Received(
        200, {}, ""
    )
    assert nothing_was_done(rocketchat)


@pytest.mark.parametrize("value", [None, "not json", "[]", "{", '"text"'])
def test_a_secret_that_cannot_be_used_is_our_own_outage(bot: Bot, aws, secret, slack: SlackClient, value):
    if value is None:
        aws.delete_secret(SECRET_NAME)
        aws.create_secret(SECRET_NAME)
    else:
        aws.change_secret(SECRET_NAME, value)

    answer = bot.send(typed(bot, slack, "Sales"))

    assert answer.status == 503
    assert int(answer.headers["Retry-After"]) > 0


def test_a_secret_out_of_reach_is_our_own_outage(bot: Bot, platform: Client):
    bot.environ["AWS_ENDPOINT_URL"] = "http://127.0.0.1:9"
    bot.start_cold()

    assert bot.send(typed(bot, platform, "Sales")).status == 503


def test_a_secret_that_is_out_of_reach_for_a_while_is_not_noticed(bot: Bot, company, platform: Client, clock):
    bot.send(typed(bot, platform, "help"))
    bot.environ["AWS_ENDPOINT_URL"] = "http://127.0.0.1:9"
    clock.advance(301)

    assert bot.send(typed(bot, platform, "Sales")).status == 200

    clock.advance(3600)

    assert bot.send(typed(bot, platform, "Sales")).status == 503


@pytest.mark.parametrize("name", ["ROCKETCHAT_URL", "SECRET_ID"])
def test_a_missing_setting_is_our_own_outage(bot: Bot, platform: Client, name):
    del bot.environ[name]
    bot.start_cold()

    assert bot.send(typed(bot, platform, "Sales")).status == 503


def test_no_secret_of_any_kind_reaches_the_log_or_the_reply(
    bot: Bot, company, platform: Client, secret, capsys
):
    replies = [
        bot.send(typed(bot, platform, "Sales")).body,
        bot.send(replace(typed(bot, platform, "Sales"), body=b"{")).body,
        bot.send(replace(typed(bot, platform, "Sales"), headers=())).body,
    ]

    seen = capsys.readouterr().out + capsys.readouterr().err + "".join(replies)
    assert [key for key, value in secret.items() if key != "rocketchat_user_id" and value in seen] == []
