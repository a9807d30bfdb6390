"""The log and the metrics of every function. They never contain a body, a header or a secret.

Neither needs a library. Lambda's own runtime writes the log as JSON, with each `extra` as a field and the id
of the request. CloudWatch reads metrics from log lines in its Embedded Metric Format.
https://docs.aws.amazon.com/lambda/latest/dg/python-logging.html
https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
"""

import json
import logging
import time
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from monitors_bot import errors

if TYPE_CHECKING:  # each function loads only its own wing of the domain
    from monitors_bot.domain.answers.conversation import Command, Reply
    from monitors_bot.domain.digests.order import Order
    from monitors_bot.domain.digests.run import Run
    from monitors_bot.domain.notices.messages import Page

NAMESPACE = "MonitorsBot"
SERVICE = "monitors-bot"
TALKATIVE = {"boto3": logging.INFO, "botocore": logging.INFO, "urllib3": logging.ERROR}
"""Loggers that write tokens and addresses at DEBUG; urllib3's warnings also quote what a server sent."""
LONGEST_AUDITED = 200
"""The most characters of an id or a name in the audit: callers choose how long they are."""
LATE_SECONDS = 6 * 3600
"""The age from which a run that posts is late."""
FULL_ANSWERS = frozenset({"roster", "empty-unit", "person"})
"""The outcomes for which the server was asked for all that the bot may need of it."""
_CAUSES: tuple[tuple[type[errors.MonitorsBotError], str], ...] = (
    (errors.RocketChatTooSlow, "ServerSlow"),
    (errors.RocketChatLimited, "ServerSlow"),
    (errors.CredentialsRefused, "SecretUnusable"),
    (errors.SettingsError, "SecretUnusable"),
    (errors.PermissionMissing, "PermissionMissing"),
    (errors.UnitsNotAvailable, "PermissionMissing"),
    (errors.RocketChatError, "ServerDown"),
    (errors.RecordsUnreachable, "AwsFailed"),
    (errors.ServerUnreachable, "AwsFailed"),  # of other servers, only AWS's own errors come this far
)
"""The metric of each cause that somebody can do something about; a subclass stands before its base."""


