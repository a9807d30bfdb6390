"""What an admin does in Rocket.Chat for the bot: its role, its account, its token, and the webhooks.

Each step looks first whether it is done, so that all of it can be repeated. The admin's account is not kept.
"""

import json
import secrets as random
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from monitors_bot import errors
from monitors_bot.deadline import Deadline
from monitors_bot.domain.units.reasons import reason
from monitors_bot.outbound import Answer, Outbound
from monitors_bot.rocketchat import api, parsing
from monitors_bot.rocketchat.api import Account, RocketChat, Route
from monitors_bot_cli.problems import FOUND, Stopped

CALL_SECONDS = 10.0
ROLE = "monitors-reader"
"""The role that `setup` makes, and whose rights docs/service-account.md explains."""
USER, BOT = "user", "bot"
TOKEN_NAME = "monitors-bot"  # noqa: S105 - a name
NEEDED = ("manage-livechat-units", "manage-livechat-monitors", "api-bypass-rate-limit")
FOR_CUSTOMERS = ("view-livechat-departments", "view-livechat-rooms")
BY_HAND = "docs/service-account.md says how to do it by hand"

LOG_IN = "login"
ROLES = Route("roles.list")
NEW_ROLE = Route("roles.create", "access-permissions", may_refuse=True)
ADD_TO_ROLE = Route("roles.addUserToRole", "access-permissions", may_refuse=True)
TAKE_FROM_ROLE = Route("roles.removeUserFromRole", "access-permissions", may_refuse=True)
SET_PERMISSIONS = Route("permissions.update", "access-permissions", may_refuse=True)
USER_INFO = Route("users.info", may_refuse=True)
NEW_USER = Route("users.create", "create-user", may_refuse=True)
CHANGE_USER = Route("users.update", "edit-other-user-info", may_refuse=True)
NEW_TOKEN = Route("users.generatePersonalAccessToken", may_refuse=True)
INTEGRATIONS = Route("integrations.list", "manage-outgoing-integrations")
NEW_INTEGRATION = Route("integrations.create", "manage-outgoing-integrations", may_refuse=True)
SETTING = Route("settings/{}", "view-privileged-setting", may_refuse=True)
OMNICHANNEL = Route("omnichannel/integrations", "view-livechat-manager", may_refuse=True)
ROOM = Route("rooms.info", may_refuse=True)
INVITE = Route("channels.invite", "add-user-to-any-c-room", may_refuse=True)


@dataclass(frozen=True)
class Made:
    """The bot's account as it was made."""

    user_id: str
    token: str


