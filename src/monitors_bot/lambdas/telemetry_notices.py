"""What is told of notices to whoever runs the bot; never what they say."""

import logging

from monitors_bot.lambdas.telemetry import Observer


class NoticeObserver(Observer):
    """The log and the metrics of one process that has to do with notices."""

    def notice_queued(self, what: str, notice_id: str) -> None:
        self.tell(logging.INFO, "notice queued", notice=notice_id, what=what)

    def notice_posted(self, what: str, notice_id: str, at: float) -> None:
        self.tell(logging.INFO, "notice posted", notice=notice_id, what=what)
        self.measure(at, {}, NoticesPosted=(1, "Count"))

    def notice_failed(self, error: Exception, at: float) -> None:
        """Report a notice that is not posted, or not as it should be, and will not be tried again."""
        self.trouble(error)
        self.measure(at, {}, NoticesFailed=(1, "Count"))
