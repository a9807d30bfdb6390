"""The chat door: a chat platform's request comes in, a reply goes out."""

import os
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache, cached_property, partial

import requests  # noqa: F401 - first: deeper in the chain of imports its patterns compile five times slower

from monitors_bot import __version__
from monitors_bot.aws.messages import new_id
from monitors_bot.deadline import Deadline
from monitors_bot.domain.answers.bad_news import crashed
from monitors_bot.domain.answers.bot import Bot
from monitors_bot.domain.answers.conversation import Command, Job, Reply
from monitors_bot.errors import (
    JobMalformed,
    RequestMalformed,
    RequestRejected,
    SecretUnreachable,
    ServerUnreachable,
    SettingsError,
)
from monitors_bot.lambdas.admission import nothing_here, problem, refusal, try_again
from monitors_bot.lambdas.telemetry import Telemetry
from monitors_bot.platforms import Platform, slack
from monitors_bot.web import Request, Response, read_event, write_event
from monitors_bot.wiring.answers import PLATFORMS, Chat

HEALTH = "/health"
ROUTES: Mapping[str, Platform] = {f"/{platform.NAME}/command": platform for platform in PLATFORMS}
CANT_CHECK = "the bot can't check requests now: try again"
QUEUEING_SECONDS = 0.25
"""What is kept of the time to queue a late answer in."""
LEAST_SECONDS = 0.3
"""What even a request has that a cold start used up the time of: enough to check it and to queue it."""
ANSWERED_ONCE_SECONDS = 60


class ChatDoor:
    """Answers whatever API Gateway passes on."""

    def __init__(self, environ: Mapping[str, str], now: Callable[[], float] = time.time) -> None:
        self._environ = environ
        self._now = now
        self._telemetry = Telemetry(environ)
        self._answered: dict[str, float] = {}

    @cached_property
    def chat(self) -> Chat:
        """Built when first needed: what needs no settings is answered without them."""
        return Chat(self._environ, self._telemetry.wrong_keys, self._now, self._telemetry.trouble)

    def handle(self, event: Mapping[str, object]) -> dict[str, object]:
        try:
            request = read_event(event, self._now())
            self._telemetry.begin(request.id, request.path if request.path in ROUTES else "other")
            response = self._respond(request)
        except RequestRejected as error:
            response = self._noted(problem(401, "this is not a request of the chat platform's"), str(error))
        except RequestMalformed as error:
            response = self._noted(problem(400, str(error)))
        except SettingsError as error:
            self._telemetry.trouble(error)
            response = try_again(CANT_CHECK)
        return write_event(response)

    def _respond(self, request: Request) -> Response:
        if request.path == HEALTH:
            return self._health(request)
        platform = ROUTES.get(request.path)
        if not platform:
            return self._noted(nothing_here())
        if platform.NAME == slack.NAME and slack.is_probe(request):
            return Response(200)
        return self._respond_as(platform, request)

    def _health(self, request: Request) -> Response:
        if request.method != "GET":
            return self._noted(problem(405, "GET only", Allow="GET"))
        return Response(200, {"status": "ok", "version": __version__})

    def _respond_as(self, platform: Platform, request: Request) -> Response:
        secrets = self._shared_secrets(platform, self._deadline(platform, request))
        if secrets is not None and not secrets:
            return self._noted(nothing_here(), "the secret has no key for this route")
        if refused := refusal(request, platform.CONTENT_TYPE):
            return self._noted(refused)
        if secrets is None:
            return try_again(CANT_CHECK)
        platform.verify(request, secrets, self._now())
        command = platform.read_command(request)
        reply = self._reply(command, platform, request) if command else None
        if not command or not reply:
            self._telemetry.ignored(platform.NAME)
            return Response(200, {})
        return Response(200, platform.render_reply(reply, command))

    def _shared_secrets(self, platform: Platform, deadline: Deadline) -> tuple[str, ...] | None:
        """What the platform may prove itself with; None when that can't be told now."""
        try:
            return self.chat.secrets.current(deadline).shared_with(platform.SECRET_KEY)
        except SecretUnreachable as error:
            self._telemetry.trouble(error)
            return None

    def _deadline(self, platform: Platform, request: Request, command: Command | None = None) -> Deadline:
        """When the answer has to be on its way: soon where people wait for it, or can be answered late.

        Rocket.Chat's webhook waits long, and shows everybody whatever is said meanwhile.
        """
        is_short = platform.NAME in self.chat.settings.response_bases and (
            platform.NAME == slack.NAME or not command or self.chat.can_answer_late(platform.NAME, command)
        )
        seconds = self.chat.settings.reply_seconds if is_short else self.chat.settings.long_reply_seconds
        return Deadline(max(request.received_at + seconds, self._now() + LEAST_SECONDS), self._now)

    def _promise(self, command: Command, platform: Platform, request: Request, deadline: Deadline) -> bool:
        """Queue an answer for later; only what is queued for sure is promised."""
        if not self.chat.can_answer_late(platform.NAME, command):
            return False
        known_room = replace(command, unnamed_room_id="")  # it was seen to be nobody's but ours
        job = Job(new_id(), platform.NAME, known_room, self._now(), request.id)
        try:
            self.chat.queue.put(job, deadline)
        except (JobMalformed, ServerUnreachable, SettingsError) as error:
            self._telemetry.trouble(error)
            return False
        return True

    def _reply(self, command: Command, platform: Platform, request: Request) -> Reply | None:
        deadline = self._deadline(platform, request, command)
        if self._is_repeated_or_ours(command, deadline):
            return None
        reading = Deadline(deadline.at - QUEUEING_SECONDS, self._now)
        server = self.chat.server()
        try:
            promise = partial(self._promise, platform=platform, request=request, deadline=deadline)
            reply = Bot(self.chat.knowledge(server, reading, deadline), promise).answer(command)
        except Exception:  # noqa: BLE001 - a person waits: they get a sentence, the log gets the rest
            self._telemetry.crashed()
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
        return reply

    def _is_repeated_or_ours(self, command: Command, deadline: Deadline) -> bool:
        """Whether the message is one that this process just answered, or that the bot itself wrote."""
        if not command.message_id:
            return False
        now = self._now()
        self._answered = {id_: at for id_, at in self._answered.items() if now - at < ANSWERED_ONCE_SECONDS}
        if command.message_id in self._answered:
            return True
        self._answered[command.message_id] = now
        return command.user_id == self.chat.secrets.current(deadline).user_id

    def _noted(self, response: Response, why: str = "") -> Response:
        """Report a request that is turned away."""
        self._telemetry.turned_away(response.status, why or str((response.payload or {})["error"]))
        return response


@cache
def door() -> ChatDoor:
    """The door of this process, built by its first event."""
    return ChatDoor(os.environ)


def handler(event: Mapping[str, object], _context: object) -> dict[str, object]:
    """Take an API Gateway event (HTTP API, payload format 2.0)."""
    return door().handle(event)
