"""The moment that somebody means by a TIME they typed."""

import re
from datetime import UTC, datetime, timedelta

_CLOCK = "(?:[01][0-9]|2[0-3]):[0-5][0-9]"
_DATE = "[0-9]{4}-[0-9]{2}-[0-9]{2}"
_TIME = re.compile(
    rf"yesterday\s+(?P<yesterday>{_CLOCK})|(?P<date>{_DATE})(?:[\sT]\s*(?P<clock>{_CLOCK})(?P<utc>Z?))?",
    re.IGNORECASE,
)
_END_OF_DAY = "23:59:59"
_ANY_TIME = 1e9


def epoch(text: str, now: float, utc_offset_hours: float = 0.0) -> float:
    """The epoch seconds that are meant; a date alone means its end. Raise ValueError for what is no TIME."""
    found = _TIME.fullmatch(text)
    if not found:
        raise ValueError("no time")
    ahead = 0.0 if found["utc"] else utc_offset_hours * 3600
    if found["yesterday"]:
        today = datetime.fromtimestamp(now + ahead, UTC)
        typed = f"{(today - timedelta(days=1)).date()} {found['yesterday']}"
    else:
        typed = f"{found['date']} {found['clock'] or _END_OF_DAY}"
    return datetime.fromisoformat(typed).replace(tzinfo=UTC).timestamp() - ahead


def is_time(text: str) -> bool:
    try:
        epoch(text, _ANY_TIME)
    except ValueError:
        return False
    return True


def is_date(text: str) -> bool:
    """Whether a TIME is a day alone, of which the end is meant."""
    return ":" not in text
