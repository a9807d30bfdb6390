"""What a channel reads in a notice."""

from collections.abc import Iterable, Mapping, Sequence

from monitors_bot.domain.notices.messages import Event, Mention, Notice, Page
from monitors_bot.domain.units.finding import Units
from monitors_bot.domain.units.phrases import and_more, count, plain, roster_title, unit_name
from monitors_bot.domain.units.roster import Monitor, Presence, Roster, Unit

PARTS_SHOWN = 10
UNITS_SHOWN = 5
OTHERS_SHOWN = 10


def of_page(page: Page, roster: Roster) -> Notice:
    """Tell the monitors of a unit what a system has to say."""
    title = roster_title(roster) if roster.monitors else f"Nobody monitors {unit_name(roster.unit)}"
    introduction, people = _mentioned(roster, page.mention)
    others = _others([monitor for monitor in roster.monitors if monitor not in people])
    return Notice(title, introduction, people, others, page.message, page.is_cut)


def of_page_without_roster(page: Page, why: str) -> Notice:
    """The same, when nobody can tell who the monitors are."""
    detail = f"Nobody is mentioned: {why}"
    return Notice(plain(page.unit), details=(detail,), message=page.message, is_cut=page.is_cut)


def of_page_for_no_unit(page: Page, units: Units, *, sees_all: bool) -> Notice:
    """Say that the page is for a unit that is not there, and which ones are called nearly so."""
    named = plain(page.unit)
    title = f"There is no unit “{named}”" if sees_all else f"I see no unit “{named}”"
    unseen = () if sees_all else ("The bot's account may not see all units.",)
    close = units.close_to(page.unit)
    meant = (f"Did you mean {_listed(close)}?",) if close else ()
    return Notice(title, details=(*unseen, *meant), message=page.message, is_cut=page.is_cut)


def of_page_for_several_units(page: Page, units: tuple[Unit, ...]) -> Notice:
    """Say that the page may be for any of several units."""
    title = f"{count(len(units), 'unit')} are called “{plain(page.unit)}”"
    detail = f"Nobody is mentioned: give the id of the one that is meant. {_listed(units)}"
    return Notice(title, details=(detail,), message=page.message, is_cut=page.is_cut)


def of_events(roster: Roster, counts: Mapping[str, int], *, is_further: bool) -> Notice:
    """Tell of events, by type and department; `is_further` says that others were told just before."""
    parts = [_events(what, number, is_further=is_further) for what, number in counts.items()]
    hidden = sum(list(counts.values())[PARTS_SHOWN:])
    shown = [*parts[:PARTS_SHOWN], *([count(hidden, "further event")] if hidden else [])]
    title = f"{unit_name(roster.unit)}: {', '.join(shown)}"
    if not roster.monitors:
        return Notice(title, details=("Nobody monitors this unit.",))
    return Notice(title, *_mentioned(roster, Mention.ONLINE))


def what_happened(event: Event, department: str) -> str:
    """The key by which events are counted together."""
    return f"{event.type} {plain(department) or event.department_id}"


_HAPPENED = {
    "LivechatSessionQueued": ("customer", "waiting in"),
    "LivechatSessionForwarded": ("customer", "forwarded to"),
    "LivechatSessionStart": ("conversation", "begun in"),
    "LivechatSessionTaken": ("conversation", "taken in"),
    "LivechatSession": ("conversation", "closed in"),
}


def _events(what: str, number: int, *, is_further: bool) -> str:
    kind, _, department = what.partition(" ")
    noun, verb = _HAPPENED.get(kind, (f"{kind} event", "in"))
    return f"{count(number, f'more {noun}' if is_further else noun)} {verb} {department}"


def _mentioned(roster: Roster, mention: Mention) -> tuple[str, tuple[Monitor, ...]]:
    if mention is Mention.NONE or not roster.monitors:
        return "", ()
    if mention is Mention.ALL:
        return "all monitors", roster.monitors
    if online := tuple(monitor for monitor in roster.monitors if monitor.presence is Presence.ONLINE):
        return "reachable", online
    if roster.count(Presence.UNKNOWN) == len(roster.monitors):
        return "presence is unknown, so all monitors", roster.monitors
    known = "known to be " if roster.count(Presence.UNKNOWN) else ""
    return f"nobody is {known}online, so all monitors", roster.monitors


def _others(monitors: Sequence[Monitor]) -> tuple[str, ...]:
    """Who else is on the unit, by name."""
    shown = [f"{plain(one.name) or plain(one.username)} ({one.presence})" for one in monitors[:OTHERS_SHOWN]]
    more = [and_more(len(monitors) - OTHERS_SHOWN, "monitor")] if len(monitors) > OTHERS_SHOWN else []
    return (f"Also on the unit: {', '.join([*shown, *more])}",) if shown else ()


def _listed(units: Iterable[Unit]) -> str:
    every = [f"{unit_name(unit)} (id {plain(unit.id)})" for unit in units]
    more = [f"{len(every) - UNITS_SHOWN} more"] if len(every) > UNITS_SHOWN else []
    return ", ".join([*every[:UNITS_SHOWN], *more])
