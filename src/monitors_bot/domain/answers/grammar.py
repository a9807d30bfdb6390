"""What the text after the command word means, before any unit is known."""

import re
from dataclasses import dataclass, replace

from monitors_bot.domain.answers.moments import is_time
from monitors_bot.text import UNSEEN

CLOSING = {'"': '"', "'": "'", "“": "”“", "„": "“”", "«": "»", "»": "«", "‘": "’‘", "‚": "‘’"}
LONGEST_READ = 2000
"""A longer text is not searched for key words; a unit with such a name can be asked for by its id."""

_AT = re.compile(r"(?:^|\s)at\s+(\S+(?:\s+\d{2}:\d{2}Z?)?)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Help:
    """Show how to ask."""


@dataclass(frozen=True, slots=True)
class Version:
    """Show which version of the bot this is."""


@dataclass(frozen=True, slots=True)
class ListUnits:
    """Show the units whose name contains `text`."""

    text: str = ""


@dataclass(frozen=True, slots=True)
class AboutPerson:
    """Show the units that somebody monitors; None stands for the asker."""

    username: str | None


@dataclass(frozen=True, slots=True)
class AboutUnit:
    """Show who monitors a unit, or who did."""

    query: str
    share: bool = False
    everyone: bool = False
    history: bool = False
    at: str | None = None

    @property
    def is_past(self) -> bool:
        return self.history or self.at is not None


Ask = Help | Version | ListUnits | AboutPerson | AboutUnit


@dataclass(frozen=True, slots=True)
class Unquoted:
    """A text that means the unit called exactly `whole` if there is one, else `otherwise`."""

    whole: str
    otherwise: ListUnits | AboutPerson | AboutUnit


def read(text: str) -> Ask | Unquoted:
    text = text.translate(UNSEEN).strip()
    if len(text) > LONGEST_READ:
        return Unquoted(text, AboutUnit(text))
    if alone := _key_word(text):
        return alone
    if quoted := _quoted(text):
        return quoted
    # A unit may be named like any of these, which only the list of units can settle.
    return Unquoted(text, _listing(text) or _person(text) or _without_key_words(text))


def _key_word(text: str) -> Help | Version | ListUnits | AboutPerson | None:
    match text.lower():
        case "" | "help":
            return Help()
        case "version":
            return Version()
        case "list":
            return ListUnits()
        case "me":
            return AboutPerson(None)
    return None


def _quoted(text: str) -> AboutUnit | None:
    """The unit inside a pair of quote marks, if nothing but key words follows the pair."""
    closing = CLOSING.get(text[0], "")
    # A name may itself hold quote marks, so the last mark that can close the pair does.
    for end in range(len(text) - 1, 0, -1):
        if text[end] in closing:
            tail = _options(text[end + 1 :].strip())
            if not tail.query:
                return replace(tail, query=text[1:end])
    return None


def _listing(text: str) -> ListUnits | None:
    word, *rest = text.split(None, 1)
    return ListUnits(rest[0]) if word.lower() == "list" and rest else None


def _person(text: str) -> AboutPerson | None:
    name = text.removeprefix("@")
    return AboutPerson(name) if name and name != text and not any(map(str.isspace, name)) else None


def _without_key_words(text: str) -> AboutUnit:
    """Take the key words off the end, unless nothing would be left of the unit."""
    options = _options(text)
    return options if options.query else AboutUnit(text)


def _options(text: str) -> AboutUnit:
    # `share` and `all` end the text, in any order; `history` or `at TIME` stands before them.
    share = everyone = False
    while (last := _last_word(text)) in {"share", "all"}:
        share |= last == "share"
        everyone |= last == "all"
        text = text[: -len(last)].rstrip()
    asked = AboutUnit(text, share, everyone)
    if _last_word(text) == "history":
        return replace(asked, query=text[: -len("history")].rstrip(), history=True)
    if (match := _AT.search(text)) and is_time(match[1]):
        return replace(asked, query=text[: match.start()].rstrip(), at=match[1])
    return asked


def _last_word(text: str) -> str:
    words = text.rsplit(None, 1)
    return words[-1].lower() if words else ""
