"""The parts of the function that gives late answers. Nobody waits for it, so it may load boto3."""

import time
from collections.abc import Mapping, Sequence

from monitors_bot.aws.queues import SdkQueue
from monitors_bot.aws.sdk import Sdk, SdkTable
from monitors_bot.aws.stores.deliveries import Deliveries
from monitors_bot.aws.stores.documents import Documents
from monitors_bot.deadline import Clock
from monitors_bot.domain.units.access import MaySee
from monitors_bot.platforms import Platform
from monitors_bot.rocketchat.posting import Posts
from monitors_bot.settings import read_late_answers
from monitors_bot.wiring.answers import AnswerParts, Log
from monitors_bot.wiring.platforms import PLATFORMS


class LateAnswerParts(AnswerParts):
    """The parts of the function that gives late answers."""

    def __init__(
        self,
        environ: Mapping[str, str],
        log: Log,
        now: Clock = time.time,
        platforms: Sequence[Platform] = PLATFORMS,
        may_see: MaySee | None = None,
    ) -> None:
        settings = read_late_answers(environ, platforms)
        super().__init__(environ, settings, log, now, platforms, may_see)
        aws = Sdk(environ)
        self.queue = SdkQueue(aws.client("sqs"), settings.queue_url)
        table = SdkTable(aws.client("dynamodb"), settings.table_name)
        self.deliveries = Deliveries(Documents(table), now)
        self.posts = Posts(self.server(), now)
