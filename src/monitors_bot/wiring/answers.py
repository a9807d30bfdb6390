"""What the chat function is put together from, and whoever else answers people."""

import time
from collections.abc import Callable, Mapping

from monitors_bot.aws.queues import SignedQueue
from monitors_bot.aws.secret import Secrets
from monitors_bot.aws.signed import SignedAws
from monitors_bot.aws.stores.rosters_in_time import RecordedRosters
from monitors_bot.deadline import Clock, Deadline
from monitors_bot.domain.answers.conversation import Command
from monitors_bot.domain.answers.knowledge import Knowledge
from monitors_bot.outbound import Outbound
from monitors_bot.platforms import Platform, mattermost, slack
from monitors_bot.platforms.response_urls import ResponseUrls
from monitors_bot.platforms.rocketchat import command as rocketchat
from monitors_bot.rocketchat.api import RocketChat
from monitors_bot.rocketchat.directory import ChatDirectory, Memory
from monitors_bot.rocketchat.limits import Limits
from monitors_bot.settings import LateAnswerSettings, host_of, read_chat
from monitors_bot.wiring.account import SecretAccount

PLATFORMS: tuple[Platform, ...] = (rocketchat, slack, mattermost)


class Answering:
    """What every function that answers people keeps between them, and builds for each."""

    def __init__(
        self,
        environ: Mapping[str, str],
        settings: LateAnswerSettings,
        on_wrong_keys: Callable[[tuple[str, ...]], None],
        now: Clock = time.time,
        on_trouble: Callable[[Exception], None] = lambda _: None,
    ) -> None:
        self.now = now
        self._on_trouble = on_trouble
        self._settings = settings
        self._outbound = Outbound()
        self._aws = SignedAws(self._outbound, environ)
        keys = frozenset(platform.SECRET_KEY for platform in PLATFORMS)
        self.secrets = Secrets(self._aws, self._settings.secret_id, keys, now, on_wrong_keys)
        self.response_urls = ResponseUrls(self._outbound, self._settings.response_bases)
        self._account = SecretAccount(self.secrets)
        self._limits = Limits()
        self._memory = Memory()

    def server(self) -> RocketChat:
        """The server for one command: it counts what that command costs."""
        url = self._settings.rocketchat_url
        return RocketChat(url, self._outbound, self._account, self._limits, self.now)

    def knowledge(
        self, server: RocketChat, reading: Deadline, deadline: Deadline, asked_at: float | None = None
    ) -> Knowledge:
        """What one command is answered from: the server by the one deadline, our records by the other."""
        host = host_of(self._settings.rocketchat_url)
        directory = ChatDirectory(server, self._memory, reading, self.now, host)
        records = RecordedRosters(self._aws, self._settings.table_name, deadline, self._on_trouble)
        return Knowledge(directory, records, self.now, self.now() if asked_at is None else asked_at)

    def can_answer_late(self, platform: str, command: Command) -> bool:
        """Whether there is a place where a late answer to the command may go."""
        if platform == rocketchat.NAME:
            return bool(command.room_id)
        return self.response_urls.allows(platform, command.response_url)

    def close(self) -> None:
        self._outbound.close()


class Chat(Answering):
    """What the chat function works with."""

    def __init__(
        self,
        environ: Mapping[str, str],
        on_wrong_keys: Callable[[tuple[str, ...]], None],
        now: Clock = time.time,
        on_trouble: Callable[[Exception], None] = lambda _: None,
    ) -> None:
        self.settings = read_chat(environ)
        super().__init__(environ, self.settings, on_wrong_keys, now, on_trouble)
        self.queue = SignedQueue(self._aws, self.settings.queue_url)
