"""What a workspace is set to: its version, its settings, its integrations; and personal access tokens."""

from hashlib import sha256

from tests.fakes.rocketchat.api import ApiError, Request, coded_failure, failure
from tests.fakes.rocketchat.paging import page
from tests.fakes.rocketchat.records import Account, Json, User
from tests.fakes.rocketchat.workspace import Workspace

MINT = "create-personal-access-tokens"
OMNICHANNEL = {
    "LivechatWebhookUrl": "Livechat_webhookUrl",
    "LivechatSecretToken": "Livechat_secret_token",
    "LivechatWebhookOnChatQueued": "Livechat_webhook_on_chat_queued",
    "LivechatWebhookOnChatTaken": "Livechat_webhook_on_chat_taken",
    "LivechatWebhookOnForward": "Livechat_webhook_on_forward",
    "LivechatWebhookOnClose": "Livechat_webhook_on_close",
}
NEEDED_OF_A_WEBHOOK = ("username", "channel", "scriptEnabled", "name", "enabled", "event")


def info(workspace: Workspace, request: Request) -> Json:
    """Only an admin is told the patch's number.

    https://github.com/RocketChat/Rocket.Chat/blob/develop/apps/meteor/app/api/server/lib/getServerInfo.ts
    """
    return {"version": workspace.version.rpartition(".")[0]}


def public_settings(workspace: Workspace, request: Request) -> Json:
    asked = request.parameter("_id")
    rows = [
        {"_id": name, "value": value}
        for name, value in workspace.public_settings.items()
        if asked in {None, name}
    ]
    return page("settings", rows, request, workspace.settings)


def setting(workspace: Workspace, request: Request) -> Json:
    name = request.values["id"]
    every = workspace.public_settings | workspace.private_settings
    if name not in every:
        raise failure()
    return {"_id": name, "value": every[name]}


def integrations(workspace: Workspace, request: Request) -> Json:
    return page("integrations", workspace.integrations, request, workspace.settings)


def remove_token(workspace: Workspace, request: Request) -> Json:
    """The second factor is asked for before the permission, and that before the token is looked for.

    https://github.com/RocketChat/Rocket.Chat/blob/develop/apps/meteor/imports/personal-access-tokens/server/api/methods/removeToken.ts
    """
    _require_second_factor(workspace, request)
    if not workspace.may(request.account, MINT):
        raise coded_failure("not-authorized", "Not Authorized")
    raise coded_failure("error-token-does-not-exists", "Token does not exist")


def login(workspace: Workspace, request: Request) -> Json:
    body = request.json_body()
    name = str(body.get("user", ""))
    if not name or workspace.passwords.get(name) != body.get("password"):
        raise ApiError(401, {"status": "error", "error": "Unauthorized", "message": "Unauthorized"})
    account = Account(workspace.user_ids[name], name, [workspace.new_id(43)])
    workspace.logins.append(account)
    return {"status": "success", "data": {"userId": account.user_id, "authToken": account.token}}


def generate_token(workspace: Workspace, request: Request) -> Json:
    """Make a personal access token for the caller itself."""
    account, name = request.account, request.json_body().get("tokenName")
    if not name:
        raise failure("The 'tokenName' param is required")
    _require_second_factor(workspace, request)
    roles = set(workspace.users[account.user_id].roles) if account else set()
    if account is None or not workspace.granted[MINT] & roles:
        raise coded_failure("not-authorized", "Not Authorized")
    if name in account.token_names:
        raise coded_failure("error-token-already-exists", "A token with this name already exists")
    account.token_names.append(name)
    made = Account(account.user_id, account.username, [workspace.new_id(43)])
    workspace.take_as_service(made)
    return {"token": made.token}


def roles(workspace: Workspace, request: Request) -> Json:
    return {"roles": [{"_id": id_, "name": name, "scope": "Users"} for id_, name in workspace.roles.items()]}


def create_role(workspace: Workspace, request: Request) -> Json:
    name = request.json_body().get("name")
    if name in workspace.roles.values():
        raise coded_failure("error-duplicate-role-names-not-allowed", "Role name already exists")
    id_ = workspace.new_id()
    workspace.roles[id_] = str(name)
    return {"role": {"_id": id_, "name": name, "scope": "Users"}}


def add_to_role(workspace: Workspace, request: Request) -> Json:
    user, role = _user_and_role(workspace, request)
    if role in user.roles:
        raise coded_failure("error-user-already-in-role", "User already in role")
    user.roles.append(role)
    return {"role": {"_id": role}}


