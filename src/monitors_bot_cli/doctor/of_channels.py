"""The channels in use: whether the account can post there, by rights or by posting."""

from collections.abc import Mapping
from uuid import uuid4

from monitors_bot import errors
from monitors_bot.domain.units.phrases import some
from monitors_bot.rocketchat.api import Route
from monitors_bot.rocketchat.posting import ROOM, SEND, Posts
from monitors_bot_cli.doctor.findings import Finding, failed, not_checked, ok, warning
from monitors_bot_cli.doctor.patient import Patient

DELETE = Route("chat.delete", may_refuse=True)
HELLO = "monitors-bot checks whether it can post here, and removes this again."
READ_ONLY = "post-readonly"
MOST_NAMED = 5


def can_be_posted_in(patient: Patient) -> Finding:
    """Look at every channel that a setting or a schedule names; the first in which posting fails is told."""
    if not patient.channels:
        return not_checked("neither a setting nor a schedule names a channel")
    posted, left = [], []
    for channel in patient.channels:
        try:
            room_id = Posts(patient.server, patient.now).room_of(channel, patient.deadline())
        except errors.DeliveryImpossible as error:
            return failed(f"{error}.", _advice(str(error), channel))
        if problem := _problem(patient, channel, room_id):
            return problem
        if patient.may_post(channel):
            posted.append(channel)
            left += [] if _post_and_remove(patient, room_id) else [channel]
    if left:
        return warning(
            f"The message in {', '.join(left)} could not be removed again.", "Remove it there by hand."
        )
    how = "a message was posted and removed" if posted else "by rights"
    return ok(f"{some(patient.channels, MOST_NAMED)}, {how}")


def _advice(why: str, channel: str) -> str:
    if "archived" in why:
        return f"Unarchive {channel}, or name another channel."
    if "customer" in why:
        return "Name another channel: customers must never read what the bot posts."
    return f"Invite the bot's account to {channel}, or correct the name."


def _problem(patient: Patient, channel: str, room_id: str) -> Finding | None:
    room = patient.server.get(ROOM, patient.deadline(), [("roomId", room_id)]).get("room")
    told: Mapping[str, object] = room if isinstance(room, Mapping) else {}
    if told.get("ro") and patient.may(READ_ONLY) is False:
        return failed(
            f"{channel} is read-only, and the account may not post there.",
            f"Give {READ_ONLY} to a role of the account, or make the account an owner of {channel}.",
        )
    return None


def _post_and_remove(patient: Patient, room_id: str) -> bool:
    """Post a message; return whether it was removed again."""
    message = {"_id": uuid4().hex, "rid": room_id, "msg": HELLO}
    patient.server.post(SEND, {"message": message, "previewUrls": []}, patient.deadline())
    try:
        patient.server.post(DELETE, {"roomId": room_id, "msgId": message["_id"]}, patient.deadline())
    except errors.RocketChatError:
        return False
    return True
