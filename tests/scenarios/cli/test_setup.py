"""`monitors-bot setup`: from an empty secret and an empty workspace to an answered command."""

import io
import json
import shlex
import signal
import sys
import threading
import time

import pytest

from monitors_bot_cli.main import main
from tests.fakes.api_gateway import event_for, receive
from tests.fakes.chat_client import AppClient
from tests.scenarios.cli.conftest import CHANNEL
from tests.unit.docs.pages import blocks, page, section

DEPLOYING = page("deploy")
STEPS = [
    "permissions.update",
    "users.create",
    "roles.addUserToRole",
    "login",
    "users.generatePersonalAccessToken",
]
EVERYTHING = ("rocketchat-app", "rocketchat-webhook", "pages", "omnichannel")


def written(heading):
    """The command of `monitors-bot` under a heading of docs/deploy.md, without the program's name."""
    [command] = [
        line for line in blocks(section(DEPLOYING, heading), "sh")[0].splitlines() if "monitors-bot" in line
    ]
    return shlex.split(command, comments=True)[1:]


@pytest.fixture
def workspace(stack, company):
    """A workspace without the bot's account; every unit has a department."""
    company.begin_empty()
    for unit_id in list(company.units):
        company.add_department(f"Department of {unit_id}", unit_id)
    company.admin = company.add_admin()
    return company


@pytest.fixture
def admin_file(workspace, tmp_path):
    path = tmp_path / "admin"
    path.write_text(f"{workspace.admin.user_id}\n{workspace.admin.token}\n")
    path.chmod(0o600)
    return str(path)


@pytest.fixture
def run(monitors_bot, admin_file):
    """Run setup with an admin's file and these chats, without waiting for a command."""

    def setup(*options, chats=EVERYTHING):
        named = [word for chat in chats for word in ("--chat", chat)]
        return monitors_bot(
            "setup", *named, "--admin-file", admin_file, "--channel", f"#{CHANNEL}", "--wait", "0", *options
        )

    return setup


def holders(workspace, permission):
    return {workspace.roles[id_] for id_ in workspace.granted[permission]}


def test_from_nothing_to_an_answer_and_a_green_doctor(run, monitors_bot, workspace, stack, stored):
    ended = run()

    assert (ended.code, ended.err.count("\n")) == (0, 6)
    stack.doors.restart()
    asked = AppClient(stored()["rocketchat_app_secret"]).command("Billing EU", time.time())
    assert "Billing EU: 1 of 3 monitors online" in receive(stack.doors.handle(event_for(asked))).body
    findings = monitors_bot(
        "doctor", "--json", "--admin", typed=f"{workspace.admin.user_id}\n{workspace.admin.token}\n"
    ).json["findings"]
    assert {one["check"]: one["state"] for one in findings if one["state"] in {"failed", "warning"}} == {
        "certificate": "warning"
    }


def test_the_account_may_do_what_it_needs_and_no_role_lost_a_right(run, workspace):
    before = {name: set(roles) for name, roles in workspace.granted.items()}

    run()

    bot = workspace.user("monitors-bot")
    assert {workspace.roles[role] for role in bot.roles} == {"bot", "monitors-reader"}
    assert all(workspace.granted[name] >= roles for name, roles in before.items())
    assert holders(workspace, "manage-livechat-units") == {"admin", "livechat-manager", "monitors-reader"}
    assert "monitors-reader" in holders(workspace, "view-livechat-rooms")
    assert holders(workspace, "create-personal-access-tokens") == {"admin", "user"}


def test_without_customers_it_gets_no_right_to_read_conversations(run, workspace):
    run(chats=["rocketchat-webhook"])

    assert "monitors-reader" not in holders(workspace, "view-livechat-rooms")


def test_another_chat_gets_the_rights_that_it_needs(run, workspace):
    run(chats=["rocketchat-webhook"])
    assert "monitors-reader" not in holders(workspace, "view-livechat-rooms")

    ended = run(chats=["rocketchat-app"])

    assert "@monitors-bot works already" in ended.out
    assert "monitors-reader" in holders(workspace, "view-livechat-rooms")


def test_a_channel_that_is_not_there_is_told(monitors_bot, workspace, admin_file):
    ended = monitors_bot(
        "setup",
        "--chat",
        "rocketchat-webhook",
        "--admin-file",
        admin_file,
        "--channel",
        "#nowhere",
        "--wait",
        "0",
    )

    assert ended.code == 1
    assert ended.err.splitlines()[-1].startswith(
        "Rocket.Chat refuses integrations.create: 400 error-invalid-room"
    )


