"""What is set up for each chat and system that calls the bot: its secret, and what is filled in there."""

import json
import webbrowser
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from monitors_bot.aws.secret import USER_ID
from monitors_bot_cli import manifests
from monitors_bot_cli.installation import Installation
from monitors_bot_cli.mattermost_server import MattermostServer
from monitors_bot_cli.problems import Stopped
from monitors_bot_cli.secret_keys import KEYS, problem_of, values_of
from monitors_bot_cli.stored_secret import StoredSecret, Values
from monitors_bot_cli.terminal import Terminal
from monitors_bot_cli.workspace import Workspace

CHATS = {
    "rocketchat-app": "rocketchat_app_secret",
    "rocketchat-webhook": "rocketchat_webhook_token",
    "slack": "slack_signing_secret",
    "mattermost": "mattermost_token",
    "pages": "webhook_secret",
    "omnichannel": "rocketchat_livechat_token",
}
"""What can be connected, with the key that its requests are proved by."""
NEEDS_ADMIN = {"rocketchat-webhook", "omnichannel"}
"""What an admin's token can connect."""
SERVES_CUSTOMERS = {"rocketchat-app", "omnichannel"}


@dataclass
class Chats:
    """Connects chats; `left` collects what only a person can do."""

    installation: Installation
    stored: StoredSecret
    terminal: Terminal
    workspace: Workspace | None
    """Rocket.Chat as an admin sees it, if an admin's account was given."""
    username: str
    """The bot's, in Rocket.Chat."""
    given: Mapping[str, str] = field(default_factory=dict, repr=False)
    channel: str = ""
    mattermost: MattermostServer | None = None
    """Mattermost, if a token for it was given."""
    teams: Sequence[str] = ()
    """The names of the teams in Mattermost that get the command."""
    left: list[str] = field(default_factory=list)

    @property
    def _api_url(self) -> str:
        return self.installation.outputs["ApiUrl"]

    def connect(self, chat: str) -> str:
        """Do what can be done for a chat, and say what that was. Raises Stopped."""
        key = KEYS[CHATS[chat]]
        if not self._has(key.name):
            if key.make:
                self.stored.store({key.name: key.make()})
            elif chat != "mattermost" or not self.mattermost:  # which makes the token itself
                self._ask_for(key.name)
        connect = {
            "rocketchat-app": self._connect_app,
            "rocketchat-webhook": self._connect_webhook,
            "slack": self._connect_slack,
            "mattermost": self._connect_mattermost,
            "pages": self._connect_pages,
            "omnichannel": self._connect_omnichannel,
        }
        return connect[chat]()

    def _connect_app(self) -> str:
        self.left.append(
            "Install the app: Administration, Marketplace, Private Apps, Upload Private App, monitors.zip. "
            f"In its settings: Address of the bot {manifests.app_address(self._api_url)}; Secret: "
            f"{self._command('secret get rocketchat_app_secret --show')}"
        )
        return "its secret is stored"

    def _connect_webhook(self) -> str:
        token = self._first("rocketchat_webhook_token")
        if not self.workspace or not self.channel:
            self.left.append(
                "Create the outgoing webhook: docs/rocketchat.md#the-webhook. Token: "
                f"{self._command('secret get rocketchat_webhook_token --show')}. Or run setup again with "
                "--admin-file and --channel."
            )
            return "its token is stored"
        wanted = manifests.rocketchat_webhook(self._api_url, token, self.username, self.channel)
        is_new = self.workspace.make_webhook(wanted)
        self.workspace.invite(str(self.stored.read().values[USER_ID]), self.channel)
        return f"{'created' if is_new else 'there already'}: {manifests.WEBHOOK_WORD} in {self.channel}"

    def _connect_slack(self) -> str:
        self.terminal.say(json.dumps(manifests.slack_manifest(self._api_url), indent=2))
        page = manifests.slack_page(self._api_url)
        if self.terminal.is_interactive:
            webbrowser.open(page)
        self.left.append(f"Make the Slack app from the manifest above, and install it: {page}")
        return (
            "its signing secret is stored" if self._has("slack_signing_secret") else "its secret is missing"
        )

    def _connect_mattermost(self) -> str:
        wanted = manifests.mattermost_command(self._api_url)
        if self.mattermost:
            return self._make_commands(self.mattermost, wanted)
        fields = ", ".join(f"{name}: {value}" for name, value in wanted.items())
        self.left.append(f"Create the slash command: Integrations, Slash Commands, Add. {fields}")
        return "its token is stored" if self._has("mattermost_token") else "its token is missing"

    def _make_commands(self, server: MattermostServer, wanted: Mapping[str, object]) -> str:
        """Make the command in each team, and keep its token beside those that are stored."""
        made = [server.make_command(team_id, wanted) for team_id in server.team_ids(self.teams)]

        def keep(values: Values) -> None:
            known = values_of(values.get("mattermost_token"))
            every = [*known, *(token for token in made if token and token not in known)]
            if every:
                values["mattermost_token"] = every if len(every) > 1 else every[0]

        self.stored.change(keep)
        if all(made):
            return f"/{wanted['trigger']} is there"
        self.left.append(
            f"Another /{wanted['trigger']} is in that team of Mattermost: left alone. Rename it, "
            "then run setup again."
        )
        return f"another /{wanted['trigger']} is there: left alone"

    def _connect_pages(self) -> str:
        self.left.append(
            f"Let systems send pages to {self.installation.outputs['PageUrl']}: docs/pages.md. Secret: "
            f"{self._command('secret get webhook_secret --show')}"
        )
        return "their secret is stored"

    def _connect_omnichannel(self) -> str:
        wanted = manifests.omnichannel_webhook(self._api_url, self._first("rocketchat_livechat_token"))
        if self.workspace and self.workspace.set_omnichannel(wanted):
            return "the Omnichannel webhook points here"
        self.left.append(
            f"Omnichannel, Webhooks: Webhook URL {wanted['LivechatWebhookUrl']}; Secret Token: "
            f"{self._command('secret get rocketchat_livechat_token --show')}; events: docs/omnichannel.md"
        )
        return "it points elsewhere: left alone" if self.workspace else "its token is stored"

    def _ask_for(self, name: str) -> None:
        """Ask for what only the other side knows; without an answer, it is left to do."""
        value = self.given.get(name, "")
        if not value and self.terminal.is_interactive:
            value = self.terminal.ask_hidden(f"{KEYS[name].about} (empty if you do not have it yet)")
        if not value:
            self.left.append(
                f"{KEYS[name].where}: copy the {KEYS[name].about}; {self._command(f'secret set {name}')}"
            )
            return
        if problem := problem_of(KEYS[name], value):
            raise Stopped(f"{name} is not stored: {problem}.")
        self.stored.store({name: value})

    def _has(self, name: str) -> bool:
        return not problem_of(KEYS[name], self.stored.read().values.get(name))

    def _first(self, name: str) -> str:
        value = self.stored.read().values.get(name)
        return str(value[0] if isinstance(value, list) else value)

    def _command(self, words: str) -> str:
        environment = self.installation.environment
        return f"monitors-bot {words}" + ("" if environment == "dev" else f" --env {environment}")
