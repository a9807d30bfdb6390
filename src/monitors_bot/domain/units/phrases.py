"""The small parts of sentences: names, counts, times."""

import unicodedata
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta, timezone
from functools import lru_cache
from math import ceil

from monitors_bot.domain.units.roster import Monitor, Presence, Roster, Unit
from monitors_bot.text import INVISIBLE

LONGEST_NAME = 80
LONGEST_IN_A_SENTENCE = 40
SOON_SECONDS = 120
"""A wait below this is given in seconds."""
_DIRECTION_MARKS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Left in a name, these would reverse the text that follows it."""
_FIRST_DAY, _LAST_DAY = -62_135_596_800.0, 253_402_300_799.0
"""The first second of the year 1, and the last of 9999, in UTC: no other times can be written."""
_AGES = ((86_400, "day"), (3_600, "hour"), (60, "minute"), (1, "second"))


def plain(text: str, most: int = LONGEST_NAME) -> str:
    """Reduce foreign text to one line of visible characters, at most `most` of them."""
    # Most names are plain already, and a digest holds thousands of them.
    if not (text.isascii() and text.isprintable()):
        text = "".join(
            " " if unicodedata.category(char) == "Cc" else char
            for char in text.translate(INVISIBLE)
            if char not in _DIRECTION_MARKS
        )
    text = " ".join(text.split())
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def unit_name(unit: Unit) -> str:
    return plain(unit.name) or plain(unit.id)


def person(monitor: Monitor) -> str:
    """Somebody's name and username, short enough for a sentence that names several people."""
    username = plain(monitor.username, LONGEST_IN_A_SENTENCE) or plain(monitor.id, LONGEST_IN_A_SENTENCE)
    name = plain(monitor.name, LONGEST_IN_A_SENTENCE)
    return f"{name} ({username})" if name else username


def some(names: Sequence[str], most: int) -> str:
    """List at most `most` names, and count the rest."""
    shown = ", ".join(names[:most])
    return f"{shown} and {len(names) - most} more" if len(names) > most else shown


def count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def and_more(number: int, noun: str) -> str:
    return f"and {count(number, f'more {noun}')}"


def clock(at: float) -> str:
    return f"{datetime.fromtimestamp(at, UTC):%H:%M:%S} UTC"


def when(at: float, utc_offset_hours: float = 0.0) -> str:
    return f"{minute(at, utc_offset_hours)} {zone(utc_offset_hours)}"


def between(before: float, at: float, utc_offset_hours: float = 0.0) -> str:
    """When something happened that is only known to lie between two times."""
    first, last = minute(before, utc_offset_hours), minute(at, utc_offset_hours)
    if first == last:
        return f"{last} {zone(utc_offset_hours)}"
    is_same_day = first.split()[0] == last.split()[0]
    return f"between {first} and {last.split()[1] if is_same_day else last} {zone(utc_offset_hours)}"


def zone(utc_offset_hours: float) -> str:
    """`UTC`, `UTC+2` or `UTC-3:30`."""
    hours, minutes = divmod(round(abs(utc_offset_hours) * 60), 60)
    if not hours and not minutes:
        return "UTC"
    return f"UTC{'-' if utc_offset_hours < 0 else '+'}{hours}{f':{minutes:02}' if minutes else ''}"


def minute(at: float, utc_offset_hours: float = 0.0) -> str:
    local = min(max(at + utc_offset_hours * 3600, _FIRST_DAY), _LAST_DAY)
    return datetime.fromtimestamp(local, UTC).replace(tzinfo=None).isoformat(" ", "minutes")


def local_time(at: float, utc_offset_hours: float | None) -> str:
    """The time of day where somebody is; empty if the server does not report their UTC offset."""
    return "" if utc_offset_hours is None else _local_time(int(at // 60), utc_offset_hours)


@lru_cache(maxsize=64)
def _local_time(minute: int, utc_offset_hours: float) -> str:
    """Cached: the monitors of a unit live in a few time zones."""
    return f"{datetime.fromtimestamp(minute * 60, timezone(timedelta(hours=utc_offset_hours))):%H:%M (%Z)}"


def age(seconds: float) -> str:
    for size, noun in _AGES:
        if seconds >= size:
            return count(int(seconds // size), noun)
    return "less than a second"


def ages(times: Sequence[float], now: float) -> str:
    """How long ago several readings were, from the newest to the oldest."""
    newest, oldest = (age(max(0.0, now - at)) for at in (max(times), min(times)))
    return newest if newest == oldest else f"{newest} to {oldest}"


def wait(seconds: float) -> str:
    """How long to wait, rounded up, so that nobody comes back too early."""
    seconds = max(1, ceil(seconds))
    minutes = ceil(seconds / 60)
    if seconds < SOON_SECONDS:
        return count(seconds, "second")
    return count(minutes, "minute") if minutes % 60 else count(minutes // 60, "hour")


def roster_title(roster: Roster) -> str:
    """Say how many monitors are online, and for how many that is unknown."""
    name, monitors = unit_name(roster.unit), count(len(roster.monitors), "monitor")
    online, unknown = roster.count(Presence.ONLINE), roster.count(Presence.UNKNOWN)
    if unknown and unknown == len(roster.monitors):
        return f"{name}: {monitors}, presence unknown"
    return f"{name}: {online} of {monitors} online{f', {unknown} unknown' if unknown else ''}"
