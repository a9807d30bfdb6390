"""Digests, as messages of Rocket.Chat."""

from monitors_bot.domain.answers.conversation import Choice, Hidden
from monitors_bot.domain.digests.digest import Digest, Line
from monitors_bot.domain.units.phrases import plain
from monitors_bot.platforms.fitting import fit, left_out, shorten, size
from monitors_bot.platforms.rocketchat.markdown import HIDDEN_RESERVE, TEXT_LIMIT, bold, escape, write_choice

PARTS = 2
LONGEST_LINE = 1200
CONTINUED = "Continued"
ALL_UNITS = Choice("all units", "/monitors list")
"""In the word that the documentation proposes: a digest answers nobody who typed one."""


def render(digest: Digest) -> list[dict[str, object]]:
    """Write a digest as one message, or two where it is long; of one too long, alerts come first."""
    source = f"_{escape(digest.source)}_"
    room = TEXT_LIMIT - HIDDEN_RESERVE - size(bold(digest.title)) - size(source)
    lines, alerts = [*map(_line, digest.lines)], [*map(_line, digest.alerts)]
    alerts = (fit(alerts, room) or [[]])[0]
    shown = sum(map(len, fit(lines, room, chunks=PARTS)))
    while sum(map(len, parts := fit([*lines[:shown], *alerts], room, chunks=PARTS))) < shown + len(alerts):
        shown -= 1
    cut = len(digest.lines) + len(digest.alerts) - shown - len(alerts)
    last = [*left_out(Hidden(0, "unit", ALL_UNITS), cut, write_choice), source]
    bodies = [*parts[:-1], [*(parts[-1] if parts else []), *last]]
    titles = [digest.title, CONTINUED]
    return [
        {"text": bold(title), "attachments": [{"text": "\n".join(body)}]}
        for title, body in zip(titles, bodies, strict=False)
    ]


def _line(line: Line) -> str:
    return f"{bold(plain(line.unit))} · {escape(shorten(line.text, LONGEST_LINE))}"
