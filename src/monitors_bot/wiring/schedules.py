"""The parts of the schedule function: a table and a queue, and no chat server."""

from collections.abc import Callable, Mapping

from monitors_bot.aws.queues import SdkQueue
from monitors_bot.aws.sdk import Sdk, SdkTable
from monitors_bot.aws.stores.documents import Documents
from monitors_bot.aws.stores.runs import Runs
from monitors_bot.settings import read_schedule


class ScheduleParts:
    """The records of the runs, and the queue for their messages."""

    def __init__(self, environ: Mapping[str, str], now: Callable[[], float]) -> None:
        settings = read_schedule(environ)
        aws = Sdk(environ)
        self.queue = SdkQueue(aws.client("sqs"), settings.background_queue_url)
        self.runs = Runs(Documents(SdkTable(aws.client("dynamodb"), settings.table_name)), now)
