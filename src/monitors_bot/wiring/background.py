"""What the schedule function and the background worker are put together from."""

import time
from collections.abc import Callable, Mapping

from monitors_bot.aws.queues import Queue
from monitors_bot.aws.sdk import Sdk
from monitors_bot.aws.secret import Secrets
from monitors_bot.aws.signed import SignedAws
from monitors_bot.aws.stores.channels import Channels
from monitors_bot.aws.stores.documents import Documents
from monitors_bot.aws.stores.rosters import Rosters
from monitors_bot.aws.stores.runs import Runs
from monitors_bot.aws.stores.windows import Windows
from monitors_bot.aws.tables import SdkTable
from monitors_bot.deadline import Deadline
from monitors_bot.domain.digests.order import Post
from monitors_bot.domain.digests.run import Run
from monitors_bot.domain.digests.runner import Runner
from monitors_bot.domain.notices.messages import Notice
from monitors_bot.domain.notices.notifier import Notifier
from monitors_bot.outbound import Outbound
from monitors_bot.platforms.rocketchat import digest as digests
from monitors_bot.platforms.rocketchat import notice as notices
from monitors_bot.rocketchat.api import RocketChat
from monitors_bot.rocketchat.departments import Department, department
from monitors_bot.rocketchat.directory import Memory
from monitors_bot.rocketchat.limits import Limits
from monitors_bot.rocketchat.memory import Remembered
from monitors_bot.rocketchat.posting import Posts
from monitors_bot.rocketchat.survey import ChatSurvey
from monitors_bot.settings import ScheduleSettings, host_of, read_background, read_schedule
from monitors_bot.wiring.answers import Clock, SecretAccount

POSTING_SECONDS = READING_SECONDS = 10.0
PLACES_LAST_SECONDS = 300
"""How long it is remembered what channels and departments are called, and where they belong."""


class Schedules:
    """What the schedule function works with."""

    def __init__(
        self, environ: Mapping[str, str], now: Clock = time.time, settings: ScheduleSettings | None = None
    ) -> None:
        settings = settings or read_schedule(environ)
        aws = Sdk(environ)
        self.queue = Queue(aws.client("sqs"), settings.background_queue_url)
        self.runs = Runs(Documents(SdkTable(aws.client("dynamodb"), settings.table_name)), now)


class Background(Schedules):
    """What the background worker works with."""

    def __init__(
        self,
        environ: Mapping[str, str],
        on_wrong_keys: Callable[[tuple[str, ...]], None],
        now: Clock = time.time,
    ) -> None:
        settings = read_background(environ)
        super().__init__(environ, now, settings)
        self._now = now
        self._url = settings.rocketchat_url
        self._outbound = Outbound()
        secrets = Secrets(
            SignedAws(self._outbound, environ), settings.secret_id, frozenset(), now, on_wrong_keys
        )
        self._account = SecretAccount(secrets)
        self._memory = Memory()
        self._limits = Limits()
        self._gentle = Limits(kept=1 - settings.refresh_share)
        self.documents = self.runs.documents
        self.rosters = Rosters(self.documents)
        self.windows = Windows(self.documents, now)
        self.notify_channel = settings.notify_channel
        self.window_seconds = settings.notify_window_seconds
        self.department_of = Remembered(self._department, PLACES_LAST_SECONDS, now)
        self._room_of = Remembered(self._room, PLACES_LAST_SECONDS, now)

    def runner(self, run: Run) -> Runner:
        """Who goes on with a run: one that only refreshes the records leaves the server to others."""
        limits = self._gentle if run.order.post is Post.NONE else self._limits
        survey = ChatSurvey(self._server(limits), self._memory, self._now, host_of(self._url))
        posts = Posts(self._server(self._limits))
        channels = Channels(
            self.documents,
            lambda channel: posts.room_of(channel, self._in(POSTING_SECONDS)),
            lambda id_, room_id, payload: posts.send(id_, room_id, "", payload, self._in(POSTING_SECONDS)),
            digests.render,
        )
        return Runner(survey, self.rosters, channels, self.runs.save, self._now)

    def notifier(self) -> Notifier:
        survey = ChatSurvey(self._server(self._limits), self._memory, self._now, host_of(self._url))
        return Notifier(survey, self._room_of, self._post)

    def close(self) -> None:
        self._outbound.close()

    def _department(self, id_: str) -> Department:
        return department(self._server(self._limits), id_, self._in(READING_SECONDS))

    def _room(self, channel: str) -> str:
        return Posts(self._server(self._limits)).room_of(channel, self._in(POSTING_SECONDS))

    def _post(self, message_id: str, room_id: str, notice: Notice) -> None:
        posts = Posts(self._server(self._limits))
        posts.send(message_id, room_id, "", notices.render(notice), self._in(POSTING_SECONDS))

    def _server(self, limits: Limits) -> RocketChat:
        return RocketChat(self._url, self._outbound, self._account, limits, self._now)

    def _in(self, seconds: float) -> Deadline:
        return Deadline(self._now() + seconds, self._now)
