"""The parts of the background worker. Nobody waits for it, so it may load boto3."""

from collections.abc import Callable, Mapping
from typing import Protocol

from monitors_bot.aws.messages import new_id
from monitors_bot.aws.queues import SdkQueue
from monitors_bot.aws.sdk import Sdk, SdkTable
from monitors_bot.aws.secret import Log, Secrets
from monitors_bot.aws.signed import SignedAws
from monitors_bot.aws.stores.channels import Channels
from monitors_bot.aws.stores.documents import Documents
from monitors_bot.aws.stores.rosters import Rosters
from monitors_bot.aws.stores.runs import Runs
from monitors_bot.aws.stores.windows import Windows
from monitors_bot.deadline import Clock, Deadline
from monitors_bot.domain.digests import slices
from monitors_bot.domain.digests.order import Post
from monitors_bot.domain.digests.run import Run
from monitors_bot.domain.digests.runner import Runner
from monitors_bot.domain.digests.teller import Teller
from monitors_bot.domain.notices import counting
from monitors_bot.domain.notices.messages import Notice
from monitors_bot.domain.notices.notifier import Notifier
from monitors_bot.domain.notices.window import Batch
from monitors_bot.domain.units.access import Asker, MaySee
from monitors_bot.domain.units.roster import Unit
from monitors_bot.outbound import Outbound
from monitors_bot.platforms.rocketchat import POSTS
from monitors_bot.platforms.rocketchat import digest as digests
from monitors_bot.platforms.rocketchat import notice as notices
from monitors_bot.rocketchat.api import RocketChat
from monitors_bot.rocketchat.departments import Department, department
from monitors_bot.rocketchat.directory import Directory
from monitors_bot.rocketchat.limits import Limits
from monitors_bot.rocketchat.memory import Cached, Memory
from monitors_bot.rocketchat.posting import Posts
from monitors_bot.settings import host_of, read_background
from monitors_bot.wiring.account import SecretAccount, SecretOutbound
from monitors_bot.zones import zone_or_utc

POSTING_SECONDS = READING_SECONDS = 10.0
REMEMBERED_SECONDS = 300
"""How long the name and the unit of a department, and the room of a channel, are remembered."""


class Telemetry(slices.Telemetry, counting.Telemetry, Log, Protocol):
    """What the parts tell an operator."""


class BackgroundParts:
    """The background queue, and the parts that handle its messages."""

    def __init__(
        self,
        environ: Mapping[str, str],
        telemetry: Telemetry,
        now: Clock,
        wait: Callable[[float], None],
        may_see: MaySee | None = None,
    ) -> None:
        settings = read_background(environ)
        aws = Sdk(environ)
        self._now = now
        self._may_see = may_see or self._rules_let_see
        self._url = settings.rocketchat_url
        self._notify_channel = settings.notify_channel
        self._to_aws = Outbound(now=now)
        signed = SignedAws(self._to_aws, environ)
        self._secrets = secrets = Secrets(signed, settings.secret_id, frozenset(), now, telemetry)
        self._account = SecretAccount(secrets)
        self._outbound = SecretOutbound(secrets, now)
        self._memory = Memory()
        self._limits = Limits()
        self._gentle = Limits(kept=1 - settings.refresh_share)
        self._posts = Posts(self._server(self._limits), now)
        self._documents = Documents(SdkTable(aws.client("dynamodb"), settings.table_name, wait))
        self._rosters = Rosters(self._documents)
        self._runs = Runs(self._documents, now)
        self.department_of = Cached(self._department, REMEMBERED_SECONDS, now)
        self._room_of = Cached(self._room, REMEMBERED_SECONDS, now)
        self.queue = SdkQueue(aws.client("sqs"), settings.background_queue_url)
        self.slices = slices.Slices(self._runs, self._work, self.queue, telemetry, now, wait)
        windows, seconds = Windows(self._documents, now), settings.notify_window_seconds
        self.counting = counting.Counting(windows, self, self.queue, telemetry, now, new_id, seconds)

    def notifier(self) -> Notifier:
        server = Directory(self._server(self._limits), self._memory, self._now, host_of(self._url))
        return Notifier(server, self._room_of, self._post, self._may_see)

    def post_events(self, unit_id: str, batch: Batch) -> None:
        self.notifier().post_events(unit_id, batch, self._notify_channel)

    def close(self) -> None:
        self._outbound.close()
        self._to_aws.close()

    def _work(self, run: Run, until: float) -> None:
        self._runner(run).advance(run, until)

    def _runner(self, run: Run) -> Runner:
        # A run that only refreshes the records leaves most of the rate limit to people's commands.
        limits = self._gentle if run.order.post is Post.NONE else self._limits
        server = Directory(self._server(limits), self._memory, self._now, host_of(self._url))
        channels = Channels(self._documents, self._room, self._send, digests.render, self._now)
        teller = Teller(server, self._rosters, channels, self._may_see, self._now, zone_or_utc)
        return Runner(server, self._rosters, teller, self._runs.save, self._now, self._may_see)

    def _rules_let_see(self, asker: Asker, unit: Unit) -> bool:
        """Whether everybody in a room of Rocket.Chat may see a unit; what goes to no room, nobody reads."""
        if not asker.room_id:
            return True
        rules = self._secrets.current(self._in(READING_SECONDS)).access
        return not rules or rules(asker._replace(platform=POSTS), unit)

    def _department(self, id_: str) -> Department:
        return department(self._server(self._limits), id_, self._in(READING_SECONDS))

    def _room(self, channel: str) -> str:
        return self._posts.room_of(channel, self._in(POSTING_SECONDS))

    def _send(self, message_id: str, room_id: str, thread_id: str, payload: Mapping[str, object]) -> None:
        self._posts.send(message_id, room_id, thread_id, payload, self._in(POSTING_SECONDS))

    def _post(self, message_id: str, room_id: str, notice: Notice) -> bool:
        self._send(message_id, room_id, "", notices.render(notice))
        return notices.notifies_somebody(notice)

    def _server(self, limits: Limits) -> RocketChat:
        return RocketChat(self._url, self._outbound, self._account, limits, self._now)

    def _in(self, seconds: float) -> Deadline:
        return Deadline(self._now() + seconds, self._now)
