"""`monitors-bot doctor`: a sound set-up is green, and each fault turns its own line red, and no other."""

import io
import json
import re
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from monitors_bot.aws.sdk import SdkTable
from monitors_bot.aws.stores.documents import Documents
from monitors_bot.aws.stores.runs import Runs
from monitors_bot.deadline import Deadline
from monitors_bot.domain.digests.order import Order
from monitors_bot.domain.digests.run import Run, Stage
from monitors_bot_cli.commands.doctor import TEMPLATE
from monitors_bot_cli.doctor.of_secret import old_values_are_retired
from monitors_bot_cli.doctor.patient import Patient
from monitors_bot_cli.installation import find_installation
from monitors_bot_cli.main import main
from monitors_bot_cli.template import read_template
from tests.fakes.certificates import Authority
from tests.fakes.deployed_stack import DeployedStack
from tests.fakes.local_aws import LocalAws
from tests.fakes.rocketchat import RocketChatServer
from tests.fakes.scripted_server import ScriptedServer, http_answer
from tests.scenarios.cli.conftest import CHANNEL

DAY = 86_400
NOT_GREEN = {"failed", "warning"}


@dataclass
class World:
    """A sound set-up, and what can be broken about it."""

    stack: DeployedStack
    aws: LocalAws
    server: RocketChatServer
    secret: dict[str, Any]

    def change_secret(self, **values):
        changed = {key: value for key, value in {**self.secret, **values}.items() if value is not None}
        self.store(json.dumps(changed))

    def store(self, text):
        self.aws.change_secret(self.stack.physical["Secret"], text)
        self.stack.doors.restart()

    def change_behind_its_back(self):
        """Change the secret while the chat function remembers what it held."""
        self.stack.doors.chat.parts.secrets.current(Deadline(time.time() + 5, time.time))
        self.aws.change_secret(self.name("Secret"), {**self.secret, "mattermost_token": "b" * 26})

    def heal_secret(self):
        self.change_secret()

    def client(self, service):
        return self.aws.client(service)

    def name(self, logical):
        return self.stack.physical[logical]

    def begin_anew(self):
        self.stack.renew_secret()
        self.stack.doors.restart()

    def let_mint(self):
        self.server.permissions.add("create-personal-access-tokens")

    def edit_settings(self):
        self.stack.write_settings()
        path = self.stack.settings_path
        path.write_text(path.read_text().replace('LogLevel = "INFO"', 'LogLevel = "DEBUG"'))

    def grow(self):
        """Have more units than ten calls a minute can read in an hour."""
        self.server.permissions.discard("api-bypass-rate-limit")
        for number in range(700):
            self.server.units[self.server.add_unit(f"Unit {number}")].num_departments = 1

    def move_server(self, url):
        self.stack.values = {**self.stack.values, "RocketChatUrl": url}
        self.stack.renew_functions()
        self.stack.write_settings()
        self.stack.doors.restart()

    def record(self, schedule="Digest", **changes):
        """Record the last run of a schedule."""
        [told] = [
            one for one in self.client("scheduler").list_schedules()["Schedules"] if schedule in one["Name"]
        ]
        order = Order(f"{told['Arn']} 2026-11-26T09:00:00Z", f"#{CHANNEL}")
        runs = Runs(Documents(SdkTable(self.aws.dynamodb, self.name("Table"))), time.time)
        runs.begin(order)
        run = runs.of(order.id) or Run(order, time.time())
        run.stage, run.outcome, run.began_at = Stage.OVER, "done", time.time()
        for name, value in changes.items():
            setattr(run, name, value)
        runs.save(run)


@pytest.fixture
def world(stack, aws, rocketchat, secret, tmp_path):
    """Everything is as it should be: every chat is connected, and the way to the server is encrypted."""
    authority = Authority(tmp_path)
    rocketchat.stop()
    rocketchat.tls = authority.server_context("127.0.0.1")
    rocketchat.start()
    for unit_id in list(rocketchat.units):
        rocketchat.add_department(f"Department of {unit_id}", unit_id)
    secret["ca_certificates"] = authority.pem
    sound = World(stack, aws, rocketchat, secret)
    sound.move_server(rocketchat.url)
    sound.heal_secret()
    return sound


@pytest.fixture
def examine(monitors_bot):
    """Run the doctor; tell the state of each check, and what it says."""

    def run(*options, typed=""):
        ended = monitors_bot("doctor", "--json", *options, typed=typed)
        return {one["check"]: one for one in ended.json["findings"]}, ended.code

    return run


