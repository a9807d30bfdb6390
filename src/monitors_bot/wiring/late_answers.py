"""What the worker for late answers is put together from."""

import time
from collections.abc import Callable, Mapping

from monitors_bot.aws.queues import SdkQueue
from monitors_bot.aws.sdk import Sdk, SdkTable
from monitors_bot.aws.stores.deliveries import Deliveries
from monitors_bot.aws.stores.documents import Documents
from monitors_bot.deadline import Clock
from monitors_bot.rocketchat.posting import Posts
from monitors_bot.settings import read_late_answers
from monitors_bot.wiring.answers import Answering


class Worker(Answering):
    """What the worker for late answers works with: nobody waits for it, so it may load boto3."""

    def __init__(
        self,
        environ: Mapping[str, str],
        on_wrong_keys: Callable[[tuple[str, ...]], None],
        now: Clock = time.time,
        on_trouble: Callable[[Exception], None] = lambda _: None,
    ) -> None:
        settings = read_late_answers(environ)
        super().__init__(environ, settings, on_wrong_keys, now, on_trouble)
        aws = Sdk(environ)
        self.queue = SdkQueue(aws.client("sqs"), settings.queue_url)
        table = SdkTable(aws.client("dynamodb"), settings.table_name)
        self.deliveries = Deliveries(Documents(table), now)
        self.posts = Posts(self.server())
