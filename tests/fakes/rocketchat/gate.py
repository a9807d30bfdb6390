"""The way of a call through the server: route, token, limiter, permission, licence, endpoint."""

from tests.fakes.rocketchat.api import (
    Answer,
    ApiError,
    Request,
    coded_failure,
    forbidden,
    json_answer,
    not_found,
    unauthenticated,
)
from tests.fakes.rocketchat.limiter import Limiter
from tests.fakes.rocketchat.routes import Route
from tests.fakes.rocketchat.workspace import Workspace

WEB_APP = b"<!DOCTYPE html><html><head><title>Rocket.Chat</title></head><body>Page not found</body></html>"


def answer(workspace: Workspace, limiter: Limiter, route: Route | None, request: Request) -> Answer:
    if route is None:
        return not_found()
    if route.is_premium and workspace.license in {"missing-404", "missing-html"}:
        return _unregistered(workspace)
    headers: dict[str, str] = {}
    try:
        if not route.is_open:
            _check_token(workspace, request)
        headers |= limiter.count(f"{route.method} {route.pattern}", request.address)
        _check_permission(workspace, route, request)
        _check_license(workspace, route)
        return _endpoint_answer(workspace, route, request, headers)
    except ApiError as error:
        return json_answer(error.body, error.status, headers | getattr(error, "headers", {}))


def _unregistered(workspace: Workspace) -> Answer:
    if workspace.license == "missing-html":
        return Answer(200, WEB_APP, "text/html; charset=utf-8")
    return not_found()


def _endpoint_answer(workspace: Workspace, route: Route, request: Request, headers: dict[str, str]) -> Answer:
    with workspace.lock:
        body = route.endpoint(workspace, request)
    return json_answer(None if body is None else body | {"success": True}, headers=headers)


def _check_token(workspace: Workspace, request: Request) -> None:
    user_id, token = request.headers.get("X-User-Id"), request.headers.get("X-Auth-Token")
    request.account = next(
        (
            one
            for one in [*workspace.accounts, *workspace.logins]
            if one.user_id == user_id and token in one.tokens
        ),
        None,
    )
    if not request.account:
        raise unauthenticated(workspace.settings)


def _check_permission(workspace: Workspace, route: Route, request: Request) -> None:
    if route.permissions and not any(workspace.may(request.account, one) for one in route.permissions):
        raise forbidden(workspace.settings)


def _check_license(workspace: Workspace, route: Route) -> None:
    if route.is_premium and workspace.license == "missing-400":
        raise coded_failure("error-action-not-allowed", "This is an enterprise feature")