class Telemetry:
    """The log and the metrics of one process."""

    def __init__(self, environ: Mapping[str, str], now: Callable[[], float] = time.time) -> None:
        self._now = now
        self._service = environ.get("POWERTOOLS_SERVICE_NAME") or SERVICE
        self._namespace = environ.get("POWERTOOLS_METRICS_NAMESPACE") or NAMESPACE
        self._log = logging.getLogger("monitors_bot")
        for name, level in TALKATIVE.items():
            logging.getLogger(name).setLevel(level)
        self._common: dict[str, object] = {}
        self._is_cold = True
        self._is_measured = True

    def begin(self, correlation_id: str, route: str) -> None:
        """Set the fields of every log line about this request or message."""
        self._common = {"correlation_id": correlation_id, "route": route, "cold_start": self._is_cold}
        self._is_cold = False
        self._is_measured = True

    def leave_out(self) -> None:
        """Count nothing about this request any more, and mark it in the log: it only checks the set-up."""
        self._common["check"] = True
        self._is_measured = False

    def answered(
        self, platform: str, reply: "Reply", at: float, *, seconds: float, calls: int, waited: float
    ) -> None:
        outcome, failed = reply.outcome.value, int(reply.outcome.is_failure)
        fields = {"seconds": round(seconds, 3), "upstream_calls": calls, "upstream_seconds": round(waited, 3)}
        why = {"why": reply.why} if reply.why else {}
        level = logging.WARNING if failed else logging.INFO
        self._write(level, "answered", platform=platform, outcome=outcome, **fields, **why)
        self._measure(
            at,
            {},
            **self._judged(reply),
            AnswerTime=(seconds * 1000, "Milliseconds"),
            UpstreamTime=(waited * 1000, "Milliseconds"),
        )

    def asked(self, platform: str, command: "Command", reply: "Reply") -> None:
        """Write the line of the audit about a question, a press of a button or a late answer."""
        is_pressed = command.replaces_original is not None
        self._write(
            logging.INFO,
            "audit",
            what="button" if is_pressed else "question",
            platform=platform,
            user_id=_short(command.user_id),
            user_name=_short(command.user_name),
            team_id=_short(command.team_id),
            room_id=_short(command.room_id),
            unit_id=_short(reply.unit.id if reply.unit else ""),
            unit=_short(reply.unit.name if reply.unit else ""),
            person=_short(reply.person),
            outcome="hidden-unit" if reply.hides_a_unit else reply.outcome.value,
            shared=reply.shared,
        )

    def paged(self, page: "Page", outcome: str) -> None:
        """Write the line of the audit about a page: it was accepted, posted or given up."""
        room, unit = _short(page.channel), _short(page.unit)
        self._write(logging.INFO, "audit", what="page", room_id=room, unit=unit, outcome=outcome)

    def late_answer_read(self, reply: "Reply", at: float) -> None:
        """Count whether a late answer could be read from the server; it may be tried again."""
        if judged := self._judged(reply):
            self._measure(at, {}, **judged)

    def late_answer(self, how: str, *, arrived: bool) -> None:
        """Log how a promised answer ended; count it if it did not certainly arrive."""
        self._write(logging.INFO, "late answer", outcome=how)
        if not arrived:
            self._measure(self._now(), {}, LateAnswersFailed=(1, "Count"))

    def accepted(self, caller: str) -> None:
        """Count a request whose caller proved who it is."""
        self._measure(self._now(), {"caller": caller}, Accepted=(1, "Count"))

    def refused(self, caller: str, error: errors.RequestRejected) -> None:
        """Count a request with a wrong proof. One without any, or an old one, may come from anybody."""
        if isinstance(error, errors.ProofWrong):
            self._measure(self._now(), {"caller": caller}, Accepted=(0, "Count"), Refused=(1, "Count"))

    def ignored(self, platform: str) -> None:
        self._write(logging.INFO, "ignored", platform=platform)

    def turned_away(self, status: int, why: str) -> None:
        self._write(logging.INFO, "turned away", status=status, why=why)

    def log_error(self, error: Exception) -> None:
        """Log one of our own errors that an operator should look at, and count its cause."""
        self._write(logging.ERROR, "trouble", kind=type(error).__name__, why=str(error))
        if cause := _cause(type(error)) or _cause(_kind_behind(error)):
            self._measure(self._now(), {}, **_failure(cause))

    def crashed(self) -> None:
        self._log.exception("crashed", extra=self._common)
        self._measure(self._now(), {}, Crashes=(1, "Count"))

    def unusable_keys(self, keys: tuple[str, ...]) -> None:
        self._write(logging.ERROR, "the secret has keys that are missing or can't be used", keys=list(keys))
        if any(key.startswith("access_rules ") for key in keys):
            self._measure(self._now(), {}, AccessRulesMalformed=(1, "Count"))

    def run_ordered(self, order: "Order", *, is_queued: bool) -> None:
        """Log a tick of a schedule; it is skipped if it is a repeat, or the last run still goes on."""
        self._write(logging.INFO, "run ordered" if is_queued else "run skipped", run=order.run)

    def run_refused(self, at: float) -> None:
        self._measure(at, {}, RunsDone=(0, "Count"), RunsFailed=(1, "Count"))

    def run_continues(self, run: "Run", at: float) -> None:
        wait = round(run.not_before - at, 1)
        self._write(logging.INFO, "run continues", read=run.cursor, units=len(run.units), wait_seconds=wait)
        self._measure_lateness(run, at)

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
        if not run.is_before_set_up:
            done = {"RunsDone": (1.0, "Count")} if run.is_well else _failure("RunsFailed", "RunsDone")
            successes = {"Successes": (1.0, "Count")} if run.is_well and read else {}
            cut_off = {"RunsCutOff": (1.0, "Count")} if run.is_cut_off else {}
            self._measure(at, {}, **done, **successes, **cut_off)
        self._measure_lateness(run, at)

    def notice_queued(self, what: str, notice_id: str) -> None:
        self._write(logging.INFO, "notice queued", notice=notice_id, what=what)

    def notice_posted(self, what: str, notice_id: str, at: float, *, calls_somebody: bool = True) -> None:
        self._write(logging.INFO, "notice posted", notice=notice_id, what=what)
        if calls_somebody:
            self._measure(at, {}, NoticesPosted=(1, "Count"), Successes=(1, "Count"))

    def page_failed(self, notice_id: str, unit: str, why: str, at: float) -> None:
        """Log a page that called nobody it was meant for, posted or not."""
        self._write(logging.WARNING, "page called nobody", notice=notice_id, unit=unit, why=why)
        self._measure(at, {}, **_failure("NoticesFailed", "NoticesPosted"))

    def notice_failed(self, error: Exception, at: float) -> None:
        """Log a notice that was not posted, or posted without its mentions, and is not retried."""
        self.log_error(error)
        self._measure(at, {}, **_failure("NoticesFailed", "NoticesPosted"))

    def _measure_lateness(self, run: "Run", at: float) -> None:
        """Count a slice of a late run, but only if it posts: nobody waits for one that only records."""
        if run.posts and at - run.began_at > LATE_SECONDS:
            self._measure(at, {}, RunsLate=(1, "Count"))

    def _judged(self, reply: "Reply") -> "Metrics":
        """Return a success, a failure with its cause, or nothing where the server was hardly asked."""
        outcome = reply.outcome
        if outcome.is_failure:
            # The cause is the error's class, with which `why` begins.
            cause = _cause(getattr(errors, reply.why.partition(":")[0], None))
            return _failure(cause) if cause else {}
        return {"Successes": (1.0, "Count")} if outcome.value in FULL_ANSWERS and not reply.why else {}

    def _write(self, level: int, message: str, **fields: object) -> None:
        self._log.log(level, message, extra={**self._common, **fields})

    def _measure(self, at: float, dimensions: Mapping[str, str], **metrics: tuple[float, str]) -> None:
        if not self._is_measured:
            return
        named = {"service": self._service, **dimensions}
        directive = {
            "Namespace": self._namespace,
            "Dimensions": [list(named)],
            "Metrics": [{"Name": name, "Unit": unit} for name, (_, unit) in metrics.items()],
        }
        values = {name: value for name, (value, _) in metrics.items()}
        about = {"Timestamp": int(at * 1000), "CloudWatchMetrics": [directive]}
        print(json.dumps({"_aws": about, **named, **values}))  # noqa: T201 - CloudWatch reads standard output


Metrics = Mapping[str, tuple[float, str]]
"""Values and units, by the metric's name."""


def _short(text: str) -> str:
    return text[:LONGEST_AUDITED]


def _failure(cause: str, success: str = "Successes") -> Metrics:
    """Return the metrics of a failure. The alarms count failures since the last success.

    Each failure also reports no success, so that both metrics have data whenever an alarm is due.
    """
    return {success: (0.0, "Count"), cause: (1.0, "Count")}


def _kind_behind(error: Exception) -> type | None:
    """Return the class of the error's own cause; None where that is a chat platform out of reach."""
    is_of_a_platform = isinstance(error, errors.DeliveryError) and not isinstance(
        error.__cause__, errors.RocketChatError
    )
    return None if is_of_a_platform else type(error.__cause__)


def _cause(kind: type | None) -> str:
    """Return the metric for an error's class, "" for one that no alarm is about."""
    if not kind:
        return ""
    return next((metric for base, metric in _CAUSES if issubclass(kind, base)), "")
