"""`monitors-bot setup`: after `make deploy`, does what is left until a command is answered.

Each step looks first whether it is done, and stores at once what it makes, so it can be repeated.
"""

import json
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from pathlib import Path

from monitors_bot import errors
from monitors_bot.aws.secret import AUTH_TOKEN, USER_ID
from monitors_bot.deadline import Deadline
from monitors_bot.outbound import Outbound
from monitors_bot.reach import read_reach
from monitors_bot.rocketchat import api
from monitors_bot.rocketchat.api import Account
from monitors_bot.settings import read_base_url
from monitors_bot_cli import manifests, stack
from monitors_bot_cli.chats import CHATS, NEEDS_ADMIN, SERVES_CUSTOMERS, Chats
from monitors_bot_cli.commands.secret import read_private_file
from monitors_bot_cli.installation import Installation, find_installation
from monitors_bot_cli.mattermost_server import MattermostServer
from monitors_bot_cli.one_account import server_as
from monitors_bot_cli.problems import FOUND, Stopped
from monitors_bot_cli.secret_keys import KEYS
from monitors_bot_cli.settings_file import SettingsFile, path_of
from monitors_bot_cli.stored_secret import StoredSecret
from monitors_bot_cli.template import read_template
from monitors_bot_cli.terminal import Terminal
from monitors_bot_cli.workspace import FOR_CUSTOMERS, NEEDED, ROLE, Workspace

TEMPLATE = Path("template.yaml")
NOTE = f"""\
A Rocket.Chat admin has to make the bot's account:
  1. Administration, Permissions, New role: {ROLE}
  2. Administration, Permissions: give {ROLE} {{permissions}}
  3. Administration, Users, New user: {{username}}, with the roles bot and {ROLE}; not livechat-monitor
  4. Log in as {{username}}: Profile, Personal Access Tokens, Add; leave Ignore Two Factor Authentication off
Then run setup again: it asks for the user id and the token that were shown. More: docs/service-account.md"""
WAIT_SECONDS = 600
POLL_SECONDS = 2.0


@dataclass(frozen=True)
class Answers:
    """What is to be set up; what is missing is asked for at a terminal."""

    chats: Sequence[str] = ()
    alarm_email: str = ""
    channel: str = ""
    """The public channel of Rocket.Chat's webhook, such as #support."""
    bot_name: str = "monitors-bot"
    admin: Account | None = None
    mattermost_token: str = field(default="", repr=False)
    """A personal access token with which Mattermost's slash command is made."""
    teams: Sequence[str] = ()
    given: dict[str, str] = field(default_factory=dict, repr=False)
    """Values of the secret that only the other side knows."""
    wait_seconds: int = WAIT_SECONDS


def setup(environment: str, answers: Answers) -> int:
    """Set everything up that is not yet. Return 0 if nothing is left to do. Raises Stopped."""
    return Setup(find_installation(environment), answers, Terminal()).run()


