"""The schedule door: at each tick of a schedule, it records and queues a run."""

import os
import time
from collections.abc import Callable, Mapping
from functools import cache

from monitors_bot.domain.digests.order import read_order
from monitors_bot.domain.digests.slices import Slice
from monitors_bot.errors import OrderMalformed
from monitors_bot.lambdas.telemetry import Telemetry
from monitors_bot.wiring.schedules import ScheduleParts
from monitors_bot.zones import is_zone


class ScheduleDoor:
    """Begins the run that the input of a schedule orders."""

    def __init__(self, environ: Mapping[str, str], now: Callable[[], float] = time.time) -> None:
        self._now = now
        self._telemetry = Telemetry(environ, now)
        self._parts = ScheduleParts(environ, now)

    def handle(self, event: object) -> dict[str, object]:
        """Queue the run unless it is already queued, or the schedule's last run still goes on.

        A malformed order is not raised, because EventBridge Scheduler would retry it in vain.
        """
        try:
            order = read_order(event, is_zone)
        except OrderMalformed as error:
            self._telemetry.begin("", "schedule")
            self._telemetry.log_error(error)
            self._telemetry.run_refused(self._now())
            return {"queued": False, "why": str(error)}
        self._telemetry.begin(order.id, "schedule")
        is_new = self._parts.runs.begin(order)
        if is_new:
            self._parts.queue.put(Slice(order.id, 0))
        self._telemetry.run_ordered(order, is_queued=is_new)
        return {"queued": is_new, "run": order.id}


@cache
def door() -> ScheduleDoor:
    """Return the door of this process, built at its first event."""
    return ScheduleDoor(os.environ)


def handler(event: object, _context: object) -> dict[str, object]:
    """Handle a tick; `event` is the input of the schedule."""
    return door().handle(event)
