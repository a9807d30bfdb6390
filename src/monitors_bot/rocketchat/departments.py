"""The unit that an Omnichannel department belongs to."""

from collections.abc import Mapping
from dataclasses import dataclass

from monitors_bot.deadline import Deadline
from monitors_bot.rocketchat import parsing
from monitors_bot.rocketchat.api import RocketChat, Route

DEPARTMENT = Route("livechat/department/{}", "view-livechat-departments")


@dataclass(frozen=True, slots=True)
class Department:
    """A department; an empty `unit_id` means that it belongs to no unit, or does not exist."""

    name: str
    unit_id: str


def department(server: RocketChat, id_: str, deadline: Deadline) -> Department:
    value = server.get(DEPARTMENT, deadline, part=id_).get("department")
    item = value if isinstance(value, Mapping) else {}  # for an unknown id, a success without a department
    ancestors = item.get("ancestors")
    first = ancestors[0] if isinstance(ancestors, list) and ancestors else None
    unit_id = next((one for one in (item.get("parentId"), first) if _is_id(one)), "")
    return Department(parsing.text(item, "name"), str(unit_id))


def _is_id(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip("."))
