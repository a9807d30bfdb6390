"""The workspace behind the server, and the verbs with which a test furnishes it."""

import copy
import random
import string
import threading
import time
from collections.abc import Callable, Iterable
from datetime import UTC, datetime

from tests.fakes.rocketchat.records import Account, Department, Json, Link, Room, Settings, Unit, User

ID_CHARACTERS = string.ascii_letters + string.digits
DEFAULT_PERMISSIONS = (
    "manage-livechat-monitors",
    "manage-livechat-units",
    "api-bypass-rate-limit",
    "view-l-room",
    "view-livechat-departments",
    "view-livechat-rooms",
)

GRANTABLE = (
    *DEFAULT_PERMISSIONS,
    "access-permissions",
    "create-personal-access-tokens",
    "create-user",
    "edit-other-user-info",
    "manage-outgoing-integrations",
    "message-impersonate",
    "post-readonly",
    "view-livechat-manager",
    "view-privileged-setting",
)


def iso(moment: datetime) -> str:
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


class Workspace:
    """People, units, departments and rooms, seen by one service account."""

    def __init__(self) -> None:
        self.lock = threading.RLock()
        self.settings = Settings()
        self.permissions = set(DEFAULT_PERMISSIONS)
        self.license = "present"
        self.clock: Callable[[], float] = time.time
        self.users: dict[str, User] = {}
        self.user_ids: dict[str, str] = {}
        self.units: dict[str, Unit] = {}
        self.departments: dict[str, Department] = {}
        self.rooms: dict[str, Room] = {}
        self._random = random.Random(17)
        self.account = self._create_account("monitors-bot")
        self.accounts = [self.account]
        self.version = "7.7.1"
        self.public_settings: dict[str, object] = {"Message_AllowUnrecognizedSlashCommand": False}
        self.private_settings: dict[str, object] = {"Livechat_webhookUrl": "", "Livechat_secret_token": ""}
        self.integrations: list[Json] = []
        self.passwords: dict[str, str] = {}
        self.logins: list[Account] = []
        """Accounts with the token of a login, which is no personal access token."""
        self.roles = {name: name for name in ("admin", "bot", "user", "livechat-manager", "livechat-monitor")}
        """The name of each role, by its id: they differ where an admin made the role."""
        self.granted = {name: {"admin"} for name in GRANTABLE} | {
            "api-bypass-rate-limit": {"admin", "bot"},
            "create-personal-access-tokens": {"admin", "user"},
            "manage-livechat-units": {"admin", "livechat-manager"},
            "manage-livechat-monitors": {"admin", "livechat-manager"},
        }
        """The ids of the roles that have each permission, once somebody sets the workspace up."""
        self.was_granted = False
        """Whether the server tells what is `granted`, and not what `permissions` make of it."""

    def now(self) -> datetime:
        return datetime.fromtimestamp(self.clock(), UTC)

    def new_id(self, length: int = 17) -> str:
        return "".join(self._random.choices(ID_CHARACTERS, k=length))

    def timestamp(self) -> str:
        return iso(self.now())

    # The service account

    def begin_empty(self) -> None:
        """Forget the service account: somebody has to make one."""
        with self.lock:
            del self.users[self.user_ids.pop(self.account.username)]
            self.accounts.clear()
            self.was_granted = True

    def take_as_service(self, account: Account) -> None:
        """Let an account that has made itself a token be the service account, with what its roles may do."""
        self.account, roles = account, set(self.users[account.user_id].roles)
        self.permissions = {name for name, holders in self.granted.items() if holders & roles}
        self.accounts = [one for one in self.accounts if one.user_id != account.user_id] + [account]

    def _create_account(self, username: str) -> Account:
        user_id = self.add_user(username, name="Monitors", monitor=False)
        self.users[user_id].roles = ["bot", "livechat-manager"]
        return Account(user_id, username, [self.new_id(43)])

    def add_admin(self, username: str = "root") -> Account:
        """Add somebody who may do everything, with a token."""
        with self.lock:
            admin = Account(self.add_user(username, monitor=False), username, [self.new_id(43)])
            self.users[admin.user_id].roles = ["admin"]
            self.accounts.append(admin)
            return admin

    def may(self, account: Account | None, permission: str) -> bool:
        """Whether an account has a permission; those of the service account are `permissions`."""
        if account is None:
            return False
        return account is not self.account or permission in self.permissions

    @property
    def account_roles(self) -> list[str]:
        return self.users[self.account.user_id].roles

    @account_roles.setter
    def account_roles(self, roles: list[str]) -> None:
        self.users[self.account.user_id].roles = roles

    def add_token(self) -> str:
        with self.lock:
            self.account.tokens.append(self.new_id(43))
            return self.account.token

    def rotate_token(self) -> str:
        with self.lock:
            self.account.tokens[:] = [self.new_id(43)]
            return self.account.token

    # People

    def user(self, username: str) -> User:
        return self.users[self.user_ids[username]]

    def add_user(
        self,
        username: str,
        *,
        name: str | None = None,
        status: str = "online",
        status_text: str | None = None,
        utc_offset: float | None = None,
        monitor: bool = True,
        id: str | None = None,  # noqa: A002 - reads as it is stored
    ) -> str:
        with self.lock:
            roles = ["user", "livechat-monitor"] if monitor else ["user"]
            user = User(
                id or self.new_id(),
                username,
                username.title() if name is None else name,
                status,
                status_text,
                utc_offset,
                roles,
                self.now(),
            )
            self.users[user.id] = user
            self.user_ids[username] = user.id
            return user.id

    def set_presence(self, username: str, status: str, status_text: str | None = None) -> None:
        with self.lock:
            user = self.user(username)
            user.status, user.status_text, user.presence_changed = status, status_text, self.now()

    def rename_user(self, username: str, new_username: str) -> None:
        with self.lock:
            user_id = self.user_ids.pop(username)
            self.user_ids[new_username] = user_id
            self.users[user_id].username = new_username

    def remove_user(self, username: str, *, keep_links: bool = True) -> None:
        with self.lock:
            user_id = self.user_ids.pop(username)
            del self.users[user_id]
            if not keep_links:
                self._drop_links(user_id)

    def remove_monitor_role(self, username: str) -> None:
        """Take the role and the links away; the units keep their old `numMonitors`."""
        with self.lock:
            user = self.user(username)
            user.roles.remove("livechat-monitor")
            self._drop_links(user.id)

    def _drop_links(self, user_id: str) -> None:
        for unit in self.units.values():
            unit.links = [link for link in unit.links if link.monitor_id != user_id]

    # Units and departments

    def add_unit(
        self,
        name: str,
        monitors: Iterable[str] = (),
        *,
        id: str | None = None,  # noqa: A002 - reads as it is stored
        visibility: str = "public",
    ) -> str:
        with self.lock:
            unit = Unit(id or self.new_id(), name, visibility, self.timestamp())
            self.units[unit.id] = unit
            self.set_monitors(unit.id, monitors)
            return unit.id

    def set_monitors(self, unit_id: str, monitors: Iterable[str]) -> None:
        """Save the unit with these people; those without the role are dropped silently."""
        with self.lock:
            unit, now = self.units[unit_id], self.timestamp()
            users = [self.user(username) for username in monitors]
            unit.links = [
                Link(self.new_id(), user.id, unit_id, user.username, now)
                for user in users
                if "livechat-monitor" in user.roles
            ]
            unit.num_monitors, unit.updated_at = len(unit.links), now

    def rename_unit(self, unit_id: str, name: str) -> None:
        with self.lock:
            unit = self.units[unit_id]
            unit.name, unit.updated_at = name, self.timestamp()

    def remove_unit(self, unit_id: str) -> None:
        """Delete the unit and its links, the departments' parent and the rooms' ancestors."""
        with self.lock:
            del self.units[unit_id]
            for department in self.departments.values():
                department.unit_id = None if department.unit_id == unit_id else department.unit_id
            for room in self.rooms.values():
                room.ancestors = [ancestor for ancestor in room.ancestors if ancestor != unit_id]

    def add_department(self, name: str, unit_id: str | None = None, *, id: str | None = None) -> str:  # noqa: A002 - reads as it is stored
        with self.lock:
            department = Department(id or self.new_id(), name, unit_id, self.timestamp())
            self.departments[department.id] = department
            if unit_id is not None:
                self.units[unit_id].num_departments += 1
            return department.id

    # Rooms

    def add_room(
        self,
        name: str,
        type: str = "c",  # noqa: A002 - reads as it is stored
        *,
        id: str | None = None,  # noqa: A002 - reads as it is stored
        members: Iterable[str] = ("monitors-bot",),
        department_id: str | None = None,
        with_ancestors: bool = True,
        read_only: bool = False,
        archived: bool = False,
    ) -> str:
        """Open a room; `with_ancestors=False` leaves the way from the room to its unit to the department."""
        with self.lock:
            ancestors = self._ancestors(department_id) if with_ancestors else []
            member_ids = {self.user_ids[username] for username in members}
            room_id = id or self.new_id()
            self.rooms[room_id] = Room(
                room_id,
                name,
                type,
                member_ids,
                department_id,
                ancestors,
                read_only,
                archived,
                self.timestamp(),
            )
            return room_id

    def _ancestors(self, department_id: str | None) -> list[str]:
        unit_id = self.departments[department_id].unit_id if department_id else None
        return [unit_id] if unit_id else []

    def find_room(self, id_or_name: str) -> Room | None:
        named = (room for room in self.rooms.values() if room.name == id_or_name)
        return self.rooms.get(id_or_name) or next(named, None)

    def messages(self, room: str) -> list[Json]:
        """Everything posted in the room with this id or name, oldest first."""
        with self.lock:
            found = self.find_room(room)
            return copy.deepcopy(found.messages) if found else []
