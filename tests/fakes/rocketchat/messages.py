"""Posting: chat.postMessage, chat.sendMessage, and reading one message back."""

from typing import Any

from tests.fakes.rocketchat.api import Request, coded_failure, failure, invalid_parameters
from tests.fakes.rocketchat.attachments import check_attachments
from tests.fakes.rocketchat.mentions import mentions
from tests.fakes.rocketchat.records import Json, Room
from tests.fakes.rocketchat.rooms import can_access
from tests.fakes.rocketchat.schemas import check_post, check_send
from tests.fakes.rocketchat.targets import resolve
from tests.fakes.rocketchat.workspace import Workspace

OPTIONAL = ("attachments", "alias", "emoji", "avatar", "tmid", "tshow", "blocks", "customFields")


def post_message(workspace: Workspace, request: Request) -> Json:
    body = request.json_body()
    check_post(body, workspace.settings)
    _refuse_oversize(workspace, body)
    sent = [(target, _post_to(workspace, target, body)) for target in _targets(body)]
    channel, message = sent[0]
    return {"ts": int(workspace.now().timestamp() * 1000), "channel": channel, "message": message}


def send_message(workspace: Workspace, request: Request) -> Json:
    message = check_send(request.json_body(), workspace.settings)
    if message.get("tmid") and not workspace.settings.threads_enabled:
        raise coded_failure("error-not-allowed", "not-allowed")
    if message.get("t"):
        raise failure("Cannot send system messages using 'chat.sendMessage'")
    if message.get("tshow") and not message.get("tmid"):
        raise coded_failure("invalid-params", "tshow provided but missing tmid")
    if is_oversized(message.get("msg"), workspace.settings.max_allowed_size):
        raise coded_failure("error-message-size-exceeded", "Message size exceeds Message_MaxAllowedSize")
    room = _room_by_id(workspace, message.get("rid"))
    _refuse_forbidden_post(workspace, room)
    _check_message(workspace, message)
    if _find(workspace, message.get("_id")):
        return _repeated(workspace)
    _check_thread(workspace, room, message.get("tmid"))
    return {"message": _store(workspace, room, message)}


def get_message(workspace: Workspace, request: Request) -> Json:
    message_id = request.parameter("msgId")
    if not message_id:
        raise invalid_parameters(workspace.settings, "must have required property 'msgId'")
    found = _find(workspace, message_id)
    if found is None or not can_access(workspace, workspace.rooms[found["rid"]]):
        raise failure()
    return {"message": found}


def delete(workspace: Workspace, request: Request) -> Json:
    """Delete a message of one's own, where the workspace allows that."""
    body = request.json_body()
    found = _find(workspace, body.get("msgId"))
    if found is None or found["rid"] != body.get("roomId"):
        raise failure(f'No message found with the id of "{body.get("msgId")}".')
    if not workspace.settings.may_delete:
        raise coded_failure("error-action-not-allowed", "Not allowed")
    workspace.rooms[found["rid"]].messages.remove(found)
    return {"_id": found["_id"], "ts": found["ts"], "message": found}


def is_oversized(text: Any, limit: int) -> bool:
    """Count as JavaScript does: a character beyond the basic plane is two."""
    return isinstance(text, str) and len(text.encode("utf-16-le", "surrogatepass")) // 2 > limit


def _targets(body: Json) -> list[str]:
    targets = body.get("channel") or body.get("roomId") or ""
    return list(dict.fromkeys(targets if isinstance(targets, list) else [targets])) or [""]


def _post_to(workspace: Workspace, target: str, body: Json) -> Json:
    room = resolve(workspace, target)
    message = _message_of(body)
    _refuse_forbidden_post(workspace, room)
    _check_message(workspace, message)
    if not message.get("msg") and not message.get("attachments"):
        raise failure("unknown-error")
    return _store(workspace, room, message)


def _message_of(body: Json) -> Json:
    """Translate the payload as the server does: what is no list is ignored, an avatar beats an emoji."""
    message = {key: body[key] for key in OPTIONAL if body.get(key)}
    message["msg"] = str(body.get("text") or body.get("msg") or "").strip()
    if not isinstance(message.get("attachments", []), list):
        del message["attachments"]
    if "avatar" in message:
        message.pop("emoji", None)
    return message


def _refuse_oversize(workspace: Workspace, body: Json) -> None:
    attachments = body.get("attachments")
    items = attachments if isinstance(attachments, list) else []
    texts = [body.get("text"), *(item.get("text") for item in items if isinstance(item, dict))]
    if any(is_oversized(text, workspace.settings.max_allowed_size) for text in texts):
        raise failure("error-message-size-exceeded")


def _refuse_forbidden_post(workspace: Workspace, room: Room) -> None:
    if not can_access(workspace, room):
        raise failure("error-not-allowed")
    if room.archived:
        raise failure("room_is_archived")
    if room.read_only and "post-readonly" not in workspace.permissions:
        raise failure("You can't send messages because the room is readonly.")


def _check_message(workspace: Workspace, message: Json) -> None:
    impersonates = bool(message.get("alias") or message.get("avatar"))
    if impersonates and "message-impersonate" not in workspace.permissions:
        raise failure("Not enough permission")
    check_attachments(message.get("attachments") or [])


def _check_thread(workspace: Workspace, room: Room, thread_id: Any) -> None:
    """Be stricter than the server, which hides a message whose thread is nowhere, or posts it elsewhere."""
    if not thread_id:
        return
    first = _find(workspace, thread_id)
    if first is None or first["rid"] != room.id or first.get("tmid"):
        raise coded_failure("error-invalid-thread", "the message that tmid names begins no thread here")


def _room_by_id(workspace: Workspace, room_id: Any) -> Room:
    if not room_id:
        raise failure("The 'rid' property on the message object is missing.")
    room = workspace.rooms.get(room_id)
    if room is None:
        raise failure("error-invalid-room")
    return room


def _find(workspace: Workspace, message_id: Any) -> Json | None:
    every = (message for room in workspace.rooms.values() for message in room.messages)
    return next((message for message in every if message["_id"] == message_id), None)


def _repeated(workspace: Workspace) -> Json:
    # The server's own sending function returns nothing here, and the endpoint stumbles over that nothing.
    if workspace.settings.repeated_id == "error":
        raise failure("Cannot read properties of undefined (reading 'starred')")
    return {}


def _store(workspace: Workspace, room: Room, fields: Json) -> Json:
    now, account = workspace.timestamp(), workspace.account
    message: Json = {key: fields[key] for key in OPTIONAL if fields.get(key)}
    message |= {
        "_id": fields.get("_id") or workspace.new_id(),
        "rid": room.id,
        "msg": fields.get("msg") or "",
        "ts": now,
        "u": {"_id": account.user_id, "username": account.username},
        "_updatedAt": now,
        "mentions": [
            {"_id": workspace.user_ids.get(name, name), "username": name} for name in mentions(fields)
        ],
    }
    room.messages.append(message)
    return message
