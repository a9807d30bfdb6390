"""The unit that a customer's conversation belongs to: room, department, unit."""

from collections.abc import Mapping

from monitors_bot.deadline import Deadline
from monitors_bot.domain.units.server import Conversation
from monitors_bot.errors import PermissionMissing, RocketChatRejected
from monitors_bot.rocketchat import api
from monitors_bot.rocketchat.departments import department
from monitors_bot.rocketchat.parsing import STAFF_ROOMS, text

ROOM = api.ROOM._replace(may_refuse=True)
NOT_FOUND = "error-room-not-found"
PERMISSION = "view-livechat-rooms"
"""What an account needs to look up a conversation that others have: view-l-room opens its own alone.

https://github.com/RocketChat/Rocket.Chat/blob/develop/apps/meteor/app/livechat/server/roomAccessValidator.compatibility.ts
"""


def conversation(server: api.RocketChat, room_id: str, deadline: Deadline) -> Conversation:
    """Look up a conversation.

    A department has one parent at most, so a conversation belongs to one unit at most. The room names its
    unit too, unless the server is old or the department joined the unit later.
    """
    try:
        room = server.get(ROOM, deadline, [("roomId", room_id)]).get("room")
    except RocketChatRejected as error:
        if NOT_FOUND in str(error):
            return Conversation(is_there=False)
        raise PermissionMissing(PERMISSION) from error
    told: Mapping[str, object] = room if isinstance(room, Mapping) else {}
    if text(told, "t") in STAFF_ROOMS:
        return Conversation(is_with_customer=False)
    ancestors, department_id = told.get("departmentAncestors"), text(told, "departmentId")
    if isinstance(ancestors, list) and ancestors and isinstance(ancestors[0], str) and ancestors[0]:
        return Conversation(department="", unit_id=ancestors[0])
    if not department_id:
        return Conversation()
    found = department(server, department_id, deadline)
    return Conversation(department=found.name, unit_id=found.unit_id)
