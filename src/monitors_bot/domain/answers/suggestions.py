"""What a text that somebody is still typing may become."""

from monitors_bot.domain.answers.conversation import Choice
from monitors_bot.domain.answers.knowledge import Knowledge
from monitors_bot.domain.answers.meaning import text_for
from monitors_bot.domain.units.finding import Units
from monitors_bot.domain.units.phrases import count, person, plain, unit_name
from monitors_bot.domain.units.roster import Unit

MOST = 10
ENDINGS = ("share", "all", "history")
"""What may follow the whole name of a unit."""


def suggest(typed: str, knowledge: Knowledge) -> list[Choice]:
    """Return at most ten texts to send after the command word; each works as it is.

    The names are those that are remembered, else they are read with one call. People are only suggested where
    they are remembered.
    """
    text = typed.strip()
    if text.startswith("@"):
        return _people(text[1:], knowledge)
    units = knowledge.finder.last_units() or knowledge.finder.units()
    exact = units.exactly(text).units if text else ()
    if len(exact) == 1:
        return _endings(exact[0], units)
    return [Choice(_label(unit), text_for(unit, units)) for unit in _matching(text, units)[:MOST]]


def _matching(text: str, units: Units) -> list[Unit]:
    """The units that the text leads to, those first that begin with it."""
    found = [*units.find(text).units, *units.containing(text)] if text else list(units)
    return list({unit.id: unit for unit in found}.values())


def _endings(unit: Unit, units: Units) -> list[Choice]:
    texts = [text_for(unit, units), *(text_for(unit, units, ending) for ending in ENDINGS)]
    return [Choice(text, text) for text in texts]


def _people(text: str, knowledge: Knowledge) -> list[Choice]:
    wanted = text.casefold()
    known = knowledge.known(knowledge.server.staff())
    return [
        Choice(person(one), f"@{one.username}")
        for one in known
        if plain(one.username)
        and (one.username.casefold().startswith(wanted) or wanted in one.name.casefold())
    ][:MOST]


def _label(unit: Unit) -> str:
    if unit.monitor_count is None:
        return unit_name(unit)
    return f"{unit_name(unit)} · {count(unit.monitor_count, 'monitor')}"
