"""What is asked in a customer's conversation by somebody who types the command word alone."""

from monitors_bot import errors
from monitors_bot.domain.answers.bad_news import bad_news
from monitors_bot.domain.answers.conversation import Outcome, Reply
from monitors_bot.domain.answers.knowledge import Knowledge
from monitors_bot.domain.answers.wording import Wording
from monitors_bot.domain.units.finder import Finder
from monitors_bot.domain.units.phrases import plain
from monitors_bot.domain.units.server import Conversation


def text_for_room(room_id: str, knowledge: Knowledge, wording: Wording) -> str | Reply:
    """Return what could have been typed to ask for the unit of the room, or the reply if there is none."""
    try:
        room = knowledge.server.conversation(room_id)
        if not room.is_with_customer:  # the app could not tell, and nothing typed is help
            return ""
        is_seen = bool(room.unit_id) and _is_seen(room.unit_id, knowledge.finder)
    except errors.MonitorsBotError as error:
        return bad_news(error)
    # Quote marks, so that an id that is a key word is none.
    return f'"{room.unit_id}"' if is_seen else _no_unit(room, wording)


def _is_seen(unit_id: str, finder: Finder) -> bool:
    """Whether the asker sees the unit; raise PermissionMissing if the account itself does not."""
    try:
        if finder.units().with_id(unit_id) or finder.units(fresh=True).with_id(unit_id):
            return True
    except errors.RocketChatError as error:
        # Where that may pass, its roster may be known from before, and the answer then says why it is old.
        if error.may_pass:
            return True
        raise
    finder.require_complete()
    return False


def _no_unit(room: Conversation, wording: Wording) -> Reply:
    return Reply(
        Outcome.NO_UNIT,
        "I can't tell who monitors this conversation.",
        details=(_why(room, wording.host), "Ask for a unit by its name."),
        choices=(wording.choice("All units", "list"),),
    )


def _why(room: Conversation, host: str) -> str:
    if not room.is_there:
        return f"It is not on {host}. The app and the bot's account have to be on the same server."
    if room.unit_id:
        return "Its unit is not among those that I can show here."
    if room.department is None:
        return "It is in no department. Forward it to one."
    name = plain(room.department)
    called = f"Its department, {name}," if name else "Its department"
    return f"{called} is in no unit. Somebody who manages Omnichannel can add it to one."
