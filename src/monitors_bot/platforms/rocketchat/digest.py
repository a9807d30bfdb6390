"""Digests as Rocket.Chat messages."""

from collections.abc import Sequence

from monitors_bot.domain.answers.conversation import Choice, Hidden
from monitors_bot.domain.digests.digest import Digest, Line
from monitors_bot.domain.units.phrases import plain
from monitors_bot.platforms.fitting import count, fit, fit_into_one, left_out, shorten, size
from monitors_bot.platforms.rocketchat.markdown import (
    GAP,
    HIDDEN_RESERVE,
    TEXT_LIMIT,
    bold,
    italic,
    message,
    row,
    write_choice,
)

PARTS = 2
LONGEST_LINE = 1200
CONTINUED = "Continued"
ALL_UNITS = Choice("all units", "/monitors list")
"""It uses the command word of the documentation, because nobody typed one."""


def render(digest: Digest) -> list[dict[str, object]]:
    """Render a digest as one message, or two if it is long; a last line counts what fits in neither."""
    source = italic(digest.source)
    room = TEXT_LIMIT - HIDDEN_RESERVE - size(bold(digest.title)) - size(source)
    parts = _parts(
        [*map(_line, digest.lines)], fit_into_one([*map(_line, digest.alerts)], room, gap=GAP), room
    )
    cut = len(digest.lines) + len(digest.alerts) - count(parts)
    last = [*left_out(Hidden(0, "unit", ALL_UNITS), cut, write_choice), source]
    bodies = [*parts[:-1], [*(parts[-1] if parts else []), *last]]
    titles = [digest.title, CONTINUED]
    return [message([bold(title)], body) for title, body in zip(titles, bodies, strict=False)]


def _parts(changes: Sequence[str], alerts: Sequence[str], room: int) -> list[list[str]]:
    """Fill the messages with as many changes as leave room for all alerts below them."""
    shown = count(fit(changes, room, chunks=PARTS, gap=GAP))
    # An alert matters more than a change, so changes give way from the end on until every alert fits.
    while count(parts := fit([*changes[:shown], *alerts], room, chunks=PARTS, gap=GAP)) < shown + len(alerts):
        shown -= 1
    return parts


def _line(line: Line) -> str:
    return row([plain(line.unit), shorten(line.text, LONGEST_LINE)])
