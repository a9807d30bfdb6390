"""What a command means once the units are known, and what to type for one unit."""

import re
from typing import NamedTuple

from monitors_bot.domain.answers import grammar
from monitors_bot.domain.units.finding import LONGEST_COMPARED, Match, Step, Units, fold
from monitors_bot.domain.units.roster import Unit
from monitors_bot.text import is_read_alike

_NOT_IN_A_COMMAND = frozenset("`@&<>|\\\u2424")
"""Characters that some platform would not show, or not send back, as they are."""
_SMILEY = r"[:;=8xX][-'o^]?(?:[()\[\]{}*$/|]|[DPpOo3](?!\w))|<3|\^\^|-_-"
"""Smileys, of which some platform makes emoji on the way back. Compiled when needed."""
LONGEST_SHORTENED = 120
"""Characters of a text in which small words and times are looked for: each try is a lookup of its own."""
MOST_TIMES_TRIED = 5
"""How often `at` or `since` may be in a text for a time to be looked for behind each."""

Asked = grammar.Ask | grammar.Unquoted


class Meaning(NamedTuple):
    """What is asked, and the units that match if it is about a unit; a guess is best made on a fresh list."""

    ask: grammar.Ask
    match: Match = Match(())
    is_guess: bool = False


def settle(asked: Asked, units: Units) -> grammar.Ask:
    """Decide what a text means if nothing is left out: a unit of exactly that name wins over key words."""
    if not isinstance(asked, grammar.Unquoted):
        return asked
    for reading in asked.exact:
        if units.exactly(reading.query).units:
            return reading
    if not isinstance(asked.otherwise, grammar.AboutUnit):  # `@Ops!` where a unit is called @Ops
        punctuated = (one for one in asked.exact if one.query[-1] in grammar.ENDING)
        named = (one for one in punctuated if units.is_name_with_ending(one.query))
        return next(named, asked.otherwise)
    return asked.otherwise


def understand(asked: Asked, units: Units) -> Meaning:
    """Decide what a text means as it was typed, else without small words around a name."""
    meaning = _as_typed(asked, units)
    if not isinstance(meaning.ask, grammar.AboutUnit) or meaning.match.units:
        return meaning
    if len(meaning.ask.query) > LONGEST_SHORTENED:
        return meaning
    is_quoted = not isinstance(asked, grammar.Unquoted)
    return _shortened(meaning.ask, units, is_quoted=is_quoted) or _untimely(meaning.ask, units) or meaning


def named(text: str, units: Units) -> tuple[tuple[Unit, ...], str]:
    """The units with a text in their names, else the text without small words; and which text it was."""
    matching = units.containing(text)
    if matching or not text:
        return matching, text
    from monitors_bot.domain.answers.small_words import without_any  # noqa: PLC0415 - only a miss needs it

    name = without_any(text)
    return units.containing(name), name


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
    if name.isascii() and name.replace(" ", "").isalnum():
        return len(name) <= LONGEST_COMPARED
    is_sent_back = name.isprintable() and not _NOT_IN_A_COMMAND.intersection(name)
    if not is_sent_back or len(name) > LONGEST_COMPARED:
        return False
    return is_read_alike(name) and not re.search(_SMILEY, name)


def close_to(query: str, units: Units, most: int = 3) -> tuple[Unit, ...]:
    """The units to suggest where none was found: of the name alone first, then of all that was typed."""
    from monitors_bot.domain.answers.small_words import without_any  # noqa: PLC0415 - only a miss needs it

    name = without_any(query) if len(query) <= LONGEST_SHORTENED else ""
    found = units.find(name).units if name else ()
    return tuple(dict.fromkeys((*found, *units.close_to(name or query, most))))[:most]


def _as_typed(asked: Asked, units: Units) -> Meaning:
    ask = settle(asked, units)
    if not isinstance(ask, grammar.AboutUnit):
        return Meaning(ask)
    match = units.find(ask.query)
    return Meaning(ask, match, is_guess=not match.is_exact or not match.units)


