"""The bot's secret: read once, remembered for minutes, read again when its token is refused, never shown."""

import json
import logging
import threading
import traceback
from concurrent.futures import ThreadPoolExecutor

import boto3
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from monitors_bot.aws.secret import (
    KNOWN_KEYS,
    REMEMBERED_SECONDS,
    SECONDS_BETWEEN_RENEWALS,
    SECONDS_BETWEEN_REREADS,
    USABLE_IN_AN_OUTAGE_SECONDS,
    Secret,
    Secrets,
    read_secret,
)
from monitors_bot.aws.signed import SignedAws
from monitors_bot.errors import SecretUnreachable
from tests.fakes.local_aws import CREDENTIALS, REGION
from tests.fakes.scripted_server import ScriptedServer, http_answer
from tests.integration.aws.conftest import secret_answer
from tests.integration.conftest import AMPLE_SECONDS

NAME = "a-secret-of-its-own"
SLACK, MATTERMOST = "slack_signing_secret", "mattermost_token"
SHARED_KEYS = frozenset({SLACK, MATTERMOST})
USER_ID, AUTH_TOKEN = "rocketchat_user_id", "rocketchat_auth_token"
VALUE = {USER_ID: "bot-id", AUTH_TOKEN: "bot-token", SLACK: "signing", MATTERMOST: ["one", "two"]}
GUARDED = "guarded-value"


@pytest.fixture
def store(aws):
    """Store a secret, which ends with the test."""
    names = []

    def create(value=None):
        names.append(NAME)
        aws.create_secret(NAME, value)

    yield create
    for name in names:
        aws.delete_secret(name)


class ToldLog:
    """What an operator is told."""

    def __init__(self) -> None:
        self.keys: list[tuple[str, ...]] = []
        self.errors: list[Exception] = []
        self.unusable_keys, self.log_error = self.keys.append, self.errors.append


@pytest.fixture
def told():
    return ToldLog()


@pytest.fixture
def unusable_keys(told):
    return told.keys


@pytest.fixture
def secrets_at(outbound, clock, told):
    """The secret, as read from an AWS somewhere."""
    return lambda environment: Secrets(
        SignedAws(outbound, environment, lambda _: None), NAME, SHARED_KEYS, clock, told
    )


@pytest.fixture
def secrets(aws, secrets_at):
    return secrets_at(aws.environment)


@pytest.fixture
def pretended(pretend, secrets_at):
    """The secret, as read from an AWS that answers like this."""

    def start(body, status=200):
        aws = pretend(body, status)
        return secrets_at(CREDENTIALS | {"AWS_ENDPOINT_URL": aws.url}), aws

    return start


# Reading


def test_the_secret_is_the_account_and_what_is_shared_with_each_caller(store, secrets, ample, unusable_keys):
    store(VALUE | {"unknown": {"is": "ignored"}})

    secret = secrets.current(ample)

    assert (secret.user_id, secret.auth_token) == ("bot-id", "bot-token")
    assert secret.shared_with(SLACK) == ("signing",)
    assert secret.shared_with(MATTERMOST) == ("one", "two")
    assert secret.shared_with("unknown") == ()
    assert (secret.unusable_keys, unusable_keys) == ((), [])


def test_what_is_asked_for_is_the_current_version_of_this_secret(pretended, ample):
    secrets, aws = pretended(secret_answer(VALUE))

    secrets.current(ample)

    assert json.loads(aws.heard[0].body) == {"SecretId": NAME, "VersionStage": "AWSCURRENT"}


def test_the_secret_is_read_once(pretended, ample):
    secrets, aws = pretended(secret_answer(VALUE))

    for _ in range(5):
        secrets.current(ample)

    assert len(aws.heard) == 1


@pytest.mark.parametrize(
    ("seconds", "token"), [(REMEMBERED_SECONDS - 1, "bot-token"), (REMEMBERED_SECONDS + 1, "new-token")]
)
def test_the_secret_is_remembered_for_minutes(aws, store, secrets, in_seconds, clock, seconds, token):
    store(VALUE)
    secrets.current(in_seconds(30))
    aws.change_secret(NAME, VALUE | {AUTH_TOKEN: "new-token"})

    clock.advance(seconds)

    assert secrets.current(in_seconds(30)).auth_token == token


