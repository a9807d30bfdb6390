"""Posts to Rocket.Chat as the bot's account; a repeated post inserts nothing."""

from collections.abc import Mapping
from contextlib import suppress

from monitors_bot import errors
from monitors_bot.deadline import Deadline
from monitors_bot.rocketchat.api import RocketChat, Route
from monitors_bot.rocketchat.parsing import STAFF_ROOMS, id_of

SEND = Route("chat.sendMessage", may_refuse=True)
GET = Route("chat.getMessage", may_refuse=True)
ROOM = Route("rooms.info", may_refuse=True)
DIRECT = Route("im.create", may_refuse=True)


class Posts:
    """Messages of the bot's account."""

    def __init__(self, server: RocketChat) -> None:
        self._server = server

    def send(
        self, message_id: str, room_id: str, thread_id: str, payload: Mapping[str, object], deadline: Deadline
    ) -> None:
        """Post a message once, however often this is called with its id; raise a DeliveryError on failure.

        Where the server refuses it in its thread, it is posted in the room itself.
        """
        message = {
            "_id": message_id,
            "rid": room_id,
            "msg": payload["text"],
            **({"attachments": payload["attachments"]} if payload.get("attachments") else {}),
        }
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

    def room_of(self, channel: str, deadline: Deadline) -> str:
        """Return the id of the room `#name`, of the direct room with `@user`, or of the room with that id.

        Raise DeliveryImpossible if the account sees no such room, or a customer may read it.
        """
        try:
            room = self._room(channel, deadline).get("room")
        except errors.RocketChatRejected as error:
            raise errors.DeliveryImpossible(f"no room {channel[:80]}: {error}") from error
        room = room if isinstance(room, Mapping) else {}
        if room.get("t") not in STAFF_ROOMS:
            raise errors.DeliveryImpossible(f"the room {channel[:80]} may be a customer's")
        return id_of(room)

    def _room(self, channel: str, deadline: Deadline) -> Mapping[str, object]:
        if channel.startswith("@"):
            return self._server.post(DIRECT, {"username": channel[1:]}, deadline)
        asked = ("roomName", channel[1:]) if channel.startswith("#") else ("roomId", channel)
        return self._server.get(ROOM, deadline, [asked])

    def _exists(self, message_id: object, deadline: Deadline) -> bool:
        try:
            message = self._server.get(GET, deadline, [("msgId", str(message_id))]).get("message")
        except errors.RocketChatRejected:
            return False
        except errors.RocketChatError as error:
            raise errors.DeliveryPostponed(str(error)) from error
        return isinstance(message, Mapping) and message.get("_id") == message_id
