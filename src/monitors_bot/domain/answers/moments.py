"""The moment that a typed TIME means."""

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
    """The moment in epoch seconds; raise ValueError if the text is no TIME."""
    match = _TIME.fullmatch(text)
    if not match:
        raise ValueError("no time")
    offset_seconds = 0.0 if match["utc"] else utc_offset_hours * 3600
    if match["yesterday"]:
        today = datetime.fromtimestamp(now + offset_seconds, UTC)
        typed = f"{(today - timedelta(days=1)).date()} {match['yesterday']}"
    else:
        # A date alone means the end of that day.
        typed = f"{match['date']} {match['clock'] or _END_OF_DAY}"
    return datetime.fromisoformat(typed).replace(tzinfo=UTC).timestamp() - offset_seconds


def is_time(text: str) -> bool:
    try:
        epoch(text, _ANY_TIME)
    except ValueError:
        return False
    return True


def is_date(text: str) -> bool:
    """Whether a TIME is a date alone, which means the end of that day."""
    return ":" not in text