def test_twenty_at_once_read_it_once(clock, secrets_at, ample):
    all_there = threading.Barrier(20)

    with ScriptedServer(http_answer(json.dumps(secret_answer(VALUE)).encode())) as server:
        secrets = secrets_at(CREDENTIALS | {"AWS_ENDPOINT_URL": server.url})

        def ask(_):
            all_there.wait()
            return secrets.current(ample).auth_token

        with ThreadPoolExecutor(20) as pool:
            tokens = list(pool.map(ask, range(20)))

        assert tokens == ["bot-token"] * 20
        assert len(server.heard) == 1


# A refused token


def test_a_refused_token_is_replaced_by_the_new_one(aws, store, secrets, ample):
    store(VALUE)
    secrets.current(ample)
    aws.change_secret(NAME, VALUE | {AUTH_TOKEN: "new-token"})

    assert secrets.instead_of("bot-id", "bot-token", ample).auth_token == "new-token"
    assert secrets.current(ample).auth_token == "new-token"


def test_a_refused_token_that_is_still_the_current_one_has_no_replacement(store, secrets, ample):
    store(VALUE)
    secrets.current(ample)

    assert secrets.instead_of("bot-id", "bot-token", ample) is None


def test_a_refused_token_that_was_replaced_meanwhile_needs_no_reading(pretended, ample):
    secrets, aws = pretended(secret_answer(VALUE))
    secrets.current(ample)

    assert secrets.instead_of("bot-id", "older-token", ample).auth_token == "bot-token"
    assert len(aws.heard) == 1


def test_for_a_token_that_stays_refused_the_secret_is_read_again_twice_a_minute(
    aws, store, secrets, in_seconds, clock
):
    store(VALUE)
    secrets.current(in_seconds(30))
    secrets.instead_of("bot-id", "bot-token", in_seconds(30))
    aws.change_secret(NAME, VALUE | {AUTH_TOKEN: "new-token"})

    assert secrets.instead_of("bot-id", "bot-token", in_seconds(30)) is None

    clock.advance(SECONDS_BETWEEN_REREADS)
    assert secrets.instead_of("bot-id", "bot-token", in_seconds(30)).auth_token == "new-token"


def test_twenty_refused_at_once_read_it_again_once(pretended, ample):
    secrets, aws = pretended(secret_answer(VALUE))
    secrets.current(ample)
    all_there = threading.Barrier(20)

    def refuse(_):
        all_there.wait()
        return secrets.instead_of("bot-id", "bot-token", ample)

    with ThreadPoolExecutor(20) as pool:
        replacements = list(pool.map(refuse, range(20)))

    assert replacements == [None] * 20
    assert len(aws.heard) == 2


def test_a_refused_token_is_not_forgotten_for_a_secret_that_cant_be_read(aws, store, secrets, ample):
    store(VALUE)
    secrets.current(ample)
    aws.change_secret(NAME, "no JSON")

    with pytest.raises(SecretUnreachable):
        secrets.instead_of("bot-id", "bot-token", ample)

    assert secrets.current(ample).auth_token == "bot-token"


def test_an_account_of_which_only_the_user_id_was_wrong_is_another_account(aws, store, secrets, ample):
    store(VALUE | {USER_ID: "wrong-id"})
    secrets.current(ample)
    aws.change_secret(NAME, VALUE)

    assert secrets.instead_of("wrong-id", "bot-token", ample).user_id == "bot-id"


def test_a_reading_that_failed_does_not_hold_back_the_next(secrets_at, pretend, ample, nobodys_url):
    old, new = pretend(secret_answer(VALUE)), pretend(secret_answer(VALUE | {AUTH_TOKEN: "new-token"}))
    environment = CREDENTIALS | {"AWS_ENDPOINT_URL": old.url}
    secrets = secrets_at(environment)
    secrets.current(ample)
    environment["AWS_ENDPOINT_URL"] = nobodys_url
    with pytest.raises(SecretUnreachable):
        secrets.instead_of("bot-id", "bot-token", ample)

    environment["AWS_ENDPOINT_URL"] = new.url

    assert secrets.instead_of("bot-id", "bot-token", ample).auth_token == "new-token"


