"""Notices, as messages of Rocket.Chat: they mention exactly the people who are to be mentioned."""

import re
from bisect import bisect_right
from collections.abc import Sequence

from monitors_bot.domain.notices.messages import Notice
from monitors_bot.domain.units.phrases import and_more, plain
from monitors_bot.domain.units.roster import Monitor
from monitors_bot.platforms.fitting import shorten, size
from monitors_bot.platforms.rocketchat.markdown import TEXT_LIMIT, bold, escape

LONGEST_TITLE = 1000
LONGEST_DETAIL = 700
PEOPLE_LIMIT = 2000
"""Characters that names may take up; the rest are counted."""
CUT = "_The message is longer than this._"

_MENTIONABLE = re.compile(r"[0-9a-zA-Z\-_.]+", re.ASCII)
"""What the server takes for a name after an @, by default."""
_GROUPS = frozenset({"all", "here"})


def render(notice: Notice) -> dict[str, object]:
    """Write a notice as one message; what is not ours, notifies nobody and formats nothing."""
    head = bold(shorten(_without_code(notice.title), LONGEST_TITLE))
    if notice.people:
        head = f"{head}; {notice.introduction}: {_people(notice.people)}"
    before = [head, *(escape(shorten(_without_code(detail), LONGEST_DETAIL)) for detail in notice.details)]
    room = TEXT_LIMIT - sum(size(line) + 1 for line in (*before, CUT))
    fits = bisect_right(
        range(1, len(notice.message) + 1), room, key=lambda end: size(_quoted(notice.message[:end]))
    )
    is_cut = notice.is_cut or fits < len(notice.message)
    lines = [*before, _quoted(notice.message[:fits]), *([CUT] if is_cut else [])]
    return {"text": "\n".join(line for line in lines if line)}


def _people(people: Sequence[Monitor]) -> str:
    names = [_named(one) for one in people]
    shown = bisect_right(range(1, len(names) + 1), PEOPLE_LIMIT, key=lambda end: size(" ".join(names[:end])))
    hidden = [and_more(len(names) - shown, "monitor")] if shown < len(names) else []
    return " ".join([*names[:shown], *hidden])


def _named(one: Monitor) -> str:
    """A mention, where the server would read it as one of exactly this person; else the name."""
    if _MENTIONABLE.fullmatch(one.username) and one.username.casefold() not in _GROUPS:
        return f"@{one.username}"
    return escape(_without_code(plain(one.name) or plain(one.username) or plain(one.id)))


def _quoted(message: str) -> str:
    lines = (plain(line, most=len(line) + 1) for line in message.splitlines())
    return "\n".join(f"> {escape(line)}" for line in lines if line)


def _without_code(text: str) -> str:
    """Code that begins in a name would hide the mentions after it."""
    return text.replace("`", "'")
