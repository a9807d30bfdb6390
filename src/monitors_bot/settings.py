"""The settings that the functions read from their environment."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from monitors_bot.errors import SettingsError

CHAT_VARIABLES = frozenset({"ROCKETCHAT_URL", "SECRET_ID", "REPLY_DEADLINE_MS", "LONG_REPLY_DEADLINE_MS"})
"""What the chat function reads, besides what AWS and Powertools define."""

_NOT_IN_A_BASE_URL = re.compile(r"[?#\s]")
_MILLISECONDS = re.compile(r"[0-9]{1,6}", re.ASCII)


@dataclass(frozen=True, slots=True)
class ChatSettings:
    """What the chat function has to know; the deadlines in seconds."""

    rocketchat_url: str
    secret_id: str
    reply_deadline: float
    long_reply_deadline: float

    @property
    def host(self) -> str:
        """The server's name as people know it."""
        return urlsplit(self.rocketchat_url).netloc


def read_chat_settings(environ: Mapping[str, str]) -> ChatSettings:
    return ChatSettings(
        rocketchat_url=_base_url(environ, "ROCKETCHAT_URL"),
        secret_id=_required(environ, "SECRET_ID"),
        reply_deadline=_seconds(environ, "REPLY_DEADLINE_MS", 2500),
        long_reply_deadline=_seconds(environ, "LONG_REPLY_DEADLINE_MS", 8000),
    )


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
