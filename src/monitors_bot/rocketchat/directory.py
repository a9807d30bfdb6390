"""What Rocket.Chat knows of units and monitors, as one command needs it, with what was read before."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from monitors_bot.deadline import Deadline
from monitors_bot.domain.units.finding import Units
from monitors_bot.domain.units.roster import Monitor, Presence, Roster, Unit, in_order, without_presence
from monitors_bot.errors import MonitorsBotError, OutOfTime, RocketChatError, RocketChatTooSlow
from monitors_bot.outbound import Pending
from monitors_bot.rocketchat import api as rest
from monitors_bot.rocketchat import parsing as reading
from monitors_bot.rocketchat.parsing import Link, Person, Sighting

NAMES_LAST_SECONDS = 120
LINKS_LAST_SECONDS = 5
MOST_ASKED_FOR = 20
"""Ids in one question for presence: the parser of some servers takes no more."""
CHECK_SECONDS = 1.0
"""How long a person waits for us to check our own permissions."""
STAFF_ROOMS = frozenset({"c", "p", "d"})


@dataclass(frozen=True, slots=True)
class People:
    """Everybody with the monitor role by id, as asked for at `read_at`."""

    by_id: Mapping[str, Person]
    read_at: float


@dataclass(slots=True)
class Memory:
    """What one process remembers between commands."""

    units: Units | None = None
    people: People | None = None
    strangers: frozenset[str] = frozenset()
    """Linked people whom the list of monitors was seen to lack."""
    links: dict[str, tuple[float, tuple[Link, ...]]] = field(default_factory=dict)
    rosters: dict[str, Roster] = field(default_factory=dict)
    sees_all_until: float = 0.0


class ChatDirectory:
    """The directory for one command: it has to answer by `deadline`."""

    def __init__(
        self,
        server: rest.RocketChat,
        memory: Memory,
        deadline: Deadline,
        now: Callable[[], float],
        host: str,
        began: float | None = None,
    ) -> None:
        """Take what was read since `began` for fresh; that is now, but where many units are read in a row."""
        self.host = host
        self._server = server
        self._memory = memory
        self._deadline = deadline
        self._now = now
        self._began = now() if began is None else began
        self._people: Pending[People] | None = None

    def expect_roster(self) -> None:
        known = self._memory.people
        if not known or not self._is_young(known):
            self._people = Pending(self._read_people)

    def units(self, *, fresh: bool = False) -> Units:
        known = self._memory.units
        if known and known.read_at >= self._began - (0 if fresh else NAMES_LAST_SECONDS):
            return known
        asked_at = self._now()
        items = self._server.get_all(rest.UNITS, "units", self._deadline)
        self._memory.units = Units(map(reading.unit, items), asked_at)
        if known and not {unit.id for unit in known} <= {unit.id for unit in self._memory.units}:
            self._memory.sees_all_until = 0.0
        return self._memory.units

    def roster(self, unit: Unit) -> Roster:
        read_at, links = self._links(unit)
        people = self._people_for(links)
        status_counts = people.read_at >= self._began  # a remembered status is not of now
        monitors = in_order(_monitor(link, people, status_counts=status_counts) for link in links)
        self._memory.rosters[unit.id] = Roster(
            unit, monitors, read_at
        )  # known, should presence take too long
        self._memory.rosters[unit.id] = self._with_presence(self._memory.rosters[unit.id], people)
        return self._memory.rosters[unit.id]

    def roster_without_presence(self, unit: Unit) -> Roster:
        read_at, links = self._links(unit)
        people = self._people_for(links)
        monitors = in_order(_monitor(link, people, status_counts=False) for link in links)
        return Roster(unit, monitors, read_at)

    def with_presence(self, monitor: Monitor) -> Monitor:
        if monitor.id in self._memory.strangers:
            return monitor
        return self._seen_now((monitor,), [monitor.id])[0]

    def is_customer_room(self, room_id: str) -> bool:
        try:
            room = self._server.get(rest.ROOM, self._deadline, [("roomId", room_id)]).get("room")
        except MonitorsBotError:
            return True
        kind = room.get("t") if isinstance(room, Mapping) else None
        return not isinstance(kind, str) or kind not in STAFF_ROOMS

    def sees_all_units(self) -> bool | None:
        if self._memory.sees_all_until > self._now():
            return True
        deadline = self._deadline.sooner(CHECK_SECONDS)
        try:
            me = Pending(lambda: self._server.get(rest.ME, deadline))
            permissions = self._server.get(rest.PERMISSIONS, deadline)
            allowed = _may_manage_units(permissions, me.result(deadline))
        except MonitorsBotError:
            return None
        if allowed:
            self._memory.sees_all_until = self._now() + NAMES_LAST_SECONDS
        return allowed

    def last_units(self) -> Units | None:
        return self._memory.units

    def last_roster(self, unit: Unit) -> tuple[Roster, float] | None:
        known = self._memory.rosters.get(unit.id)
        return (known.without_presence(), self._now() - known.read_at) if known else None

    def _links(self, unit: Unit) -> tuple[float, tuple[Link, ...]]:
        known = self._memory.links.get(unit.id)
        if known and known[1] and known[0] >= self._began - LINKS_LAST_SECONDS:
            return known
        asked_at = self._now()
        answer = self._server.get(rest.UNIT_MONITORS, self._deadline, part=unit.id)
        by_id = {link.monitor_id: link for link in map(reading.link, reading.objects(answer, "monitors"))}
        self._memory.links[unit.id] = asked_at, tuple(by_id.values())
        return self._memory.links[unit.id]

    def _people_for(self, links: Sequence[Link]) -> People:
        """Everybody with the monitor role: remembered, unless many or new people are on the unit."""
        people = self._known_people()
        missing = {link.monitor_id for link in links} - people.by_id.keys()
        outdated = len(links) > MOST_ASKED_FOR or missing - self._memory.strangers
        if outdated and people.read_at < self._began:
            people = self._read_people()
        self._memory.strangers |= missing - people.by_id.keys()
        return people

    def _known_people(self) -> People:
        if self._people:
            try:
                return self._people.result(self._deadline)
            except OutOfTime as error:
                raise RocketChatTooSlow(str(error)) from error
        known = self._memory.people
        return known if known and self._is_young(known) else self._read_people()

    def _is_young(self, people: People) -> bool:
        return people.read_at >= self._began - NAMES_LAST_SECONDS

    def _read_people(self) -> People:
        asked_at = self._now()
        items = self._server.get_all(rest.MONITORS, "monitors", self._deadline, [("text", "")])
        people = People({person.id: person for person in map(reading.person, items)}, asked_at)
        self._memory.people = people
        self._memory.strangers -= people.by_id.keys()
        return people

    def _with_presence(self, roster: Roster, people: People) -> Roster:
        """Ask who is there; whom the list of monitors lacks stays unknown, whatever the answer."""
        asked = [monitor.id for monitor in roster.monitors if monitor.id in people.by_id][:MOST_ASKED_FOR]
        if not asked:
            return roster
        try:
            return replace(roster, monitors=in_order(self._seen_now(roster.monitors, asked)))
        except RocketChatTooSlow:
            raise
        except RocketChatError as error:
            return replace(roster, trouble=error)

    def _seen_now(self, monitors: Sequence[Monitor], asked: Sequence[str]) -> Sequence[Monitor]:
        """The same people; those who were asked for, with their presence."""
        answer = self._server.get(rest.PRESENCE, self._deadline, [("ids", one) for one in asked])
        seen = dict(map(reading.sighting, reading.objects(answer, "users")))
        if answer.get("full") is not False:  # presence is switched off: nothing the server says of it counts
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
    return Monitor(
        monitor.id,
        monitor.username,
        monitor.name,
        sighting.presence,
        sighting.status_text,
        sighting.utc_offset_hours,
    )


def _may_manage_units(permissions: Mapping[str, object], me: Mapping[str, object]) -> bool | None:
    """Whether a role of ours may see every unit; None where another narrows that, or nobody tells."""
    mine = _texts(me.get("roles"))
    if not mine or ("livechat-monitor" in mine and not mine & {"admin", "livechat-manager"}):
        return None
    holders = [
        item for item in reading.objects(permissions, "update") if item.get("_id") == rest.UNITS.permission
    ]
    return bool(mine & _texts(holders[0].get("roles"))) if holders else None


def _texts(value: object) -> frozenset[str]:
    return (
        frozenset(item for item in value if isinstance(item, str)) if isinstance(value, list) else frozenset()
    )
