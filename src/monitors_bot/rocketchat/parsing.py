"""The server's JSON as our own dataclasses: missing details are tolerated, nonsense is not."""

from collections.abc import Mapping
from typing import NamedTuple

from monitors_bot.domain.units.roster import Presence, Unit
from monitors_bot.errors import RocketChatUnintelligible

Json = Mapping[str, object]
FURTHEST_OFFSET_HOURS = 14
STAFF_ROOMS = frozenset({"c", "p", "d"})
"""The types of rooms that customers never read: channels, private groups, direct messages."""
_DEPARTMENT_FIELDS = frozenset({"enabled", "numAgents", "parentId"})
_PRESENCES = {presence.value: presence for presence in Presence}


class Person(NamedTuple):
    """Somebody with the monitor role, from `livechat/monitors`."""

    id: str
    username: str
    name: str
    presence: Presence


class Link(NamedTuple):
    """Somebody's membership of a unit; `username` is a copy that may be out of date."""

    monitor_id: str
    username: str


class Sighting(NamedTuple):
    """Somebody's current presence, from `users.presence`."""

    presence: Presence
    status_text: str
    utc_offset_hours: float | None


def objects(payload: Json, key: str) -> list[Json]:
    """Read a required list of objects."""
    items = payload.get(key)
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        raise RocketChatUnintelligible(f"{key} is not a list of objects")
    return items


def id_of(item: Json, key: str = "_id") -> str:
    value = text(item, key)
    if not value.strip("."):
        raise RocketChatUnintelligible(f"{key} is missing")
    return value


def is_unit(item: Json) -> bool:
    """Whether an item of `livechat/units` is a unit: until autumn 2022, departments were listed as well.

    https://github.com/RocketChat/Rocket.Chat/pull/26713
    """
    kind = item.get("type")
    return kind == "u" if kind is not None else not _DEPARTMENT_FIELDS & item.keys()


def unit(item: Json) -> Unit:
    count = item.get("numMonitors")
    known = isinstance(count, int) and not isinstance(count, bool) and count >= 0
    is_private = item.get("visibility") == "private"
    return Unit(id_of(item), text(item, "name"), count if known else None, is_private)  # type: ignore[arg-type]  # checked


def person(item: Json) -> Person:
    return Person(id_of(item), text(item, "username"), text(item, "name"), _presence(item))


def link(item: Json) -> Link:
    return Link(id_of(item, "monitorId"), text(item, "username"))


def sighting(item: Json) -> tuple[str, Sighting]:
    return id_of(item), Sighting(_presence(item), text(item, "statusText"), _offset(item.get("utcOffset")))


def may_manage(permission: str, permissions: Json, me: Json) -> bool | None:
    """Whether one of the account's roles has `permission`; None if that is unknown or not the whole truth.

    `permissions` and `me` are the answers of permissions.listAll and me.
    """
    mine = _texts(me.get("roles"))
    # The role livechat-monitor restricts every list to the account's own units, unless it also has a wider
    # role.
    if not mine or ("livechat-monitor" in mine and not mine & {"admin", "livechat-manager"}):
        return None
    holders = [item for item in objects(permissions, "update") if item.get("_id") == permission]
    return bool(mine & _texts(holders[0].get("roles"))) if holders else None


def text(item: Json, key: str) -> str:
    """Return a text, or an empty one; lone surrogates, which can't be encoded, become question marks."""
    value = item.get(key)
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else ""


def _presence(item: Json) -> Presence:
    status = item.get("status")
    return _PRESENCES.get(status, Presence.UNKNOWN) if isinstance(status, str) else Presence.UNKNOWN


def _offset(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return float(value) if abs(value) <= FURTHEST_OFFSET_HOURS else None


def _texts(value: object) -> frozenset[str]:
    items = value if isinstance(value, list) else []
    return frozenset(item for item in items if isinstance(item, str))
