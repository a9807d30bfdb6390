"""Units, rosters and presence, read from Rocket.Chat in few calls and remembered between commands."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from monitors_bot.deadline import Deadline
from monitors_bot.domain.units.finding import Units
from monitors_bot.domain.units.roster import Monitor, Presence, Roster, Unit, in_order, without_presence
from monitors_bot.errors import (
    MonitorsBotError,
    OutOfTime,
    RocketChatError,
    RocketChatLimited,
    RocketChatTooSlow,
    RocketChatUnavailable,
    RocketChatUnintelligible,
)
from monitors_bot.outbound import Pending
from monitors_bot.rocketchat import api, parsing
from monitors_bot.rocketchat.memory import Memory, People
from monitors_bot.rocketchat.parsing import STAFF_ROOMS, Link, Sighting

if TYPE_CHECKING:  # few rooms need it
    from monitors_bot.domain.units.server import Conversation

NAMES_LAST_SECONDS = 120
LINKS_LAST_SECONDS = 5
MOST_ASKED_FOR = 20
"""The most ids in one call for presence; some servers misread a longer list.

https://github.com/RocketChat/Rocket.Chat/pull/38222
"""
CHECK_SECONDS = 1.0
"""The most time a command spends on checking the account's permissions."""
QUESTION_SECONDS = 10.0
"""The most time for each question if nobody waits."""


