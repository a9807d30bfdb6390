"""The small words that people put around the name of a unit, and texts without them.

This list is closed: no other word is ever left out. These are when the text as it was typed fits nothing.
"""

from collections.abc import Iterator

from monitors_bot.domain.answers.grammar import GREETINGS
from monitors_bot.domain.units.finding import fold, words

_ENGLISH = """
who whos whom whose which what whats where wheres when is are am was were be do does did can could would will
a an the this that in on at of for from to with by and or any some
call oncall duty unit units team teams group department dept monitor monitors monitoring monitored
agent agents person people anyone anybody someone somebody everyone everybody there here you u i we us me
my our please pls plz thanks thank thx ty cheers now right today tonight currently current moment just
online available active around free working covering covers cover show tell give find get see look want need
know have has got good morning afternoon evening day 🙏 👋 🙂 😀
"""
_GERMAN = """
wer ist sind im am der die das den dem bitte danke für von gerade jetzt heute dienst hat zeig zeige mir
"""
_FRENCH = "qui est sont de du des la le les au en svp stp merci maintenant"
_SPANISH_PORTUGUESE_ITALIAN = """
quién quien quiénes está están esta el los las por favor gracias ahora quem obrigado obrigada agora
chi è per favore grazie
"""
_DUTCH = "wie er het een alsjeblieft dank nu"
SMALL_WORDS = GREETINGS.union(
    _ENGLISH.split(),
    _GERMAN.split(),
    _FRENCH.split(),
    _SPANISH_PORTUGUESE_ITALIAN.split(),
    _DUTCH.split(),
    [""],
)
"""Without apostrophes; the empty one stands for punctuation alone."""
MOST_TAKEN_OFF = 8
"""Small words taken off each end; people type fewer."""


def fewest_left_out(text: str) -> Iterator[list[str]]:
    """The texts without one small word at an end, then those without two, and so on."""
    typed = text.split()
    before, after = _at_the_start(typed), _at_the_end(typed)
    for number in range(1, min(before + after, len(typed) - 1) + 1):
        splits = range(max(0, number - after), min(before, number) + 1)
        yield [" ".join(typed[start : len(typed) - (number - start)]) for start in splits]


def without_those_at_the_end(text: str) -> str:
    typed = text.split()
    return " ".join(typed[: len(typed) - _at_the_end(typed)])


def without_any(text: str) -> str:
    """The text without the small words around it; empty if there is nothing else in it."""
    typed = text.split()
    start, end = 0, len(typed)
    while start < end and _is_small(typed[start]):
        start += 1
    while end > start and _is_small(typed[end - 1]):
        end -= 1
    return " ".join(typed[start:end])


def _at_the_start(typed: list[str]) -> int:
    number = 0
    while number < min(len(typed), MOST_TAKEN_OFF) and _is_small(typed[number]):
        number += 1
    return number


def _at_the_end(typed: list[str]) -> int:
    """How many small words end the text; one that begins a time stays, or the time would be ignored."""
    number = 0
    while number < min(len(typed), MOST_TAKEN_OFF) and _is_small(typed[-number - 1]):
        if typed[-number - 1].lower() == "at":
            return 0
        number += 1
    return number


def _is_small(word: str) -> bool:
    """Whether a word says nothing about which unit is meant; punctuation alone says nothing either."""
    return "".join(words(fold(word))) in SMALL_WORDS
