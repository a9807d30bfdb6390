"""The wording of notices."""

from collections.abc import Iterable, Sequence

from monitors_bot.domain.notices.messages import Event, Mention, Notice, Page
from monitors_bot.domain.notices.window import Batch, Happening
from monitors_bot.domain.units.finding import Units
from monitors_bot.domain.units.phrases import and_more, count, plain, roster_title, unit_name
from monitors_bot.domain.units.roster import Monitor, Presence, Roster, Unit

PARTS_SHOWN = 10
UNITS_SHOWN = 5
OTHERS_SHOWN = 10


def page_notice(page: Page, roster: Roster) -> Notice:
    """Word a page to the monitors of a unit."""
    title = roster_title(roster) if roster.monitors else f"Nobody monitors {unit_name(roster.unit)}"
    introduction, people = _mentioned(roster, page.mention)
    others = _others([monitor for monitor in roster.monitors if monitor not in people])
    return Notice(title, introduction, people, others, page.message, page.is_cut)


def page_notice_without_roster(page: Page, why: str) -> Notice:
    """Word a page whose unit's roster could not be read."""
    detail = f"Nobody is mentioned: {why}"
    return Notice(plain(page.unit), details=(detail,), message=page.message, is_cut=page.is_cut)


def page_notice_for_no_unit(page: Page, units: Units, *, sees_all: bool) -> Notice:
    """Word a page to a unit that does not exist, and suggest units with similar names."""
    named = plain(page.unit)
    title = f"There is no unit “{named}”" if sees_all else f"I see no unit “{named}”"
    unseen = () if sees_all else ("The bot's account may not see all units.",)
    close = units.close_to(page.unit)
    meant = (f"Did you mean {_listed(close)}?",) if close else ()
    return Notice(title, details=(*unseen, *meant), message=page.message, is_cut=page.is_cut)


def page_notice_for_several_units(page: Page, units: tuple[Unit, ...]) -> Notice:
    """Word a page to a name that several units share."""
    title = f"{count(len(units), 'unit')} are called “{plain(page.unit)}”"
    detail = f"Nobody is mentioned: give the id of the one that is meant. {_listed(units)}"
    return Notice(title, details=(detail,), message=page.message, is_cut=page.is_cut)


def events_notice(roster: Roster, batch: Batch) -> Notice:
    """Say how many customers there are, by what happened to them and in which department."""
    hidden = sum(list(batch.counts.values())[PARTS_SHOWN:])
    parts = [_events(what, batch) for what in list(batch.counts)[:PARTS_SHOWN]]
    shown = [*parts, *([count(hidden, "further customer")] if hidden else [])]
    title = f"{unit_name(roster.unit)}: {', '.join(shown)}"
    if not roster.monitors:
        return Notice(title, details=("Nobody monitors this unit.",))
    return Notice(title, *_mentioned(roster, Mention.ONLINE))


QUEUED, FORWARDED, STARTED = "LivechatSessionQueued", "LivechatSessionForwarded", "LivechatSessionStart"
_HAPPENED = {
    QUEUED: ("customer", "waiting in"),
    FORWARDED: ("customer", "forwarded to"),
    STARTED: ("conversation", "begun in"),
    "LivechatSessionTaken": ("conversation", "taken in"),
    "LivechatSession": ("conversation", "closed in"),
}


def what_happened(event: Event, department: str, now: float) -> Happening:
    """The words by which an event's conversation is counted together with others, and what implies them.

    The server may send two events of one move in any order: that it was forwarded to a department, and that
    it waits there; or that it was begun, and whatever came next. The more telling one stays.
    """
    if not event.is_news:
        return no_longer_waiting(event, department, now)
    place = plain(department) or event.department_id
    implying = [*_HAPPENED] if event.type == STARTED else []
    if event.type == FORWARDED and not event.is_served:
        implying = [QUEUED]
    implied_by = frozenset(f"{kind} {place}" for kind in implying if kind != event.type)
    return Happening(f"{event.type} {place}", event.received_at or now, implied_by)


def no_longer_waiting(event: Event, department: str, now: float) -> Happening:
    """Take back that a customer waits in a department; whatever else was counted stays true."""
    place = plain(department) or event.old_department_id or event.department_id
    stays = frozenset(f"{kind} {place}" for kind in _HAPPENED if kind != QUEUED)
    return Happening("", event.received_at or now, stays)


def _events(what: str, batch: Batch) -> str:
    kind, _, department = what.partition(" ")
    noun, verb = _HAPPENED.get(kind, (f"{kind} event", "in"))
    number, again = batch.counts[what], batch.again.get(what, 0)
    if not batch.is_further or again == number:
        return f"{count(number, noun)} {verb} {department}"
    if again:
        return f"{count(number, noun)} {verb} {department} ({number - again} of them new)"
    return f"{count(number, f'more {noun}')} {verb} {department}"


def _mentioned(roster: Roster, mention: Mention) -> tuple[str, tuple[Monitor, ...]]:
    """The people to mention, and the words that introduce them."""
    if mention is Mention.NONE or not roster.monitors:
        return "", ()
    if mention is Mention.ALL:
        return "all monitors", roster.monitors
    if online := tuple(monitor for monitor in roster.monitors if monitor.presence is Presence.ONLINE):
        return "reachable", online
    # Nobody is known to be online: a page must reach somebody, so everybody is mentioned, with the reason.
    if roster.count(Presence.UNKNOWN) == len(roster.monitors):
        return "presence is unknown, so all monitors", roster.monitors
    known = "known to be " if roster.count(Presence.UNKNOWN) else ""
    return f"nobody is {known}online, so all monitors", roster.monitors


def _others(monitors: Sequence[Monitor]) -> tuple[str, ...]:
    """Name the monitors who are not mentioned."""
    shown = [
        f"{plain(monitor.name) or plain(monitor.username)} ({monitor.presence})"
        for monitor in monitors[:OTHERS_SHOWN]
    ]
    more = [and_more(len(monitors) - OTHERS_SHOWN, "monitor")] if len(monitors) > OTHERS_SHOWN else []
    return (f"Also on the unit: {', '.join([*shown, *more])}",) if shown else ()


def _listed(units: Iterable[Unit]) -> str:
    named = [f"{unit_name(unit)} (id {plain(unit.id)})" for unit in units]
    more = [f"{len(named) - UNITS_SHOWN} more"] if len(named) > UNITS_SHOWN else []
    return ", ".join([*named[:UNITS_SHOWN], *more])
