"""Which unit a text means, among all units of the server."""

import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import Enum, auto

from monitors_bot.domain.units.roster import Unit
from monitors_bot.text import UNSEEN, with_any_emoji

LEAST_LIKENESS = 0.6
"""The least likeness (difflib's ratio) at which a name is suggested for another."""
LONGEST_COMPARED = 100
"""Characters of a name compared for likeness: the cost is quadratic, and names have no limit."""
LONGEST_NORMALIZED = 1000
"""A text longer than this is not normalized to NFKC, because names have no limit."""


class Step(Enum):
    """How a match was decided."""

    ID = auto()
    NAME = auto()
    PREFIX = auto()
    SUBSTRING = auto()


@dataclass(frozen=True, slots=True)
class Match:
    """The units that a text may mean: none, one, or several to choose from."""

    units: tuple[Unit, ...]
    step: Step = Step.NAME

    @property
    def is_exact(self) -> bool:
        """Whether an id or a whole name matched, rather than a part of a name."""
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

    def find(self, query: str) -> Match:
        """Find what `query` means: the id, name, prefix or substring of units, whichever first has a hit."""
        exact = self.exactly(query)
        # An empty text would be a prefix of every name.
        if exact.units or not fold(query):
            return exact
        if starting := self._where(str.startswith, query):
            return Match(starting, Step.PREFIX)
        return Match(self.containing(query), Step.SUBSTRING)

    def containing(self, text: str) -> tuple[Unit, ...]:
        return self._where(str.__contains__, text)

    def close_to(self, query: str, most: int = 3) -> tuple[Unit, ...]:
        """The units whose names are most like `query`; none if all are too different."""
        close = most_alike(query, self._by_name, most)
        return tuple(unit for name in close for unit in self._by_name[name])[:most]

    def _where(self, matches: Callable[[str, str], bool], text: str) -> tuple[Unit, ...]:
        wanted = fold(text)
        return tuple(unit for name, unit in self._folded if matches(name, wanted))


def fold(name: str) -> str:
    """Normalize a name for comparison: NFKC, case folded, white space collapsed."""
    name = with_any_emoji(name).translate(UNSEEN)
    if not name.isascii() and len(name) <= LONGEST_NORMALIZED:
        # Case folding can produce text that is not in NFKC, so it is normalized again afterwards.
        name = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())
    return " ".join(name.casefold().split())


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
