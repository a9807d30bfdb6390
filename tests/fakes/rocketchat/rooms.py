"""Rooms: looking one up, and whether the service account may see it."""

from tests.fakes.rocketchat.api import Request, coded_failure, failure, invalid_parameters
from tests.fakes.rocketchat.records import Json, Room
from tests.fakes.rocketchat.workspace import Workspace


def info(workspace: Workspace, request: Request) -> Json:
    if workspace.settings.strict_bodies and request.parameter("fields") is not None:
        raise invalid_parameters(workspace.settings, "must NOT have additional properties")
    room = _asked_room(workspace, request)
    if not can_access(workspace, room):
        raise failure("not-allowed", "Not Allowed")
    if room.archived:
        raise coded_failure("error-room-archived", f"The channel, {room.name}, is archived")
    return {"room": _room_row(room)}


def create_direct(workspace: Workspace, request: Request) -> Json:
    """Open the direct room with somebody, or find it where it is open."""
    username = request.json_body().get("username")
    if username not in workspace.user_ids:
        raise coded_failure("error-invalid-user", "Invalid user")
    members = {workspace.user_ids[username], workspace.account.user_id}
    for room in workspace.rooms.values():
        if room.type == "d" and room.members == members:
            return {"room": {**_room_row(room), "rid": room.id}}
    room_id = workspace.add_room("", type="d", members=[username, workspace.account.username])
    return {"room": {**_room_row(workspace.rooms[room_id]), "rid": room_id}}


def can_access(workspace: Workspace, room: Room) -> bool:
    """A customer's conversation is not opened by view-l-room, which lets agents see their own.

    https://github.com/RocketChat/Rocket.Chat/blob/develop/apps/meteor/app/livechat/server/roomAccessValidator.compatibility.ts
    """
    if room.type == "c" or workspace.account.user_id in room.members:
        return True
    return room.type == "l" and "view-livechat-rooms" in workspace.permissions


def _asked_room(workspace: Workspace, request: Request) -> Room:
    room_id, name = request.parameter("roomId"), request.parameter("roomName")
    if not room_id and not name:
        reason = 'The parameter "roomId" or "roomName" is required'
        raise coded_failure("error-roomid-param-not-provided", reason)
    room = workspace.rooms.get(room_id) if room_id else workspace.find_room(name or "")
    if room is None:
        reason = 'The required "roomId" or "roomName" param provided does not match any channel'
        raise coded_failure("error-room-not-found", reason)
    return room


def _room_row(room: Room) -> Json:
    row: Json = {
        "_id": room.id,
        "t": room.type,
        "usersCount": len(room.members),
        "msgs": len(room.messages),
        "ro": room.read_only,
        "_updatedAt": room.updated_at,
    }
    if room.type in {"c", "p"}:
        row["name"] = room.name
    return row | _livechat_fields(room) if room.type == "l" else row


def _livechat_fields(room: Room) -> Json:
    fields: Json = {
        "fname": room.name,
        "open": True,
        "v": {"_id": f"visitor-of-{room.id}", "username": "guest-1"},
    }
    if room.department_id:
        fields["departmentId"] = room.department_id
    if room.ancestors:
        fields["departmentAncestors"] = room.ancestors
    return fields