class Workspace:
    """A workspace, as an admin sees it; `server` calls with the admin's account."""

    def __init__(self, server: RocketChat, outbound: Outbound, url: str) -> None:
        self._server = server
        self._outbound = outbound
        self._url = url

    def check_admin(self) -> str:
        """Return the admin's username. Raises Stopped if it is none."""
        try:
            me = self._get(api.ME)
        except errors.CredentialsRefused as error:
            raise Stopped("Rocket.Chat refuses the admin's user id or token.", code=FOUND) from error
        if "admin" not in texts(me.get("roles")):
            raise Stopped(f"{me.get('username')} is no admin. {BY_HAND}.", code=FOUND)
        return str(me.get("username"))

    def make_role(self, permissions: Sequence[str]) -> str:
        """Make the bot's role, or find it; give it the permissions; return its id."""
        role_id = self._role_id() or self._new_role()
        told = parsing.objects(self._get(api.PERMISSIONS), "update")
        held = {str(one["_id"]): texts(one.get("roles")) for one in told if "_id" in one}
        if unknown := [name for name in permissions if name not in held]:
            raise Stopped(f"This server has no permission {', '.join(unknown)}. {BY_HAND}.", code=FOUND)
        lacking = {name: held[name] for name in permissions if role_id not in held[name]}
        if lacking:
            # The server replaces the roles of a permission, so each keeps all that it had.
            body = [{"_id": name, "roles": [*roles, role_id]} for name, roles in lacking.items()]
            self._post(SET_PERMISSIONS, {"permissions": body})
            self._compare(lacking, role_id)
        return role_id

    def make_account(self, username: str, role_id: str) -> Made:
        """Make the bot's user, or find it, and a token for it by logging in as the bot. Raises Stopped."""
        password = random.token_urlsafe(32)
        user = self._user(username)
        if user is None:
            user_id = self._new_user(username, password, role_id)
        elif role_id in texts(user.get("roles")):
            # Ours, from an attempt that got no further: nobody knows its password.
            user_id = str(user["_id"])
            self._post(CHANGE_USER, {"userId": user_id, "data": {"password": password}})
        else:
            raise Stopped(
                f"There is a user {username} already, which setup did not make. Choose another name with "
                f"--bot-name, or give that user the role {ROLE} if it is the bot's.",
                code=FOUND,
            )
        self._put_into(username, USER)  # the role with which a token can be made
        token = self._token(user_id, username, password)
        self._take_out_of(username, USER)
        return Made(user_id, token)

    def make_webhook(self, wanted: Mapping[str, object]) -> bool:
        """Create an outgoing webhook unless one calls the same URL; return whether it was created."""
        try:
            rows = list(self._server.get_all(INTEGRATIONS, "integrations", self._deadline()))
        except errors.RocketChatError as error:
            raise _stopped(INTEGRATIONS, error) from error
        if any(texts(row.get("urls")) & texts(wanted["urls"]) for row in rows):
            return False
        self._post(NEW_INTEGRATION, wanted)
        return True

    def set_omnichannel(self, wanted: Mapping[str, object]) -> bool:
        """Point the Omnichannel webhook at the bot unless it points elsewhere; return whether it does."""
        try:
            there = self._get(SETTING, part="Livechat_webhookUrl").get("value")
        except errors.RocketChatRejected:  # a server that has no such setting has no such webhook
            return False
        if there and there != wanted["LivechatWebhookUrl"]:
            return False
        self._post(OMNICHANNEL, wanted)
        return True

    def invite(self, user_id: str, channel: str) -> None:
        """Make the bot a member of a public channel, because a late answer is a message of its account."""
        try:
            room = self._get(ROOM, [("roomName", channel.removeprefix("#"))]).get("room")
        except errors.RocketChatRejected as error:
            raise Stopped(f"There is no channel {channel} ({error}).") from error
        if isinstance(room, Mapping) and room.get("t") == "c":
            self._post(INVITE, {"roomId": str(room["_id"]), "userId": user_id})

    def _role_id(self) -> str:
        roles = parsing.objects(self._get(ROLES), "roles")
        return next((str(role["_id"]) for role in roles if role.get("name") == ROLE), "")

    def _new_role(self) -> str:
        self._post(
            NEW_ROLE, {"name": ROLE, "description": "reads units and their monitors", "scope": "Users"}
        )
        return self._role_id()

    def _compare(self, before: Mapping[str, set[str]], role_id: str) -> None:
        """Make sure that no other role lost a permission, and that ours has it."""
        told = parsing.objects(self._get(api.PERMISSIONS), "update")
        now = {str(one["_id"]): texts(one.get("roles")) for one in told if "_id" in one}
        for name, roles in before.items():
            if not {*roles, role_id} <= now.get(name, set()):
                raise Stopped(
                    f"The roles of {name} are not what they should be: somebody else changed them just now. "
                    f"Look at Administration, Permissions: {', '.join(sorted(roles))} had it before.",
                    code=FOUND,
                )

    def _user(self, username: str) -> Mapping[str, object] | None:
        try:
            user = self._get(USER_INFO, [("username", username)]).get("user")
        except errors.RocketChatRejected:
            return None
        return user if isinstance(user, Mapping) else None

    def _new_user(self, username: str, password: str, role_id: str) -> str:
        body = {
            "username": username,
            "name": "Monitors",
            "email": f"{username}@{self._url.split('://')[1].partition('/')[0].partition(':')[0]}",
            "password": password,
            "roles": [BOT, USER, role_id],
            "joinDefaultChannels": False,
            "requirePasswordChange": False,
            "sendWelcomeEmail": False,
            "verified": False,
        }
        user = self._post(NEW_USER, body).get("user")
        if not isinstance(user, Mapping) or not isinstance(user.get("_id"), str):
            raise Stopped(_refused(NEW_USER.path, "there is no user in the answer"), code=FOUND)
        return str(user["_id"])

    def _token(self, user_id: str, username: str, password: str) -> str:
        """Log in as the bot, and make a token that can make no others without the password."""
        told = self._as_bot(LOG_IN, {}, {"user": username, "password": password}).get("data")
        session = told if isinstance(told, Mapping) else {}
        headers = {
            **Account(user_id, str(session.get("authToken", ""))).headers(),
            "x-2fa-method": "password",
            "x-2fa-code": sha256(password.encode()).hexdigest(),
        }
        name = f"{TOKEN_NAME} {random.token_hex(3)}"  # an earlier attempt may have taken any fixed name
        token = self._as_bot(NEW_TOKEN.path, headers, {"tokenName": name}).get("token")
        if not isinstance(token, str) or not token:
            raise Stopped(_refused(NEW_TOKEN.path, "there is no token in the answer"), code=FOUND)
        return token

    def _as_bot(self, path: str, headers: Mapping[str, str], body: Mapping[str, object]) -> dict[str, object]:
        answer = self._outbound.post(
            f"{self._url}/api/v1/{path}",
            self._deadline(),
            headers={"Content-Type": "application/json", **headers},
            body=json.dumps(body).encode(),
        )
        told = _object(answer)
        if answer.status != 200 or told is None:
            why = told.get("errorType") or told.get("error") if told else ""
            raise Stopped(_refused(path, f"{answer.status} {why or ''}".rstrip()), code=FOUND)
        return told

    def _put_into(self, username: str, role: str) -> None:
        try:
            self._post(ADD_TO_ROLE, {"username": username, "roleId": role})
        except Stopped as stopped:
            if "error-user-already-in-role" not in str(stopped):
                raise

    def _take_out_of(self, username: str, role: str) -> None:
        self._post(TAKE_FROM_ROLE, {"username": username, "roleId": role})

    def _get(
        self, route: Route, params: Sequence[tuple[str, str]] = (), part: str = ""
    ) -> Mapping[str, object]:
        try:
            return self._server.get(route, self._deadline(), params, part=part)
        except (errors.RocketChatRejected, errors.CredentialsRefused):
            raise
        except errors.RocketChatError as error:
            raise _stopped(route, error) from error

    def _post(self, route: Route, body: Mapping[str, object]) -> Mapping[str, object]:
        try:
            return self._server.post(route, body, self._deadline())
        except errors.PermissionMissing as error:
            raise Stopped(
                f"The admin lacks the permission {error.permission}. {BY_HAND}.", code=FOUND
            ) from error
        except errors.RocketChatRejected as error:
            raise Stopped(_refused(route.path, str(error)), code=FOUND) from error
        except errors.RocketChatError as error:
            raise _stopped(route, error) from error

    def _deadline(self) -> Deadline:
        return Deadline(time.time() + CALL_SECONDS, time.time)


def _object(answer: Answer) -> dict[str, object] | None:
    """Return the JSON object of an answer, None if it has none."""
    try:
        told = json.loads(answer.body) if answer.is_json else None
    except (ValueError, RecursionError):
        return None
    return told if isinstance(told, dict) else None


def _stopped(route: Route, error: errors.RocketChatError) -> Stopped:
    return Stopped(
        f"{reason(error)} It was asked for {route.path}. Run setup again: it goes on from there.", code=FOUND
    )


def _refused(path: str, why: str) -> str:
    if "totp-required" in why:
        return (
            f"Rocket.Chat wants a second factor for {path}. Make the admin's token with *Ignore Two Factor "
            f"Authentication*, and delete it afterwards; or {BY_HAND}."
        )
    return f"Rocket.Chat refuses {path}: {why}. {BY_HAND}."


def texts(value: object) -> set[str]:
    """Return the texts in a list of the server's; none if it is no list."""
    return {one for one in value if isinstance(one, str)} if isinstance(value, list) else set()
