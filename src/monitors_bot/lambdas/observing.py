"""What a function tells whoever runs it: logs as JSON, metrics as EMF; never a body, a header or a secret."""

from collections.abc import Mapping

from aws_lambda_powertools import Logger
from aws_lambda_powertools.metrics import EphemeralMetrics, MetricUnit

from monitors_bot.domain.conversation import FAILED, Outcome

NAMESPACE = "MonitorsBot"
SERVICE = "monitors-bot"


class Observer:
    """The log and the metrics of one process."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self._service = environ.get("POWERTOOLS_SERVICE_NAME") or SERVICE
        self._namespace = environ.get("POWERTOOLS_METRICS_NAMESPACE") or NAMESPACE
        self._log = Logger(service=self._service)
        self._cold = True

    def begins(self, request_id: str, route: str) -> None:
        """Put the same keys on every line about this request."""
        self._log.set_correlation_id(request_id)
        self._log.append_keys(route=route, cold_start=self._cold)
        self._cold = False

    def answered(self, platform: str, outcome: Outcome, *, seconds: float, calls: int, waited: float) -> None:
        fields = {"seconds": round(seconds, 3), "upstream_calls": calls, "upstream_seconds": round(waited, 3)}
        self._log.info("answered", extra={"platform": platform, "outcome": outcome.value, **fields})
        by_outcome = self._metrics()
        by_outcome.add_dimension("platform", platform)
        by_outcome.add_dimension("outcome", outcome.value)
        by_outcome.add_metric("Answers", MetricUnit.Count, 1)
        by_outcome.flush_metrics()
        overall = self._metrics()  # each combination of dimensions is a metric to pay for
        overall.add_metric("AnswersFailed", MetricUnit.Count, float(outcome in FAILED))
        overall.add_metric("UpstreamTime", MetricUnit.Milliseconds, waited * 1000)
        overall.flush_metrics()

    def ignored(self, platform: str) -> None:
        self._log.info("ignored", extra={"platform": platform})

    def turned_away(self, status: int, why: str) -> None:
        self._log.info("turned away", extra={"status": status, "why": why})

    def trouble(self, error: Exception) -> None:
        """Something whoever runs the bot should look at, that has a name in our tree of errors."""
        self._log.error("trouble", extra={"kind": type(error).__name__, "why": str(error)})

    def crashed(self) -> None:
        self._log.exception("crashed")

    def wrong_keys(self, keys: tuple[str, ...]) -> None:
        self._log.error("the secret has keys that are missing or can't be used", extra={"keys": keys})

    def _metrics(self) -> EphemeralMetrics:
        return EphemeralMetrics(namespace=self._namespace, service=self._service)