def not_green(findings):
    return {name for name, one in findings.items() if one["state"] in NOT_GREEN}


def test_a_sound_set_up_is_green(examine, world):
    findings, code = examine()

    assert not_green(findings) == set()
    assert code == 0
    assert {name for name, one in findings.items() if one["state"] == "not checked"} == {
        "admin",
        "all units",
        "webhook in Rocket.Chat",
        "Omnichannel webhook",
    }


@dataclass(frozen=True)
class Fault:
    """What is broken, the line that tells it, a word of its fix, and what mends it."""

    breaks: Callable[[World], object]
    check: str
    fix: str
    mends: Callable[[World], object] = World.heal_secret
    state: str = "failed"


def both(*breaks):
    return lambda world: [one(world) for one in breaks]


def a_message_in(logical):
    return lambda world: world.aws.sqs.send_message(QueueUrl=world.name(logical), MessageBody="{}")


def settings_with(line):
    def write(world):
        world.stack.write_settings()
        path = world.stack.folder / "settings" / "dev.toml"
        path.write_text(f"{path.read_text()}\n{line}\n")

    return write


def schedule_with(**changes):
    """Change the digest's schedule as somebody might in the console."""

    def change(world):
        scheduler, name = world.client("scheduler"), world.name("Digest")
        told = scheduler.get_schedule(Name=name, GroupName=world.name("Digests"))
        kept = ("Name", "GroupName", "ScheduleExpression", "FlexibleTimeWindow", "Target")
        target = {**told["Target"], **changes.get("Target", {})}
        state = {"State": "ENABLED"}
        scheduler.update_schedule(**{key: told[key] for key in kept} | state | changes | {"Target": target})

    return change


def setting(name, value):
    return lambda world: setattr(world.server.settings, name, value)


def without(*permissions):
    return lambda world: world.server.permissions.difference_update(permissions)


def with_all(world):
    world.server.permissions.update(
        {"manage-livechat-units", "manage-livechat-monitors", "view-l-room", "view-livechat-departments"},
        {"view-livechat-rooms", "api-bypass-rate-limit"},
    )
    world.server.permissions.discard("create-personal-access-tokens")


def change_room(**changes):
    def change(world):
        for name, value in changes.items():
            setattr(world.server.find_room(CHANNEL) or next(iter(world.server.rooms.values())), name, value)

    return change


def trigger(*, on):
    """Switch on or off that a function gets what is on its queue."""

    def switch(world):
        functions, name = world.client("lambda"), world.name("BackgroundFunction")
        [source] = functions.list_event_source_mappings(FunctionName=name)["EventSourceMappings"]
        functions.update_event_source_mapping(UUID=source["UUID"], Enabled=on)

    return switch


def alarm(state):
    return lambda world: world.client("cloudwatch").set_alarm_state(
        AlarmName=world.name("ServerDownAlarm"), StateValue=state, StateReason="a test"
    )


def subscriptions(world):
    return world.client("sns").list_subscriptions_by_topic(TopicArn=world.name("Alarms"))["Subscriptions"]


def nobody_listens(world):
    for one in subscriptions(world):
        world.client("sns").unsubscribe(SubscriptionArn=one["SubscriptionArn"])


def somebody_listens(world):
    world.client("sns").subscribe(TopicArn=world.name("Alarms"), Protocol="email", Endpoint="ops@example.com")


def back(world):
    world.move_server(world.server.url)


def chat_environment(**changes):
    """Let the chat function see something else than its settings say."""

    def change(world):
        world.stack.doors.chat_environment = changes
        world.stack.doors.restart()

    return change


