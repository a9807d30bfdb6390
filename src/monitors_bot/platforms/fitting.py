"""Fits lines into a platform's limits, and counts what did not fit."""

from bisect import bisect_right
from collections.abc import Callable, Sequence

from monitors_bot.domain.answers.conversation import Choice, Hidden
from monitors_bot.domain.units.phrases import and_more


def size(text: str) -> int:
    """Return the length in UTF-16 units, as JavaScript counts: the strictest reading of the limits."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def shorten(text: str, most: int) -> str:
    """Cut `text` to at most `most` characters; if it was cut, it ends in an ellipsis."""
    if size(text) <= most:
        return text
    text = text[: most - 1]
    while size(text) >= most:
        text = text[:-1]
    return text.rstrip() + "…"


def longest_start(length: int, write: Callable[[int], str], most: int) -> int:
    """Return the largest number up to `length` for which `write` returns at most `most` characters.

    `write(n)` writes the first n parts of something, so it never gets shorter as n grows.
    """
    return bisect_right(range(1, length + 1), most, key=lambda end: size(write(end)))


def fit(lines: Sequence[str], most: int, *, chunks: int = 1, gap: int = 1) -> list[list[str]]:
    """Put as many of `lines` as fit, in order, into at most `chunks` lists of `most` characters each.

    A line break counts `gap`. The first line that does not fit is left out with all that follow.
    """
    filled: list[list[str]] = []
    room = 0
    for line in lines:
        needed = size(line) + gap
        if needed > room:
            if len(filled) == chunks or needed > most:
                break
            filled.append([])
            room = most
        filled[-1].append(line)
        room -= needed
    return filled


def fit_into_one(lines: Sequence[str], most: int, *, gap: int = 1) -> list[str]:
    """As many of `lines` as fit into `most` characters."""
    return (fit(lines, most, gap=gap) or [[]])[0]


def count(chunks: Sequence[Sequence[str]]) -> int:
    """Return the number of lines in all chunks."""
    return sum(map(len, chunks))


def not_shown(rows: Sequence[str], choices: Sequence[str], shown: int) -> int:
    """Return how many monitors, units or matches are missing if only the first `shown` lines fit.

    If a reply has rows, only those count, because the choices below them are only commands to type.
    """
    return max(0, len(rows or choices) - shown)


def left_out(hidden: Hidden, cut: int, write_choice: Callable[[Choice], str]) -> list[str]:
    """Return a line that counts what the reply leaves out and the `cut` lines that did not fit, if any."""
    number = hidden.count + cut
    if not number:
        return []
    words = and_more(number, hidden.noun)
    return [f"{words} ({write_choice(hidden.more)})" if hidden.more else words]
