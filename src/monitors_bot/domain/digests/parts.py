"""The parts in which a digest is posted: a message, and the rest in its thread."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from monitors_bot.domain.digests.digest import Line
from monitors_bot.domain.digests.run import Posted

MOST_IN_A_THREAD = 20
"""So many messages of a thread are posted; what they leave out is in the next run's digest."""


@dataclass(frozen=True, slots=True)
class Part:
    """A message as the platform takes it, and the lines that people read in it."""

    message: Mapping[str, object]
    lines: tuple[Line, ...] = ()


def posted_after(
    lines: Iterable[Line], before: Mapping[str, Posted], besides: Mapping[str, Posted]
) -> dict[str, Posted]:
    """What a channel has read about units once it read some lines: `before` them, and `besides` them."""
    after = dict(besides)
    for line in lines:
        if line.posted:
            known = after.get(line.unit_id) or before.get(line.unit_id) or Posted()
            after[line.unit_id] = replace(known, **line.posted)
    return after
