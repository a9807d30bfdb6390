"""Posting to Rocket.Chat as the bot's account, so that a repeated post inserts nothing."""

from collections.abc import Mapping

from monitors_bot import errors
from monitors_bot.rocketchat.rest import RocketChat, Route
from monitors_bot.web import Deadline

SEND = Route("chat.sendMessage", may_refuse=True)
GET = Route("chat.getMessage", may_refuse=True)


class Posts:
    """Messages of the bot's account."""

    def __init__(self, server: RocketChat) -> None:
        self._server = server

    def send(
        self, message_id: str, room_id: str, thread_id: str, payload: Mapping[str, object], deadline: Deadline
    ) -> None:
        """Post once, however often this is called with the same id; raise a DeliveryError otherwise."""
        message = {
            "_id": message_id,
            "rid": room_id,
            "msg": payload["text"],
            **({"attachments": payload["attachments"]} if payload.get("attachments") else {}),
            **({"tmid": thread_id} if thread_id else {}),
        }
        try:
            self._server.post(SEND, {"message": message, "previewUrls": []}, deadline)
        except errors.RocketChatRejected as error:
            if not self._exists(message_id, deadline):
                raise errors.DeliveryImpossible(str(error)) from error
        except errors.RocketChatError as error:
            raise errors.DeliveryPostponed(str(error)) from error

    def _exists(self, message_id: str, deadline: Deadline) -> bool:
        """Whether the server has the message: it refuses a repeat in the same words as a mistake."""
        try:
            found = self._server.get(GET, deadline, [("msgId", message_id)]).get("message")
        except errors.RocketChatRejected:
            return False
        except errors.RocketChatError as error:
            raise errors.DeliveryPostponed(str(error)) from error
        return isinstance(found, Mapping) and found.get("_id") == message_id