class Directory:
    """The server for one command, one slice of a run or one notice.

    A command has one `deadline` for all its questions. Without a deadline nobody waits, so each question gets
    its own time. The rate limit is also handled differently: a person gets the roster without presence, while
    a run or notice gets RocketChatLimited and is retried.
    """

    def __init__(
        self,
        server: api.RocketChat,
        memory: Memory,
        now: Callable[[], float],
        host: str,
        deadline: Deadline | None = None,
    ) -> None:
        self.host = host
        self._server = server
        self._memory = memory
        self._now = now
        self._deadline = deadline
        self._began = now()
        self._people: Pending[People] | None = None
        """The ids of the rows that `units_from` has read, be they units or not."""

    def expect_roster(self) -> None:
        known, deadline = self._memory.people, self._until()
        if not known or not self._is_young(known):
            self._people = Pending(lambda: self._read_people(deadline))

    def units(self, *, fresh: bool = False) -> Units:
        known = self._memory.units
        if known and known.read_at >= self._began - (0 if fresh else NAMES_LAST_SECONDS):
            return known
        asked_at = self._now()
        items = filter(parsing.is_unit, self._server.get_all(api.UNITS, "units", self._until()))
        self._memory.units = Units(map(parsing.unit, items), asked_at)
        if known and not {unit.id for unit in known} <= {unit.id for unit in self._memory.units}:
            # Units vanished. They may be gone, but the account may also have lost its permission.
            self._memory.sees_all_until = 0.0
        return self._memory.units

    def units_from(self, offset: int) -> tuple[list[Unit], int | None]:
        count = str(api.PAGE) if offset else "0"
        page = self._server.get(api.UNITS, self._until(), [("offset", str(offset)), ("count", count)])
        rows = parsing.objects(page, "units")
        units = [parsing.unit(row) for row in rows if parsing.is_unit(row)]
        total, end = page.get("total"), offset + len(rows)
        if end >= total if isinstance(total, int) else not offset:
            return units, None
        if not rows:
            raise RocketChatUnintelligible("units ends before its total")
        return units, end

    def sees_all_units(self, *, fresh: bool = False) -> bool | None:
        if not fresh and self._memory.sees_all_until > self._now():
            return True
        deadline = self._until().sooner(CHECK_SECONDS)
        try:
            me = Pending(lambda: self._server.get(api.ME, deadline))
            permissions = self._server.get(api.PERMISSIONS, deadline)
            allowed = parsing.may_manage(api.UNITS.permission, permissions, me.result(deadline))
        except MonitorsBotError:
            return None
        if allowed:
            self._memory.sees_all_until = self._now() + NAMES_LAST_SECONDS
        return allowed

    def lists(self, unit: Unit) -> bool:
        named = self._server.get_all(api.UNITS, "units", self._until(), [("text", unit.name)])
        return any(parsing.id_of(item) == unit.id for item in named if parsing.is_unit(item))

    def roster(self, unit: Unit, *, with_presence: bool = True) -> Roster:
        if with_presence and not self._deadline:
            self._require_no_wait()
        deadline = self._until()
        read_at, links = self._links(unit, deadline)
        people = self._people_for(links, deadline)
        # The list of monitors also has everybody's status, but a remembered list has an old one.
        is_status_current = with_presence and people.read_at >= self._began
        monitors = in_order(_monitor(link, people, with_status=is_status_current) for link in links)
        roster = Roster(unit, monitors, read_at)
        if not with_presence:
            return roster
        # Kept before presence is read: if that takes too long, this is the last roster known.
        self._memory.rosters[unit.id] = roster
        self._memory.rosters[unit.id] = self._with_presence(roster, people, deadline)
        return self._memory.rosters[unit.id]

    def staff(self) -> Sequence[Monitor]:
        try:
            soon = self._until().sooner(CHECK_SECONDS)
            people = self._people.result(soon) if self._people else self._memory.people
        except (MonitorsBotError, OutOfTime):
            return ()
        return [Monitor(one.id, one.username, one.name) for one in people.by_id.values()] if people else ()

    def with_presence(self, monitor: Monitor) -> Monitor:
        if monitor.id in self._memory.strangers:
            return monitor
        return self._seen_now((monitor,), [monitor.id], self._until())[0]

    def is_customer_room(self, room_id: str) -> bool:
        try:
            room = self._server.get(api.ROOM, self._until(), [("roomId", room_id)]).get("room")
        except MonitorsBotError:
            return True
        kind = room.get("t") if isinstance(room, Mapping) else None
        return not isinstance(kind, str) or kind not in STAFF_ROOMS

    def conversation(self, room_id: str) -> "Conversation":
        from monitors_bot.rocketchat.conversations import conversation  # noqa: PLC0415 - few rooms need it

        return conversation(self._server, room_id, self._until())

    def is_up(self) -> bool:
        """Whether the server answers at all, even with an error."""
        try:
            self._server.get(api.ME, self._until())
        except RocketChatUnavailable:
            return False
        except RocketChatError:
            return True
        return True

    def last_units(self) -> Units | None:
        return self._memory.units

    def last_roster(self, unit: Unit) -> tuple[Roster, float] | None:
        known = self._memory.rosters.get(unit.id)
        return (known.without_presence(), self._now() - known.read_at) if known else None

    def _until(self) -> Deadline:
        return self._deadline or Deadline(self._now() + QUESTION_SECONDS, self._now)

    def _require_no_wait(self) -> None:
        """Raise RocketChatLimited if any route of a roster is limited, before a call is wasted on another."""
        if wait := max(self._server.seconds_to_wait(route) for route in (api.UNIT_MONITORS, api.PRESENCE)):
            raise RocketChatLimited(wait)

    def _links(self, unit: Unit, deadline: Deadline) -> tuple[float, tuple[Link, ...]]:
        known = self._memory.links.get(unit.id)
        # An empty list is never reused: it may also mean that the unit does not exist.
        if known and known[1] and known[0] >= self._began - LINKS_LAST_SECONDS:
            return known
        asked_at = self._now()
        answer = self._server.get(api.UNIT_MONITORS, deadline, part=unit.id)
        by_id = {link.monitor_id: link for link in map(parsing.link, parsing.objects(answer, "monitors"))}
        self._memory.links[unit.id] = asked_at, tuple(by_id.values())
        return self._memory.links[unit.id]

    def _people_for(self, links: Sequence[Link], deadline: Deadline) -> People:
        """Return everybody with the monitor role; from memory, if that is good enough for this unit."""
        people = self._known_people(deadline)
        missing = {link.monitor_id for link in links} - people.by_id.keys()
        # One call for presence covers so many people only; the others' status has to come from a new list.
        has_too_many = len(links) > MOST_ASKED_FOR
        # Somebody may have become a monitor since the list was read; for strangers that was checked before.
        has_new_people = bool(missing - self._memory.strangers)
        if (has_too_many or has_new_people) and people.read_at < self._began:
            people = self._read_people(deadline)
        self._memory.strangers |= missing - people.by_id.keys()
        return people

    def _known_people(self, deadline: Deadline) -> People:
        if self._people:
            try:
                return self._people.result(deadline)
            except OutOfTime as error:
                raise RocketChatTooSlow(str(error)) from error
        known = self._memory.people
        return known if known and self._is_young(known) else self._read_people(deadline)

    def _is_young(self, people: People) -> bool:
        return people.read_at >= self._began - NAMES_LAST_SECONDS

    def _read_people(self, deadline: Deadline) -> People:
        asked_at = self._now()
        items = self._server.get_all(api.MONITORS, "monitors", deadline, [("text", "")])
        people = People({person.id: person for person in map(parsing.person, items)}, asked_at)
        self._memory.people = people
        self._memory.strangers -= people.by_id.keys()
        return people

    def _with_presence(self, roster: Roster, people: People, deadline: Deadline) -> Roster:
        """Add presence to a roster; the presence of people without the monitor role stays unknown."""
        asked = [monitor.id for monitor in roster.monitors if monitor.id in people.by_id][:MOST_ASKED_FOR]
        if not asked:
            return roster
        try:
            return replace(roster, monitors=in_order(self._seen_now(roster.monitors, asked, deadline)))
        except RocketChatTooSlow:
            raise  # out of time: a late answer or a retry reads all of it again
        except RocketChatLimited as error:
            if not self._deadline:
                raise
            return replace(roster, presence_error=error)
        except RocketChatError as error:
            return replace(roster, presence_error=error)

    def _seen_now(
        self, monitors: Sequence[Monitor], asked: Sequence[str], deadline: Deadline
    ) -> Sequence[Monitor]:
        """Return the same people, with the current presence of those whose ids are in `asked`."""
        answer = self._server.get(api.PRESENCE, deadline, [("ids", one) for one in asked])
        seen = dict(map(parsing.sighting, parsing.objects(answer, "users")))
        # "full": false means that people who are not in the answer are offline. Otherwise presence is
        # switched off on the server, and any status is worthless:
        # https://developer.rocket.chat/apidocs/get-users-presence
        if answer.get("full") is not False:
            return [without_presence(monitor) for monitor in monitors]
        offline = Sighting(Presence.OFFLINE, "", None)
        return [
            _seen(monitor, seen.get(monitor.id, offline)) if monitor.id in asked else monitor
            for monitor in monitors
        ]


def _monitor(link: Link, people: People, *, with_status: bool) -> Monitor:
    person = people.by_id.get(link.monitor_id)
    if not person:
        return Monitor(link.monitor_id, link.username)
    presence = person.presence if with_status else Presence.UNKNOWN
    return Monitor(person.id, person.username or link.username, person.name, presence)


def _seen(monitor: Monitor, sighting: Sighting) -> Monitor:
    return replace(
        monitor,
        presence=sighting.presence,
        status_text=sighting.status_text,
        utc_offset_hours=sighting.utc_offset_hours,
    )
