"""Omnichannel: units, their monitors and departments, and everybody with the monitor role."""

from tests.fakes.rocketchat.api import Request, failure, forbidden, invalid_parameters
from tests.fakes.rocketchat.paging import contains, page
from tests.fakes.rocketchat.records import Department, Json, Link, Unit, User
from tests.fakes.rocketchat.workspace import Workspace


def units(workspace: Workspace, request: Request) -> Json:
    matches = contains(request.parameter("text"))
    rows = [_unit_row(unit) for unit in _visible_units(workspace, request) if matches(unit.name)]
    if workspace.settings.units_list_departments:
        rows += [_department_row(each) for each in workspace.departments.values() if matches(each.name)]
    if not workspace.settings.units_have_type:
        rows = [{key: row[key] for key in row if key != "type"} for row in rows]
    return page("units", rows, request, workspace.settings)


def unit_by_id(workspace: Workspace, request: Request) -> Json | None:
    if not _is_visible(workspace, request.values["unitId"]):
        return None
    unit = workspace.units[request.values["unitId"]]
    return _unit_row(unit)


def unit_monitors(workspace: Workspace, request: Request) -> Json:
    unit = workspace.units.get(request.values["unitId"])
    return {"monitors": [_link_row(link) for link in unit.links] if unit else []}


def unit_departments(workspace: Workspace, request: Request) -> Json:
    unit_id = request.values["unitId"]
    rows = [_department_row(each) for each in workspace.departments.values() if each.unit_id == unit_id]
    return page("departments", rows, request, workspace.settings)


def monitors(workspace: Workspace, request: Request) -> Json:
    text = request.parameter("text")
    if text is None and workspace.settings.monitors_need_text:
        raise invalid_parameters(workspace.settings, "must have required property 'text'")
    matches = contains(text)
    rows = [
        _monitor_row(user)
        for user in _role_holders(workspace)
        if matches(user.username) or matches(user.name)
    ]
    return page("monitors", rows, request, workspace.settings)


def monitor_by_username(workspace: Workspace, request: Request) -> Json:
    for user in _role_holders(workspace):
        if user.username == request.values["username"]:
            return _monitor_row(user)
    raise failure("invalid-user")


def departments(workspace: Workspace, request: Request) -> Json:
    matches = contains(request.parameter("text"))
    rows = [_department_row(each) for each in workspace.departments.values() if matches(each.name)]
    return page("departments", rows, request, workspace.settings)


def department_by_id(workspace: Workspace, request: Request) -> Json:
    department = workspace.departments.get(request.values["id"])
    return {"department": _department_row(department) if department else None, "agents": []}


def _visible_units(workspace: Workspace, request: Request) -> list[Unit]:
    if request.account is not workspace.account:
        return list(workspace.units.values())
    allowed = "manage-livechat-units" in workspace.permissions
    if not allowed and workspace.settings.units_read_needs_permission:
        raise forbidden(workspace.settings)
    if allowed and not _is_narrowed(workspace):
        return list(workspace.units.values())
    return [unit for unit in workspace.units.values() if _is_monitored_by_account(workspace, unit)]


def _is_visible(workspace: Workspace, unit_id: str) -> bool:
    unit = workspace.units.get(unit_id)
    return unit is not None and (not _is_narrowed(workspace) or _is_monitored_by_account(workspace, unit))


def _is_narrowed(workspace: Workspace) -> bool:
    """Does the account's role cut the unit queries down to the units it monitors?"""
    roles = set(workspace.account_roles)
    return "livechat-monitor" in roles and not roles & {"admin", "livechat-manager"}


def _is_monitored_by_account(workspace: Workspace, unit: Unit) -> bool:
    return any(link.monitor_id == workspace.account.user_id for link in unit.links)


def _role_holders(workspace: Workspace) -> list[User]:
    return [user for user in workspace.users.values() if "livechat-monitor" in user.roles]


def _unit_row(unit: Unit) -> Json:
    return {
        "_id": unit.id,
        "name": unit.name,
        "visibility": unit.visibility,
        "type": "u",
        "numMonitors": unit.num_monitors,
        "numDepartments": unit.num_departments,
        "_updatedAt": unit.updated_at,
    }


def _link_row(link: Link) -> Json:
    return {
        "_id": link.id,
        "monitorId": link.monitor_id,
        "unitId": link.unit_id,
        "username": link.username,
        "_updatedAt": link.updated_at,
    }


def _monitor_row(user: User) -> Json:
    return {
        "_id": user.id,
        "username": user.username,
        "name": user.name,
        "status": user.status,
        "statusLivechat": "available" if user.status == "online" else "not-available",
        "emails": [{"address": f"{user.username}@example.com", "verified": True}],
    }


def _department_row(department: Department) -> Json:
    row: Json = {
        "_id": department.id,
        "name": department.name,
        "enabled": True,
        "numAgents": 0,
        "_updatedAt": department.updated_at,
    }
    if department.unit_id:
        row |= {"parentId": department.unit_id, "ancestors": [department.unit_id]}
    return row
