"""The one place where concrete things are built and put together."""

import time
from collections.abc import Callable, Mapping

from monitors_bot.aws.secrets import Secret, Secrets
from monitors_bot.aws.signed import SignedAws
from monitors_bot.domain.bot import Bot
from monitors_bot.errors import SecretUnreachable, SettingsError
from monitors_bot.outbound import Outbound
from monitors_bot.platforms import Platform, mattermost, rocketchat, slack
from monitors_bot.rocketchat.directory import ChatDirectory, Memory
from monitors_bot.rocketchat.limits import Limits
from monitors_bot.rocketchat.rest import Account, RocketChat
from monitors_bot.settings import read_chat_settings
from monitors_bot.web import Deadline

Clock = Callable[[], float]
PLATFORMS: tuple[Platform, ...] = (rocketchat, slack, mattermost)


class SecretAccount:
    """The bot's account on Rocket.Chat, as the secret holds it."""

    def __init__(self, secrets: Secrets) -> None:
        self._secrets = secrets

    def current(self, deadline: Deadline) -> Account:
        return _account(self._secrets.current(deadline))

    def instead_of(self, refused: Account, deadline: Deadline) -> Account | None:
        try:
            secret = self._secrets.instead_of(refused.user_id, refused.token, deadline)
        except SecretUnreachable:
            return None
        return _account(secret) if secret else None


class Chat:
    """What the chat function keeps between commands, and builds for each."""

    def __init__(
        self,
        environ: Mapping[str, str],
        on_wrong_keys: Callable[[tuple[str, ...]], None],
        now: Clock = time.time,
    ) -> None:
        self.now = now
        self.settings = read_chat_settings(environ)
        self._outbound = Outbound()
        keys = frozenset(platform.SECRET_KEY for platform in PLATFORMS)
        aws = SignedAws(self._outbound, environ)
        self.secrets = Secrets(aws, self.settings.secret_id, keys, now, on_wrong_keys)
        self._account = SecretAccount(self.secrets)
        self._limits = Limits()
        self._memory = Memory()

    def seconds_for(self, platform: Platform) -> float:
        """How long an answer may take; Slack itself waits three seconds."""
        return (
            self.settings.reply_deadline if platform.NAME == slack.NAME else self.settings.long_reply_deadline
        )

    def server(self) -> RocketChat:
        """The server for one command: it counts what that command costs."""
        url = self.settings.rocketchat_url
        return RocketChat(url, self._outbound, self._account, self._limits, self.now)

    def bot(self, server: RocketChat, deadline: Deadline) -> Bot:
        return Bot(ChatDirectory(server, self._memory, deadline, self.now, self.settings.host))

    def close(self) -> None:
        self._outbound.close()


def _account(secret: Secret) -> Account:
    if not secret.user_id or not secret.auth_token:
        raise SettingsError("the secret lacks the account on Rocket.Chat")
    return Account(secret.user_id, secret.auth_token)
