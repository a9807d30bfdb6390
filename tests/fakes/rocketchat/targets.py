"""Where a posted message goes: `#name`, `@user`, or a bare id or name."""

from tests.fakes.rocketchat.api import coded_failure
from tests.fakes.rocketchat.records import Room
from tests.fakes.rocketchat.workspace import Workspace


def resolve(workspace: Workspace, target: str) -> Room:
    """Find the room, joining a public channel and opening a direct room on the way."""
    room = _direct_room(workspace, target[1:]) if target.startswith("@") else _room(workspace, target)
    if room is None:
        raise coded_failure("invalid-channel")
    return room


def _room(workspace: Workspace, target: str) -> Room | None:
    room = workspace.find_room(target.removeprefix("#"))
    if room is None:
        return _direct_room(workspace, target) if target in workspace.users else None
    if room.type == "c":
        room.members.add(workspace.account.user_id)
    return room


def _direct_room(workspace: Workspace, id_or_username: str) -> Room | None:
    user_id = workspace.user_ids.get(id_or_username, id_or_username)
    if user_id not in workspace.users:
        return None
    members = {user_id, workspace.account.user_id}
    for room in workspace.rooms.values():
        if room.type == "d" and room.members == members:
            return room
    usernames = [workspace.users[member].username for member in sorted(members)]
    return workspace.rooms[workspace.add_room("", type="d", members=usernames)]
