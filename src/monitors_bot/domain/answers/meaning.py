"""What a command means once the units are known, and what to type for one unit."""

from dataclasses import replace

from monitors_bot.domain.answers import grammar
from monitors_bot.domain.units.finding import LONGEST_COMPARED, Units, fold
from monitors_bot.domain.units.roster import Unit
from monitors_bot.text import is_read_alike

_NOT_IN_A_COMMAND = frozenset("`@&<>|\\\u2424")
"""Characters that some platform would not show, or not send back, as they are."""


def settle(asked: grammar.Ask | grammar.Unquoted, units: Units) -> grammar.Ask:
    """Decide what an unquoted text means: a unit of exactly that name wins over key words."""
    if not isinstance(asked, grammar.Unquoted):
        return asked
    return grammar.AboutUnit(asked.whole) if units.exactly(asked.whole).units else asked.otherwise


def text_for(unit: Unit, units: Units, options: str = "") -> str:
    """What to type to mean this unit and no other: its name if that is enough, else its id."""
    name = " ".join(unit.name.split())
    # Quote marks keep a name that ends in a key word in one piece.
    candidates = (name, f'"{name}"') if fold(name) and fits_in_a_command(name) else ()
    for candidate in (*candidates, unit.id):
        text = f"{candidate} {options}".strip()
        if _means(text, unit, units, options):
            return text
    return f'"{unit.id}" {options}'.strip()


def fits_in_a_command(name: str) -> bool:
    """Whether every platform shows `name` unchanged, and sends it back unchanged when it is pasted."""
    is_plain = name.isprintable() and not _NOT_IN_A_COMMAND.intersection(name)
    return is_plain and len(name) <= LONGEST_COMPARED and is_read_alike(name)


def _means(text: str, unit: Unit, units: Units, options: str) -> bool:
    asked = settle(grammar.read(text), units)
    wanted = grammar.read(f'"" {options}')
    return (
        isinstance(asked, grammar.AboutUnit)
        and units.find(asked.query).units == (unit,)
        and replace(asked, query="") == wanted
    )
