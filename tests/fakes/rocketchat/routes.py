"""Every endpoint of the server: its pattern, what it needs, and the function that answers."""

from collections.abc import Callable
from dataclasses import dataclass

from tests.fakes.rocketchat import administration, livechat, messages, rooms, users
from tests.fakes.rocketchat.api import Request
from tests.fakes.rocketchat.records import Json
from tests.fakes.rocketchat.workspace import Workspace

Endpoint = Callable[[Workspace, Request], Json | None]


@dataclass(frozen=True)
class Route:
    """One endpoint; any one of `permissions` is enough, and none listed means any token will do."""

    method: str
    pattern: str
    endpoint: Endpoint
    permissions: frozenset[str] = frozenset()
    is_premium: bool = False
    is_open: bool = False
    """Whether anybody may call it, without a token."""

    def match(self, segments: tuple[str, ...]) -> dict[str, str] | None:
        """Return what the segments put in the pattern's places, or None where they do not fit."""
        parts = self.pattern.split("/")
        if len(parts) != len(segments):
            return None
        pairs = list(zip(parts, segments, strict=True))
        if any(part != segment for part, segment in pairs if not part.startswith(":")):
            return None
        return {part[1:]: segment for part, segment in pairs if part.startswith(":")}


def _get(pattern: str, endpoint: Endpoint, *permissions: str, is_premium: bool = False) -> Route:
    return Route("GET", pattern, endpoint, frozenset(permissions), is_premium)


def _post(pattern: str, endpoint: Endpoint, *permissions: str) -> Route:
    return Route("POST", pattern, endpoint, frozenset(permissions))


ROLES = "access-permissions"
UNITS, MONITORS = "manage-livechat-units", "manage-livechat-monitors"
INTEGRATIONS = ("manage-outgoing-integrations", "manage-own-outgoing-integrations")
DEPARTMENTS = ("view-livechat-departments", "view-l-room")
ROUTES = (
    Route("GET", "/api/info", administration.info, is_open=True),
    Route("GET", "settings.public", administration.public_settings, is_open=True),
    _get("settings/:id", administration.setting, "view-privileged-setting"),
    _get("integrations.list", administration.integrations, *INTEGRATIONS),
    Route("POST", "login", administration.login, is_open=True),
    Route("POST", "users.generatePersonalAccessToken", administration.generate_token),
    Route("POST", "users.removePersonalAccessToken", administration.remove_token),
    _get("roles.list", administration.roles),
    _post("roles.create", administration.create_role, ROLES),
    _post("roles.addUserToRole", administration.add_to_role, ROLES),
    _post("roles.removeUserFromRole", administration.remove_from_role, ROLES),
    _post("permissions.update", administration.update_permissions, ROLES),
    _post("users.create", administration.create_user, "create-user"),
    _post("users.update", administration.update_user, "edit-other-user-info"),
    _post("integrations.create", administration.create_integration, *INTEGRATIONS),
    _post("omnichannel/integrations", administration.set_omnichannel, "view-livechat-manager"),
    _post("channels.invite", administration.invite, "add-user-to-any-c-room"),
    _get("me", users.me),
    _get("permissions.listAll", users.list_permissions),
    _get("users.info", users.info),
    _get("users.presence", users.presence),
    _get("rooms.info", rooms.info),
    _get("livechat/units", livechat.units, is_premium=True),
    _get("livechat/units/:unitId", livechat.unit_by_id, UNITS, is_premium=True),
    _get("livechat/units/:unitId/monitors", livechat.unit_monitors, MONITORS, is_premium=True),
    _get("livechat/units/:unitId/departments", livechat.unit_departments, UNITS, is_premium=True),
    _get("livechat/monitors", livechat.monitors, MONITORS, is_premium=True),
    _get("livechat/monitors/:username", livechat.monitor_by_username, MONITORS, is_premium=True),
    _get("livechat/department", livechat.departments, *DEPARTMENTS),
    _get("livechat/department/:id", livechat.department_by_id, *DEPARTMENTS),
    Route("POST", "im.create", rooms.create_direct),
    _get("chat.getMessage", messages.get_message),
    Route("POST", "chat.delete", messages.delete),
    Route("POST", "chat.postMessage", messages.post_message),
    Route("POST", "chat.sendMessage", messages.send_message),
)


def find_route(request: Request) -> Route | None:
    """Find the endpoint asked for, and leave what its pattern captured in `request.values`."""
    for route in ROUTES:
        values = (
            route.match(request.segments) if request.segments and route.method == request.method else None
        )
        if values is not None:
            request.values = values
            return route
    return None