FAULTS = {
    "the last deployment was rolled back": Fault(
        lambda world: setattr(world.stack, "status", "UPDATE_ROLLBACK_COMPLETE"),
        "stack",
        "describe-stack-events",
        lambda world: setattr(world.stack, "status", "UPDATE_COMPLETE"),
    ),
    "the settings file has a word that is no setting": Fault(
        settings_with('LogLevl = "INFO"'), "settings", "Correct the file", settings_with("")
    ),
    "the settings file was changed and not deployed": Fault(
        World.edit_settings, "settings", "make deploy", settings_with(""), "warning"
    ),
    "somebody stopped a function": Fault(
        lambda world: world.client("lambda").put_function_concurrency(
            FunctionName=world.name("ChatFunction"), ReservedConcurrentExecutions=0
        ),
        "functions",
        "delete-function-concurrency",
        lambda world: world.client("lambda").delete_function_concurrency(
            FunctionName=world.name("ChatFunction")
        ),
    ),
    "the trigger of a queue was switched off": Fault(
        trigger(on=False), "functions", "update-event-source-mapping", trigger(on=True)
    ),
    "the secret has no value": Fault(
        World.begin_anew,
        "secret",
        "monitors-bot setup",
    ),
    "the secret is no JSON": Fault(lambda world: world.store("{'a': 1}"), "secret", "monitors-bot setup"),
    "the token is missing": Fault(
        lambda world: world.change_secret(rocketchat_auth_token=None),
        "account in the secret",
        "monitors-bot secret set rocketchat_auth_token",
    ),
    "the user id has a line break in it": Fault(
        lambda world: world.change_secret(rocketchat_user_id="a\nb"),
        "account in the secret",
        "monitors-bot secret set rocketchat_user_id",
    ),
    "a signing secret is not base64": Fault(
        lambda world: world.change_secret(webhook_secret="not base64!"),
        "keys",
        "monitors-bot secret set webhook_secret",
    ),
    "access rules can't be read": Fault(
        lambda world: world.change_secret(access_rules={"rules": [{"chanels": ["C1"]}]}),
        "keys",
        "monitors-bot secret set access_rules",
    ),
    "a key is misspelled": Fault(
        lambda world: world.change_secret(slack_signing_secrets="x", slack_signing_secret=None),
        "keys",
        "monitors-bot secret set slack_signing_secret",
    ),
    "an authority's certificate is damaged": Fault(
        lambda world: world.change_secret(
            ca_certificates=world.secret["ca_certificates"] + "-----BEGIN CERTIFICATE-----\nAA"
        ),
        "keys",
        "monitors-bot secret set ca_certificates",
    ),
    "no chat is connected": Fault(
        lambda world: world.store(
            json.dumps(
                {
                    key: world.secret[key]
                    for key in ("rocketchat_user_id", "rocketchat_auth_token", "ca_certificates")
                }
            )
        ),
        "chats",
        "monitors-bot setup",
        state="warning",
    ),
    "the API is gone": Fault(
        lambda world: setattr(world.stack, "api_url", "http://127.0.0.1:9"),
        "api",
        "way to AWS",
        lambda world: setattr(world.stack, "api_url", world.stack.doors.url),
    ),
    "the table was deleted": Fault(
        lambda world: world.aws.delete_table(world.name("Table")),
        "table",
        "docs/upgrade-and-uninstall.md",
        lambda world: world.aws.create_table(world.name("Table")),
    ),
    "a notice ended as a dead letter": Fault(
        a_message_in("BackgroundDead"),
        "dead letters",
        "DeadLettersAlarm",
        lambda world: world.stack.empty_queues(),
    ),
    "a schedule was switched off": Fault(
        schedule_with(State="DISABLED"), "schedules", "Switch it on", schedule_with(State="ENABLED")
    ),
    "a schedule orders nonsense": Fault(
        schedule_with(Target={"Input": '{"run": "x", "chanel": "#leads"}'}),
        "schedules",
        "docs/schedules.md",
        schedule_with(Target={"Input": json.dumps({"run": "x", "channel": f"#{CHANNEL}"})}),
    ),
    "the last digest failed": Fault(
        lambda world: world.record(outcome="failed", why="it can't be posted"),
        "last runs",
        "RunsFailedAlarm",
        World.record,
    ),
    "the last digest is overdue": Fault(
        lambda world: world.record(began_at=time.time() - 2 * DAY),
        "last runs",
        "monitors-bot run digest",
        World.record,
    ),
    "an alarm is on": Fault(alarm("ALARM"), "alarms", "docs/operations.md#runbook", alarm("OK")),
    "an alarm was switched off": Fault(
        lambda world: world.client("cloudwatch").disable_alarm_actions(
            AlarmNames=[world.name("CrashesAlarm")]
        ),
        "alarms",
        "enable-alarm-actions",
        lambda world: world.client("cloudwatch").enable_alarm_actions(
            AlarmNames=[world.name("CrashesAlarm")]
        ),
    ),
    "nobody hears the alarms": Fault(nobody_listens, "alarms heard", "AlarmEmail", somebody_listens),
    "the server's name is wrong": Fault(
        lambda world: world.move_server("https://nowhere.invalid"), "server name", "RocketChatUrl", back
    ),
    "nothing listens at the server's address": Fault(
        lambda world: world.move_server("https://127.0.0.1:9"), "connection", "Start the server", back
    ),
    "the certificate is not trusted": Fault(
        lambda world: world.change_secret(ca_certificates=None),
        "certificate",
        "monitors-bot secret set ca_certificates",
    ),
    "the proxy is down": Fault(
        lambda world: world.change_secret(https_proxy="http://127.0.0.1:9"),
        "proxy",
        "monitors-bot secret set https_proxy",
    ),
    "a page of a proxy answers instead of the server": Fault(
        lambda world: world.server.fail("*", "html"),
        "server",
        "RocketChatUrl",
        lambda world: world.server.heal(),
    ),
    "the server breaks off": Fault(
        lambda world: world.server.fail("*", "reset"),
        "server",
        "what stands before it",
        lambda world: world.server.heal(),
    ),
    "the server is too old": Fault(
        lambda world: setattr(world.server, "version", "4.8.6"),
        "server version",
        "Upgrade",
        lambda world: setattr(world.server, "version", "7.7.1"),
    ),
    "the server's clock is wrong": Fault(
        lambda world: setattr(world.server, "clock", lambda: time.time() + 600),
        "clocks",
        "NTP",
        lambda world: setattr(world.server, "clock", time.time),
    ),
    "the token was replaced": Fault(
        lambda world: world.server.rotate_token(),
        "account",
        "monitors-bot secret set rocketchat_auth_token",
        lambda world: world.change_secret(rocketchat_auth_token=world.server.account.token),
    ),
    "the account is a monitor": Fault(
        lambda world: setattr(world.server, "account_roles", ["bot", "livechat-monitor"]),
        "role",
        "Take the role livechat-monitor",
        lambda world: setattr(world.server, "account_roles", ["bot", "livechat-manager"]),
    ),
    "the account is an admin": Fault(
        lambda world: setattr(world.server, "account_roles", ["admin", "livechat-manager"]),
        "role",
        "few rights",
        lambda world: setattr(world.server, "account_roles", ["bot", "livechat-manager"]),
        "warning",
    ),
    "the licence ran out": Fault(
        lambda world: setattr(world.server, "license", "missing-400"),
        "licence",
        "premium",
        lambda world: setattr(world.server, "license", "present"),
    ),
    "the units are cut short without a word": Fault(
        without("manage-livechat-units"), "units", "Give manage-livechat-units to livechat-manager", with_all
    ),
    "the monitors may not be read": Fault(
        without("manage-livechat-monitors"), "monitors", "Give manage-livechat-monitors", with_all
    ),
    "presence is switched off": Fault(
        setting("presence_broadcast_disabled", True),
        "presence",
        "Switch it on",
        setting("presence_broadcast_disabled", False),
        "warning",
    ),
    "the limiter makes runs slow": Fault(World.grow, "limiter", "api-bypass-rate-limit", with_all, "warning"),
    "the token can make more tokens": Fault(
        both(World.let_mint, setting("is_fallback_asked", False)),
        "tokens",
        "create-personal-access-tokens",
        with_all,
    ),
    "the token ignores even a second factor that there is": Fault(
        both(
            World.let_mint,
            setting("second_factors", ("totp",)),
            lambda world: setattr(world.server.account, "bypasses_second_factor", True),
        ),
        "tokens",
        "Ignore Two Factor",
        lambda world: setattr(world.server.account, "bypasses_second_factor", False),
    ),
    "the token was made to ignore the second factor": Fault(
        both(World.let_mint, lambda world: setattr(world.server.account, "bypasses_second_factor", True)),
        "tokens",
        "Ignore Two Factor",
        lambda world: setattr(world.server.account, "bypasses_second_factor", False),
    ),
    "departments may not be read": Fault(
        without("view-l-room", "view-livechat-departments"),
        "departments",
        "view-livechat-departments",
        with_all,
    ),
    "conversations may not be looked up": Fault(
        without("view-livechat-rooms"), "conversations", "view-livechat-rooms", with_all
    ),
    "a unit has no department": Fault(
        lambda world: world.server.add_unit("Bare", id="bareBareBareBare1"),
        "units' departments",
        "Omnichannel, Units",
        lambda world: world.server.remove_unit("bareBareBareBare1"),
        "warning",
    ),
    "the channel was renamed": Fault(
        change_room(name="elsewhere"), "channels", "correct the name", change_room(name=CHANNEL)
    ),
    "the channel is archived": Fault(
        change_room(archived=True), "channels", "Unarchive", change_room(archived=False)
    ),
    "the channel is read-only": Fault(
        change_room(read_only=True), "channels", "post-readonly", change_room(read_only=False)
    ),
    "the channel is a customer's conversation": Fault(
        change_room(type="l"), "channels", "another channel", change_room(type="c")
    ),
    "mistyped commands go to everybody": Fault(
        lambda world: world.server.public_settings.update(Message_AllowUnrecognizedSlashCommand=True),
        "slash commands",
        "Allow unrecognized slash commands",
        lambda world: world.server.public_settings.update(Message_AllowUnrecognizedSlashCommand=False),
    ),
    "the function still holds the old token": Fault(
        World.change_behind_its_back,
        "asked by Mattermost",
        "wait 5 minutes",
    ),
}


