"""`monitors-bot secret`: one key at a time, and nothing of the others is ever lost or shown."""

import io
import json
import sys
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from monitors_bot_cli.main import main
from monitors_bot_cli.secret_keys import KEYS, problem_of
from monitors_bot_cli.stored_secret import StoredSecret

NEW = "b" * 32
SIGNING = "whsec_" + "QUJD" * 8


def current(client, secret_id):
    told = client.get_secret_value(SecretId=secret_id, VersionStage="AWSCURRENT")
    return json.loads(told["SecretString"])


@pytest.fixture
def stored(stack, aws):
    """What the secret holds now."""

    return lambda: current(aws.client("secretsmanager"), stack.physical["Secret"])


def test_a_key_is_stored_from_a_pipe_and_the_others_stay(monitors_bot, secret, stored):
    ended = monitors_bot("secret", "set", "slack_signing_secret", typed=f"  {NEW}\u200b\n")

    assert ended.code == 0
    assert stored() == {**secret, "slack_signing_secret": NEW}
    assert NEW not in ended.said


def test_the_first_key_may_be_stored_in_an_empty_secret(monitors_bot, stored):
    ended = monitors_bot("secret", "set", "slack_signing_secret", typed=NEW)

    assert (ended.code, stored()) == (0, {"slack_signing_secret": NEW})


def test_a_key_that_nobody_knows_stays(monitors_bot, stack, aws, secret, stored):
    aws.change_secret(stack.physical["Secret"], {**secret, "note_to_self": "hello"})

    monitors_bot("secret", "set", "slack_signing_secret", typed=NEW)

    assert stored()["note_to_self"] == "hello"


UNUSABLE = {
    "webhook_secret": "not base64!",
    "rocketchat_auth_token": "a b",
    "ca_certificates": "-----BEGIN CERTIFICATE-----\nAA\n-----END CERTIFICATE-----",
    "https_proxy": "socks5://proxy:1080",
    "slack_signing_secret": " \n ",
    "access_rules": '{"rules": [{"chanels": ["C1"]}]}',
}


@pytest.mark.parametrize("key", UNUSABLE)
def test_what_cannot_work_is_not_stored_and_not_shown(key, monitors_bot, secret, stored):
    ended = monitors_bot("secret", "set", key, typed=UNUSABLE[key])

    assert ended.code == 2
    assert ended.err.startswith(f"{key} is not stored: ")
    assert UNUSABLE[key].strip() not in ended.said or not UNUSABLE[key].strip()
    assert stored() == secret


def test_a_wrong_name_gets_the_right_one(monitors_bot, secret):
    ended = monitors_bot("secret", "set", "slack-signing-secret", typed=NEW)

    assert (ended.code, ended.err) == (
        2,
        "slack-signing-secret is no key of the secret. Did you mean slack_signing_secret?\n",
    )


def test_a_file_that_others_can_read_is_refused(monitors_bot, secret, stored, tmp_path):
    path = tmp_path / "token"
    path.write_text(NEW)
    path.chmod(0o644)

    refused = monitors_bot("secret", "set", "mattermost_token", "--file", str(path))
    path.chmod(0o600)
    taken = monitors_bot("secret", "set", "mattermost_token", "--file", str(path))

    assert (refused.code, refused.err) == (2, f"Others can read {path}: chmod 600 {path}\n")
    assert (taken.code, stored()["mattermost_token"]) == (0, NEW)


def test_what_is_listed_shows_no_value(monitors_bot, secret):
    ended = monitors_bot("secret", "get")

    assert "slack_signing_secret\tset\tsigning secret of the Slack app\n" in ended.out
    assert "https_proxy\tnot set\t" in ended.out
    assert not [value for value in secret.values() if value in ended.said]


def test_a_value_is_shown_only_if_asked_for(monitors_bot, secret):
    hidden = monitors_bot("secret", "get", "mattermost_token")
    shown = monitors_bot("secret", "get", "mattermost_token", "--show")

    assert hidden.out == "mattermost_token is set.\n"
    assert shown.out == f"{secret['mattermost_token']}\n"


def test_an_unusable_key_is_told(monitors_bot, stack, aws, secret):
    aws.change_secret(stack.physical["Secret"], {**secret, "webhook_secret": "not base64!"})

    ended = monitors_bot("secret", "get", "webhook_secret", "--json")

    assert ended.json["is"].startswith("unusable")
    assert ended.code == 1


def test_a_key_can_be_taken_out(monitors_bot, secret, stored):
    ended = monitors_bot("secret", "unset", "mattermost_token")

    assert ended.code == 0
    assert "mattermost_token" not in stored()
    assert monitors_bot("secret", "unset", "mattermost_token").out == "mattermost_token was not set.\n"


