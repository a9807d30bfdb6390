"""The chat door: it answers the requests of the chat platforms."""

import os
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cache, cached_property, partial

import requests  # noqa: F401 - first: deeper in the chain of imports its patterns compile five times slower

from monitors_bot import __version__
from monitors_bot.aws.messages import new_id
from monitors_bot.deadline import Deadline
from monitors_bot.domain.answers.bad_news import crashed
from monitors_bot.domain.answers.bot import Bot
from monitors_bot.domain.answers.conversation import Command, Job, Outcome, Reply
from monitors_bot.domain.units.access import MaySee
from monitors_bot.errors import (
    DeliveryError,
    DeliveryPostponed,
    JobMalformed,
    MonitorsBotError,
    RequestMalformed,
    RequestRejected,
    SecretUnreachable,
    ServerUnreachable,
    SettingsError,
)
from monitors_bot.lambdas.admission import not_found, problem, refusal, try_again
from monitors_bot.lambdas.telemetry import Telemetry
from monitors_bot.platforms import Patience, Platform
from monitors_bot.web import CHECK, Request, Response, read_event, write_event
from monitors_bot.wiring.answers import ChatParts, asker_of
from monitors_bot.wiring.platforms import BUTTONS, PLATFORMS

HEALTH = "/health"
CANT_CHECK = "the bot can't check requests now: try again"
QUEUEING_SECONDS = 0.25
"""The time reserved before the deadline for queueing a late answer."""
SENDING_SECONDS = 0.7
"""The time reserved before that for sending an answer to a URL, where that is how a platform is answered."""
LEAST_SECONDS = 0.3
"""The least time a request gets, even after a slow cold start: enough to check it and queue a late answer."""
SUGGESTING_SECONDS = 1.0
"""How long suggestions may take: whoever types waits for nothing."""
ANSWERED_ONCE_SECONDS = 60
"""How long a message counts as a repeat of one that this process has answered."""