FIRST_OF_A_CHECK = {fault.check: name for name, fault in reversed(FAULTS.items())}.values()
SOME = set(list(FIRST_OF_A_CHECK)[::3])
"""The short form: a fault for every third check."""


@pytest.mark.parametrize(
    "fault",
    [
        pytest.param(fault, id=name, marks=[] if name in SOME else [pytest.mark.prove])
        for name, fault in FAULTS.items()
    ],
)
def test_a_fault_turns_its_own_line_red_and_no_other(fault, examine, world):
    try:
        fault.breaks(world)
        findings, code = examine()
    finally:  # the stack is shared
        fault.mends(world)

    assert not_green(findings) == {fault.check}
    told = findings[fault.check]
    assert (told["state"], code) == (fault.state, 1 if fault.state == "failed" else 0)
    assert fault.fix in told["fix"]


@pytest.mark.prove
@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS.keys())
def test_the_fix_makes_the_line_green(fault, examine, world):
    fault.breaks(world)
    fault.mends(world)

    healed, code = examine()

    assert fault.check not in not_green(healed)
    assert code == 0


def test_an_address_that_was_never_confirmed_hears_nothing(examine, world, monkeypatch):
    """A local AWS confirms at once, and real AWS waits for a click in a mail."""
    pending = (
        "<ListSubscriptionsByTopicResponse><ListSubscriptionsByTopicResult><Subscriptions><member>"
        "<SubscriptionArn>PendingConfirmation</SubscriptionArn>"
        "<Protocol>email</Protocol><Endpoint>ops@example.com</Endpoint></member></Subscriptions>"
        "</ListSubscriptionsByTopicResult></ListSubscriptionsByTopicResponse>"
    )
    with ScriptedServer(http_answer(pending.encode(), Content_Type="text/xml")) as sns:
        monkeypatch.setenv("AWS_ENDPOINT_URL_SNS", sns.url)
        findings, code = examine()

    assert (not_green(findings), code) == ({"alarms heard"}, 1)
    assert "ops@example.com has not confirmed" in findings["alarms heard"]["seen"]


