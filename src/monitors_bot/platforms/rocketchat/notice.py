"""Notices as Rocket.Chat messages, which mention exactly the people whom the notice names."""

import re
from collections.abc import Sequence

from monitors_bot.domain.notices.messages import Notice
from monitors_bot.domain.units.phrases import and_more, plain
from monitors_bot.domain.units.roster import Monitor
from monitors_bot.platforms.fitting import longest_start, shorten, size
from monitors_bot.platforms.rocketchat.markdown import TEXT_LIMIT, bold, escape, italic, message

LONGEST_TITLE = 1000
LONGEST_DETAIL = 700
PEOPLE_LIMIT = 2000
"""The most characters for names; people beyond it are only counted."""
CUT = italic("The message is longer than this.")

_MENTIONABLE = re.compile(r"[0-9a-zA-Z\-_.]+", re.ASCII)
"""The names that a server with default settings recognises after an @."""
_GROUPS = frozenset({"all", "here"})


def render(notice: Notice) -> dict[str, object]:
    """Render a notice as one message; foreign text in it mentions nobody and formats nothing."""
    head = bold(shorten(_without_code(notice.title), LONGEST_TITLE))
    if notice.people:
        head = f"{head}; {notice.introduction}: {_people(notice.people)}"
    before = [head, *(escape(shorten(_without_code(detail), LONGEST_DETAIL)) for detail in notice.details)]
    room = TEXT_LIMIT - sum(size(line) + 1 for line in (*before, CUT))
    shown = longest_start(len(notice.message), lambda end: _quoted(notice.message[:end]), room)
    quoted = _quoted(notice.message[:shown])
    is_cut = notice.is_cut or shown < len(notice.message)
    return message([line for line in (*before, quoted, CUT if is_cut else "") if line])


def notifies_somebody(notice: Notice) -> bool:
    """Whether the message mentions anybody in a way that the server takes for a mention."""
    return any(map(_is_mentionable, notice.people[: _shown(notice.people)]))


def _people(people: Sequence[Monitor]) -> str:
    shown = _shown(people)
    hidden = [and_more(len(people) - shown, "monitor")] if shown < len(people) else []
    return " ".join([*map(_named, people[:shown]), *hidden])


def _shown(people: Sequence[Monitor]) -> int:
    names = [_named(one) for one in people]
    return longest_start(len(names), lambda end: " ".join(names[:end]), PEOPLE_LIMIT)


def _named(one: Monitor) -> str:
    """A mention, where the server would read it as a mention of exactly this person; else the name."""
    if _is_mentionable(one):
        return f"@{one.username}"
    return escape(_without_code(plain(one.name) or plain(one.username) or plain(one.id)))


def _is_mentionable(one: Monitor) -> bool:
    return bool(_MENTIONABLE.fullmatch(one.username)) and one.username.casefold() not in _GROUPS


def _quoted(text: str) -> str:
    lines = (plain(line, most=len(line) + 1) for line in text.splitlines())
    return "\n".join(f"> {escape(line)}" for line in lines if line)


def _without_code(text: str) -> str:
    """Replace backticks: code that begins in a name would swallow the mentions after it."""
    return text.replace("`", "'")