class ChatDoor:
    """Answers every request that API Gateway passes on."""

    def __init__(
        self,
        environ: Mapping[str, str],
        now: Callable[[], float] = time.time,
        platforms: Sequence[Platform] = PLATFORMS,
        may_see: MaySee | None = None,
    ) -> None:
        self._environ = environ
        self._now = now
        self._platforms = platforms
        self._may_see = may_see
        self._routes = routes((*platforms, *BUTTONS))
        self._telemetry = Telemetry(environ, now)
        self._answered: dict[str, float] = {}

    @cached_property
    def parts(self) -> ChatParts:
        """Built on first use: requests that need no settings are answered even if those are wrong."""
        return ChatParts(self._environ, self._telemetry, self._now, self._platforms, self._may_see)

    def handle(self, event: Mapping[str, object]) -> dict[str, object]:
        try:
            request = read_event(event, self._now())
            self._telemetry.begin(request.id, request.path if request.path in self._routes else "other")
            response = self._respond(request)
        except RequestRejected as error:
            response = self._turn_away(problem(401, "this request is not from the chat platform"), str(error))
            self._telemetry.refused(self._routes[request.path].NAME, error)
        except RequestMalformed as error:
            response = self._turn_away(problem(400, str(error)))
        except SettingsError as error:
            self._telemetry.log_error(error)
            response = try_again(CANT_CHECK)
        return write_event(response)

    def _respond(self, request: Request) -> Response:
        if request.path == HEALTH:
            return self._health(request)
        platform = self._routes.get(request.path)
        if not platform:
            return self._turn_away(not_found())
        if platform.is_probe(request):
            return Response(200)
        return self._respond_as(platform, request)

    def _health(self, request: Request) -> Response:
        if request.method not in {"GET", "HEAD"}:
            return self._turn_away(problem(405, "GET or HEAD only", Allow="GET, HEAD"))
        return Response(200, {"status": "ok", "version": __version__} if request.method == "GET" else None)

    def _respond_as(self, platform: Platform, request: Request) -> Response:
        secrets = self._shared_secrets(platform, self._deadline(platform, request))
        if secrets is not None and not secrets:  # it was read, and has none
            return self._turn_away(not_found(), "the secret has no key for this route")
        if refused := refusal(request, platform.CONTENT_TYPE):
            return self._turn_away(refused)
        if secrets is None:
            return try_again(CANT_CHECK)
        platform.verify(request, secrets, self._now())
        if request.is_check:
            self._telemetry.leave_out()
        if (typed := platform.suggested_for(request)) is not None:
            return Response(200, {"items": self._suggestions(typed, platform, request)})
        self._telemetry.accepted(platform.NAME)
        return self._answer(platform, request)

    def _answer(self, platform: Platform, request: Request) -> Response:
        command = platform.read_command(request)
        if command and platform.ANSWERS_TO_URL and not request.is_check:
            self._require_address(platform, command)
        reply = self._reply(command, platform, request) if command else None
        if not command or not reply:
            self._telemetry.ignored(platform.NAME)
            return Response(200, None if platform.ANSWERS_TO_URL else {})
        outcome = {CHECK: reply.outcome.value} if request.is_check else {}
        if platform.ANSWERS_TO_URL:
            self._send(reply, command, platform, request)
            return Response(200, None, outcome)
        return Response(200, platform.render_reply(reply, command), outcome)

    def _require_address(self, platform: Platform, command: Command) -> None:
        # The platform shows the status to the person, to whom nothing else can be said.
        if not self.parts.late_address(platform, command):
            raise RequestMalformed("the response_url is not the platform's")

    def _shared_secrets(self, platform: Platform, deadline: Deadline) -> tuple[str, ...] | None:
        """Return the secrets that the platform may prove itself with; None if they can't be read now."""
        try:
            return self.parts.secrets.current(deadline).shared_with(platform.SECRET_KEY)
        except SecretUnreachable as error:
            self._telemetry.log_error(error)
            return None

    def _deadline(self, platform: Platform, request: Request, command: Command | None = None) -> Deadline:
        """Return when the reply has to be sent; `command` is None until the request is verified."""
        is_short = self._has_short_deadline(platform, command)
        seconds = self.parts.settings.reply_seconds if is_short else self.parts.settings.long_reply_seconds
        # The platform has been waiting since API Gateway got the request. A cold start may have used up all
        # of its patience, but a request that is given up at once would gain nothing.
        return Deadline(max(request.received_at + seconds, self._now() + LEAST_SECONDS), self._now)

    def _has_short_deadline(self, platform: Platform, command: Command | None) -> bool:
        if platform.PATIENCE is not Patience.SHORT_IF_ANSWERED_LATE:
            return platform.PATIENCE is Patience.SHORT
        # Whether a late answer can follow depends on the command, which is read only after verification.
        # Until then, a platform on which late answers are set up gets the short deadline, to be on the safe
        # side.
        if not command:
            return self.parts.answers_late(platform)
        return self.parts.late_address(platform, command) is not None

    def _promise(self, command: Command, platform: Platform, request: Request, deadline: Deadline) -> bool:
        """Queue a late answer; return whether the queue has confirmed it, so that it may be promised."""
        if request.is_check or not self.parts.late_address(platform, command):
            return False
        # The bot has made sure that no customer reads the room, so the late answer need not look it up again.
        checked = replace(command, unnamed_room_id="")
        job = Job(new_id(), platform.NAME, checked, self._now(), request.id)
        try:
            self.parts.queue.put(job, deadline)
        except (JobMalformed, ServerUnreachable, SettingsError) as error:
            self._telemetry.log_error(error)
            return False
        return True

    def _send(self, reply: Reply, command: Command, platform: Platform, request: Request) -> None:
        """Send an answer to the URL that came with its command; if it can't be sent now, queue a late one."""
        if request.is_check:
            return
        deadline = self._deadline(platform, request, command)
        payload = platform.render_reply(reply, command)
        sending = Deadline(deadline.at - QUEUEING_SECONDS, self._now)
        try:
            self.parts.response_urls.post(platform.NAME, command.response_url, payload, sending)
        except DeliveryError as error:
            self._telemetry.log_error(error)
            is_promised = reply.outcome is Outcome.PROMISED
            if isinstance(error, DeliveryPostponed) and not is_promised:
                is_promised = self._promise(command, platform, request, deadline)
            if not is_promised:
                self._telemetry.late_answer("not sent", arrived=False)

    def _reply(self, command: Command, platform: Platform, request: Request) -> Reply | None:
        deadline = self._deadline(platform, request, command)
        if self._is_to_be_ignored(command, deadline):
            return None
        if platform.ANSWERS_TO_URL:
            deadline = Deadline(deadline.at - SENDING_SECONDS, self._now)
        reading = Deadline(deadline.at - QUEUEING_SECONDS, self._now)
        server = self.parts.server()
        asker = asker_of(platform, command)
        try:
            promise = partial(self._promise, platform=platform, request=request, deadline=deadline)
            reply = Bot(self.parts.knowledge(asker, server, reading, deadline), promise).answer(command)
        except Exception:  # noqa: BLE001 - a person waits: they get a sentence, and the log gets the trace
            self._telemetry.crashed()
            # A room without a name may be read by a customer, who must not see even this sentence.
            reply = None if command.unnamed_room_id else crashed()
        if reply:
            self._telemetry.answered(
                platform.NAME,
                reply,
                self._now(),
                seconds=self._now() - request.received_at,
                calls=server.calls,
                waited=server.seconds_waited,
            )
            self._telemetry.asked(platform.NAME, command, reply)
        return reply

    def _suggestions(self, typed: str, platform: Platform, request: Request) -> list[dict[str, str]]:
        """Return what the typed text may become: a convenience, so that nothing is said where it fails."""
        command = platform.read_command(request)
        if not command:
            return []
        deadline = self._deadline(platform, request, command).sooner(SUGGESTING_SECONDS)
        asker = asker_of(platform, command)
        try:
            from monitors_bot.domain.answers.suggestions import suggest  # noqa: PLC0415 - only while somebody types

            knowledge = self.parts.knowledge(asker, self.parts.server(), deadline, deadline)
            found = suggest(typed, knowledge, may_share=command.may_share)
        except MonitorsBotError as error:
            self._telemetry.log_error(error)
            return []
        except Exception:  # noqa: BLE001 - the log gets the trace, and the person goes on typing
            self._telemetry.crashed()
            return []
        return [{"value": one.command, "title": one.label} for one in found]

    def _is_to_be_ignored(self, command: Command, deadline: Deadline) -> bool:
        """Whether the message is the bot's own, or repeats one that this process answers or has just
        answered."""
        if not command.message_id:
            return False
        now = self._now()
        self._answered = {id_: at for id_, at in self._answered.items() if now - at < ANSWERED_ONCE_SECONDS}
        if command.message_id in self._answered:
            return True
        self._answered[command.message_id] = now
        return command.user_id == self.parts.secrets.current(deadline).user_id

    def _turn_away(self, response: Response, why: str = "") -> Response:
        """Log a request that is turned away, and return its response."""
        self._telemetry.turned_away(response.status, why or str((response.payload or {})["error"]))
        return response


def routes(platforms: Iterable[Platform]) -> Mapping[str, Platform]:
    """Return the platform of each path."""
    return {platform.PATH: platform for platform in platforms}


@cache
def door() -> ChatDoor:
    """Return the door of this process, built at its first event."""
    return ChatDoor(os.environ)


def handler(event: Mapping[str, object], _context: object) -> dict[str, object]:
    """Handle an API Gateway event (HTTP API, payload format 2.0)."""
    return door().handle(event)