def test_a_function_that_lambda_cannot_run_is_told_with_lambdas_reason(examine, world, monkeypatch):
    told = {"State": "Failed", "StateReason": "The subnets are gone", "Environment": {"Variables": {}}}
    with ScriptedServer(http_answer(json.dumps(told).encode())) as functions:
        monkeypatch.setenv("AWS_ENDPOINT_URL_LAMBDA", functions.url)
        findings, _ = examine()

    assert findings["functions"]["seen"] == "ChatFunction can't run: The subnets are gone."
    assert "make deploy" in findings["functions"]["fix"]


CHATS = {
    "asked by the app in Rocket.Chat",
    "asked by Rocket.Chat's webhook",
    "asked by Slack",
    "asked by Slack's buttons",
    "asked by Mattermost",
}


def test_a_function_that_cannot_read_the_secret_is_told_for_each_chat(examine, world):
    chat_environment(SECRET_ID="no-such-secret")(world)

    findings, code = examine()

    assert (not_green(findings), code) == (CHATS, 1)
    assert "SecretUnusableAlarm" in findings["asked by Slack"]["fix"]


def test_a_function_with_another_way_to_the_server_is_told_for_each_chat(examine, world):
    chat_environment(ROCKETCHAT_URL="https://nowhere.invalid")(world)

    findings, code = examine()

    assert (not_green(findings), code) == (CHATS, 1)
    assert "name-unknown" in findings["asked by Slack"]["seen"]
    assert "docs/network.md" in findings["asked by Slack"]["fix"]