def test_what_is_remembered_is_used_while_another_thread_reads_it_again(secrets_at, ample, eventually):
    may_answer = threading.Event()
    readings = []

    def answer_the_second_late(heard):
        readings.append(heard)
        if len(readings) > 1:
            may_answer.wait(AMPLE_SECONDS)
        yield http_answer(json.dumps(secret_answer(VALUE)).encode())

    with ScriptedServer(answer_the_second_late) as server, ThreadPoolExecutor(1) as pool:
        secrets = secrets_at(CREDENTIALS | {"AWS_ENDPOINT_URL": server.url})
        secrets.current(ample)
        reading = pool.submit(secrets.instead_of, "bot-id", "bot-token", ample)
        assert eventually(lambda: len(readings) == 2)

        remembered = secrets.current(ample)

        assert not reading.done()
        assert remembered.auth_token == "bot-token"
        may_answer.set()


# What may be wrong with it


def text_of(**changes):
    return json.dumps(VALUE | changes)


@pytest.mark.parametrize("key", [USER_ID, AUTH_TOKEN])
@pytest.mark.parametrize(
    "wrong",
    [None, "", " ", "a b", "a\nb", "a\r\nX-Evil: 1", "é", "\ud800", "a\x00", 7, True, ["a"], {"a": "b"}],
    ids=repr,
)
def test_an_account_that_could_not_be_sent_is_named_and_not_used(key, wrong):
    secret = read_secret(text_of(**{key: wrong}), SHARED_KEYS)

    assert secret.unusable_keys == (key,)
    assert {USER_ID: secret.user_id, AUTH_TOKEN: secret.auth_token}[key] == ""


@pytest.mark.parametrize("key", sorted(SHARED_KEYS))
@pytest.mark.parametrize(
    "wrong", [None, "", 7, True, [], [""], [None, 7], {}, {"a": "b"}, [["a"]], "\ud800"], ids=repr
)
def test_a_shared_secret_that_is_none_is_named_and_counts_as_not_there(key, wrong):
    secret = read_secret(text_of(**{key: wrong}), SHARED_KEYS)

    assert (secret.unusable_keys, secret.shared_with(key)) == ((key,), ())


def test_of_a_list_what_is_usable_is_used():
    secret = read_secret(text_of(**{SLACK: ["", "old", None, "new", "\udfff"]}), SHARED_KEYS)

    assert (secret.shared_with(SLACK), secret.unusable_keys) == (("old", "new"), ())


@pytest.mark.parametrize("space", [" ", "\n", "\r\n", "\t", "\u00a0", "\u2003"])
def test_white_space_around_a_value_does_not_count(space):
    padded = {
        USER_ID: f"{space}id",
        AUTH_TOKEN: f"token{space}",
        SLACK: f"{space}signing{space}",
        MATTERMOST: [f"one{space}", f"{space}two"],
    }

    secret = read_secret(json.dumps(padded), SHARED_KEYS)

    assert (secret.user_id, secret.auth_token, secret.unusable_keys) == ("id", "token", ())
    assert (secret.shared_with(SLACK), secret.shared_with(MATTERMOST)) == (("signing",), ("one", "two"))


@pytest.mark.parametrize(
    ("key", "named"),
    [
        ("slack_signing_secre", '"slack_signing_secre" (not known: did you mean slack_signing_secret?)'),
        ("Slack-Signing-Secret", '"Slack-Signing-Secret" (not known: did you mean slack_signing_secret?)'),
        ("mattermost_token ", '"mattermost_token " (not known: did you mean mattermost_token?)'),
        ("mattermosttoken", '"mattermosttoken" (not known: did you mean mattermost_token?)'),
        ("rocketchat_userid", '"rocketchat_userid" (not known: did you mean rocketchat_user_id?)'),
        ("ca_certificate", '"ca_certificate" (not known: did you mean ca_certificates?)'),
        ("access_rule", '"access_rule" (not known: did you mean access_rules?)'),
        ("mattermost_token=9f2c7", "a key (not known: did you mean mattermost_token?)"),
        ("favourite_colour", "favourite_colour (not known)"),
    ],
)
def test_a_key_that_is_not_known_is_named_with_the_one_that_it_resembles(key, named):
    assert read_secret(text_of(**{key: GUARDED}), SHARED_KEYS).unusable_keys == (named,)


