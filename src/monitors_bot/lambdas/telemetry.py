"""What a function tells whoever runs it: log fields and metrics; never a body, a header or a secret.

Lambda's own runtime writes the log as JSON with each `extra` as a field and the request's id, and CloudWatch
takes metrics from lines in its Embedded Metric Format: nothing more has to be loaded for either.
https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
"""

import json
import logging
from collections.abc import Mapping

from monitors_bot.domain.answers.conversation import FAILED, Reply

NAMESPACE = "MonitorsBot"
SERVICE = "monitors-bot"


class Observer:
    """The log and the metrics of one process."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self._service = environ.get("POWERTOOLS_SERVICE_NAME") or SERVICE
        self._namespace = environ.get("POWERTOOLS_METRICS_NAMESPACE") or NAMESPACE
        self._log = logging.getLogger("monitors_bot")
        for talkative in ("boto3", "botocore", "urllib3"):  # at DEBUG they tell tokens and addresses
            logging.getLogger(talkative).setLevel(logging.INFO)
        self._about: dict[str, object] = {}
        self._is_cold = True

    def begins(self, correlation_id: str, route: str) -> None:
        """Put the same fields on every line about this request."""
        self._about = {"correlation_id": correlation_id, "route": route, "cold_start": self._is_cold}
        self._is_cold = False

    def answered(
        self, platform: str, reply: Reply, at: float, *, seconds: float, calls: int, waited: float
    ) -> None:
        outcome, failed = reply.outcome.value, int(reply.outcome in FAILED)
        fields = {"seconds": round(seconds, 3), "upstream_calls": calls, "upstream_seconds": round(waited, 3)}
        why = {"why": reply.why} if reply.why else {}
        level = logging.WARNING if failed else logging.INFO
        self.tell(level, "answered", platform=platform, outcome=outcome, **fields, **why)
        # Each combination of dimensions is a metric to pay for.
        self.measure(at, {"platform": platform, "outcome": outcome}, Answers=(1, "Count"))
        self.measure(at, {}, AnswersFailed=(failed, "Count"), UpstreamTime=(waited * 1000, "Milliseconds"))

    def late_answer(self, how: str, at: float) -> None:
        """Report how a promised answer ended."""
        self.tell(logging.INFO, "late answer", outcome=how)
        self.measure(at, {"outcome": how}, LateAnswers=(1, "Count"))

    def ignored(self, platform: str) -> None:
        self.tell(logging.INFO, "ignored", platform=platform)

    def turned_away(self, status: int, why: str) -> None:
        self.tell(logging.INFO, "turned away", status=status, why=why)

    def trouble(self, error: Exception) -> None:
        """Report an error of our own tree that whoever runs the bot should look at."""
        self.tell(logging.ERROR, "trouble", kind=type(error).__name__, why=str(error))

    def crashed(self) -> None:
        self._log.exception("crashed", extra=self._about)

    def wrong_keys(self, keys: tuple[str, ...]) -> None:
        self.tell(logging.ERROR, "the secret has keys that are missing or can't be used", keys=list(keys))

    def tell(self, level: int, message: str, **fields: object) -> None:
        self._log.log(level, message, extra={**self._about, **fields})

    def measure(self, at: float, dimensions: Mapping[str, str], **metrics: tuple[float, str]) -> None:
        named = {"service": self._service, **dimensions}
        directive = {
            "Namespace": self._namespace,
            "Dimensions": [list(named)],
            "Metrics": [{"Name": name, "Unit": unit} for name, (_, unit) in metrics.items()],
        }
        values = {name: value for name, (value, _) in metrics.items()}
        about = {"Timestamp": int(at * 1000), "CloudWatchMetrics": [directive]}
        print(json.dumps({"_aws": about, **named, **values}))  # noqa: T201 - standard output is where metrics go