def test_a_server_that_only_the_functions_reach_is_no_fault(examine, world):
    url = world.server.url
    world.move_server("https://nowhere.invalid")
    chat_environment(ROCKETCHAT_URL=url)(world)

    findings, code = examine()

    assert (not_green(findings), code) == (set(), 0)
    assert "The functions get through, though" in findings["server name"]["seen"]
    assert findings["account"]["seen"] == "server name comes first"
    assert findings["asked by Slack"]["state"] == "ok"


@pytest.mark.parametrize(
    ("key", "days", "state"),
    [
        ("webhook_secret", 6, "ok"),
        ("webhook_secret", 8, "warning"),
        ("mattermost_token", 8, "ok"),  # one for each team
    ],
)
def test_an_old_value_may_be_valid_for_a_week(world, key, days, state):
    value = world.secret[key]
    world.change_secret(**{key: [value, value.swapcase() if key == "mattermost_token" else value + "QUJD"]})
    patient = Patient(find_installation("dev"), read_template(TEMPLATE), now=lambda: time.time() + days * DAY)

    finding = old_values_are_retired(patient)

    assert finding.state == state
    if state == "warning":
        assert finding.seen == "Two values of webhook_secret are valid, since 8 days or more."
        assert finding.fix.endswith("monitors-bot secret retire webhook_secret")


def test_no_code_is_mailed_to_see_whether_tokens_can_be_made(examine, world):
    world.server.settings.second_factors = ("email2fa",)

    findings, _ = examine()

    assert findings["tokens"]["state"] == "ok"
    assert world.server.calls_to("users.removePersonalAccessToken") == []


def test_a_refusal_of_another_kind_is_no_proof_that_tokens_can_be_made(examine, world):
    world.server.fail("users.removePersonalAccessToken", "unsuccessful")

    findings, _ = examine()

    assert findings["tokens"]["state"] in {"not checked", "failed"}
    assert "can make more tokens" not in findings["tokens"]["seen"]


def test_what_depends_on_a_fault_is_not_checked_and_says_why(examine, world):
    world.store("no JSON")

    findings, _ = examine()

    assert findings["keys"] == {"check": "keys", "state": "not checked", "seen": "secret comes first"}
    assert findings["asked by Slack"]["seen"] == "secret comes first"
    assert findings["alarms"]["state"] == "ok"


def integration(world, **changes):
    url = world.stack.outputs["RocketChatCommandUrl"]
    told = {"_id": "i1", "enabled": True, "urls": [url], "token": world.secret["rocketchat_webhook_token"]}
    world.server.integrations = [{**told, **changes}]


def omnichannel(world, **changes):
    right = {
        "Livechat_webhookUrl": world.stack.outputs["OmnichannelUrl"],
        "Livechat_secret_token": world.secret["rocketchat_livechat_token"],
    }
    world.server.private_settings = right | changes


ADMINS_FAULTS = {
    "no webhook": (
        lambda world: world.server.integrations.clear(),
        "webhook in Rocket.Chat",
        "monitors-bot setup",
    ),
    "a webhook elsewhere": (
        lambda world: integration(world, urls=["https://example.com"]),
        "webhook in Rocket.Chat",
        "monitors-bot setup",
    ),
    "the webhook is off": (
        lambda world: integration(world, enabled=False),
        "webhook in Rocket.Chat",
        "Switch it on",
    ),
    "the webhook has another token": (
        lambda world: integration(world, token="another"),
        "webhook in Rocket.Chat",
        "monitors-bot secret set rocketchat_webhook_token",
    ),
    "the Omnichannel webhook is elsewhere": (
        lambda world: omnichannel(world, Livechat_webhookUrl="https://example.com"),
        "Omnichannel webhook",
        "Omnichannel, Webhooks",
    ),
    "the Omnichannel webhook has another token": (
        lambda world: omnichannel(world, Livechat_secret_token="another"),
        "Omnichannel webhook",
        "monitors-bot secret set rocketchat_livechat_token",
    ),
    "a list is short, and the rights can't be looked up": (
        both(
            without("manage-livechat-units"),
            lambda world: world.server.fail("permissions.listAll", "status", status=403),
        ),
        "all units",
        "manage-livechat-units",
    ),
}


