"""A unit that nobody may see: for whoever asks, and for every room, it must not exist."""

from monitors_bot.domain.units.access import Asker
from monitors_bot.domain.units.roster import Unit

HIDDEN = Unit("legaLLegal0000001", "Legal Affairs")
MARKS = ("Legal", "legaL", "lea")
"""What no answer, digest or notice may contain: its name, its id, and whoever monitors only this unit."""


def may_see(asker: Asker, unit: Unit) -> bool:
    assert asker.user_id or asker.room_id  # every list of units is for somebody
    return unit.id != HIDDEN.id


RULES = {
    "never": {"never": [HIDDEN.id]},
    "an exception": {"rules": [{"except": [HIDDEN.name]}]},
    "private": {"hide_private": True},
    "other rooms": {"rules": [{"channels": ["elsewhereElsewhere"]}, {"units": ["*"], "except": [HIDDEN.id]}]},
}
"""Access rules of the secret that hide it, each in a way of its own."""