@pytest.mark.parametrize(
    "kind",
    [
        "not-json",
        *(
            pytest.param(kind, marks=pytest.mark.prove)
            for kind in (
                "reset",
                "half",
                "html",
                "wrong-type",
                "wrong-items",
                "unsuccessful",
                "deep",
                "empty",
            )
        ),
    ],
)
@pytest.mark.parametrize(
    "step", [*STEPS, "roles.list", "permissions.listAll", "users.info", "me", "integrations.list"]
)
def test_whatever_the_server_does_a_person_gets_a_sentence(step, kind, run, workspace):
    workspace.fail(step, kind)

    ended = run()

    assert ended.code in {0, 1}
    assert "Traceback" not in ended.said
    assert len(ended.err.splitlines()[-1]) < 400


def test_again_it_changes_nothing(run, workspace, stored, aws, stack):
    run()
    before = (
        stored(),
        [dict(one) for one in workspace.integrations],
        {k: set(v) for k, v in workspace.granted.items()},
    )
    versions = aws.client("secretsmanager").list_secret_version_ids(SecretId=stack.physical["Secret"])[
        "Versions"
    ]

    ended = run()

    again = aws.client("secretsmanager").list_secret_version_ids(SecretId=stack.physical["Secret"])[
        "Versions"
    ]
    assert ended.code == 0
    assert "@monitors-bot works already" in ended.out
    assert (stored(), workspace.integrations, workspace.granted) == before
    assert len(again) == len(versions)


@pytest.mark.parametrize(
    "step", [*STEPS, "roles.removeUserFromRole", "integrations.create", "omnichannel/integrations"]
)
def test_broken_off_at_any_step_the_next_start_goes_on(step, run, workspace, stored):
    workspace.admin.bypasses_second_factor = True
    workspace.fail(step, "status", status=500)

    broken = run()
    workspace.heal()
    ended = run()

    assert (broken.code, ended.code) == (1, 0)
    assert "Traceback" not in broken.said
    assert stored().keys() >= {"rocketchat_user_id", "rocketchat_auth_token", "rocketchat_app_secret"}
    assert [name for name in workspace.user_ids if name.startswith("monitors-bot")] == ["monitors-bot"]
    assert len(workspace.integrations) == 1
    assert "user" not in workspace.user("monitors-bot").roles