@pytest.mark.parametrize(
    ("breaks", "check", "fix"),
    [
        pytest.param(*fault, id=name, marks=[pytest.mark.prove] if number % 3 else [])
        for number, (name, fault) in enumerate(ADMINS_FAULTS.items())
    ],
)
def test_what_only_an_admin_sees_is_checked_with_an_admins_token(breaks, check, fix, examine, world):
    admin = world.server.add_admin()
    integration(world)
    omnichannel(world)
    sound, code = examine("--admin", typed=f"{admin.user_id}\n{admin.token}\n")
    assert (not_green(sound), code) == (set(), 0)
    breaks(world)

    findings, code = examine("--admin", typed=f"{admin.user_id}\n{admin.token}\n")

    assert check in not_green(findings)
    assert not_green(findings) <= {check, "units", "units' departments"}
    assert (findings[check]["state"], code) == ("failed", 1)
    assert fix in findings[check]["fix"]


def test_a_wrong_admin_is_told_and_never_shown(monitors_bot, world):
    ended = monitors_bot("doctor", "--admin", typed="nobody\nwrong-token-of-nobody\n")

    assert ended.code == 1
    assert "✗ admin: Rocket.Chat refuses the admin's user id or token." in ended.out
    assert "✓ account: " in ended.out
    assert "wrong-token-of-nobody" not in ended.said


def test_somebody_who_is_no_admin_is_told(examine, world):
    world.server.add_admin("kit")
    world.server.user("kit").roles = ["user"]
    kit = world.server.accounts[-1]

    findings, code = examine("--admin", typed=f"{kit.user_id}\n{kit.token}\n")

    assert (not_green(findings), code) == ({"admin"}, 1)
    assert findings["admin"]["seen"] == "@kit is no admin."


def test_its_questions_count_nowhere_and_are_read_by_nobody(monitors_bot, world):
    printed = world.stack.doors.printed
    before = len(printed)

    monitors_bot("doctor")

    assert printed[before:] == []
    assert world.server.messages(CHANNEL) == []
    assert world.aws.sqs.receive_message(QueueUrl=world.name("Background")).get("Messages", []) == []


class Person(io.StringIO):
    """Somebody who types these lines at a terminal."""

    def isatty(self):
        return True


@pytest.fixture
def at_a_terminal(world, monkeypatch, capsys):
    """Run the doctor at a terminal of some width; tell what is on the screen."""

    def run(*typed, columns=80):
        monkeypatch.setenv("FORCE_COLOR", "1")
        monkeypatch.setenv("COLUMNS", str(columns))
        monkeypatch.setattr(sys, "stdin", Person("".join(f"{line}\n" for line in typed)))
        main(["doctor"])
        return capsys.readouterr().out

    return run


def test_asked_it_posts_a_message_and_removes_it_again(at_a_terminal, world):
    said = at_a_terminal("y")

    assert "#leads, a message was posted and removed" in said
    assert [call.route for call in world.server.calls if call.route.startswith("chat.")] == [
        "chat.sendMessage",
        "chat.delete",
    ]
    assert world.server.messages(CHANNEL) == []


def test_a_message_that_cannot_be_removed_is_told(at_a_terminal, world):
    world.server.settings.may_delete = False

    said = at_a_terminal("y")

    assert "could not be removed again" in said


def test_without_a_yes_it_posts_nothing(at_a_terminal, world):
    said = at_a_terminal("")

    assert "#leads, by rights" in said
    assert world.server.calls_to("chat.sendMessage") == []


def test_forty_columns_are_enough(at_a_terminal):
    said = re.sub(r"\x1b\[[0-9;]*m", "", at_a_terminal("", columns=40))

    lines = [
        line for line in said.splitlines() if "[y/N]" not in line
    ]  # the terminal breaks what is typed at
    assert max(map(len, lines)) <= 40


def test_in_a_pipe_a_line_is_a_line_without_colour(monitors_bot, world):
    ended = monitors_bot("doctor")

    assert "\x1b" not in ended.said
    assert "✓ alarms heard: email to ops@example.com\n" in ended.out
    assert "✓ units: 2 units\n" in ended.out


def test_an_expired_session_is_told_once(monitors_bot, world, cloud):
    cloud.refuses = "ExpiredToken"

    ended = monitors_bot("doctor")

    assert (ended.code, ended.out) == (3, "")
    assert ended.err.startswith("AWS refuses: The security token")
