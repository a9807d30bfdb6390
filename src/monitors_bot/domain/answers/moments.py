"""The moment that a typed TIME means."""

import re
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple

WORKS = "yesterday 14:00"
"""A time that can always be read, as an example."""

_DATE = r"([0-9]{4})-([0-9]{2})-([0-9]{2})|([0-9]{1,2})\.([0-9]{1,2})\.([0-9]{4})"
_DAY = re.compile(rf"(?:{_DATE}|([a-z]+))(?=$|\s|t)", re.IGNORECASE)
_CLOCK = re.compile(r"([0-9]{1,2})(?::([0-9]{2}))?(?:\s*([ap])m)?(z)?", re.IGNORECASE)
_TWO_WAYS = re.compile(r"[0-9]{1,2}[/-][0-9]{1,2}(?:[/-][0-9]{2,4})?\b.*")
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_SHORT = {"tues": 1, "weds": 2, "thur": 3, "thurs": 3}
_WEEKDAYS = _SHORT | {name: place for place, day in enumerate(_DAYS) for name in (day, day[:3])}
_ANY_TIME = 1e9


class Moment(NamedTuple):
    """A moment in epoch seconds; `is_end` where it is the end of a day that was named."""

    at: float
    is_end: bool = False


class _Typed(NamedTuple):
    """A TIME as it was typed: a day, a weekday (0 to 6), days ago, or none, and a time of day, or none."""

    day: date | None = None
    weekday: int | None = None
    days_ago: int | None = None
    clock: time | None = None
    is_utc: bool = False

    @property
    def is_clock_alone(self) -> bool:
        return self.day is None and self.weekday is None and self.days_ago is None


def moment(text: str, now: float, utc_offset_hours: float = 0.0) -> Moment:
    """The moment that is meant; of a day alone its end, or now. Raise ValueError for what is no TIME."""
    typed = _typed(text)
    ahead = 0.0 if typed.is_utc else utc_offset_hours * 3600
    here = _local(now + ahead)
    day = _day(typed, here)
    if typed.clock is None:
        end = _epoch(day, time(23, 59, 59)) - ahead
        return Moment(now) if day == here.date() else Moment(end, is_end=True)
    at = _epoch(day, typed.clock)
    # Without a date, the last such moment is meant.
    if at - ahead > now and (typed.is_clock_alone or typed.weekday is not None):
        at -= 86_400 * (1 if typed.is_clock_alone else 7)
    return Moment(at - ahead)


def beginning(text: str, now: float, utc_offset_hours: float = 0.0) -> Moment:
    """From when on somebody wants to know something: a day alone counts from its beginning."""
    typed = _typed(text)
    if typed.clock is not None:
        return moment(text, now, utc_offset_hours)
    ahead = utc_offset_hours * 3600
    return Moment(_epoch(_day(typed, _local(now + ahead)), time()) - ahead)


def is_time(text: str) -> bool:
    try:
        moment(text, _ANY_TIME)
    except ValueError:
        return False
    return True


def has_two_readings(text: str) -> bool:
    """Whether a day and a month could be swapped, as in 05/12/2026."""
    return _TWO_WAYS.fullmatch(text.strip()) is not None


def _typed(text: str) -> _Typed:
    text = text.strip()
    found = _DAY.match(text)
    typed = _named_day(found) if found else _Typed()
    rest = text[found.end() :] if found else text
    if not rest:
        return typed
    is_date = typed.day is not None
    if is_date and rest[0] in "tT":
        rest = rest[1:]
    clock = _CLOCK.fullmatch(rest.strip())
    if not clock:
        raise ValueError("no time")
    return typed._replace(clock=_clock(clock, may_be_utc=is_date), is_utc=bool(clock[4]))


def _named_day(found: re.Match[str]) -> _Typed:
    year, month, day, german_day, german_month, german_year, word = found.groups()
    if not word:
        return _Typed(date(int(year or german_year), int(month or german_month), int(day or german_day)))
    ago = {"today": 0, "yesterday": 1}.get(word.lower())
    weekday = _WEEKDAYS.get(word.lower())
    if ago is None and weekday is None:
        raise ValueError("no day")
    return _Typed(days_ago=ago, weekday=weekday)


def _clock(found: re.Match[str], *, may_be_utc: bool) -> time:
    hour, minute, half, utc = found.groups()
    if (utc and (half or not may_be_utc)) or not (minute or half):
        raise ValueError("no time of day")
    if half:
        if not 1 <= int(hour) <= 12:
            raise ValueError("no hour of half a day")
        return time(int(hour) % 12 + (12 if half in "pP" else 0), int(minute or 0))
    return time(int(hour), int(minute))


def _day(typed: _Typed, here: datetime) -> date:
    if typed.day:
        return typed.day
    if typed.weekday is not None:
        return here.date() - timedelta((here.weekday() - typed.weekday) % 7)
    return here.date() - timedelta(typed.days_ago or 0)


def _local(at: float) -> datetime:
    return datetime.fromtimestamp(at, UTC).replace(tzinfo=None)


def _epoch(day: date, clock: time) -> float:
    return datetime.combine(day, clock, UTC).timestamp()