def test_a_rotated_key_has_two_values_until_it_is_retired(monitors_bot, secret, stored):
    rotated = monitors_bot("secret", "rotate", "slack_signing_secret", typed=NEW)
    both = stored()["slack_signing_secret"]
    retired = monitors_bot("secret", "retire", "slack_signing_secret")

    assert (rotated.code, retired.code) == (0, 0)
    assert both == [NEW, secret["slack_signing_secret"]]
    assert stored()["slack_signing_secret"] == NEW
    assert "Put it in place: api.slack.com/apps, Basic Information" in rotated.out
    assert "monitors-bot secret retire slack_signing_secret" in rotated.out


def test_rotating_again_with_the_same_value_doubles_nothing(monitors_bot, secret, stored):
    for _ in range(2):
        monitors_bot("secret", "rotate", "slack_signing_secret", typed=NEW)

    assert stored()["slack_signing_secret"] == [NEW, secret["slack_signing_secret"]]


def test_at_a_terminal_a_new_secret_is_made(secret, stored, monkeypatch, capsys):
    class Person(io.StringIO):
        def isatty(self):
            return True

    monkeypatch.setattr(sys, "stdin", Person())

    code = main(["secret", "rotate", "webhook_secret"])

    made, old = stored()["webhook_secret"]
    said = capsys.readouterr().out
    assert (code, old) == (0, secret["webhook_secret"])
    assert problem_of(KEYS["webhook_secret"], made) == ""
    assert made not in said
    assert "monitors-bot secret get webhook_secret --show" in said


def test_the_account_has_one_token_only(monitors_bot, secret, stored):
    ended = monitors_bot("secret", "rotate", "rocketchat_auth_token", typed=NEW)

    assert ended.code == 2
    assert "monitors-bot secret set rocketchat_auth_token" in ended.err
    assert stored() == secret


def test_a_secret_that_is_no_json_is_left_as_it_is(monitors_bot, stack, aws):
    aws.change_secret(stack.physical["Secret"], "user=bot")

    ended = monitors_bot("secret", "set", "mattermost_token", typed=NEW)

    assert ended.code == 2
    assert ended.err.startswith("The secret's value is no JSON object")


def test_a_secret_that_grows_too_large_is_not_stored(monitors_bot, secret, stored):
    ended = monitors_bot("secret", "set", "mattermost_token", typed="a" * 65_536)

    assert (ended.code, stored()) == (2, secret)
    assert "larger than the 65536 bytes" in ended.err


SOME = st.dictionaries(
    st.sampled_from(["a_key", "b_key", "c_key"]), st.text(min_size=1, max_size=5), max_size=3
)


@given(mine=SOME, theirs=st.lists(SOME.filter(bool), max_size=3))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], max_examples=15)
def test_what_somebody_else_changes_meanwhile_is_never_lost(mine, theirs, aws):
    """Others write between our reading and our writing, and again when we try again."""
    client, id_ = aws.client("secretsmanager"), uuid4().hex
    somebody_else = StoredSecret(aws.client("secretsmanager"), id_)
    aws.create_secret(id_, {"kept_key": "kept"})
    expected, left = {"kept_key": "kept"}, list(theirs)

    def somebody_writes(**_):
        if left:
            written = left.pop()
            expected.update(written)
            somebody_else.change(lambda values: values.update(written))

    client.meta.events.register("before-call.secrets-manager.UpdateSecretVersionStage", somebody_writes)
    StoredSecret(client, id_).change(lambda values: values.update(mine))

    now = current(client, id_)
    assert {key: value for key, value in expected.items() if key not in mine}.items() <= now.items()
    assert {key: value for key, value in mine.items() if key not in expected}.items() <= now.items()


def test_a_secret_that_never_stands_still_is_given_up(stack, aws):
    client, id_ = aws.client("secretsmanager"), stack.physical["Secret"]
    somebody_else = StoredSecret(aws.client("secretsmanager"), id_)
    aws.change_secret(id_, {"a_key": "first"})
    written: list[int] = []

    def somebody_writes(**_):
        written.append(len(written))
        somebody_else.change(lambda values: values.update(a_key=str(written[-1])))

    client.meta.events.register("before-call.secrets-manager.PutSecretValue", somebody_writes)

    with pytest.raises(Exception, match="changed by somebody else all the time"):
        StoredSecret(client, id_).change(lambda values: values.update(b_key="x"))
    assert current(client, id_) == {"a_key": str(written[-1])}


def test_access_rules_are_stored_as_the_object_that_they_are(monitors_bot, secret, stored, tmp_path):
    rules = {"never": ["legal1"], "rules": [{"users": ["U1"]}, {"allow": []}]}
    file = tmp_path / "rules.json"
    file.write_text(json.dumps(rules), encoding="utf-8")
    file.chmod(0o644)

    ended = monitors_bot("secret", "set", "access_rules", "--file", str(file))

    assert (ended.code, stored()["access_rules"]) == (0, rules)
    assert json.loads(monitors_bot("secret", "get", "access_rules", "--show").out) == rules
    assert "access_rules\tset\t" in monitors_bot("secret", "get").out
