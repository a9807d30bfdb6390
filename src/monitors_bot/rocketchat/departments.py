"""Which unit a department of Omnichannel belongs to."""

from collections.abc import Mapping
from dataclasses import dataclass

from monitors_bot.deadline import Deadline
from monitors_bot.rocketchat import parsing as reading
from monitors_bot.rocketchat.api import RocketChat, Route

DEPARTMENT = Route("livechat/department/{}", "view-livechat-departments")


@dataclass(frozen=True, slots=True)
class Department:
    """A department; without a `unit_id` it belongs to none, or is not there."""

    name: str
    unit_id: str


def department(server: RocketChat, id_: str, deadline: Deadline) -> Department:
    told = server.get(DEPARTMENT, deadline, part=id_).get("department")
    item = told if isinstance(told, Mapping) else {}  # an unknown id is a success without a department
    ancestors = item.get("ancestors")
    first = ancestors[0] if isinstance(ancestors, list) and ancestors else None
    unit_id = next((one for one in (item.get("parentId"), first) if _is_id(one)), "")
    return Department(reading.text(item, "name"), str(unit_id))


def _is_id(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip("."))