@pytest.mark.parametrize(
    "key",
    [
        "rocketchat_app_secret",
        "webhook_secret",
        "webhook_secre",  # for the function whose route it breaks to name
        "comment",
        "xoxb-2174-4711-abc",
        "x" * 9000,
        "",
    ],
)
def test_a_key_that_is_known_or_of_other_functions_or_none_of_ours_is_not_named(key):
    assert read_secret(text_of(**{key: GUARDED}), SHARED_KEYS).unusable_keys == ()


@pytest.mark.parametrize(
    ("rules", "problem"),
    [
        (GUARDED, "not a JSON object"),
        ({"rules": [{"users": GUARDED}]}, "rule 1: users is no list of ids"),
        ({"rules": [{"platform": GUARDED}]}, "rule 1: platform is none of mattermost, rocketchat, slack"),
        ({GUARDED: 1}, "a field is not known"),
    ],
)
def test_access_rules_that_cannot_be_read_are_named_with_the_place_and_no_value(rules, problem):
    secret = read_secret(text_of(access_rules=rules), SHARED_KEYS)

    assert secret.unusable_keys == (f"access_rules ({problem})",)
    assert secret.access is not None


def test_without_access_rules_there_are_none():
    assert read_secret(text_of(), SHARED_KEYS).access is None


def test_a_value_that_can_never_work_is_named_and_counts_as_not_there():
    secret = read_secret(
        text_of(**{SLACK: ["bad", "good"], MATTERMOST: "bad"}), SHARED_KEYS, lambda _, value: value != "bad"
    )

    assert (secret.shared_with(SLACK), secret.shared_with(MATTERMOST)) == (("good",), ())
    assert secret.unusable_keys == (MATTERMOST,)


@given(st.dictionaries(st.text(max_size=60) | st.sampled_from(sorted(KNOWN_KEYS)), st.just(GUARDED)))
def test_whatever_the_keys_are_called_no_value_is_named(values):
    assert GUARDED not in str(read_secret(json.dumps(values), SHARED_KEYS).unusable_keys)


def test_the_way_to_other_servers_is_read_and_what_is_wrong_with_it_is_named_but_not_shown():
    proxy = "http://guarded-user:guarded-password@proxy.example:3128"

    secret = read_secret(text_of(ca_certificates=GUARDED, https_proxy=proxy), SHARED_KEYS)

    assert secret.reach.proxy == "http://proxy.example:3128"
    assert secret.unusable_keys == ("ca_certificates (no certificate that can be read, in PEM form)",)
    assert "proxy.example" not in repr(secret)
    assert "uarded" not in f"{secret!r} {secret.unusable_keys}"


def test_a_shared_secret_that_is_not_there_is_not_wrong():
    value = {key: VALUE[key] for key in (USER_ID, AUTH_TOKEN)}

    secret = read_secret(json.dumps(value), SHARED_KEYS)

    assert (secret.unusable_keys, secret.shared_with(SLACK)) == ((), ())


def test_an_account_that_is_not_there_is_wrong():
    assert read_secret("{}", SHARED_KEYS).unusable_keys == (USER_ID, AUTH_TOKEN)


def test_unusable_keys_are_reported_at_every_reading(aws, store, secrets, in_seconds, clock, unusable_keys):
    store(text_of(**{SLACK: "", AUTH_TOKEN: 7}))

    secrets.current(in_seconds(30))
    secrets.current(in_seconds(30))
    assert unusable_keys == [(AUTH_TOKEN, SLACK)]

    clock.advance(REMEMBERED_SECONDS + 1)
    secrets.current(in_seconds(30))
    assert unusable_keys == [(AUTH_TOKEN, SLACK)] * 2


@pytest.mark.parametrize(
    "text",
    ["", "no JSON", "{", "[]", '"text"', "null", "7", "NaN", "[" * 100_000, "9" * 5000],
    ids=lambda text: text[:8],
)
def test_a_secret_that_is_no_json_object_cant_be_used(text):
    with pytest.raises(SecretUnreachable, match="JSON"):
        read_secret(text, SHARED_KEYS)


@pytest.mark.parametrize("text", ["no JSON", "[]", "null"])
def test_a_stored_secret_that_is_no_json_object_cant_be_used(store, secrets, ample, text):
    store(text)

    with pytest.raises(SecretUnreachable, match="JSON"):
        secrets.current(ample)


