"""Which unit a text means, among all units of the server."""

import unicodedata
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import IntEnum, auto
from functools import cached_property

from monitors_bot.domain.units.roster import Unit
from monitors_bot.text import UNSEEN, with_any_emoji

LEAST_LIKENESS = 0.6
"""The least likeness (difflib's ratio) at which a name is suggested for another."""
LONGEST_COMPARED = 100
"""Characters of a name compared for likeness: the cost is quadratic, and names have no limit."""
LONGEST_NORMALIZED = 1000
"""A text longer than this is not normalized to NFKC, because names have no limit."""
LEAST_INSIDE = 3
"""The fewest letters and digits that are looked for inside words."""

_APOSTROPHES = frozenset("'`´’‘‛ʼʹ′＇")
"""They belong to the word around them, so that Men's, Men’s and Mens are one word."""
_SIGNS = frozenset("↔⤴⤵◽◾〰")
"""The emoji that Unicode does not count among its other symbols."""
_LAST_OF_LATIN_1 = "\xff"
_ASCII_WORDS = {
    code: None if chr(code) in _APOSTROPHES else " "
    for code in range(128)
    if not chr(code).isalnum() and chr(code) != "\n"
}


class Step(IntEnum):
    """How a match was decided, the surest way first."""

    ID = auto()
    NAME = auto()
    LETTERS = auto()
    PREFIX = auto()
    WORDS = auto()
    SUBSTRING = auto()
    SHORTENED = auto()
    """By another step, after small words around the name were left out."""


@dataclass(frozen=True, slots=True)
class Match:
    """The units that a text may mean: none, one, or several to choose from."""

    units: tuple[Unit, ...]
    step: Step = Step.NAME

    @property
    def is_exact(self) -> bool:
        """Whether an id or a whole name matched, rather than something like it."""
        return self.step in {Step.ID, Step.NAME}


class Units:
    """Every unit of the server, as read at `read_at` (epoch seconds), indexed for lookups."""

    def __init__(self, units: Iterable[Unit], read_at: float = 0.0) -> None:
        self.read_at = read_at
        self._by_id = {unit.id: unit for unit in units}
        self._folded = sorted(
            ((fold(unit.name), unit) for unit in self._by_id.values()), key=lambda pair: (pair[0], pair[1].id)
        )
        self._by_name: dict[str, list[Unit]] = defaultdict(list)
        for name, unit in self._folded:
            self._by_name[name].append(unit)

    def __len__(self) -> int:
        return len(self._folded)

    def __iter__(self) -> Iterator[Unit]:
        """Iterate over the units, sorted by name."""
        return (unit for _, unit in self._folded)

    def with_id(self, id_: str) -> Unit | None:
        return self._by_id.get(id_)

    def exactly(self, text: str) -> Match:
        if unit := self._by_id.get(text.strip()):
            return Match((unit,), Step.ID)
        return Match(tuple(self._by_name.get(fold(text), ())), Step.NAME)

    def is_name_with_ending(self, text: str) -> bool:
        """Whether a text is the whole name of a unit, with nothing but punctuation behind it."""
        folded = fold(text)
        return any(folded.startswith(fold(unit.name)) for unit in self._same_letters(folded, text))

    def find(self, query: str, *, inside_words: bool = True) -> Match:
        """Find what `query` means; the first step with a hit decides.

        The steps are: the id, the name, the same letters and digits, the beginning of the name, the
        beginnings of some of its words, and, with `inside_words`, any part of the name.
        """
        exact = self.exactly(query)
        wanted = fold(query)
        if exact.units or not wanted:
            return exact
        if same := self._same_letters(wanted, query):
            return Match(same, Step.LETTERS)
        typed = words(wanted)
        if starting := self._starting(wanted) or self._beginning(typed):
            return Match(starting, Step.PREFIX)
        if in_order := self._in_order(typed):
            return Match(in_order, Step.WORDS)
        is_long_enough = inside_words and len("".join(typed)) >= LEAST_INSIDE
        return Match(self.containing(query) if is_long_enough else (), Step.SUBSTRING)

    def containing(self, text: str) -> tuple[Unit, ...]:
        """The units with `text` in their names, however the two are punctuated."""
        wanted = fold(text)
        if found := tuple(unit for name, unit in self._folded if wanted in name):
            return found
        inside = " ".join(words(wanted))
        return tuple(unit for name, unit in self._worded if inside in name) if inside else ()

    def close_to(self, query: str, most: int = 3) -> tuple[Unit, ...]:
        """The units whose names are most like `query`; none if all are too different."""
        close = most_alike(query, self._by_name, most)
        return tuple(unit for name in close for unit in self._by_name[name])[:most]

    @cached_property
    def _worded(self) -> list[tuple[str, Unit]]:
        """The words of each name, each word behind a space."""
        # All names at once, which is quicker than one after the other: a folded name has no line breaks.
        names = _in_words("\n".join(name for name, _ in self._folded)).split("\n")
        return [
            (" " + " ".join(name.split()), unit) for name, (_, unit) in zip(names, self._folded, strict=False)
        ]

    @cached_property
    def _by_letters(self) -> dict[str, list[Unit]]:
        by_letters: dict[str, list[Unit]] = defaultdict(list)
        for name, unit in self._worded:
            by_letters[name.replace(" ", "")].append(unit)
        return by_letters

    def _same_letters(self, folded: str, query: str) -> tuple[Unit, ...]:
        """The units of the same letters and digits, and the one whose id only has punctuation behind it."""
        letters = "".join(words(folded))
        if not letters:
            return ()
        same = self._by_letters.get(letters, ())
        by_id = self._by_id.get(_without_ending(query))
        return (by_id, *(unit for unit in same if unit is not by_id)) if by_id else tuple(same)

    def _starting(self, folded: str) -> tuple[Unit, ...]:
        found = []
        for name, unit in self._folded[bisect_left(self._folded, folded, key=lambda pair: pair[0]) :]:
            if not name.startswith(folded):
                break
            found.append(unit)
        return tuple(found)

    def _beginning(self, typed: list[str]) -> tuple[Unit, ...]:
        start = " ".join(("", *typed))
        return tuple(unit for name, unit in self._worded if name.startswith(start)) if typed else ()

    def _in_order(self, typed: list[str]) -> tuple[Unit, ...]:
        if not typed:
            return ()
        # One word is looked for alone at first, which is quick and spares nearly all names the rest.
        rarest = f" {max(typed, key=len)}"
        return tuple(unit for name, unit in self._worded if rarest in name and _begin_words_of(name, typed))


