"""People: who the caller is, what the roles may do, and who is online."""

from datetime import datetime, timedelta

from tests.fakes.rocketchat.api import Request, failure, invalid_parameters
from tests.fakes.rocketchat.records import Json, Settings, User
from tests.fakes.rocketchat.workspace import Workspace

KNOWN_PERMISSIONS = (
    "api-bypass-rate-limit",
    "create-personal-access-tokens",
    "manage-livechat-monitors",
    "manage-livechat-units",
    "message-impersonate",
    "post-readonly",
    "view-l-room",
    "view-livechat-departments",
    "view-livechat-rooms",
    "view-privileged-setting",
)
RECENT = timedelta(minutes=10)


def me(workspace: Workspace, request: Request) -> Json:
    """The caller's own account, with what is told of how it logs in.

    https://github.com/RocketChat/Rocket.Chat/blob/develop/apps/meteor/app/api/server/helpers/getUserInfo.ts
    """
    user = workspace.users[(request.account or workspace.account).user_id]
    services: Json = {name: {"enabled": True} for name in workspace.settings.second_factors}
    services["password"] = {"exists": True}
    return _profile(user) | {"services": services}


def info(workspace: Workspace, request: Request) -> Json:
    user_id, username = request.parameter("userId"), request.parameter("username")
    if user_id is None and username is None:
        raise invalid_parameters(workspace.settings, "must have required property 'userId'")
    user = workspace.users.get(user_id or workspace.user_ids.get(username or "", ""))
    if user is None:
        raise failure("User not found.")
    return {"user": _profile(user)}


def list_permissions(workspace: Workspace, request: Request) -> Json:
    if workspace.was_granted:
        rows = [
            {"_id": name, "roles": sorted(roles), "_updatedAt": workspace.timestamp()}
            for name, roles in sorted(workspace.granted.items())
        ]
        return {"update": rows, "remove": []}
    names = sorted({*KNOWN_PERMISSIONS, *workspace.permissions})
    rows = [
        {"_id": name, "roles": _holders(workspace, name), "_updatedAt": workspace.timestamp()}
        for name in names
    ]
    return {"update": rows, "remove": []}


def presence(workspace: Workspace, request: Request) -> Json:
    settings = workspace.settings
    if settings.presence_broadcast_disabled:
        return {"users": [], "full": True}
    asked = request.parameters("ids")
    if asked:
        users = [workspace.users[each] for each in _ids(asked, settings) if each in workspace.users]
        return {"users": [_presence(user) for user in users if _is_listed(user, settings)], "full": False}
    since = _recent_moment(request.parameter("from"), workspace)
    if since is None:
        return {
            "users": [_presence(user) for user in workspace.users.values() if _is_present(user)],
            "full": True,
        }
    changed = [user for user in workspace.users.values() if user.presence_changed >= since]
    own_id = workspace.account.user_id
    return {"users": [_presence(user) for user in changed if user.id != own_id], "full": False}


def _holders(workspace: Workspace, permission: str) -> list[str]:
    own = workspace.account_roles
    if permission in workspace.permissions:
        return sorted({"admin", *own[-1:]})
    return [role for role in ("admin",) if role not in own]


def _ids(asked: list[str], settings: Settings) -> list[str]:
    if len(asked) > settings.ids_limit:
        asked = _above_limit(asked, settings)
    if len(asked) > 1:
        return asked
    ids = asked[0].split(",")
    return [] if len(ids) > 1 and settings.presence_comma_list_bug else ids


def _above_limit(asked: list[str], settings: Settings) -> list[str]:
    if settings.ids_above_limit == "refuse":
        raise invalid_parameters(settings, "must be string,array: ids")
    return asked if settings.ids_above_limit == "allow" else asked[: settings.ids_limit]


def _recent_moment(value: str | None, workspace: Workspace) -> datetime | None:
    if value is None:
        return None
    try:
        since = datetime.fromisoformat(value)
    except ValueError as error:
        raise failure("Invalid date") from error
    return since if workspace.now() - since < RECENT else None


def _is_present(user: User) -> bool:
    return user.status in {"online", "away", "busy"}


def _is_listed(user: User, settings: Settings) -> bool:
    """Silently offline people are never listed, whoever asks for them."""
    return _is_present(user) or (settings.presence_shows_offline_texts and bool(user.status_text))


def _presence(user: User) -> Json:
    row = {
        "_id": user.id,
        "username": user.username,
        "name": user.name,
        "status": user.status,
        "statusText": user.status_text,
        "utcOffset": user.utc_offset,
    }
    return {key: value for key, value in row.items() if value is not None}


def _profile(user: User) -> Json:
    return _presence(user) | {"roles": list(user.roles), "active": True, "type": "user"}
