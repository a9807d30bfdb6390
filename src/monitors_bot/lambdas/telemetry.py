"""The log and the metrics of every function. They never contain a body, a header or a secret.

Neither needs a library. Lambda's own runtime writes the log as JSON, with each `extra` as a field and the id
of the request. CloudWatch reads metrics from log lines in its Embedded Metric Format.
https://docs.aws.amazon.com/lambda/latest/dg/python-logging.html
https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
"""

import json
import logging
from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # each function loads only its own wing of the domain
    from monitors_bot.domain.answers.conversation import Reply
    from monitors_bot.domain.digests.order import Order
    from monitors_bot.domain.digests.run import Run

NAMESPACE = "MonitorsBot"
SERVICE = "monitors-bot"
TALKATIVE = {"boto3": logging.INFO, "botocore": logging.INFO, "urllib3": logging.ERROR}
"""Loggers that write tokens and addresses at DEBUG; urllib3's warnings also quote what a server sent."""


class Telemetry:
    """The log and the metrics of one process."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self._service = environ.get("POWERTOOLS_SERVICE_NAME") or SERVICE
        self._namespace = environ.get("POWERTOOLS_METRICS_NAMESPACE") or NAMESPACE
        self._log = logging.getLogger("monitors_bot")
        for name, level in TALKATIVE.items():
            logging.getLogger(name).setLevel(level)
        self._common: dict[str, object] = {}
        self._is_cold = True

    def begin(self, correlation_id: str, route: str) -> None:
        """Set the fields of every log line about this request or message."""
        self._common = {"correlation_id": correlation_id, "route": route, "cold_start": self._is_cold}
        self._is_cold = False

    def answered(
        self, platform: str, reply: "Reply", at: float, *, seconds: float, calls: int, waited: float
    ) -> None:
        outcome, failed = reply.outcome.value, int(reply.outcome.is_failure)
        fields = {"seconds": round(seconds, 3), "upstream_calls": calls, "upstream_seconds": round(waited, 3)}
        why = {"why": reply.why} if reply.why else {}
        level = logging.WARNING if failed else logging.INFO
        self._write(level, "answered", platform=platform, outcome=outcome, **fields, **why)
        # CloudWatch charges for each combination of dimensions, so these have no dimensions of their own.
        self._measure(at, {"platform": platform, "outcome": outcome}, Answers=(1, "Count"))
        self._measure(at, {}, AnswersFailed=(failed, "Count"), UpstreamTime=(waited * 1000, "Milliseconds"))

    def late_answer(self, how: str, at: float) -> None:
        """Log and count how a promised answer ended."""
        self._write(logging.INFO, "late answer", outcome=how)
        self._measure(at, {"outcome": how}, LateAnswers=(1, "Count"))

    def ignored(self, platform: str) -> None:
        self._write(logging.INFO, "ignored", platform=platform)

    def turned_away(self, status: int, why: str) -> None:
        self._write(logging.INFO, "turned away", status=status, why=why)

    def request_failed(self, at: float) -> None:
        """Count a request that is answered with 503; the lines before it say why."""
        self._measure(at, {}, RequestsFailed=(1, "Count"))

    def log_error(self, error: Exception) -> None:
        """Log one of our own errors that an operator should look at."""
        self._write(logging.ERROR, "trouble", kind=type(error).__name__, why=str(error))

    def crashed(self) -> None:
        self._log.exception("crashed", extra=self._common)

    def unusable_keys(self, keys: tuple[str, ...]) -> None:
        self._write(logging.ERROR, "the secret has keys that are missing or can't be used", keys=list(keys))

    def run_ordered(self, order: "Order", *, is_queued: bool) -> None:
        """Log a tick of a schedule; it is skipped if it is a repeat, or the last run still goes on."""
        self._write(logging.INFO, "run ordered" if is_queued else "run skipped", run=order.run)

    def run_refused(self, at: float) -> None:
        self._measure(at, {}, RunsFailed=(1, "Count"))

    def run_continues(self, run: "Run", at: float) -> None:
        wait = round(run.not_before - at, 1)
        self._write(logging.INFO, "run continues", read=run.cursor, units=len(run.units), wait_seconds=wait)
        self._measure_lag(run, at)

    def run_over(self, run: "Run", at: float) -> None:
        failed, read = run.unread, run.cursor - run.unread
        level = logging.INFO if run.is_well and not failed else logging.ERROR
        self._write(
            level,
            "run over",
            outcome=run.outcome,
            read=read,
            changed=run.changed,
            failed=failed,
            why=run.why,
            seconds=round(at - run.began_at, 1),
            problems=run.order_problems,
        )
        self._measure(
            at,
            {},
            UnitsRead=(read, "Count"),
            UnitsChanged=(run.changed, "Count"),
            UnitsFailed=(failed, "Count"),
            RunsFailed=(int(not run.is_well), "Count"),
        )
        # Each metric in use is paid for, so this one comes only from runs that were cut off.
        if run.is_cut_off:
            self._measure(at, {}, RunsCutOff=(1, "Count"))
        self._measure_lag(run, at)

    def notice_queued(self, what: str, notice_id: str) -> None:
        self._write(logging.INFO, "notice queued", notice=notice_id, what=what)

    def notice_posted(self, what: str, notice_id: str, at: float) -> None:
        self._write(logging.INFO, "notice posted", notice=notice_id, what=what)
        self._measure(at, {}, NoticesPosted=(1, "Count"))

    def page_failed(self, notice_id: str, unit: str, why: str, at: float) -> None:
        """Log a page that called nobody it was meant for, posted or not."""
        self._write(logging.WARNING, "page called nobody", notice=notice_id, unit=unit, why=why)
        self._measure(at, {}, NoticesFailed=(1, "Count"))

    def notice_failed(self, error: Exception, at: float) -> None:
        """Log a notice that was not posted, or posted without its mentions, and is not retried."""
        self.log_error(error)
        self._measure(at, {}, NoticesFailed=(1, "Count"))

    def _measure_lag(self, run: "Run", at: float) -> None:
        """Measure how long a run takes, but only if it posts: nobody waits for one that only records."""
        if run.posts:
            self._measure(at, {}, RunLag=(at - run.began_at, "Seconds"))

    def _write(self, level: int, message: str, **fields: object) -> None:
        self._log.log(level, message, extra={**self._common, **fields})

    def _measure(self, at: float, dimensions: Mapping[str, str], **metrics: tuple[float, str]) -> None:
        named = {"service": self._service, **dimensions}
        directive = {
            "Namespace": self._namespace,
            "Dimensions": [list(named)],
            "Metrics": [{"Name": name, "Unit": unit} for name, (_, unit) in metrics.items()],
        }
        values = {name: value for name, (value, _) in metrics.items()}
        about = {"Timestamp": int(at * 1000), "CloudWatchMetrics": [directive]}
        print(json.dumps({"_aws": about, **named, **values}))  # noqa: T201 - CloudWatch reads standard output
