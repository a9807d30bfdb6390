"""Time zones by their IANA names, from the system or from the package tzdata."""

from datetime import UTC, tzinfo
from zoneinfo import ZoneInfo


def zone(name: str) -> tzinfo | None:
    """Return the zone of that name, or None where there is none."""
    try:
        return ZoneInfo(name)
    # A name becomes a path. What is no zone may be a folder, another kind of file, or no path at all.
    # ZoneInfoNotFoundError is a KeyError.
    except (KeyError, ValueError, OSError):
        return None


def is_zone(name: str) -> bool:
    return zone(name) is not None


def zone_or_utc(name: str) -> tzinfo:
    """Return the zone of a name that was checked before, perhaps by a process that knows more zones."""
    return zone(name) or UTC
