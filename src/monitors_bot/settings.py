"""The settings that the functions read from their environment."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from monitors_bot.errors import SettingsError
from monitors_bot.text import is_channel

_BOTH = {"ROCKETCHAT_URL", "SECRET_ID", "QUEUE_URL", "TABLE_NAME", "SLACK_HOOKS_URL", "MATTERMOST_URL"}
CHAT_VARIABLES = frozenset({*_BOTH, "REPLY_DEADLINE_MS", "LONG_REPLY_DEADLINE_MS"})
WORKER_VARIABLES = frozenset(_BOTH)
SCHEDULE_VARIABLES = frozenset({"BACKGROUND_QUEUE_URL", "TABLE_NAME"})
WEBHOOK_VARIABLES = frozenset({*SCHEDULE_VARIABLES, "SECRET_ID", "NOTIFY_CHANNEL", "OMNICHANNEL_EVENTS"})
BACKGROUND_VARIABLES = frozenset(
    {
        *SCHEDULE_VARIABLES,
        "ROCKETCHAT_URL",
        "SECRET_ID",
        "REFRESH_PERCENT",
        "NOTIFY_CHANNEL",
        "NOTIFY_WINDOW_SECONDS",
    }
)
"""What the functions read, besides what AWS and Powertools define."""
SLACK_HOOKS = "https://hooks.slack.com/"
OMNICHANNEL_EVENTS = "LivechatSessionQueued,LivechatSessionForwarded"
LONGEST_WINDOW_SECONDS = 900

_NOT_IN_A_BASE_URL = re.compile(r"[?#\s]")
_MILLISECONDS = re.compile(r"[0-9]{1,6}", re.ASCII)
_UP_TO_999, _EVENT = "[0-9]{1,3}", "[A-Za-z]{1,60}"
"""Not compiled: the chat function, which people wait for, needs none of them."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What every function has to know that answers a person.

    Late answers go to addresses below `response_bases`, by platform; a platform that is not in it gets none.
    """

    rocketchat_url: str
    secret_id: str
    queue_url: str
    response_bases: Mapping[str, str]

    @property
    def host(self) -> str:
        return host_of(self.rocketchat_url)


@dataclass(frozen=True, slots=True)
class Deadlines:
    """How long an answer may take, in seconds: where people are used to a quick one, and elsewhere."""

    short: float
    long: float


def read_settings(environ: Mapping[str, str]) -> Settings:
    mattermost = {"mattermost": _base_url(environ, "MATTERMOST_URL")} if environ.get("MATTERMOST_URL") else {}
    slack = _base_url({"SLACK_HOOKS_URL": SLACK_HOOKS, **environ}, "SLACK_HOOKS_URL")
    return Settings(
        rocketchat_url=_base_url(environ, "ROCKETCHAT_URL"),
        secret_id=_required(environ, "SECRET_ID"),
        queue_url=_required(environ, "QUEUE_URL"),
        response_bases={"slack": slack, **mattermost},
    )


def read_deadlines(environ: Mapping[str, str]) -> Deadlines:
    return Deadlines(
        short=_seconds(environ, "REPLY_DEADLINE_MS", 2500),
        long=_seconds(environ, "LONG_REPLY_DEADLINE_MS", 8000),
    )


def read_rocketchat_url(environ: Mapping[str, str]) -> str:
    return _base_url(environ, "ROCKETCHAT_URL")


def host_of(url: str) -> str:
    """A server's name as people know it."""
    return urlsplit(url).netloc


def read_background_queue(environ: Mapping[str, str]) -> str:
    return _required(environ, "BACKGROUND_QUEUE_URL")


def read_refresh_share(environ: Mapping[str, str]) -> float:
    """Which part of the limiter's budget a run may use up that only refreshes the records."""
    value = environ.get("REFRESH_PERCENT", "").strip() or "10"
    if not re.fullmatch(_UP_TO_999, value) or not 1 <= int(value) <= 100:
        raise SettingsError("REFRESH_PERCENT is not a number from 1 to 100")
    return int(value) / 100


def read_secret_id(environ: Mapping[str, str]) -> str:
    return _required(environ, "SECRET_ID")


def read_notify_channel(environ: Mapping[str, str]) -> str:
    """The channel for notices that name none; empty where there is none."""
    value = environ.get("NOTIFY_CHANNEL", "").strip()
    if value and not is_channel(value):
        raise SettingsError("NOTIFY_CHANNEL is not #name, @user or the id of a room")
    return value


def read_omnichannel_events(environ: Mapping[str, str]) -> frozenset[str]:
    """The types of Omnichannel events that people are told of."""
    value = environ.get("OMNICHANNEL_EVENTS", "").strip() or OMNICHANNEL_EVENTS
    events = [event.strip() for event in value.split(",")]
    if not all(re.fullmatch(_EVENT, event) for event in events):
        raise SettingsError("OMNICHANNEL_EVENTS is not a comma list of types of events")
    return frozenset(events)


def read_notify_window(environ: Mapping[str, str]) -> int:
    """In how many seconds a unit gets at most one notice of events."""
    value = environ.get("NOTIFY_WINDOW_SECONDS", "").strip() or "60"
    if not re.fullmatch(_UP_TO_999, value) or not 1 <= int(value) <= LONGEST_WINDOW_SECONDS:
        raise SettingsError(f"NOTIFY_WINDOW_SECONDS is not a number from 1 to {LONGEST_WINDOW_SECONDS}")
    return int(value)


def read_table_name(environ: Mapping[str, str]) -> str:
    return _required(environ, "TABLE_NAME")


def _required(environ: Mapping[str, str], name: str) -> str:
    value = environ.get(name, "").strip()
    if not value:
        raise SettingsError(f"{name} is not set")
    return value


def _seconds(environ: Mapping[str, str], name: str, default: int) -> float:
    value = environ.get(name, "").strip() or str(default)
    if not _MILLISECONDS.fullmatch(value) or int(value) == 0:
        raise SettingsError(f"{name} is not a number of milliseconds")
    return int(value) / 1000


def _base_url(environ: Mapping[str, str], name: str) -> str:
    value = _required(environ, name)
    try:
        url = urlsplit(value)
        usable = url.scheme in {"http", "https"} and url.hostname and url.port != 0
    except ValueError as error:
        raise SettingsError(f"{name} is not a URL") from error
    if not usable or url.username is not None or _NOT_IN_A_BASE_URL.search(value):
        raise SettingsError(f"{name} is not the http(s) URL of a server, with nothing but a path")
    return value.rstrip("/")
