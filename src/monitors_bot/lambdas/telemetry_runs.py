"""What is told of runs to whoever runs the bot."""

import logging

from monitors_bot.domain.digests.order import Order
from monitors_bot.domain.digests.run import DONE, Kind, Run
from monitors_bot.lambdas.telemetry import Observer


class RunObserver(Observer):
    """The log and the metrics of one process that has to do with runs."""

    def run_ordered(self, order: Order, *, is_queued: bool) -> None:
        """Report a tick of a schedule; one that is not queued came before, or its last run still goes on."""
        self.tell(logging.INFO, "run ordered" if is_queued else "run left out", run=order.run)

    def run_refused(self, at: float) -> None:
        self.measure(at, {}, RunsFailed=(1, "Count"))

    def run_goes_on(self, run: Run, at: float) -> None:
        wait = round(run.not_before - at, 1)
        self.tell(logging.INFO, "run goes on", read=run.cursor, units=len(run.units), wait_seconds=wait)
        self._measure_lag(run, at)

    def run_over(self, run: Run, at: float) -> None:
        failed = sum(found.kind is Kind.UNREAD for found in run.findings.values())
        fields = {
            "outcome": run.outcome,
            "read": run.cursor - failed,
            "changed": run.changed,
            "failed": failed,
            "why": run.why,
        }
        is_well = run.outcome == DONE
        level = logging.INFO if is_well and not failed else logging.ERROR
        self.tell(level, "run over", **fields, seconds=round(at - run.began_at, 1), problems=run.problems)
        self.measure(
            at,
            {},
            UnitsRead=(run.cursor - failed, "Count"),
            UnitsChanged=(run.changed, "Count"),
            UnitsFailed=(failed, "Count"),
            RunsFailed=(int(not is_well), "Count"),
        )
        self._measure_lag(run, at)

    def _measure_lag(self, run: Run, at: float) -> None:
        """Report how long a run takes that somebody waits for: one that only records takes its time."""
        if run.posts:
            self.measure(at, {}, RunLag=(at - run.began_at, "Seconds"))
