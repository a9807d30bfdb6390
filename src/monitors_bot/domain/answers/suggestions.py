"""What a text that somebody is still typing may become."""

from collections.abc import Sequence

from monitors_bot.domain.answers.conversation import Choice
from monitors_bot.domain.answers.knowledge import Knowledge
from monitors_bot.domain.answers.meaning import text_for
from monitors_bot.domain.units.finding import Units
from monitors_bot.domain.units.phrases import count, person, plain, unit_name
from monitors_bot.domain.units.roster import Unit

MOST = 10
ENDINGS = ("share", "all", "history")
FEATURES = ("share", "history")
"""What may follow the whole name of a unit."""


def suggest(typed: str, knowledge: Knowledge, *, may_share: bool = True) -> list[Choice]:
    """Return at most ten texts to send after the command word; each works as it is.

    The names are those that are remembered, else they are read with one call. People are only suggested where
    they are remembered.
    """
    text = typed.strip()
    if text.startswith("@"):
        return _people(text[1:], knowledge)
    units = knowledge.finder.last_units() or knowledge.finder.units()
    endings = [ending for ending in ENDINGS if _is_worth_it(ending, knowledge, may_share=may_share)]
    if exact := _exact(text, units):
        return _texts(exact, units, ["", *endings])
    found = [Choice(_label(unit), text_for(unit, units)) for unit in _matching(text, units)]
    name, _, begun = text.rpartition(" ")
    if exact := _exact(name, units):
        found += _texts(exact, units, [one for one in endings if one.startswith(begun.lower())])
    return found[:MOST]


def _is_worth_it(ending: str, knowledge: Knowledge, *, may_share: bool) -> bool:
    if ending == "share" and not may_share:
        return False
    return ending not in FEATURES or knowledge.allows(ending)


def _exact(text: str, units: Units) -> Unit | None:
    """The one unit that is called exactly so."""
    exact = units.exactly(text).units if text else ()
    return exact[0] if len(exact) == 1 else None


def _matching(text: str, units: Units) -> list[Unit]:
    """The units that the text leads to, those first that begin with it."""
    found = [*units.find(text).units, *units.containing(text)] if text else list(units)
    return list({unit.id: unit for unit in found}.values())


def _texts(unit: Unit, units: Units, endings: Sequence[str]) -> list[Choice]:
    texts = [text_for(unit, units, ending) for ending in endings]
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
