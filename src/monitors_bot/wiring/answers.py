"""The parts of the functions that answer people, and those of the chat function."""

import time
from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Protocol

from monitors_bot.aws import secret
from monitors_bot.aws.queues import SignedQueue
from monitors_bot.aws.secret import Secrets
from monitors_bot.aws.signed import SignedAws, SignedTable
from monitors_bot.aws.stores.rosters_in_time import RecordedRosters
from monitors_bot.deadline import Clock, Deadline
from monitors_bot.domain.answers.conversation import Command
from monitors_bot.domain.answers.knowledge import Knowledge
from monitors_bot.domain.units.access import Asker, MaySee, Sight
from monitors_bot.errors import MonitorsBotError
from monitors_bot.outbound import Outbound
from monitors_bot.platforms import Platform, ResponseUrl, Room
from monitors_bot.platforms.response_urls import ResponseUrls
from monitors_bot.rocketchat.api import RocketChat
from monitors_bot.rocketchat.directory import Directory
from monitors_bot.rocketchat.limits import Limits
from monitors_bot.rocketchat.memory import Memory
from monitors_bot.settings import LateAnswerSettings, host_of, read_chat
from monitors_bot.wiring.account import SecretAccount, SecretOutbound
from monitors_bot.wiring.platforms import PLATFORMS

if TYPE_CHECKING:  # loaded only when nothing is recorded
    from monitors_bot.aws.stores.documents import Documents
    from monitors_bot.domain.digests.order import Order


def asker_of(platform: Platform, command: Command) -> Asker:
    """Return who reads the answer to a command."""
    user_id = "" if platform.IS_PUBLIC else command.user_id
    return Asker(platform.NAME, user_id, command.room_id, command.team_id)


class Log(secret.Log, Protocol):
    """Receives what an operator should look at."""

    def run_ordered(self, order: "Order", *, is_queued: bool) -> None: ...


class AnswerParts:
    """The parts of a function that answers people: its methods build those that each command needs anew."""

    def __init__(
        self,
        environ: Mapping[str, str],
        settings: LateAnswerSettings,
        log: Log,
        now: Clock,
        platforms: Sequence[Platform],
        may_see: MaySee | None,
    ) -> None:
        self.now = now
        self._log = log
        self._settings = settings
        self._may_see = may_see
        self._to_aws = Outbound(now=now)
        self._aws = SignedAws(self._to_aws, environ)
        can_work = {platform.SECRET_KEY: platform.can_work for platform in platforms}
        self.secrets = Secrets(
            self._aws,
            settings.secret_id,
            frozenset(can_work),
            now,
            log,
            lambda key, secret: can_work[key](secret),
        )
        self._outbound = SecretOutbound(self.secrets, now)
        self.response_urls = ResponseUrls(self._outbound, settings.response_bases)
        self._account = SecretAccount(self.secrets)
        self._limits = Limits()
        self._memory = Memory()

    def server(self) -> RocketChat:
        """Build the server for one command, so that it counts that command's calls only."""
        url = self._settings.rocketchat_url
        return RocketChat(url, self._outbound, self._account, self._limits, self.now)

    def knowledge(
        self,
        asker: Asker,
        server: RocketChat,
        reading: Deadline,
        deadline: Deadline,
        asked_at: float | None = None,
    ) -> Knowledge:
        """Build the sources for one command: the server until `reading`, the records until `deadline`.

        `may_see`, where it was given, decides instead of the secret's access rules.
        """
        host = host_of(self._settings.rocketchat_url)
        directory = Directory(server, self._memory, self.now, host, reading)
        records = RecordedRosters(self._aws, self._settings.table_name, deadline, self._log.log_error)
        return Knowledge(
            directory,
            records,
            self._sight(asker, deadline),
            self.now,
            self.now() if asked_at is None else asked_at,
            partial(self._first_reading, deadline),
        )

    def _sight(self, asker: Asker, deadline: Deadline) -> Sight:
        if self._may_see:
            return Sight(asker, self._may_see)
        rules = self.secrets.current(deadline).access
        if not rules:
            return Sight(asker)
        return Sight(asker, rules, partial(rules.allows, asker), is_closed=rules.is_closed_to(asker))

    def _first_reading(self, deadline: Deadline) -> float | None:
        """Return when the last reading that a question asked for began; None if there is none, or unknown."""
        try:
            return self._reading_begun(self._table(deadline), deadline)
        # The built-in errors come from a document that makes no sense.
        except (MonitorsBotError, LookupError, TypeError, ValueError) as error:
            self._log.log_error(error)
            return None

    def _reading_begun(self, documents: "Documents", _: Deadline) -> float | None:
        from monitors_bot.aws.stores.first_readings import last_begun  # noqa: PLC0415 - only before the first run

        return last_begun(documents, self.now())

    def _table(self, deadline: Deadline) -> "Documents":
        from monitors_bot.aws.stores.documents import Documents  # noqa: PLC0415 - few commands need the table

        return Documents(SignedTable(self._aws, self._settings.table_name, deadline))

    def answers_late(self, platform: Platform) -> bool:
        """Whether late answers are set up for the platform."""
        return not platform.RESPONSE_URL_VARIABLE or platform.NAME in self._settings.response_bases

    def late_address(self, platform: Platform, command: Command) -> Room | ResponseUrl | None:
        """Return the address for a late answer; None if the command has none, or one that is not allowed."""
        address = platform.late_address(command)
        # The URL came with the request, so it is trusted only below the platform's own base.
        if isinstance(address, ResponseUrl) and not self.response_urls.allows(platform.NAME, address.url):
            return None
        return address

    def close(self) -> None:
        self._outbound.close()
        self._to_aws.close()


class ChatParts(AnswerParts):
    """The parts of the chat function."""

    def __init__(
        self,
        environ: Mapping[str, str],
        log: Log,
        now: Clock = time.time,
        platforms: Sequence[Platform] = PLATFORMS,
        may_see: MaySee | None = None,
    ) -> None:
        self.settings = read_chat(environ, platforms)
        super().__init__(environ, self.settings.answers, log, now, platforms, may_see)
        self.queue = SignedQueue(self._aws, self.settings.answers.queue_url)

    def _reading_begun(self, documents: "Documents", deadline: Deadline) -> float | None:
        """Begin the reading if none began lately: people see the answer, so only this function does it."""
        from monitors_bot.aws.stores.first_readings import FirstReadings  # noqa: PLC0415 - only before the first run

        return FirstReadings(documents, lambda order: self._queue_run(order, deadline), self.now).begin()

    def _queue_run(self, order: "Order", deadline: Deadline) -> None:
        from monitors_bot.domain.digests.slices import Slice  # noqa: PLC0415 - only before the first run

        SignedQueue(self._aws, self.settings.background_queue_url).put(Slice(order.id, 0), deadline)
        self._log.run_ordered(order, is_queued=True)
