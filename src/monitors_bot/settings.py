"""The settings of each function, read once from its environment; an unusable one raises SettingsError.

They are named tuples: a cold start pays for defining them, and a dataclass costs it seven times as much.
"""

import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, NamedTuple, Protocol
from urllib.parse import urlsplit

from monitors_bot.errors import SettingsError
from monitors_bot.text import is_channel

OMNICHANNEL_EVENTS = "LivechatSessionQueued,LivechatSessionForwarded"
LONGEST_WINDOW_SECONDS = 900

_NOT_IN_A_BASE_URL = re.compile(r"[?#\s]")
_DIGITS = re.compile(r"[0-9]{1,6}", re.ASCII)
_EVENT_TYPE = "[A-Za-z]{1,60}"
"""Not compiled on import: the chat function, which people wait for, does not use it."""


if TYPE_CHECKING:  # a protocol is for the type checker alone

    class UrlPlatform(Protocol):
        """The part of `platforms.Platform` that names a setting."""

        NAME: str
        RESPONSE_URL_VARIABLE: str
        RESPONSE_URL_DEFAULT: str


class LateAnswerSettings(NamedTuple):
    """The settings of a function that answers people.

    `response_bases` maps a platform's name to the base of its response URLs. On a platform without a base, no
    answer is ever sent to a URL.
    """

    rocketchat_url: str
    secret_id: str
    queue_url: str
    table_name: str
    response_bases: Mapping[str, str]


class ChatSettings(NamedTuple):
    """The same, the queue of runs, and the most seconds until the first reply: see `platforms.Patience`."""

    answers: LateAnswerSettings
    background_queue_url: str
    reply_seconds: float
    long_reply_seconds: float


class ScheduleSettings(NamedTuple):
    """Where runs are queued and recorded."""

    background_queue_url: str
    table_name: str


class WebhookSettings(NamedTuple):
    """The secret that checks the webhooks' callers, and what decides which notices are queued.

    `notify_channel` is the channel of notices that name none; it may be empty.
    """

    background_queue_url: str
    table_name: str
    secret_id: str
    notify_channel: str
    omnichannel_events: frozenset[str]


class BackgroundSettings(NamedTuple):
    """The settings for reading rosters and posting.

    `refresh_share` is the share of the rate limit that a run may use if it only refreshes the records. A unit
    gets at most one notice of events in `notify_window_seconds`.
    """

    background_queue_url: str
    table_name: str
    secret_id: str
    rocketchat_url: str
    refresh_share: float
    notify_channel: str
    notify_window_seconds: int


def read_late_answers(environ: Mapping[str, str], platforms: "Iterable[UrlPlatform]") -> LateAnswerSettings:
    return LateAnswerSettings(
        rocketchat_url=read_base_url(environ, "ROCKETCHAT_URL"),
        secret_id=_required(environ, "SECRET_ID"),
        queue_url=_required(environ, "QUEUE_URL"),
        table_name=_required(environ, "TABLE_NAME"),
        response_bases=_response_bases(environ, platforms),
    )


def read_chat(environ: Mapping[str, str], platforms: "Iterable[UrlPlatform]") -> ChatSettings:
    return ChatSettings(
        answers=read_late_answers(environ, platforms),
        background_queue_url=_required(environ, "BACKGROUND_QUEUE_URL"),
        reply_seconds=_number(environ, "REPLY_DEADLINE_MS", 2500, "milliseconds") / 1000,
        long_reply_seconds=_number(environ, "LONG_REPLY_DEADLINE_MS", 8000, "milliseconds") / 1000,
    )


def read_schedule(environ: Mapping[str, str]) -> ScheduleSettings:
    return ScheduleSettings(_required(environ, "BACKGROUND_QUEUE_URL"), _required(environ, "TABLE_NAME"))


def read_webhooks(environ: Mapping[str, str]) -> WebhookSettings:
    return WebhookSettings(
        background_queue_url=_required(environ, "BACKGROUND_QUEUE_URL"),
        table_name=_required(environ, "TABLE_NAME"),
        secret_id=_required(environ, "SECRET_ID"),
        notify_channel=_channel(environ, "NOTIFY_CHANNEL"),
        omnichannel_events=_event_types(environ, "OMNICHANNEL_EVENTS"),
    )


def read_background(environ: Mapping[str, str]) -> BackgroundSettings:
    return BackgroundSettings(
        background_queue_url=_required(environ, "BACKGROUND_QUEUE_URL"),
        table_name=_required(environ, "TABLE_NAME"),
        secret_id=_required(environ, "SECRET_ID"),
        rocketchat_url=read_base_url(environ, "ROCKETCHAT_URL"),
        refresh_share=_number(environ, "REFRESH_PERCENT", 10, "percent", most=100) / 100,
        notify_channel=_channel(environ, "NOTIFY_CHANNEL"),
        notify_window_seconds=_number(
            environ, "NOTIFY_WINDOW_SECONDS", 60, "seconds", most=LONGEST_WINDOW_SECONDS
        ),
    )


def host_of(url: str) -> str:
    """Return the server's name (and port, if there is one), for people to read."""
    return urlsplit(url).netloc


def _response_bases(environ: Mapping[str, str], platforms: "Iterable[UrlPlatform]") -> dict[str, str]:
    """Read the base of every platform that has response URLs and a base for them, set or by default."""
    return {
        platform.NAME: read_base_url(environ, platform.RESPONSE_URL_VARIABLE, platform.RESPONSE_URL_DEFAULT)
        for platform in platforms
        if platform.RESPONSE_URL_VARIABLE
        # An empty variable without a default means "not set up"; with a default, it is a mistake to report.
        and (platform.RESPONSE_URL_DEFAULT or environ.get(platform.RESPONSE_URL_VARIABLE))
    }


def _required(environ: Mapping[str, str], name: str, default: str = "") -> str:
    value = environ.get(name, default).strip()
    if not value:
        raise SettingsError(f"{name} is not set")
    return value


def _number(environ: Mapping[str, str], name: str, default: int, unit: str, most: int = 999_999) -> int:
    value = environ.get(name, "").strip() or str(default)
    if not _DIGITS.fullmatch(value) or not 1 <= int(value) <= most:
        raise SettingsError(f"{name} is not a number of {unit} from 1 to {most}")
    return int(value)


def _channel(environ: Mapping[str, str], name: str) -> str:
    value = environ.get(name, "").strip()
    if value and not is_channel(value):
        raise SettingsError(f"{name} is not #name, @user or the id of a room")
    return value


def _event_types(environ: Mapping[str, str], name: str) -> frozenset[str]:
    value = environ.get(name, "").strip() or OMNICHANNEL_EVENTS
    types = [one.strip() for one in value.split(",")]
    if not all(re.fullmatch(_EVENT_TYPE, one) for one in types):
        raise SettingsError(f"{name} is not a comma-separated list of event types")
    return frozenset(types)


def read_base_url(environ: Mapping[str, str], name: str, default: str = "") -> str:
    """Return the URL of a server, without a slash at its end; raise SettingsError if it is none."""
    value = _required(environ, name, default)
    try:
        url = urlsplit(value)
        usable = url.scheme in {"http", "https"} and url.hostname and url.port != 0
    except ValueError as error:
        raise SettingsError(f"{name} is not a URL") from error
    if not usable or url.username is not None or _NOT_IN_A_BASE_URL.search(value):
        raise SettingsError(f"{name} is not the http(s) URL of a server, with nothing but a path")
    return value.rstrip("/")