def _shortened(ask: grammar.AboutUnit, units: Units, *, is_quoted: bool) -> Meaning | None:
    """What is meant without the small words around a name, as few left out as possible."""
    from monitors_bot.domain.answers import small_words  # noqa: PLC0415 - most texts fit as they are

    may_be_key_words = not is_quoted and not ask.options
    if may_be_key_words and (meaning := _before_small_words(ask, units)):
        return meaning
    for texts in small_words.fewest_left_out(ask.query):
        if may_be_key_words and (other := _key_word_among(texts, units)):
            return Meaning(other, is_guess=True)
        if meaning := _one_of(texts, ask, units):
            return meaning
    if is_quoted or small_words.without_any(ask.query):
        return None
    # Nothing is left: `show all` is after the list, anything else after help.
    is_about_all = ask.everyone and not ask.is_past
    return Meaning(grammar.ListUnits() if is_about_all else grammar.Help(), is_guess=True)


def _before_small_words(ask: grammar.AboutUnit, units: Units) -> Meaning | None:
    """What is meant if small words stand behind key words, as in `Sales share please`."""
    from monitors_bot.domain.answers.small_words import without_those_at_the_end  # noqa: PLC0415 - the same

    text = without_those_at_the_end(ask.query)
    if not text or text == ask.query:
        return None
    asked = grammar.read(text)
    if not isinstance(settled := settle(asked, units), grammar.AboutUnit):
        return Meaning(settled, is_guess=True)
    if not settled.options:
        return None
    meaning = understand(asked, units)
    return meaning._replace(is_guess=True) if meaning.match.units else None


def _key_word_among(texts: list[str], units: Units) -> grammar.Ask | None:
    settled = (settle(grammar.read(text), units) for text in texts)
    return next((ask for ask in settled if not isinstance(ask, grammar.AboutUnit)), None)


def _one_of(texts: list[str], ask: grammar.AboutUnit, units: Units) -> Meaning | None:
    """What the texts mean, which leave out equally many words: the surest step decides, for all together."""
    found = [(text, units.find(text, inside_words=False)) for text in texts]
    hits = [(text, match) for text, match in found if match.units]
    if not hits:
        return None
    surest = min(match.step for _, match in hits)
    best = [(text, match) for text, match in hits if match.step is surest]
    matching = tuple(dict.fromkeys(unit for _, match in best for unit in match.units))
    return Meaning(ask._replace(query=best[0][0]), Match(matching, Step.SHORTENED), is_guess=True)


def _untimely(ask: grammar.AboutUnit, units: Units) -> Meaning | None:
    """The unit before an `at` or `since` after which stands no time."""
    if ask.is_past:
        return None
    for found in list(re.finditer(r"\s(at|since)\s+(?=\S)", ask.query, re.IGNORECASE))[:MOST_TIMES_TRIED]:
        asked = grammar.read(ask.query[: found.start()])
        meaning = _as_typed(asked, units)
        if isinstance(meaning.ask, grammar.AboutUnit) and not meaning.match.units:
            meaning = _shortened(meaning.ask, units, is_quoted=True) or meaning
        about = meaning.ask
        if not isinstance(about, grammar.AboutUnit) or not meaning.match.units or about.at:
            continue
        if about.history is (found[1].lower() == "since"):
            named = ask._replace(
                query=about.query, history=about.history, unreadable=ask.query[found.end() :].strip()
            )
            return Meaning(named, meaning.match, is_guess=True)
    return None


def _means(text: str, unit: Unit, units: Units, options: str) -> bool:
    asked = settle(grammar.read(text), units)
    wanted = grammar.read(f'"" {options}')
    return (
        isinstance(asked, grammar.AboutUnit)
        and units.find(asked.query).units == (unit,)
        and asked._replace(query="") == wanted
    )
