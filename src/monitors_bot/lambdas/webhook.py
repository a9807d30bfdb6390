"""The webhook door: it queues a notice when a system, or Rocket.Chat itself, reports something."""

import os
import time
from collections.abc import Callable, Mapping, Sequence
from functools import cache, cached_property
from typing import Protocol

import requests  # noqa: F401 - first: deeper in the chain of imports its patterns compile five times slower

from monitors_bot.aws.stores.seen_pages import Mark
from monitors_bot.deadline import Deadline
from monitors_bot.errors import (
    Overtaken,
    RequestMalformed,
    RequestRejected,
    SecretUnreachable,
    ServerUnreachable,
    SettingsError,
)
from monitors_bot.lambdas.admission import MAX_BODY_BYTES, not_found, problem, refusal, try_again
from monitors_bot.lambdas.telemetry import Telemetry
from monitors_bot.platforms.webhooks import omnichannel, page
from monitors_bot.web import CHECK, Request, Response, read_event, write_event
from monitors_bot.wiring.webhooks import WebhookParts


class Caller(Protocol):
    """A module of `platforms.webhooks`: how its callers prove themselves."""

    NAME: str
    SECRET_KEY: str

    def verify(self, request: Request, secrets: Sequence[str], now: float) -> None:
        """Raise RequestRejected, or RequestMalformed if the proof can't be read."""
        ...


PAGE, OMNICHANNEL = f"/webhooks/{page.NAME}", f"/webhooks/{omnichannel.NAME}"
ROUTES: Mapping[str, Caller] = {PAGE: page, OMNICHANNEL: omnichannel}
CONTENT_TYPE = "application/json"
ANSWER_SECONDS = 4.0
"""Rocket.Chat waits five seconds by default."""
SEEN_SECONDS = 1.0
"""The most time for each call about earlier pages: they save work, but nothing depends on them."""
LEAST_SECONDS = 1.0
"""The least time a request gets, even after a slow cold start."""


class WebhookDoor:
    """Answers the requests that API Gateway passes on for the routes of the webhooks."""

    def __init__(self, environ: Mapping[str, str], now: Callable[[], float] = time.time) -> None:
        self._environ = environ
        self._now = now
        self._telemetry = Telemetry(environ, now)

    @cached_property
    def parts(self) -> WebhookParts:
        """Built on first use, so that a wrong setting leads to a response instead of a crash."""
        return WebhookParts(self._environ, self._telemetry, self._now)

    def handle(self, event: Mapping[str, object]) -> dict[str, object]:
        why = ""
        try:
            request = read_event(event, self._now())
            self._telemetry.begin(request.id, request.path if request.path in ROUTES else "other")
            response = self._respond(request)
        except RequestRejected as error:
            response, why = problem(401, "this request is not from a known caller"), str(error)
            self._telemetry.refused(ROUTES[request.path].NAME, error)
        except RequestMalformed as error:
            response = problem(400, str(error))
        except (ServerUnreachable, SettingsError) as error:
            self._telemetry.log_error(error)
            response = try_again("the bot can't take requests now: try again")
        if response.payload:
            self._telemetry.turned_away(response.status, why or str(response.payload["error"]))
        return write_event(response)

    def _respond(self, request: Request) -> Response:
        route = ROUTES.get(request.path)
        if not route:
            return not_found()
        deadline = self._deadline(request)
        secrets = self._secrets(route, deadline)
        if secrets == []:  # the route is not set up
            return not_found()
        # No limit for events: Rocket.Chat sends the whole conversation with each, however long it is.
        most_bytes = MAX_BODY_BYTES if route is page else None
        if refused := refusal(request, CONTENT_TYPE, most_bytes):
            return refused
        if secrets is None:
            return try_again("the bot can't check requests now: try again")
        route.verify(request, secrets, self._now())
        if request.is_check:
            self._telemetry.leave_out()
            return Response(200, None, {CHECK: "accepted"})
        self._telemetry.accepted(route.NAME)
        return (self._page if route is page else self._omnichannel)(request, deadline)

    def _secrets(self, route: Caller, deadline: Deadline) -> list[str] | None:
        """Return the secrets that the caller may prove itself with; None if they can't be read now."""
        try:
            return list(self.parts.secrets.current(deadline).shared_with(route.SECRET_KEY))
        except SecretUnreachable as error:
            self._telemetry.log_error(error)
            return None

    def _page(self, request: Request, deadline: Deadline) -> Response:
        asked = page.read(request, self.parts.settings.notify_channel)
        mark = self._look_up(asked.id, deadline)
        if mark and mark.was_seen:
            self._telemetry.ignored(page.NAME)
            return Response(202)
        self.parts.queue.put(asked, deadline)
        self._telemetry.notice_queued(page.NAME, asked.id)
        self._telemetry.paged(asked, "accepted")
        # Marked only after it is queued: if queueing fails, the sender's retry must not be ignored. A page
        # that is queued twice is posted once, because its id becomes the message's id.
        if mark:
            self._mark_seen(mark, deadline)
        return Response(202)

    def _look_up(self, page_id: str, deadline: Deadline) -> Mark | None:
        """Return what is recorded about a page; None while the table can't be asked."""
        try:
            return self.parts.seen_pages(deadline.sooner(SEEN_SECONDS)).look_up(page_id)
        except ServerUnreachable as error:
            self._telemetry.log_error(error)
            return None

    def _mark_seen(self, mark: Mark, deadline: Deadline) -> None:
        try:
            self.parts.seen_pages(deadline.sooner(SEEN_SECONDS)).add(mark)
        except (ServerUnreachable, Overtaken) as error:
            self._telemetry.log_error(error)

    def _omnichannel(self, request: Request, deadline: Deadline) -> Response:
        """Queue an event of a wanted type; the background worker recognises repeats."""
        event = omnichannel.read(request, self.parts.settings.omnichannel_events)
        if not event or not self.parts.settings.notify_channel:
            self._telemetry.ignored(omnichannel.NAME)
            return Response(200)
        self.parts.queue.put(event, deadline)
        if event.is_news:
            self._telemetry.notice_queued(omnichannel.NAME, event.id)
        else:
            self._telemetry.ignored(omnichannel.NAME)  # no notice, though it may take one back
        return Response(200)

    def _deadline(self, request: Request) -> Deadline:
        return Deadline(max(request.received_at + ANSWER_SECONDS, self._now() + LEAST_SECONDS), self._now)


@cache
def door() -> WebhookDoor:
    """Return the door of this process, built at its first event."""
    return WebhookDoor(os.environ)


def handler(event: Mapping[str, object], _context: object) -> dict[str, object]:
    """Handle an API Gateway event (HTTP API, payload format 2.0)."""
    return door().handle(event)
