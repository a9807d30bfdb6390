"""The parts of the webhook function, without an SDK: its callers wait for a few seconds only."""

from collections.abc import Mapping

from monitors_bot.aws.queues import SignedQueue
from monitors_bot.aws.secret import Log, Secrets
from monitors_bot.aws.signed import SignedAws, SignedTable
from monitors_bot.aws.stores.documents import Documents
from monitors_bot.aws.stores.seen_pages import SeenPages
from monitors_bot.deadline import Clock, Deadline
from monitors_bot.outbound import Outbound
from monitors_bot.platforms.webhooks import omnichannel, page
from monitors_bot.settings import read_webhooks

USABLE = {page.SECRET_KEY: page.usable, omnichannel.SECRET_KEY: omnichannel.usable}


class WebhookParts:
    """The secret for checking callers, the queue for notices, and the pages seen before."""

    def __init__(
        self,
        environ: Mapping[str, str],
        log: Log,
        now: Clock,
    ) -> None:
        self._now = now
        self.settings = read_webhooks(environ)
        self._aws = SignedAws(Outbound(now=now), environ)
        self.secrets = Secrets(self._aws, self.settings.secret_id, frozenset(USABLE), now, log, _can_work)
        self.queue = SignedQueue(self._aws, self.settings.background_queue_url)

    def seen_pages(self, deadline: Deadline) -> SeenPages:
        return SeenPages(Documents(SignedTable(self._aws, self.settings.table_name, deadline)), self._now)


def _can_work(key: str, secret: str) -> bool:
    return bool(USABLE[key]([secret]))
