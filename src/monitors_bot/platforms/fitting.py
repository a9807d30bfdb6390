"""Fitting lines into a platform's limits, and saying what did not fit."""

from collections.abc import Callable, Sequence

from monitors_bot.domain.answers.conversation import Choice, Hidden
from monitors_bot.domain.units.phrases import and_more


def size(text: str) -> int:
    """Length as JavaScript counts it, which is the strictest reading of the platforms' limits."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def shorten(text: str, most: int) -> str:
    """Cut `text` to `most` characters, and say that it goes on."""
    if size(text) <= most:
        return text
    text = text[: most - 1]
    while size(text) >= most:
        text = text[:-1]
    return text.rstrip() + "…"


def fit(lines: Sequence[str], most: int, *, chunks: int = 1) -> list[list[str]]:
    """Put as many of `lines` as fit, in order, into at most `chunks` lists of `most` characters each.

    A line break counts; what does not fit is left out from the first such line on.
    """
    filled: list[list[str]] = []
    room = 0
    for line in lines:
        needed = size(line) + 1
        if needed > room:
            if len(filled) == chunks or needed > most:
                break
            filled.append([])
            room = most
        filled[-1].append(line)
        room -= needed
    return filled


def left_out(hidden: Hidden, cut: int, write_choice: Callable[[Choice], str]) -> list[str]:
    """Say what the reply leaves out, with the `cut` lines that did not fit; no line if nothing."""
    number = hidden.count + cut
    if not number:
        return []
    words = and_more(number, hidden.noun)
    return [f"{words} ({write_choice(hidden.more)})" if hidden.more else words]