def remove_from_role(workspace: Workspace, request: Request) -> Json:
    user, role = _user_and_role(workspace, request)
    if role not in user.roles:
        raise coded_failure("error-user-not-in-role", "User is not in this role")
    user.roles.remove(role)
    if user.id == workspace.account.user_id:
        workspace.take_as_service(workspace.account)
    return {"role": {"_id": role}}


def update_permissions(workspace: Workspace, request: Request) -> Json:
    """Replace the roles of each permission: whoever leaves one out takes the permission from it.

    https://github.com/RocketChat/Rocket.Chat/blob/develop/apps/meteor/app/api/server/v1/permissions.ts
    """
    asked = request.json_body()["permissions"]
    if any(one["_id"] not in workspace.granted for one in asked):
        raise failure("Invalid permission", "error-invalid-permission")
    if any(role not in workspace.roles for one in asked for role in one["roles"]):
        raise failure("Invalid role", "error-invalid-role")
    for one in asked:
        workspace.granted[one["_id"]] = set(one["roles"])
    return {"permissions": [{"_id": name, "roles": sorted(held)} for name, held in workspace.granted.items()]}


def create_user(workspace: Workspace, request: Request) -> Json:
    body = request.json_body()
    name = body["username"]
    if name in workspace.user_ids:
        raise coded_failure("error-field-unavailable", f"{name} is already in use :(")
    if any(role not in workspace.roles for role in body.get("roles", [])):
        raise coded_failure("error-role-not-found", "Role not found")
    workspace.add_user(name, name=body["name"], monitor=False)
    workspace.user(name).roles = list(body.get("roles", ["user"]))
    workspace.passwords[name] = body["password"]
    return {"user": {"_id": workspace.user_ids[name], "username": name}}


def update_user(workspace: Workspace, request: Request) -> Json:
    _require_second_factor(workspace, request)
    body = request.json_body()
    user = workspace.users[body["userId"]]
    workspace.passwords[user.username] = body["data"]["password"]
    return {"user": {"_id": user.id}}


def create_integration(workspace: Workspace, request: Request) -> Json:
    body = request.json_body()
    if body.get("type") != "webhook-outgoing" or any(key not in body for key in NEEDED_OF_A_WEBHOOK):
        raise failure("must match exactly one schema in oneOf", "invalid-params")
    if body["username"] not in workspace.user_ids:
        raise coded_failure("error-invalid-user", "Invalid user")
    for channel in body["channel"].split(","):
        if not workspace.find_room(channel.strip().removeprefix("#")):
            raise coded_failure("error-invalid-room", "Invalid room")
    integration = {**body, "_id": workspace.new_id()}
    workspace.integrations.append(integration)
    return {"integration": integration}


def set_omnichannel(workspace: Workspace, request: Request) -> Json:
    for field, name in OMNICHANNEL.items():
        if field in request.json_body():
            workspace.private_settings[name] = request.json_body()[field]
    return {}


def invite(workspace: Workspace, request: Request) -> Json:
    body = request.json_body()
    room = workspace.rooms.get(body.get("roomId", ""))
    if room is None:
        raise coded_failure("error-room-not-found", "The required room does not match any channel")
    room.members.add(body["userId"])
    return {"channel": {"_id": room.id}}


def _require_second_factor(workspace: Workspace, request: Request) -> None:
    """Ask for a second factor, unless the token was made to need none, or the password came as one."""
    account, settings = request.account, workspace.settings
    if account is None or account.bypasses_second_factor:
        return
    is_service = account is workspace.account or account in workspace.logins
    asks = settings.is_fallback_asked or (is_service and bool(settings.second_factors))
    password = workspace.passwords.get(account.username)
    shown = request.headers.get("x-2fa-code"), request.headers.get("x-2fa-method")
    if asks and not (password and shown == (sha256(password.encode()).hexdigest(), "password")):
        raise coded_failure("totp-required", "TOTP Required")


def _user_and_role(workspace: Workspace, request: Request) -> tuple[User, str]:
    body = request.json_body()
    if body.get("roleId") not in workspace.roles:
        raise failure("error-role-not-found", "Role not found")
    if body.get("username") not in workspace.user_ids:
        raise coded_failure("error-invalid-user", "There is no user with this username")
    return workspace.user(body["username"]), body["roleId"]