def test_a_secret_without_a_value_yet_cant_be_read_and_once_it_has_one_it_can(aws, store, secrets, ample):
    store(None)
    with pytest.raises(SecretUnreachable, match="ResourceNotFoundException"):
        secrets.current(ample)

    aws.change_secret(NAME, VALUE)

    assert secrets.current(ample).auth_token == "bot-token"


def test_a_secret_that_is_not_there_cant_be_read(secrets, ample):
    with pytest.raises(SecretUnreachable, match="ResourceNotFoundException"):
        secrets.current(ample)


def test_a_secret_of_bytes_cant_be_used(aws, store, secrets, ample):
    store(None)
    binary = boto3.client(
        "secretsmanager",
        endpoint_url=aws.url,
        region_name=REGION,
        aws_access_key_id="testing",
        aws_secret_access_key="testing",
    )
    binary.put_secret_value(SecretId=NAME, SecretBinary=json.dumps(VALUE).encode())
    binary.close()

    with pytest.raises(SecretUnreachable, match="JSON"):
        secrets.current(ample)


# AWS is not well


def test_an_aws_that_is_not_there_makes_the_secret_unreachable(secrets_at, ample, nobodys_url):
    secrets = secrets_at(CREDENTIALS | {"AWS_ENDPOINT_URL": nobodys_url})

    with pytest.raises(SecretUnreachable) as caught:
        secrets.current(ample)

    assert caught.value.may_pass


@pytest.mark.parametrize("status", [200, 400, 403, 500, 503])
@pytest.mark.parametrize(
    "body",
    [b"", b"<html>", b"\xff", b"[]", b"null", b"{}", b'{"SecretString": 7}', b'{"SecretString": null}'],
)
def test_an_aws_that_talks_nonsense_makes_the_secret_unreachable(pretended, ample, status, body):
    secrets, _ = pretended(body, status)

    with pytest.raises(SecretUnreachable):
        secrets.current(ample)


def test_without_time_left_the_secret_is_unreachable(secrets, in_seconds):
    with pytest.raises(SecretUnreachable):
        secrets.current(in_seconds(-1))


def test_after_a_trouble_the_secret_is_read_as_soon_as_it_can_be(secrets_at, pretend, ample, nobodys_url):
    aws = pretend(secret_answer(VALUE))
    environment = CREDENTIALS | {"AWS_ENDPOINT_URL": nobodys_url}
    secrets = secrets_at(environment)
    with pytest.raises(SecretUnreachable):
        secrets.current(ample)

    environment["AWS_ENDPOINT_URL"] = aws.url

    assert secrets.current(ample).auth_token == "bot-token"


@pytest.fixture
def remembered(secrets_at, pretend, ample):
    """The secret, read once; from then on AWS is at the given address."""

    def move(url):
        environment = CREDENTIALS | {"AWS_ENDPOINT_URL": pretend(secret_answer(VALUE)).url}
        secrets = secrets_at(environment)
        secrets.current(ample)
        environment["AWS_ENDPOINT_URL"] = url
        return secrets

    return move


@pytest.mark.parametrize("seconds", [REMEMBERED_SECONDS + 1, USABLE_IN_AN_OUTAGE_SECONDS - 60])
def test_while_aws_is_out_of_reach_the_last_secret_is_good_for_an_hour(
    remembered, clock, ample, nobodys_url, seconds
):
    secrets = remembered(nobodys_url)
    clock.advance(seconds)

    assert secrets.current(ample).auth_token == "bot-token"


def test_after_an_hour_out_of_reach_it_is_good_no_more(remembered, clock, ample, nobodys_url):
    secrets = remembered(nobodys_url)
    clock.advance(USABLE_IN_AN_OUTAGE_SECONDS + 1)

    with pytest.raises(SecretUnreachable):
        secrets.current(ample)


