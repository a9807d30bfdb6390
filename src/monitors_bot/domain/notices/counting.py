"""Counting conversations, so that many events become few notices.

The first event is posted at once; the conversations of the next ones are counted. A turn on the queue stands
for the moment at which they are posted.
"""

from collections.abc import Callable
from dataclasses import dataclass
from math import ceil
from typing import Protocol

from monitors_bot.domain.notices.messages import Event, Turn
from monitors_bot.domain.notices.window import Batch, Happening, Window
from monitors_bot.domain.notices.wording import no_longer_waiting, what_happened
from monitors_bot.errors import MonitorsBotError

LONGEST_DELAY_SECONDS = 900
"""The longest delay SQS allows."""


class Windows(Protocol):
    """The recorded windows, one for each unit; each method writes all it changes in one step."""

    def of(self, unit_id: str) -> Window: ...

    def count(self, unit_id: str, event: Event, happening: Happening) -> Window | None:
        """Count an event, once however often it comes; return the window where a turn has to be arranged."""
        ...

    def change(self, unit_id: str, change: Callable[[Window], object]) -> Window:
        """Change a window; `change` is called again if another worker has changed the window meanwhile."""
        ...


class Department(Protocol):
    @property
    def name(self) -> str: ...

    @property
    def unit_id(self) -> str: ...


class Server(Protocol):
    """Rocket.Chat; both methods may raise a RocketChatError, SettingsError or DeliveryError."""

    def department_of(self, department_id: str) -> Department: ...

    def post_events(self, unit_id: str, batch: Batch) -> None: ...


class Queue(Protocol):
    def put(self, message: Turn, delay_seconds: int = 0) -> None: ...


class Telemetry(Protocol):
    def ignored(self, platform: str) -> None: ...

    def notice_posted(self, what: str, notice_id: str, at: float) -> None: ...

    def notice_failed(self, error: Exception, at: float) -> None: ...


@dataclass(frozen=True, slots=True)
class Counting:
    """Counts and posts events; an exception means that the queue message is retried."""

    windows: Windows
    server: Server
    queue: Queue
    telemetry: Telemetry
    now: Callable[[], float]
    new_id: Callable[[], str]
    window_seconds: float

    def event(self, event: Event) -> None:
        """Count an event: the first in a while is posted at once, the next one queues a turn."""
        department = self.server.department_of(event.department_id)
        if event.old_department_id:
            self._leave(event, department)
        if not department.unit_id:
            self.telemetry.ignored("omnichannel")
            return
        window = self.windows.count(
            department.unit_id, event, what_happened(event, department.name, self.now())
        )
        if not window:
            return
        if window.turn_at > self.now():
            self._queue_turn(department.unit_id, window)
        else:
            self._post(department.unit_id)

    def turn(self, turn: Turn) -> None:
        """Post the counted events, or queue the turn again if the longest delay was too short for it."""
        window = self.windows.of(turn.unit_id)
        if window.left or window.closed_until <= self.now():
            self._post(turn.unit_id)
        elif window.turn_at == turn.due:
            self._queue_turn(turn.unit_id, window)

    def _leave(self, event: Event, department: Department) -> None:
        """Take back that a customer waits in a unit, where the customer was forwarded to another one."""
        old = self.server.department_of(event.old_department_id)
        if old.unit_id and old.unit_id != department.unit_id:
            self.windows.count(old.unit_id, event, no_longer_waiting(event, old.name, self.now()))

    def _post(self, unit_id: str) -> None:
        """Post the batch that is due on a unit, if any.

        The batch is recorded with the id of its message first. If the worker dies after posting it, the batch
        is still there, and posting it again under the same id changes nothing.
        """
        batch = self.windows.change(unit_id, lambda window: window.take(self.new_id(), self.now())).left
        if not batch:
            return
        try:
            self.server.post_events(unit_id, batch)
        except MonitorsBotError as error:
            if not error.is_final:
                raise
            # A retry cannot help, so the batch is given up and the window goes on to the next.
            self.telemetry.notice_failed(error, self.now())
        else:
            self.telemetry.notice_posted("events", batch.id, self.now())
        self.windows.change(unit_id, lambda window: self._close(unit_id, window, batch))

    def _close(self, unit_id: str, window: Window, batch: Batch) -> None:
        """Record that a batch was posted or given up.

        The next turn is queued before this is written: a superfluous turn is harmless, but a missing one
        would leave events unposted.
        """
        if window.left != batch:  # another worker has recorded it already
            return
        if window.close(self.now(), self.window_seconds):
            self._queue_turn(unit_id, window)

    def _queue_turn(self, unit_id: str, window: Window) -> None:
        delay = max(0, ceil(window.turn_at - self.now()))
        self.queue.put(Turn(unit_id, window.turn_at), min(delay, LONGEST_DELAY_SECONDS))