class Setup:
    """One run of the command."""

    def __init__(self, installation: Installation, answers: Answers, terminal: Terminal) -> None:
        self._installation = installation
        self._answers = answers
        self._terminal = terminal
        self._stored = StoredSecret(installation.client("secretsmanager"), installation.secret_id)
        self._left: list[str] = []

    def run(self) -> int:
        chats = self._chats()
        self._step("Alarms", self._let_alarms_be_heard)
        self._step("The bot's account in Rocket.Chat", lambda: self._make_account(chats))
        connections = Chats(
            self._installation,
            self._stored,
            self._terminal,
            self._workspace if NEEDS_ADMIN & set(chats) else None,
            self._working_account(),
            self._answers.given,
            self._answers.channel,
            self._mattermost() if "mattermost" in chats else None,
            self._answers.teams,
            self._left,
        )
        for chat in chats:
            self._step(chat, partial(connections.connect, chat))
        if self._left:
            self._terminal.say("\nLeft to do:", style="bold")
            for number, sentence in enumerate(self._left, 1):
                self._terminal.say(f"{number}. {sentence}")
        return self._wait_for_command()

    def _step(self, name: str, work: Callable[[], str]) -> None:
        self._terminal.note(f"{name} ...")
        self._terminal.say(f"✓ {name}: {work()}")

    def _chats(self) -> list[str]:
        named = list(self._answers.chats)
        if not named and self._terminal.is_interactive:
            self._terminal.say(f"What is to be connected? {', '.join(CHATS)}")
            named = (
                self._terminal.ask("Chats, with blanks between them", "rocketchat-app")
                .replace(",", " ")
                .split()
            )
        if wrong := [name for name in named if name not in CHATS]:
            raise Stopped(f"There is no {wrong[0]} to connect. There are: {', '.join(CHATS)}.")
        if not named:
            raise Stopped("Say what is to be connected, with --chat: " + ", ".join(CHATS))
        return named

    def _let_alarms_be_heard(self) -> str:
        """Subscribe an address to the alarms, and keep it in the settings file for the next deployment."""
        sns, topic = self._installation.client("sns"), self._installation.resources["Alarms"]
        with stack.in_words():
            found = sns.list_subscriptions_by_topic(TopicArn=topic)["Subscriptions"]
        if found:
            return ", ".join(one["Endpoint"] for one in found)
        email = self._answers.alarm_email
        if not email and self._terminal.is_interactive:
            email = self._terminal.ask("To which address are alarms mailed? (empty for none)")
        if not email:
            self._left.append("Nobody hears the alarms: run setup again with --alarm-email.")
            return "nobody hears them"
        template = read_template(TEMPLATE)
        parameter = template.parameters["AlarmEmail"]
        if complaints := list(parameter.complaints(email)):
            raise Stopped(f"{email} {complaints[0]}.")
        file = SettingsFile.read(path_of(self._installation.environment))
        file.change(parameter, email)
        file.save()
        with stack.in_words():
            sns.subscribe(TopicArn=topic, Protocol="email", Endpoint=email)
        self._left.append(f"Confirm in the mail that AWS sends to {email}: until then, no alarm arrives.")
        return f"{email} has to confirm"

    def _make_account(self, chats: Sequence[str]) -> str:
        """Keep an account that works; else make one with the admin's token, or ask for one."""
        if name := self._working_account():
            if self._answers.admin and self._workspace:  # another chat may need more rights than before
                self._workspace.check_admin()
                self._workspace.make_role(self._permissions(chats))
            return f"@{name} works already"
        if self._workspace:
            self._workspace.check_admin()
            role_id = self._workspace.make_role(self._permissions(chats))
            account = self._workspace.make_account(self._answers.bot_name, role_id)
            self._stored.store({USER_ID: account.user_id, AUTH_TOKEN: account.token})
            return f"@{self._answers.bot_name} was made, with the role {ROLE}"
        self._ask_for_account(chats)
        name = self._working_account()
        if not name:
            raise Stopped("Rocket.Chat refuses this user id and token.", code=FOUND)
        return f"@{name} works"

    def _ask_for_account(self, chats: Sequence[str]) -> None:
        given = {key: self._answers.given[key] for key in (USER_ID, AUTH_TOKEN) if key in self._answers.given}
        if len(given) < 2:
            note = NOTE.format(
                permissions=", ".join(self._permissions(chats)), username=self._answers.bot_name
            )
            if not self._terminal.is_interactive:
                raise Stopped(note, code=FOUND)
            self._terminal.say(note)
            given = {key: self._terminal.ask_hidden(KEYS[key].about) for key in (USER_ID, AUTH_TOKEN)}
        self._stored.store(given)

    def _working_account(self) -> str:
        """Return the username of the account in the secret, empty if there is none that works."""
        values = self._stored.read().values
        user_id, token = values.get(USER_ID), values.get(AUTH_TOKEN)
        if not isinstance(user_id, str) or not isinstance(token, str):
            return ""
        try:
            me = server_as(Account(user_id, token), self._server_url, self._outbound).get(
                api.ME, self._deadline()
            )
        except errors.CredentialsRefused:
            return ""
        except errors.RocketChatError as error:
            raise Stopped(
                f"Rocket.Chat can't be asked at {self._server_url}: {error}. monitors-bot doctor says more.",
                code=FOUND,
            ) from error
        return str(me.get("username"))

    def _admin(self) -> Account | None:
        if self._answers.admin or not self._terminal.is_interactive:
            return self._answers.admin
        self._terminal.say(
            "With an admin's personal access token, setup makes the account. It is not kept. Leave it "
            "empty to have the steps explained."
        )
        user_id = self._terminal.ask("The admin's user id")
        return Account(user_id, self._terminal.ask_hidden("The admin's token")) if user_id else None

    def _mattermost(self) -> MattermostServer | None:
        url, token = self._installation.parameters.get("MattermostUrl", ""), self._answers.mattermost_token
        if not url:
            self._left.append(
                "Set MattermostUrl in the settings file and deploy again: then setup can make the slash "
                "command in Mattermost, and late answers arrive there."
            )
            return None
        if not token and self._terminal.is_interactive:
            token = self._terminal.ask_hidden(
                "A personal access token of Mattermost, to make the command (empty to do it by hand)"
            )
        return MattermostServer(url, token, self._outbound) if token else None

    def _wait_for_command(self) -> int:
        """Wait until somebody's command was answered, as the function's log tells."""
        if not self._answers.wait_seconds:
            return 0
        word = manifests.WORD
        self._terminal.say(
            f"\nNow type {word} in the chat (in a webhook's channel, {manifests.WEBHOOK_WORD})."
        )
        logs, group = self._installation.client("logs"), self._installation.resources["ChatLogs"]
        began = int(time.time() * 1000)
        while time.time() * 1000 < began + self._answers.wait_seconds * 1000:
            with stack.in_words():
                found = logs.filter_log_events(
                    logGroupName=group, startTime=began, filterPattern='"answered"'
                )
            for event in found["events"]:
                told = _json(event["message"])
                if told.get("message") == "answered" and not told.get("check"):
                    self._terminal.say(
                        f"✓ Answered on {told.get('platform')}: {told.get('outcome')}", style="green"
                    )
                    return 0
            time.sleep(POLL_SECONDS)
        self._terminal.say("No command has arrived yet. monitors-bot doctor says what is wrong.")
        return FOUND

    @cached_property
    def _server_url(self) -> str:
        return read_base_url(self._installation.environ("ChatFunction"), "ROCKETCHAT_URL")

    @cached_property
    def _outbound(self) -> Outbound:
        return Outbound(read_reach(self._stored.read().values)[0])

    @cached_property
    def _workspace(self) -> Workspace | None:
        admin = self._admin()
        if not admin:
            return None
        return Workspace(server_as(admin, self._server_url, self._outbound), self._outbound, self._server_url)

    def _permissions(self, chats: Sequence[str]) -> list[str]:
        return [*NEEDED, *(FOR_CUSTOMERS if SERVES_CUSTOMERS & set(chats) else ())]

    @staticmethod
    def _deadline() -> Deadline:
        return Deadline(time.time() + 10.0, time.time)


def read_admin(path: Path) -> Account:
    """Read an admin's user id and token, two lines of a file that nobody else may read. Raises Stopped."""
    lines = read_private_file(path).split()
    if len(lines) != 2:
        raise Stopped(f"{path} must hold two lines: the admin's user id, and a personal access token.")
    return Account(*lines)


def read_token(path: Path) -> str:
    """Read a token from a file that nobody else may read. Raises Stopped."""
    if not (token := read_private_file(path).strip()):
        raise Stopped(f"{path} is empty.")
    return token


def read_given(path: Path) -> dict[str, str]:
    """Read values of the secret from a JSON file that nobody else may read. Raises Stopped."""
    told = _json(read_private_file(path))
    if not told or any(name not in KEYS or not isinstance(value, str) for name, value in told.items()):
        raise Stopped(f"{path} must be a JSON object with keys of the secret, and a text for each.")
    return {name: str(value) for name, value in told.items()}


def _json(text: str) -> dict[str, object]:
    try:
        told = json.loads(text)
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}