@pytest.fixture
def ctrl_c():
    """Let Ctrl-C interrupt, also where the tests run in the background and ignore it."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


def interrupt_at(workspace, step):
    """Press Ctrl-C while the server has been asked for a step, and has not answered."""

    def wait_and_press():
        give_up = time.monotonic() + 20
        while not workspace.calls_to(step) and time.monotonic() < give_up:
            time.sleep(0.005)
        signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGINT)

    threading.Thread(target=wait_and_press, daemon=True).start()


@pytest.mark.parametrize("step", [*STEPS, "integrations.create", "omnichannel/integrations"])
def test_interrupted_at_any_step_the_next_start_goes_on(step, run, workspace, stored, ctrl_c):
    workspace.admin.bypasses_second_factor = True
    workspace.fail(step, "never")
    interrupt_at(workspace, step)

    interrupted = run()
    workspace.heal()
    ended = run()

    assert (interrupted.code, ended.code) == (130, 0)
    assert "Traceback" not in interrupted.said
    assert [name for name in workspace.user_ids if name.startswith("monitors-bot")] == ["monitors-bot"]
    assert len(workspace.integrations) == 1
    assert "user" not in workspace.user("monitors-bot").roles
    assert stored()["rocketchat_auth_token"]


def test_a_wrong_admins_token_is_told_and_shown_nowhere(monitors_bot, workspace, tmp_path):
    path = tmp_path / "admin"
    path.write_text(f"{workspace.admin.user_id}\nwrong-token\n")
    path.chmod(0o600)

    ended = monitors_bot("setup", "--chat", "pages", "--admin-file", str(path), "--wait", "0")

    assert (ended.code, ended.err.splitlines()[-1]) == (
        1,
        "Rocket.Chat refuses the admin's user id or token.",
    )
    assert "wrong-token" not in ended.said


def test_a_file_that_others_can_read_is_refused(run, admin_file, tmp_path):
    (tmp_path / "admin").chmod(0o644)

    ended = run()

    assert (ended.code, ended.err) == (2, f"Others can read {admin_file}: chmod 600 {admin_file}\n")


def test_a_name_that_is_taken_is_left_alone(run, workspace):
    workspace.add_user("monitors-bot", monitor=False)

    ended = run()
    other = run("--bot-name", "monitors-bot-2")

    assert ended.code == 1
    assert "There is a user monitors-bot already, which setup did not make." in ended.err
    assert workspace.user("monitors-bot").roles == ["user"]
    assert other.code == 0


def test_where_a_second_factor_is_wanted_it_says_what_to_do(run, workspace):
    workspace.fail("users.generatePersonalAccessToken", "status", times=1, status=500)
    run()

    ended = run()  # the password of the bot has to be changed, for which the admin's token is not enough

    assert ended.code == 1
    assert "Rocket.Chat wants a second factor for users.update" in ended.err
    assert "Ignore Two Factor Authentication" in ended.err


def test_without_an_admin_it_says_what_an_admin_has_to_do(monitors_bot, workspace):
    ended = monitors_bot("setup", "--chat", "pages", "--wait", "0")

    assert ended.code == 1
    assert "A Rocket.Chat admin has to make the bot's account:" in ended.err
    assert "manage-livechat-units, manage-livechat-monitors, api-bypass-rate-limit" in ended.err


def test_an_omnichannel_webhook_of_somebody_else_is_left_alone(run, workspace):
    workspace.private_settings["Livechat_webhookUrl"] = "https://crm.example.com"

    ended = run()

    assert "it points elsewhere: left alone" in ended.out
    assert workspace.private_settings["Livechat_webhookUrl"] == "https://crm.example.com"


def test_what_only_slack_knows_is_taken_from_a_file_or_left_to_do(run, stored, tmp_path):
    path = tmp_path / "secrets.json"
    path.write_text(json.dumps({"slack_signing_secret": "a" * 32}))
    path.chmod(0o600)

    left = run(chats=["slack"])
    done = run("--secrets-file", str(path), chats=["slack"])

    assert "monitors-bot secret set slack_signing_secret" in left.out
    assert "https://api.slack.com/apps?new_app=1&manifest_json=" in left.out
    assert "its signing secret is stored" in done.out
    assert stored()["slack_signing_secret"] == "a" * 32


def test_nobody_hears_the_alarms_until_an_address_is_given(run, stack, aws):
    sns, topic = aws.client("sns"), stack.physical["Alarms"]
    for one in sns.list_subscriptions_by_topic(TopicArn=topic)["Subscriptions"]:
        sns.unsubscribe(SubscriptionArn=one["SubscriptionArn"])
    stack.values = {**stack.values, "AlarmEmail": ""}
    stack.write_settings()

    silent = run(chats=["pages"])
    heard = run("--alarm-email", "ops@example.com", chats=["pages"])

    assert "Nobody hears the alarms: run setup again with --alarm-email." in silent.out
    assert "ops@example.com has to confirm" in heard.out
    [one] = sns.list_subscriptions_by_topic(TopicArn=topic)["Subscriptions"]
    assert one["Endpoint"] == "ops@example.com"
    assert 'AlarmEmail = "ops@example.com"' in stack.settings_path.read_text()


def test_no_secret_is_printed(run, stored):
    said = run().said

    assert not [value for value in stored().values() if value in said]


def test_it_waits_for_a_real_command_and_not_for_a_check(run, stack, aws):
    logs, group = aws.client("logs"), stack.physical["ChatLogs"]
    logs.create_log_stream(logGroupName=group, logStreamName="one")
    later = int(time.time() * 1000) + 60_000
    lines = [
        {"message": "answered", "platform": "slack", "outcome": "list", "check": True},
        {"message": "answered", "platform": "rocketchat-app", "outcome": "roster"},
    ]
    logs.put_log_events(
        logGroupName=group,
        logStreamName="one",
        logEvents=[{"timestamp": later + n, "message": json.dumps(line)} for n, line in enumerate(lines)],
    )

    ended = run("--wait", "5")

    logs.delete_log_stream(logGroupName=group, logStreamName="one")
    assert ended.code == 0
    assert "✓ Answered on rocketchat-app: roster" in ended.out


def test_at_a_terminal_four_answers_are_enough(workspace, stack, aws, stored, monkeypatch, capsys):
    sns, topic = aws.client("sns"), stack.physical["Alarms"]
    for one in sns.list_subscriptions_by_topic(TopicArn=topic)["Subscriptions"]:
        sns.unsubscribe(SubscriptionArn=one["SubscriptionArn"])

    class Person(io.StringIO):
        def isatty(self):
            return True

    typed = ["rocketchat-app", "ops@example.com", workspace.admin.user_id, "n"]
    monkeypatch.setattr(sys, "stdin", Person("".join(f"{line}\n" for line in typed)))
    monkeypatch.setattr("getpass.getpass", lambda *_: workspace.admin.token)
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "40")

    code = main([*written("## 3. Set up"), "--wait", "0"])
    checked = main(written("## 5. Check"))

    said = capsys.readouterr()
    assert (code, checked) == (0, 0)
    assert workspace.admin.token not in said.out + said.err
    assert stored().keys() == {"rocketchat_user_id", "rocketchat_auth_token", "rocketchat_app_secret"}
