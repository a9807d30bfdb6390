"""The schedule door: EventBridge Scheduler calls at each tick, and a run is recorded and queued."""

import os
import time
from collections.abc import Callable, Mapping
from functools import cache

from monitors_bot.domain.digests.order import read_order
from monitors_bot.domain.digests.slices import Slice
from monitors_bot.errors import OrderMalformed
from monitors_bot.lambdas.telemetry import Telemetry
from monitors_bot.wiring.schedules import Schedules
from monitors_bot.zones import is_zone


class ScheduleDoor:
    """Takes the input of a schedule as an order for a run."""

    def __init__(self, environ: Mapping[str, str], now: Callable[[], float] = time.time) -> None:
        self._now = now
        self._telemetry = Telemetry(environ)
        self._schedules = Schedules(environ, now)

    def handle(self, event: object) -> dict[str, object]:
        """Queue the run, unless it is queued already or the schedule's last run is not over.

        A malformed order is answered, not raised: Scheduler would retry it in vain.
        """
        try:
            order = read_order(event, is_zone)
        except OrderMalformed as error:
            self._telemetry.begin("", "schedule")
            self._telemetry.trouble(error)
            self._telemetry.run_refused(self._now())
            return {"queued": False, "why": str(error)}
        self._telemetry.begin(order.id, "schedule")
        is_new = self._schedules.runs.begin(order)
        if is_new:
            self._schedules.queue.put(Slice(order.id, 0))
        self._telemetry.run_ordered(order, is_queued=is_new)
        return {"queued": is_new, "run": order.id}


@cache
def door() -> ScheduleDoor:
    """The door of this process, built at its first event."""
    return ScheduleDoor(os.environ)


def handler(event: object, _context: object) -> dict[str, object]:
    """Take the input of a schedule."""
    return door().handle(event)
