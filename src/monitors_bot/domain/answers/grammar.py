"""What the text after the command word means, before any unit is known."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from monitors_bot.text import UNSEEN

MARKS = frozenset("\"'«»‘’‚‛“”„‟‹›⹂「」『』〝〞〟﹁﹂﹃﹄＂＇｢｣")
"""Unicode's quotation marks: any of them opens, and any of them closes."""
APOSTROPHES = frozenset("'‘’‛＇")
ENDING = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~…。！？、’”»›"
"""Punctuation, and smileys of it, that may follow a key word without meaning anything."""
GREETINGS = frozenset(
    (
        *("hi", "hello", "hey", "hiya", "heya", "howdy", "hi there", "hello there", "hey there", "greetings"),
        *(
            "good morning",
            "good afternoon",
            "good evening",
            "hallo",
            "guten morgen",
            "guten tag",
            "moin",
            "servus",
        ),
        *("salut", "bonjour", "bonsoir", "hola", "buenos días", "ciao", "olá", "hej", "hoi", "👋"),
    )
)
LONGEST_READ = 2000
"""A longer text has no key words; a unit with such a name is better asked for by its id."""
LONGEST_TIME = 3
"""The most words of a time, as in 12.05.2026 9:30 pm."""


@dataclass(frozen=True, slots=True)
class Help:
    """Show how to ask."""


@dataclass(frozen=True, slots=True)
class Version:
    """Show which version this is."""


class ListUnits(NamedTuple):
    """Show the units whose name contains `text`."""

    text: str = ""


class AboutPerson(NamedTuple):
    """Show the units of whoever has that username or full name; None is the person who asks."""

    name: str | None
    share: bool = False
    everyone: bool = False


class AboutUnit(NamedTuple):
    """Show who monitors a unit, or who did.

    `at`, and `since` for its history, are times as they were typed; `unreadable` is what was meant as a time.
    """

    query: str
    share: bool = False
    everyone: bool = False
    history: bool = False
    at: str = ""
    since: str = ""
    unreadable: str = ""

    @property
    def is_past(self) -> bool:
        return self.history or bool(self.at)

    @property
    def options(self) -> str:
        """The key words, as they are typed after the unit."""
        history = "history" if self.history else ""
        since = f"since {_one_line(self.since)}" if self.since else ""
        at = f"at {_one_line(self.at)}" if self.at else ""
        return " ".join(filter(None, (history, since, at, self.share_or_all)))

    @property
    def share_or_all(self) -> str:
        return " ".join(filter(None, ("share" if self.share else "", "all" if self.everyone else "")))


Ask = Help | Version | ListUnits | AboutPerson | AboutUnit


class Unquoted(NamedTuple):
    """A text that means the first of `exact` whose query is exactly a unit's id or name, else `otherwise`."""

    exact: tuple[AboutUnit, ...]
    otherwise: Ask


def read(text: str) -> Ask | Unquoted:
    text = text.translate(UNSEEN).strip()
    if len(text) > LONGEST_READ:
        return Unquoted((), AboutUnit(text))
    return _key_word(text) or _quoted(text) or _unquoted(text)


def likely(asked: Ask | Unquoted) -> Ask:
    """What a text means, unless a unit is called exactly that."""
    return asked.otherwise if isinstance(asked, Unquoted) else asked


def _key_word(text: str, *, share: bool = False, everyone: bool = False) -> Ask | None:
    """What a text means that is a key word as a whole."""
    word = " ".join(text.casefold().split())
    match word:
        case "" | "help" | "-h" | "--help" | "—help" | "–help" | "–h" | "—h":  # dashes as phones type them
            return Help()
        case "list" | "all":
            return ListUnits()
        case "me":
            return AboutPerson(None, share, everyone)
        case "version":
            return Version()
    return Help() if word in GREETINGS or not word.strip("?¿？") else None


def _quoted(text: str) -> AboutUnit | None:
    """The unit inside a pair of quote marks, when nothing but key words and punctuation follows the pair."""
    if text[0] not in MARKS:
        return None
    end = next((place for place in range(len(text) - 1, 0, -1) if _is_mark(text, place)), 0)
    behind = text[end + 1 :].strip()
    *_, tail = _taken_off(AboutUnit(behind))
    if tail.query:
        *_, tail = _taken_off(AboutUnit(behind.rstrip(f"{ENDING} ") or behind))
    return tail._replace(query=text[1:end]) if end and not tail.query else None


def _is_mark(text: str, place: int) -> bool:
    """Whether there is a quotation mark that is no apostrophe inside a name."""
    is_inside = text[place - 1].isalnum() and text[place + 1 : place + 2].isalnum()
    return text[place] in MARKS and not (is_inside and text[place] in APOSTROPHES)


def _unquoted(text: str) -> Unquoted:
    readings = list(_taken_off(AboutUnit(text)))
    if text[-1] in ENDING and len(readings) == 1:
        bare = text.rstrip(f"{ENDING} ")
        if bare and (is_key := _key_word(bare)):
            return Unquoted((readings[0],), is_key)
        without = list(_taken_off(AboutUnit(bare)))
        readings += without if len(without) > 1 else []
    named = [reading for reading in readings if reading.query]
    of_now = [reading for reading in named if not reading.is_past][-1]
    otherwise = _alone(of_now) or (readings[-1] if readings[-1].query else readings[0])
    return Unquoted(tuple(reading for reading in named if not _key_word(reading.query)), otherwise)


def _alone(asked: AboutUnit) -> Ask | None:
    """What a text means that is no unit, after `share` and `all` were taken off its end."""
    text = asked.query
    if not text:
        return None
    if alone := _key_word(text, share=asked.share, everyone=asked.everyone):
        return alone
    first, *rest = text.split(None, 1)
    if first.casefold() == "list" and rest:
        return ListUnits(rest[0])
    name = text.removeprefix("@").strip()
    return AboutPerson(name, asked.share, asked.everyone) if text.startswith("@") and name else None


def _taken_off(asked: AboutUnit) -> Iterator[AboutUnit]:
    """The readings of a text: as it is, then with one key word after the other taken off its end."""
    while True:
        yield asked
        shorter = _without_last(asked)
        if not shorter:
            return
        asked = shorter


def _without_last(asked: AboutUnit) -> AboutUnit | None:
    if asked.is_past:
        return None
    head, last = _split(asked.query, 1)
    match last.lower():
        case "share":
            return asked._replace(query=head, share=True)
        case "all":
            return asked._replace(query=head, everyone=True)
        case "history":
            return asked._replace(query=head, history=True)
    return _without_time(asked)


def _without_time(asked: AboutUnit) -> AboutUnit | None:
    for number in range(1, LONGEST_TIME + 1):
        head, time = _split(asked.query, number)
        head, word = _split(head, 1)
        if word.lower() == "at" and _is_time(time):
            return asked._replace(query=head, at=time)
        before, history = _split(head, 1)
        if word.lower() == "since" and history.lower() == "history" and _is_time(time):
            return asked._replace(query=before, history=True, since=time)
    return None


def _is_time(text: str) -> bool:
    from monitors_bot.domain.answers.moments import is_time  # noqa: PLC0415 - few commands name a time

    return is_time(text)


def _split(text: str, number: int) -> tuple[str, str]:
    """The text without its last words, and those."""
    words = text.rsplit(None, number)
    head = words[0] if len(words) > number else ""
    return head, text[len(head) :].strip()


def _one_line(text: str) -> str:
    return " ".join(text.split())
