"""Digests, as messages of Rocket.Chat."""

from collections.abc import Iterable, Sequence
from itertools import islice
from typing import NamedTuple

from monitors_bot.domain.digests.digest import Digest, Line
from monitors_bot.domain.digests.parts import MOST_IN_A_THREAD, Part
from monitors_bot.domain.units.phrases import and_more, plain
from monitors_bot.platforms.fitting import fit, shorten, size
from monitors_bot.platforms.rocketchat.markdown import (
    GAP,
    HIDDEN_RESERVE,
    TEXT_LIMIT,
    bold,
    italic,
    message,
    row,
)

LONGEST_LINE = 1200
"""With the longest name, and every character escaped, a line still fits into any message."""
CONTINUED = "Continued"


class Row(NamedTuple):
    """A line, and its Markdown."""

    line: Line
    text: str


def render(digest: Digest) -> list[Part]:
    """Write a digest as one message, and what does not fit as messages of its thread."""
    title, source = bold(digest.title), italic(digest.source)
    room = TEXT_LIMIT - HIDDEN_RESERVE
    head, rest = _split(_rows(digest.lines), _rows(digest.alerts), room - size(title) - size(source))
    thread = _messages(rest, room, MOST_IN_A_THREAD)
    followed = [one for rows in thread for one in rows]
    left_out = rest[len(followed) :]
    return [
        _part(title, head, [*_in_the_thread(followed, head), source]),
        *(
            _part(
                bold(_title(number, len(thread))), rows, _left_out(left_out) if number == len(thread) else []
            )
            for number, rows in enumerate(thread, start=1)
        ),
    ]


def _rows(lines: Iterable[Line]) -> list[Row]:
    return [Row(line, row([plain(line.unit), shorten(line.text, LONGEST_LINE)])) for line in lines]


def _split(changes: list[Row], alerts: list[Row], room: int) -> tuple[list[Row], list[Row]]:
    """Divide the lines into those of the first message and the rest.

    An alert matters more than a change: changes get the room that all alerts leave, and follow after them.
    """
    shown_alerts = _first(alerts, room)
    left = room - sum(size(one.text) + GAP for one in shown_alerts)
    shown = _first(changes, left) if len(shown_alerts) == len(alerts) else []
    return [*shown, *shown_alerts], [*alerts[len(shown_alerts) :], *changes[len(shown) :]]


def _first(rows: list[Row], room: int) -> list[Row]:
    return (_messages(rows, room, 1) or [[]])[0]


def _messages(rows: Sequence[Row], room: int, most: int) -> list[list[Row]]:
    """Fill at most so many messages with rows, in order."""
    left = iter(rows)
    filled = fit([one.text for one in rows], room, chunks=most, gap=GAP)
    return [list(islice(left, len(texts))) for texts in filled]


def _part(title: str, rows: Sequence[Row], below: Sequence[str]) -> Part:
    return Part(message([title], [*(one.text for one in rows), *below]), tuple(one.line for one in rows))


def _title(number: int, of: int) -> str:
    return CONTINUED if of == 1 else f"{CONTINUED} ({number} of {of})"


def _in_the_thread(rows: Sequence[Row], head: Sequence[Row]) -> list[str]:
    if not rows:
        return []
    more = _units(rows) - _units(head)
    return [f"{and_more(len(more), 'unit') if more else 'and more'} in the thread"]


def _left_out(rows: Sequence[Row]) -> list[str]:
    """What a thread ends with that is too long: news waits for the next run, and the rest is no news."""
    news = _units(one for one in rows if one.line.posted)
    unchanged = _units(rows) - news
    return [
        *([f"{and_more(len(news), 'unit')} in the next digest"] if news else []),
        *([f"{and_more(len(unchanged), 'unit')} without a change"] if unchanged else []),
    ]


def _units(rows: Iterable[Row]) -> set[str]:
    return {one.line.unit_id or one.line.unit for one in rows}
