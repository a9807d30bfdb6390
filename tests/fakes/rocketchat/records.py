"""What a Rocket.Chat workspace remembers: accounts, people, units, departments, rooms and its settings."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

Json = dict[str, Any]


@dataclass
class Account:
    """The service account that every call is made with."""

    user_id: str
    username: str
    tokens: list[str]
    token_names: list[str] = field(default_factory=list)
    bypasses_second_factor: bool = False
    """Whether its token was made with *Ignore Two Factor Authentication*."""

    @property
    def token(self) -> str:
        return self.tokens[-1]


@dataclass
class User:
    """Somebody who can be online."""

    id: str
    username: str
    name: str
    status: str
    status_text: str | None
    utc_offset: float | None
    roles: list[str]
    presence_changed: datetime


@dataclass
class Link:
    """One person monitoring one unit; `username` is a copy from the day the unit was saved."""

    id: str
    monitor_id: str
    unit_id: str
    username: str
    updated_at: str


@dataclass
class Unit:
    """An Omnichannel unit with its links."""

    id: str
    name: str
    visibility: str
    updated_at: str
    links: list[Link] = field(default_factory=list)
    num_monitors: int = 0
    num_departments: int = 0


@dataclass
class Department:
    """An Omnichannel department, which may belong to a unit."""

    id: str
    name: str
    unit_id: str | None
    updated_at: str


@dataclass
class Room:
    """A channel (c), a private group (p), a direct room (d) or a livechat room (l)."""

    id: str
    name: str
    type: str
    members: set[str]
    department_id: str | None
    ancestors: list[str]
    read_only: bool
    archived: bool
    updated_at: str
    messages: list[Json] = field(default_factory=list)


@dataclass
class Settings:
    """Server settings, and switches for what differs between versions."""

    default_count: int = 50
    upper_count_limit: int = 100
    allow_infinite_count: bool = True
    max_allowed_size: int = 5000
    threads_enabled: bool = True
    rate_limiter: bool = True
    limit_calls: int = 10
    limit_seconds: float = 60
    bypass_ignored: bool = False  # seen on some version: the exempting permission changed nothing
    presence_broadcast_disabled: bool = False
    presence_comma_list_bug: bool = False  # 8.4
    presence_shows_offline_texts: bool = False  # after 8.6: offline people with a text are listed
    ids_limit: int = 20
    ids_above_limit: Literal["refuse", "drop", "allow"] = "refuse"
    units_read_needs_permission: bool = False  # older servers: 403 instead of a short list
    units_list_departments: bool = False  # 5.x before autumn 2022: no filter by type
    units_have_type: bool = True
    monitors_need_text: bool = False  # the published schema of livechat/monitors wants `text`
    version_errors: Literal["7", "8"] = "8"
    strict_bodies: bool = True  # the schemas of 8.8
    second_factors: tuple[Literal["totp", "email2fa"], ...] = ()  # those of the service account
    is_fallback_asked: bool = True  # the password counts as a second factor where there is no other
    may_delete: bool = True
    repeated_id: Literal["error", "success"] = "error"
