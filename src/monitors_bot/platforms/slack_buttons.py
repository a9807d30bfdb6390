"""The buttons and the menu below a reply in Slack.

https://docs.slack.dev/reference/block-kit/blocks/actions-block
"""

from typing import NamedTuple

from monitors_bot.domain.answers.conversation import Choice, Command, Outcome, Reply
from monitors_bot.platforms.fitting import shorten, size

REFRESH, SHOW, MORE, CHOOSE = ACTIONS = (
    "monitors.refresh",
    "monitors.show",
    "monitors.more",
    "monitors.choose",
)
"""The ids of what can be pressed; the value of each is the text that is asked then."""
VALUE_LIMIT = 2000
OPTION_LIMIT = 75
"""For the label of an option, and for its value.

https://docs.slack.dev/reference/block-kit/composition-objects/option-object
"""
BLOCK_ID_LIMIT = 255
MARK = "monitors"

_WITH_A_MENU = frozenset({Outcome.NO_UNIT, Outcome.SEVERAL_UNITS, Outcome.SEVERAL_PEOPLE})

Element = dict[str, object]


class Origin(NamedTuple):
    """Where the command was typed to which a message with buttons replies, kept in the id of its block."""

    team_id: str
    word: str

    @property
    def block_id(self) -> str:
        return "|".join((MARK, self.team_id, self.word))

    @property
    def fits(self) -> bool:
        """Whether it can be read back."""
        is_whole = bool(self.team_id and self.word) and "|" not in self.team_id
        return is_whole and size(self.block_id) <= BLOCK_ID_LIMIT


def origin_of(block_id: str) -> Origin | None:
    """Return what `Origin.block_id` wrote; None for the id of another block."""
    mark, _, rest = block_id.partition("|")
    team_id, _, word = rest.partition("|")
    origin = Origin(team_id, word)
    return origin if mark == MARK and origin.fits else None


def buttons(reply: Reply, command: Command) -> list[Element]:
    """Return the block of what can be pressed below a reply: at most one, none if nothing can be."""
    origin = Origin(command.team_id, command.word)
    elements = [*_menu(reply), *_buttons(reply, command)] if origin.fits else []
    return [{"type": "actions", "block_id": origin.block_id, "elements": elements}] if elements else []


def _menu(reply: Reply) -> list[Element]:
    if reply.outcome not in _WITH_A_MENU:
        return []
    options = [
        {"text": _plain(shorten(choice.label, OPTION_LIMIT)), "value": text}
        for choice in reply.choices
        if (text := _fitting(choice, OPTION_LIMIT))
    ]
    if not options:
        return []
    menu = {"type": "static_select", "action_id": CHOOSE, "placeholder": _plain("Choose one")}
    return [{**menu, "options": options}]


def _buttons(reply: Reply, command: Command) -> list[Element]:
    outcome, text = reply.outcome, command.text
    may_refresh = outcome.may_be_shared or outcome.may_improve
    more = _fitting(reply.hidden.more, VALUE_LIMIT) if reply.hidden.more else ""
    labelled = (
        ("Refresh", REFRESH, text if may_refresh else ""),
        ("Show in channel", SHOW, text if outcome.may_be_shared and not reply.shared else ""),
        ("More", MORE, more),
    )
    return [
        {"type": "button", "action_id": action, "text": _plain(label), "value": value}
        for label, action, value in labelled
        if value and size(value) <= VALUE_LIMIT
    ]


def _fitting(choice: Choice, most: int) -> str:
    """Return the best text of a choice that is short enough, "" if none is."""
    return next((text for text in choice.texts if size(text) <= most), "")


def _plain(text: str) -> dict[str, object]:
    """Return a text object in which nothing is formatted and no name of an emoji is drawn."""
    return {"type": "plain_text", "text": text, "emoji": False}
