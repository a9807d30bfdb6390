"""The wording of notices."""

from collections.abc import Iterable, Mapping, Sequence

from monitors_bot.domain.notices.messages import Event, Mention, Notice, Page
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


def events_notice(roster: Roster, counts: Mapping[str, int], *, is_further: bool) -> Notice:
    """Word a batch of events, counted by key; `is_further` if others were posted just before."""
    parts = [_events(key, number, is_further=is_further) for key, number in counts.items()]
    hidden = sum(list(counts.values())[PARTS_SHOWN:])
    shown = [*parts[:PARTS_SHOWN], *([count(hidden, "further event")] if hidden else [])]
    title = f"{unit_name(roster.unit)}: {', '.join(shown)}"
    if not roster.monitors:
        return Notice(title, details=("Nobody monitors this unit.",))
    return Notice(title, *_mentioned(roster, Mention.ONLINE))


def event_key(event: Event, department: str) -> str:
    """The key under which equal events are counted: type and department."""
    return f"{event.type} {plain(department) or event.department_id}"


_EVENT_WORDS = {
    "LivechatSessionQueued": ("customer", "waiting in"),
    "LivechatSessionForwarded": ("customer", "forwarded to"),
    "LivechatSessionStart": ("conversation", "begun in"),
    "LivechatSessionTaken": ("conversation", "taken in"),
    "LivechatSession": ("conversation", "closed in"),
}


def _events(key: str, number: int, *, is_further: bool) -> str:
    type_, _, department = key.partition(" ")
    noun, verb = _EVENT_WORDS.get(type_, (f"{type_} event", "in"))
    return f"{count(number, f'more {noun}' if is_further else noun)} {verb} {department}"


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
