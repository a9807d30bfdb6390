"""Alerts: units where nobody is there, and units that could not be read."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from enum import StrEnum

from monitors_bot.domain.digests.run import Posted, Problem, ProblemKind
from monitors_bot.domain.units.phrases import count


def utc_day(at: float) -> date:
    return datetime.fromtimestamp(at, UTC).date()


class News(StrEnum):
    """What is new about an alert."""

    BEGUN = "begun"
    LASTING = "lasting"
    UNREAD = "unread"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Alert:
    """A sentence for the channel, and what has then been posted there.

    `is_reason` is whether it is a reason to post a digest; otherwise it only stands in one that is posted.
    """

    news: News
    text: str
    posted: Posted
    is_reason: bool = True


@dataclass(frozen=True, slots=True)
class Subject:
    """What an alert is about: a unit with so many monitors, or all units."""

    monitors: int = 0
    is_everything: bool = False


@dataclass(frozen=True, slots=True)
class Moment:
    """When an alert is posted, in epoch seconds, and on which day by the calendar of the order."""

    at: float
    day_of: Callable[[float], date]

    def is_later_day_than(self, at: float) -> bool:
        return self.day_of(self.at) > self.day_of(at)


def alert_of(
    problem: Problem | None, known: Posted, subject: Subject, now: Moment, *, is_wanted: bool
) -> Alert | None:
    """The alert to post: when a problem begins, once a day while it lasts, and when it ends.

    What could not be read is in every digest that is posted, but without `is_wanted` it is no reason for one.
    """
    kind = _kind(problem, known, is_wanted=is_wanted)
    if not problem or not kind:
        return _end(known, is_wanted=is_wanted) if kind is not None else None
    if kind != known.alert:
        posted = replace(known, alert=kind, alert_since=now.at, alerted_at=now.at)
        return Alert(_news(kind, News.BEGUN), _capital(_words(problem, subject)), posted, is_wanted)
    is_reminder = is_wanted and now.is_later_day_than(known.alerted_at)
    if not is_reminder and kind != ProblemKind.UNREAD:
        return None
    since = f"Since {datetime.fromtimestamp(known.alert_since, UTC):%Y-%m-%d %H:%M} UTC: "
    posted = replace(known, alerted_at=now.at)
    return Alert(_news(kind, News.LASTING), since + _words(problem, subject), posted, is_reminder)


def _kind(problem: Problem | None, known: Posted, *, is_wanted: bool) -> str | None:
    """The alert that holds now, "" for none; None where nobody can tell whether the last one is over."""
    if problem and problem.kind is ProblemKind.UNKNOWN:
        return None if known.alert == ProblemKind.OFFLINE else ""
    if problem and (is_wanted or problem.kind is ProblemKind.UNREAD):
        return problem.kind.value
    return ""


def _end(known: Posted, *, is_wanted: bool) -> Alert | None:
    if not known.alert or not (is_wanted or known.alert == ProblemKind.UNREAD):
        return None
    posted = replace(known, alert="", alert_since=0.0, alerted_at=0.0)
    return Alert(News.ENDED, _END[ProblemKind(known.alert)], posted, is_wanted)


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
