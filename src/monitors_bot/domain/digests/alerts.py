"""What a channel is told of units where nobody is, and of what could not be read."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum

from monitors_bot.domain.digests.run import Finding, Kind, Told
from monitors_bot.domain.units.phrases import count

REMINDER_SECONDS = 23 * 3600
"""Once a day, though the day's run may begin a little earlier than yesterday's."""


class News(StrEnum):
    """What is new of an alert."""

    BEGUN = "begun"
    LASTING = "lasting"
    UNREAD = "unread"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Alert:
    """A sentence for the channel, and what it was told then."""

    news: News
    text: str
    told: Told


@dataclass(frozen=True, slots=True)
class Subject:
    """What an alert is about: a unit with so many monitors, or all units."""

    monitors: int = 0
    is_everything: bool = False


def alert_of(
    finding: Finding | None, known: Told, subject: Subject, now: float, *, is_wanted: bool
) -> Alert | None:
    """Tell of an alert when it begins, once a day while it lasts, and when it ends.

    What could not be read is told whether alerts are wanted or not.
    """
    kind = _kind(finding, known, is_wanted=is_wanted)
    if not finding or not kind:
        return _end(known, is_wanted=is_wanted) if kind is not None else None
    if kind != known.alert:
        told = replace(known, alert=kind, alert_since=now, alerted_at=now)
        return Alert(_news(kind, News.BEGUN), _capital(_words(finding, subject)), told)
    if now - known.alerted_at < REMINDER_SECONDS:
        return None
    since = f"Since {datetime.fromtimestamp(known.alert_since, UTC):%Y-%m-%d %H:%M} UTC: "
    told = replace(known, alerted_at=now)
    return Alert(_news(kind, News.LASTING), since + _words(finding, subject), told)


def _kind(finding: Finding | None, known: Told, *, is_wanted: bool) -> str | None:
    """The alert there is now, "" for none; None where nobody knows whether the last one is over."""
    if finding and finding.kind is Kind.UNKNOWN:
        return None if known.alert == Kind.OFFLINE else ""
    if finding and (is_wanted or finding.kind is Kind.UNREAD):
        return finding.kind.value
    return ""


def _end(known: Told, *, is_wanted: bool) -> Alert | None:
    if not known.alert or not (is_wanted or known.alert == Kind.UNREAD):
        return None
    told = replace(known, alert="", alert_since=0.0, alerted_at=0.0)
    return Alert(News.ENDED, _END[Kind(known.alert)], told)


def _news(kind: str, otherwise: News) -> News:
    return News.UNREAD if kind == Kind.UNREAD else otherwise


_END = {
    Kind.EMPTY: "Somebody monitors it again.",
    Kind.OFFLINE: "Somebody is there again.",
    Kind.UNREAD: "It can be read again.",
}


def _words(finding: Finding, subject: Subject) -> str:
    if finding.kind is Kind.EMPTY:
        return "nobody monitors it."
    if finding.kind is Kind.UNREAD:
        return f"{'they' if subject.is_everything else 'it'} could not be read. {finding.why}"
    if subject.monitors == 1:
        return "its only monitor is offline."
    return f"all of its {count(subject.monitors, 'monitor')} are offline."


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
