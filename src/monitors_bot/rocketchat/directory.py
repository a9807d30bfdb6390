"""Rocket.Chat as the middle asks it: units, rosters and presence from few calls, with what was read
before."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

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

NAMES_LAST_SECONDS = 120
LINKS_LAST_SECONDS = 5
MOST_ASKED_FOR = 20
"""Ids in one question for presence: the parser of some servers takes no more."""
CHECK_SECONDS = 1.0
"""How long a person waits for us to check our own permissions."""
QUESTION_SECONDS = 10.0
"""How long one question may take where nobody waits."""


class Directory:
    """The server for one command, one slice of a run or one notice.

    A command has a `deadline` for all its questions. Without one nobody waits: each question gets its own
    time, and a limited server raises RocketChatLimited, where a person would rather read a roster without
    presence.
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

    def expect_roster(self) -> None:
        known, deadline = self._memory.people, self._until()
        if not known or not self._is_young(known):
            self._people = Pending(lambda: self._read_people(deadline))

    def units(self, *, fresh: bool = False) -> Units:
        known = self._memory.units
        if known and known.read_at >= self._began - (0 if fresh else NAMES_LAST_SECONDS):
            return known
        asked_at = self._now()
        items = self._server.get_all(api.UNITS, "units", self._until())
        self._memory.units = Units(map(parsing.unit, items), asked_at)
        if known and not {unit.id for unit in known} <= {unit.id for unit in self._memory.units}:
            # Units vanished: either they are gone, or the account has just lost the permission to see them.
            self._memory.sees_all_until = 0.0
        return self._memory.units

    def units_from(self, offset: int) -> tuple[list[Unit], bool]:
        count = str(api.PAGE) if offset else "0"
        page = self._server.get(api.UNITS, self._until(), [("offset", str(offset)), ("count", count)])
        units = [parsing.unit(item) for item in parsing.objects(page, "units")]
        total = page.get("total")
        is_all = offset + len(units) >= total if isinstance(total, int) else not offset
        if not is_all and not units:
            raise RocketChatUnintelligible("units ends before its total")
        return units, is_all

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
        return any(parsing.id_of(item) == unit.id for item in named)

    def roster(self, unit: Unit, *, with_presence: bool = True) -> Roster:
        if with_presence and not self._deadline:
            self._require_no_wait()
        deadline = self._until()
        read_at, links = self._links(unit, deadline)
        people = self._people_for(links, deadline)
        # The list of monitors holds everybody's status, but a remembered list holds one that has passed.
        status_counts = with_presence and people.read_at >= self._began
        monitors = in_order(_monitor(link, people, status_counts=status_counts) for link in links)
        roster = Roster(unit, monitors, read_at)
        if not with_presence:
            return roster
        self._memory.rosters[unit.id] = roster  # the last one known, should presence take too long
        self._memory.rosters[unit.id] = self._with_presence(roster, people, deadline)
        return self._memory.rosters[unit.id]

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

    def is_up(self) -> bool:
        """Whether the server answers at all, if only with an error."""
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
        """Raise RocketChatLimited before a part of a roster is read that would have to be read again."""
        if wait := max(self._server.seconds_to_wait(route) for route in (api.UNIT_MONITORS, api.PRESENCE)):
            raise RocketChatLimited(wait)

    def _links(self, unit: Unit, deadline: Deadline) -> tuple[float, tuple[Link, ...]]:
        known = self._memory.links.get(unit.id)
        if known and known[1] and known[0] >= self._began - LINKS_LAST_SECONDS:
            return known
        asked_at = self._now()
        answer = self._server.get(api.UNIT_MONITORS, deadline, part=unit.id)
        by_id = {link.monitor_id: link for link in map(parsing.link, parsing.objects(answer, "monitors"))}
        self._memory.links[unit.id] = asked_at, tuple(by_id.values())
        return self._memory.links[unit.id]

    def _people_for(self, links: Sequence[Link], deadline: Deadline) -> People:
        """Everybody with the monitor role: remembered, unless many or new people are on the unit."""
        people = self._known_people(deadline)
        missing = {link.monitor_id for link in links} - people.by_id.keys()
        outdated = len(links) > MOST_ASKED_FOR or missing - self._memory.strangers
        if outdated and people.read_at < self._began:
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
        """Ask who is there; anybody whom the list of monitors lacks stays unknown, whatever the answer."""
        asked = [monitor.id for monitor in roster.monitors if monitor.id in people.by_id][:MOST_ASKED_FOR]
        if not asked:
            return roster
        try:
            return replace(roster, monitors=in_order(self._seen_now(roster.monitors, asked, deadline)))
        except RocketChatTooSlow:
            raise
        except RocketChatLimited as error:
            if not self._deadline:
                raise
            return replace(roster, presence_error=error)
        except RocketChatError as error:
            return replace(roster, presence_error=error)

    def _seen_now(
        self, monitors: Sequence[Monitor], asked: Sequence[str], deadline: Deadline
    ) -> Sequence[Monitor]:
        """The same people; those whose ids were asked for, with their presence of now."""
        answer = self._server.get(api.PRESENCE, deadline, [("ids", one) for one in asked])
        seen = dict(map(parsing.sighting, parsing.objects(answer, "users")))
        # "full": false means that who is not in the answer is offline. Any other value means that presence is
        # switched off, and that nothing the server says of it counts.
        if answer.get("full") is not False:
            return [without_presence(monitor) for monitor in monitors]
        offline = Sighting(Presence.OFFLINE, "", None)
        return [
            _seen(monitor, seen.get(monitor.id, offline)) if monitor.id in asked else monitor
            for monitor in monitors
        ]


def _monitor(link: Link, people: People, *, status_counts: bool) -> Monitor:
    person = people.by_id.get(link.monitor_id)
    if not person:
        return Monitor(link.monitor_id, link.username)
    presence = person.presence if status_counts else Presence.UNKNOWN
    return Monitor(person.id, person.username or link.username, person.name, presence)


def _seen(monitor: Monitor, sighting: Sighting) -> Monitor:
    return replace(
        monitor,
        presence=sighting.presence,
        status_text=sighting.status_text,
        utc_offset_hours=sighting.utc_offset_hours,
    )