def test_an_aws_that_keeps_silent_leaves_time_for_the_answer(remembered, clock, ample):
    gone = threading.Event()

    def say_nothing(heard):
        gone.wait(AMPLE_SECONDS)
        yield b""

    with ScriptedServer(say_nothing) as server:
        secrets = remembered(server.url)
        clock.advance(REMEMBERED_SECONDS + 1)

        assert secrets.current(ample).auth_token == "bot-token"
        assert ample.seconds_left() > 0
        gone.set()


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (400, {"__type": "ThrottlingException"}),
        (500, {"__type": "InternalServiceError"}),
        (503, {}),
        (503, b"<html>"),
    ],
)
def test_while_aws_throttles_or_fails_the_last_secret_is_good_for_an_hour(
    remembered, pretend, clock, ample, status, body
):
    secrets = remembered(pretend(body, status).url)
    clock.advance(USABLE_IN_AN_OUTAGE_SECONDS - 60)

    assert secrets.current(ample).auth_token == "bot-token"


def test_after_a_renewal_that_failed_the_next_is_tried_half_a_minute_later(
    remembered, pretend, clock, ample, told
):
    troubled = pretend({"__type": "ThrottlingException"}, 400)
    secrets = remembered(troubled.url)
    clock.advance(REMEMBERED_SECONDS + 1)

    for _ in range(5):
        secrets.current(ample)
    assert len(troubled.heard) == 2  # one renewal, tried twice
    assert [str(error) for error in told.errors] == ["the secret can't be read: 400 ThrottlingException"]

    clock.advance(SECONDS_BETWEEN_RENEWALS + 1)
    secrets.current(ample)
    assert len(troubled.heard) == 4


def test_after_a_renewal_that_failed_the_hour_still_ends(remembered, pretend, clock, ample):
    secrets = remembered(pretend({}, 503).url)
    clock.advance(USABLE_IN_AN_OUTAGE_SECONDS - 1)
    secrets.current(ample)
    clock.advance(2)

    with pytest.raises(SecretUnreachable):
        secrets.current(ample)


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (400, {"__type": "AccessDeniedException"}),
        (400, {"__type": "InvalidRequestException"}),
        (400, {"__type": "DecryptionFailure"}),
        (400, {"__type": "ResourceNotFoundException"}),
        (200, {"SecretString": "no JSON"}),
        (200, {"SecretString": "[]"}),
    ],
)
def test_an_aws_that_refuses_or_a_secret_that_is_malformed_is_no_outage(
    remembered, pretend, clock, ample, status, body
):
    secrets = remembered(pretend(body, status).url)
    clock.advance(REMEMBERED_SECONDS + 1)

    with pytest.raises(SecretUnreachable):
        secrets.current(ample)


# Nobody is shown what is in it


def test_a_secret_shows_no_value_of_its_own():
    secret = Secret("id", GUARDED, {SLACK: (GUARDED,)})

    assert GUARDED not in repr(secret)
    assert GUARDED not in str(secret)


@pytest.mark.parametrize(
    "text",
    [
        f'{{"{AUTH_TOKEN}": "{GUARDED}"',
        f'"{GUARDED}"',
        f'["{GUARDED}"]',
        f'{{"{GUARDED}": }}',
        GUARDED,
    ],
)
def test_no_trouble_with_a_secret_quotes_it(pretended, ample, caplog, text):
    caplog.set_level(logging.DEBUG)
    secrets, _ = pretended({"SecretString": text})

    with pytest.raises(SecretUnreachable) as caught:
        secrets.current(ample)

    assert GUARDED not in "".join(traceback.format_exception(caught.value))
    assert GUARDED not in caplog.text


def test_reading_a_secret_with_unusable_keys_quotes_none_of_it(pretended, ample, caplog, unusable_keys):
    caplog.set_level(logging.DEBUG)
    secrets, _ = pretended(secret_answer({AUTH_TOKEN: f"{GUARDED} x", SLACK: {"value": GUARDED}}))

    secret = secrets.current(ample)

    assert GUARDED not in f"{secret!r} {unusable_keys} {caplog.text}"
    assert unusable_keys == [(USER_ID, AUTH_TOKEN, SLACK)]


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(), max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=8,
)


@given(
    st.text(st.characters(), max_size=30)
    | st.dictionaries(st.sampled_from([*VALUE, "unknown"]), json_values).map(json.dumps)
    | json_values
)
@example({"a": "b"})
@example(None)
def test_whatever_is_stored_it_is_usable_or_unreachable(text):
    try:
        secret = read_secret(text, SHARED_KEYS)
    except SecretUnreachable:
        secret = Secret()

    for value in (secret.user_id, secret.auth_token, *secret.shared_with(SLACK)):
        value.encode()
    assert secret.auth_token.isascii()
