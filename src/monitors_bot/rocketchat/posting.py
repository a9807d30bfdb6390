"""Posts to Rocket.Chat as the bot's account: never in a customer's room, and each once."""

from collections.abc import Callable, Mapping
from contextlib import suppress

from monitors_bot import errors
from monitors_bot.deadline import Deadline
from monitors_bot.rocketchat.api import RocketChat, Route
from monitors_bot.rocketchat.memory import MOST_REMEMBERED
from monitors_bot.rocketchat.parsing import STAFF_ROOMS, id_of

SEND = Route("chat.sendMessage", may_refuse=True)
GET = Route("chat.getMessage", may_refuse=True)
ROOM = Route("rooms.info", may_refuse=True)
DIRECT = Route("im.create", may_refuse=True)
KIND_LASTS_SECONDS = 300
"""How long the bot relies on it that customers do not read a room."""


class Posts:
    """Messages of the bot's account."""

    def __init__(self, server: RocketChat, now: Callable[[], float]) -> None:
        self._server = server
        self._now = now
        self._staff_rooms: dict[str, float] = {}
        """Until when each room is known to be one that customers never read."""

    def send(
        self, message_id: str, room_id: str, thread_id: str, payload: Mapping[str, object], deadline: Deadline
    ) -> None:
        """Post a message once, however often this is called with its id.

        Raise DeliveryImpossible where a customer may read the room, and a DeliveryError on any failure. Where
        the server refuses the message in its thread, it is posted in the room itself.
        """
        message = {
            "_id": message_id,
            "rid": room_id,
            "msg": payload["text"],
            **({"attachments": payload["attachments"]} if payload.get("attachments") else {}),
        }
        self._require_no_customer(room_id, deadline)
        if thread_id:
            # An admin may have switched threads off.
            with suppress(errors.DeliveryImpossible):
                self._send({**message, "tmid": thread_id}, deadline)
                return
        self._send(message, deadline)

    def _send(self, message: Mapping[str, object], deadline: Deadline) -> None:
        try:
            self._server.post(SEND, {"message": message, "previewUrls": []}, deadline)
        except errors.RocketChatRejected as error:
            # The server refuses a message that it already has in the same words as an impossible one.
            if not self._exists(message["_id"], deadline):
                raise errors.DeliveryImpossible(str(error)) from error
        except errors.RocketChatError as error:
            raise errors.DeliveryPostponed(str(error)) from error

    def _require_no_customer(self, room_id: str, deadline: Deadline) -> None:
        if self._staff_rooms.get(room_id, 0.0) > self._now():
            return
        try:
            self._look_up(room_id, deadline)
        except errors.RocketChatError as error:
            raise errors.DeliveryPostponed(str(error)) from error

    def room_of(self, channel: str, deadline: Deadline) -> str:
        """Return the id of the room `#name`, of the direct room with `@user`, or of the room with that id.

        Raise DeliveryImpossible if the account sees no such room, or a customer may read it.
        """
        if channel.startswith("@"):
            return self._require_staff_room(channel, lambda: self._direct_room(channel, deadline))
        if channel.startswith("#"):
            return self._require_staff_room(channel, lambda: self._room("roomName", channel[1:], deadline))
        return self._look_up(channel, deadline)

    def _look_up(self, room_id: str, deadline: Deadline) -> str:
        return self._require_staff_room(room_id, lambda: self._room("roomId", room_id, deadline))

    def _require_staff_room(self, channel: str, read: Callable[[], object]) -> str:
        try:
            room = read()
        except errors.RocketChatRejected as error:
            raise errors.DeliveryImpossible(f"no room {channel[:80]}: {error}") from error
        kind = room.get("t") if isinstance(room, Mapping) else None
        if not isinstance(room, Mapping) or not isinstance(kind, str) or kind not in STAFF_ROOMS:
            raise errors.DeliveryImpossible(f"the room {channel[:80]} may be a customer's")
        room_id = id_of(room)
        if len(self._staff_rooms) >= MOST_REMEMBERED:
            self._staff_rooms.clear()
        self._staff_rooms[room_id] = self._now() + KIND_LASTS_SECONDS
        return room_id

    def _direct_room(self, channel: str, deadline: Deadline) -> object:
        return self._server.post(DIRECT, {"username": channel[1:]}, deadline).get("room")

    def _room(self, parameter: str, value: str, deadline: Deadline) -> object:
        return self._server.get(ROOM, deadline, [(parameter, value)]).get("room")

    def _exists(self, message_id: object, deadline: Deadline) -> bool:
        try:
            message = self._server.get(GET, deadline, [("msgId", str(message_id))]).get("message")
        except errors.RocketChatRejected:
            return False
        except errors.RocketChatError as error:
            raise errors.DeliveryPostponed(str(error)) from error
        return isinstance(message, Mapping) and message.get("_id") == message_id
