"""What a workspace is set to: its version, its settings, its integrations; and personal access tokens."""

from tests.fakes.rocketchat.api import Request, coded_failure, failure
from tests.fakes.rocketchat.paging import page
from tests.fakes.rocketchat.records import Json
from tests.fakes.rocketchat.workspace import Workspace

MINT = "create-personal-access-tokens"


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
    account, settings = request.account, workspace.settings
    asks = bool(settings.second_factors) or settings.is_fallback_asked
    if asks and account is not None and not account.bypasses_second_factor:
        raise coded_failure("totp-required", "TOTP Required")
    if not workspace.may(account, MINT):
        raise coded_failure("not-authorized", "Not Authorized")
    raise coded_failure("error-token-does-not-exists", "Token does not exist")
