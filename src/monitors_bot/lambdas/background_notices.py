"""Notices off the background queue: pages are posted, events are counted, and told once in each window."""

from collections.abc import Callable
from math import ceil

from monitors_bot.aws.messages import new_id
from monitors_bot.domain.notices.messages import Event, Page, Turn
from monitors_bot.domain.notices.window import Batch, Window
from monitors_bot.domain.notices.wording import what_happened
from monitors_bot.errors import DeliveryImpossible, PermissionMissing, UnitsNotAvailable
from monitors_bot.lambdas.telemetry import Telemetry
from monitors_bot.wiring.background import Background

FOR_GOOD = (DeliveryImpossible, PermissionMissing, UnitsNotAvailable)
"""What is not tried again: people have to change something first."""

LONGEST_DELAY_SECONDS = 900


class NoticeWork:
    """Does the notices of the queue; what it raises, is to be tried again later."""

    def __init__(self, background: Background, telemetry: Telemetry, now: Callable[[], float]) -> None:
        self._background = background
        self._telemetry = telemetry
        self._now = now

    def do(self, notice: Page | Event | Turn) -> None:
        self._telemetry.begin(getattr(notice, "correlation_id", ""), "background")
        try:
            match notice:
                case Page():
                    self._page(notice)
                case Event():
                    self._event(notice)
                case Turn():
                    self._turn(notice)
        except FOR_GOOD as error:
            self._telemetry.notice_failed(error, self._now())

    def _page(self, page: Page) -> None:
        trouble = self._background.notifier().post_page(page)
        if trouble:
            self._telemetry.notice_failed(trouble, self._now())
        self._telemetry.notice_posted("page", page.id, self._now())

    def _event(self, event: Event) -> None:
        """Count an event; the first in a while is told at once, the next sees to it that all others are."""
        department = self._background.department_of(event.department_id)
        if not department.unit_id:
            self._telemetry.ignored("omnichannel")
            return
        what = what_happened(event, department.name)
        window = self._background.windows.count(department.unit_id, event, what)
        if not window:
            return
        if window.turn_at > self._now():
            self._queue_turn(department.unit_id, window)
        else:
            self._tell(department.unit_id)

    def _turn(self, turn: Turn) -> None:
        window = self._background.windows.of(turn.unit_id)
        if window.left or window.closed_until <= self._now():
            self._tell(turn.unit_id)
        elif window.counts and window.turn_at == turn.due:
            self._queue_turn(turn.unit_id, window)

    def _tell(self, unit_id: str) -> None:
        """Tell what is to be told on a unit; written down first, so that no crash loses or doubles it."""
        windows = self._background.windows
        batch = windows.change(unit_id, lambda window: window.take(new_id(), self._now())).left
        if not batch:
            return
        try:
            self._background.notifier().post_events(unit_id, batch, self._background.notify_channel)
        except FOR_GOOD as error:
            self._telemetry.notice_failed(error, self._now())
        else:
            self._telemetry.notice_posted("events", batch.id, self._now())
        windows.change(unit_id, lambda window: self._told(unit_id, window, batch))

    def _told(self, unit_id: str, window: Window, batch: Batch) -> None:
        """Note that a batch is told; the next turn is queued first: one too many does no harm."""
        if window.left != batch:
            return
        if window.tell(self._now(), self._background.window_seconds):
            self._queue_turn(unit_id, window)

    def _queue_turn(self, unit_id: str, window: Window) -> None:
        delay = max(0, ceil(window.turn_at - self._now()))
        self._background.queue.put(Turn(unit_id, window.turn_at), min(delay, LONGEST_DELAY_SECONDS))