def fold(name: str) -> str:
    """Normalize a name for comparison: NFKC, case folded, white space collapsed, nothing unseen."""
    # A name of an emoji may be hidden in other forms of its characters, and an emoji has other forms, too.
    name = _normalized(name)
    if ":" in name:
        name = _normalized(with_any_emoji(name))
    return " ".join(name.casefold().split())


def _normalized(name: str) -> str:
    if name.isascii():
        return name
    name = name.translate(UNSEEN)
    if len(name) > LONGEST_NORMALIZED:
        return name
    # Case folding can produce text that is not in NFKC, so it is normalized again afterwards.
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())


def words(folded: str) -> list[str]:
    """The words of a folded text: its letters and digits without punctuation; an emoji is one of its own."""
    return _in_words(folded).split()


def _in_words(folded: str) -> str:
    """The text with spaces for what is in no word; line breaks stay."""
    return folded.translate(_ASCII_WORDS if folded.isascii() else _Words())


class _Words(dict[int, str]):
    """What becomes of each character when a text is taken apart into words."""

    def __missing__(self, code: int) -> str:
        self[code] = _of_word(chr(code))
        return self[code]


def _of_word(char: str) -> str:
    if char in _APOSTROPHES:
        return ""
    kind = unicodedata.category(char)
    if kind[0] in "LNM" or char == "\n":
        return char
    is_sign = kind == "So" and char > _LAST_OF_LATIN_1
    return f" {char} " if is_sign or char in _SIGNS else " "


def _without_ending(text: str) -> str:
    """The text without the punctuation at its end; an emoji is none."""
    end = len(text)
    while end and not _of_word(text[end - 1]).strip():
        end -= 1
    return text[:end].strip()


def _begin_words_of(name: str, typed: list[str]) -> bool:
    """Whether each of the typed words begins a word of the name, in order."""
    at = -1
    for word in typed:
        at = name.find(f" {word}", at + 1)
        if at < 0:
            return False
    return True


def most_alike(query: str, folded_names: Iterable[str], most: int = 3) -> list[str]:
    """The names that are most like `query`; none if all are too different."""
    from difflib import SequenceMatcher  # noqa: PLC0415 - only a miss needs it, so only a miss loads it

    wanted = fold(query)
    if not 0 < len(wanted) <= LONGEST_COMPARED:
        return []
    matcher = SequenceMatcher(b=wanted)
    likenesses = []
    for name in folded_names:
        matcher.set_seq1(name[:LONGEST_COMPARED])
        # The quick ratios are upper bounds of the ratio, and spare most names its quadratic cost.
        if min(matcher.real_quick_ratio(), matcher.quick_ratio()) >= LEAST_LIKENESS:
            likenesses.append((-matcher.ratio(), name))
    return [name for likeness, name in sorted(likenesses) if -likeness >= LEAST_LIKENESS][:most]
