"""Alerts: units that have nobody online, and units that could not be read."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum

from monitors_bot.domain.digests.run import Posted, Problem, ProblemKind
from monitors_bot.domain.units.phrases import count

REMINDER_SECONDS = 23 * 3600
"""Once a day, with an hour to spare: today's run may begin a little earlier than yesterday's."""


class News(StrEnum):
    """What is new about an alert."""

    BEGUN = "begun"
    LASTING = "lasting"
    UNREAD = "unread"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Alert:
    """A sentence for the channel, and what is recorded as posted with it."""

    news: News
    text: str
    posted: Posted


@dataclass(frozen=True, slots=True)
class Subject:
    """What an alert is about: one unit with its number of monitors, or all units."""

    monitors: int = 0
    is_everything: bool = False


def alert_of(
    problem: Problem | None, known: Posted, subject: Subject, now: float, *, is_wanted: bool
) -> Alert | None:
    """The alert to post: when a problem begins, once a day while it lasts, and when it ends.

    A unit that could not be read is reported even if alerts are not wanted.
    """
    kind = _current_alert(problem, known, is_wanted=is_wanted)
    if kind is None:
        return None
    if not problem or not kind:
        return _end(known, is_wanted=is_wanted)
    # One kind may follow another without an end between them, since the unit was never well.
    if kind != known.alert:
        posted = replace(known, alert=kind, alert_since=now, alerted_at=now)
        return Alert(_news(kind, News.BEGUN), _capital(_words(problem, subject)), posted)
    if now - known.alerted_at < REMINDER_SECONDS:
        return None
    since = f"Since {datetime.fromtimestamp(known.alert_since, UTC):%Y-%m-%d %H:%M} UTC: "
    posted = replace(known, alerted_at=now)
    return Alert(_news(kind, News.LASTING), since + _words(problem, subject), posted)


def _current_alert(problem: Problem | None, known: Posted, *, is_wanted: bool) -> str | None:
    """The kind of alert that holds now, "" for none; None if it is unknown whether the last one is over."""
    if problem and problem.kind is ProblemKind.UNKNOWN:
        # The monitors were read, so any other alert is over. But they may all still be offline.
        return None if known.alert == ProblemKind.OFFLINE else ""
    if problem and (is_wanted or problem.kind is ProblemKind.UNREAD):
        return problem.kind.value
    return ""


def _end(known: Posted, *, is_wanted: bool) -> Alert | None:
    # If alerts are no longer wanted, the last one ends in silence.
    if not known.alert or not (is_wanted or known.alert == ProblemKind.UNREAD):
        return None
    posted = replace(known, alert="", alert_since=0.0, alerted_at=0.0)
    return Alert(News.ENDED, _END[ProblemKind(known.alert)], posted)


def _news(kind: str, otherwise: News) -> News:
    return News.UNREAD if kind == ProblemKind.UNREAD else otherwise


_END = {
    ProblemKind.EMPTY: "Somebody monitors it again.",
    ProblemKind.OFFLINE: "Somebody is there again.",
    ProblemKind.UNREAD: "It can be read again.",
}


def _words(problem: Problem, subject: Subject) -> str:
    if problem.kind is ProblemKind.EMPTY:
        return "nobody monitors it."
    if problem.kind is ProblemKind.UNREAD:
        return f"{'they' if subject.is_everything else 'it'} could not be read. {problem.why}"
    if subject.monitors == 1:
        return "its only monitor is offline."
    return f"all of its {count(subject.monitors, 'monitor')} are offline."


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
