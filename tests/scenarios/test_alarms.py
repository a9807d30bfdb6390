"""Each fault, from what is asked of the bot to the alarm that goes off, with ten commands a day."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from monitors_bot.domain.units.finder import UNITS_PERMISSION
from monitors_bot.lambdas.chat import ChatDoor
from tests.conftest import SECRET_NAME
from tests.fakes.alarms import Measured, going_off
from tests.fakes.api_gateway import Sent
from tests.fakes.chat_client import MattermostClient, RocketChatClient, SlackClient
from tests.scenarios.conftest import promised, typed

MINUTE, HOUR, DAY = 60, 3600, 86_400
BETWEEN_COMMANDS = DAY / 10
SOON = 10 * MINUTE
SCHEDULED = {"RefreshSilentAlarm", "DigestSilentAlarm"}


class Day:
    """A company that asks ten times a day, and what CloudWatch makes of it."""

    def __init__(self, bot, aws, secret, company, capsys):
        self.bot, self.aws, self.secret, self.company = bot, aws, secret, company
        self._capsys = capsys
        self.measured = Measured()
        self.client = SlackClient()

    def ask(self, times=1):
        for _ in range(times):
            self.bot.clock.advance(BETWEEN_COMMANDS)
            self.send(typed(self.bot, self.client, "Billing EU"))

    def send(self, sent):
        return self.bot.send(sent)

    def alarms(self, after=SOON):
        """The alarms that are going off so long after now."""
        self.measured.read(self._capsys.readouterr().out)
        return going_off(self.measured, self.bot.clock() + after) - {
            "RefreshSilentAlarm",
            "DigestSilentAlarm",
        }

    def change_secret(self, **changes):
        self.aws.change_secret(SECRET_NAME, self.secret | changes)

    def heal(self):
        self.company.heal()
        self.company.permissions.add(UNITS_PERMISSION)
        self.change_secret()
        self.client = SlackClient()
        self.bot.start_cold()


@pytest.fixture
def day(bot, aws, secret, company, table, queue, capsys):
    bot.environ |= {"REPLY_DEADLINE_MS": "700", "LONG_REPLY_DEADLINE_MS": "700"}
    bot.environ |= {"TABLE_NAME": table, "QUEUE_URL": queue[0].url}
    bot.start_cold()
    return Day(bot, aws, secret, company, capsys)


def no_secret(day):
    day.aws.delete_secret(SECRET_NAME)
    day.aws.create_secret(SECRET_NAME)


def secret_that_is_no_json(day):
    day.aws.change_secret(SECRET_NAME, "not a JSON object")


def refused_account(day):
    day.change_secret(rocketchat_auth_token="revoked")
    day.company.fail("*", "status", code=401)


def server_down(day):
    day.company.fail("*", "status", code=503)


def server_hanging(day):
    day.client = MattermostClient()  # without an address for late answers
    day.company.fail("*", "never")


def permission_lost(day):
    day.company.permissions.discard(UNITS_PERMISSION)


def crash(day):
    def no_sight(*_):
        raise ZeroDivisionError

    day.bot.door = ChatDoor(day.bot.environ, day.bot.clock, may_see=no_sight)


def changed_signing_secret(day):
    day.client = replace(day.client, secret="a new one, which the bot does not know")


FAULTS: list[tuple[Callable[[Day], None], int, str]] = [
    (no_secret, 2, "SecretUnusableAlarm"),
    (secret_that_is_no_json, 2, "SecretUnusableAlarm"),
    (refused_account, 2, "SecretUnusableAlarm"),
    (server_down, 2, "ServerDownAlarm"),
    (server_hanging, 2, "ServerSlowAlarm"),
    (permission_lost, 2, "PermissionMissingAlarm"),
    (crash, 1, "CrashesAlarm"),
    (changed_signing_secret, 3, "CommandsRefusedAlarm"),
]


@pytest.mark.parametrize(
    ("fault", "commands", "alarm"), FAULTS, ids=[fault.__name__ for fault, _, _ in FAULTS]
)
def test_a_fault_sets_off_its_alarm_and_its_end_is_told(day, fault, commands, alarm):
    day.ask(3)
    assert day.alarms() == set()
    fault(day)

    if commands > 1:
        day.ask(commands - 1)
        assert day.alarms() == set()
    day.ask()
    assert day.alarms(after=5 * MINUTE - 1 if alarm == "CrashesAlarm" else SOON) == {alarm}

    day.heal()
    day.ask()
    assert day.alarms() == set()


def test_a_success_between_failures_is_no_alarm(day):
    for _ in range(3):
        server_down(day)
        day.ask()
        day.heal()
        day.ask()

    assert day.alarms() == set()


def test_a_platform_that_is_not_asked_does_not_hide_another_ones_secret(day):
    changed_signing_secret(day)
    webhook = RocketChatClient()
    for _ in range(3):
        day.ask()
        day.send(webhook.command("Billing EU"))

    assert day.alarms() == {"CommandsRefusedAlarm"}


STRANGERS: list[Callable[[float], Sent]] = [
    lambda _: Sent(
        "POST", "/slack/command", (("Content-Type", "application/x-www-form-urlencoded"),), b"text=x"
    ),
    lambda at: SlackClient(secret="stolen").command("Billing EU", at - HOUR),
    lambda at: replace(
        sent := SlackClient().command("x", at),
        headers=tuple((n, "v0=abc" if n.lower() == "x-slack-signature" else v) for n, v in sent.headers),
    ),
    lambda _: Sent("POST", "/rocketchat/command", (("Content-Type", "application/json"),), b'{"text": "x"}'),
    lambda _: Sent("POST", "/rocketchat/command", (("Content-Type", "application/json"),), b"{"),
    lambda _: Sent(
        "POST", "/mattermost/command", (("Content-Type", "application/x-www-form-urlencoded"),), b"a=b"
    ),
    lambda _: Sent("GET", "/slack/command"),
    lambda _: Sent("POST", "/wp-login.php"),
    lambda _: Sent("GET", "/health"),
]


@pytest.mark.parametrize("number", range(len(STRANGERS)))
def test_strangers_set_off_no_alarm(day, number):
    day.ask()
    for _ in range(12):
        day.bot.clock.advance(MINUTE)
        day.send(STRANGERS[number](day.bot.clock()))

    assert day.alarms() == set()


def test_two_wrong_tokens_and_one_that_is_right_are_no_alarm(day):
    for _ in range(3):
        for client in (MattermostClient(token="wrong"), MattermostClient(token="wrong"), MattermostClient()):
            day.bot.clock.advance(HOUR)
            day.send(client.command("Billing EU"))

    assert day.alarms() == set()


def test_a_server_that_is_down_when_promised_answers_are_due_is_told_as_well(late, rocketchat, slack, capsys):
    measured = Measured()
    for _ in range(2):
        promised(late, rocketchat, slack)
        rocketchat.fail("*", "status", code=503)
        late.work()
        rocketchat.heal()

    measured.read(capsys.readouterr().out)

    assert going_off(measured, late.bot.clock() + SOON) - SCHEDULED == {"ServerDownAlarm"}
