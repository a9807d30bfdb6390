"""Reading many units one after the other, at the pace that the server's limiter allows."""

from collections.abc import Callable

from monitors_bot import errors
from monitors_bot.deadline import Deadline
from monitors_bot.domain.units.finding import Units
from monitors_bot.domain.units.roster import Roster, Unit
from monitors_bot.rocketchat import api as rest
from monitors_bot.rocketchat import parsing as reading
from monitors_bot.rocketchat.api import PAGE, RocketChat
from monitors_bot.rocketchat.directory import ChatDirectory, Memory

CALL_SECONDS = 10.0
"""How long one call may take: nobody waits for it."""


class ChatSurvey:
    """The server, for one slice of a run; `host` is its name as people know it."""

    def __init__(self, server: RocketChat, memory: Memory, now: Callable[[], float], host: str) -> None:
        self.host = host
        self._server = server
        self._memory = memory
        self._now = now
        self._began = now()

    def units(self, offset: int) -> tuple[list[Unit], bool]:
        """The units from `offset` on, as many as the server gives at once; and whether these are the last."""
        count = str(PAGE) if offset else "0"
        page = self._server.get(rest.UNITS, self._soon(), [("offset", str(offset)), ("count", count)])
        units = [reading.unit(item) for item in reading.objects(page, "units")]
        total = page.get("total")
        is_all = offset + len(units) >= total if isinstance(total, int) else not offset
        if not is_all and not units:
            raise errors.RocketChatUnintelligible("units ends before its total")
        return units, is_all

    def all_units(self, *, fresh: bool = False) -> Units:
        """Every unit, as it was within the last minutes, or as it is now."""
        return self._directory().units(fresh=fresh)

    def roster(self, unit: Unit, *, with_presence: bool) -> Roster:
        """Who monitors a unit; raise RocketChatLimited before a part is read for nothing."""
        if not with_presence:
            return self._directory().roster_without_presence(unit)
        if wait := max(self._server.seconds_to_wait(route) for route in (rest.UNIT_MONITORS, rest.PRESENCE)):
            raise errors.RocketChatLimited(wait)
        roster = self._directory().roster(unit)
        if isinstance(roster.trouble, errors.RocketChatLimited):
            raise roster.trouble
        return roster

    def lists(self, unit: Unit) -> bool:
        """Whether the server still has the unit: one that it has not has no monitors, either."""
        named = self._server.get_all(rest.UNITS, "units", self._soon(), [("text", unit.name)])
        return any(reading.id_of(item) == unit.id for item in named)

    def sees_all_units(self) -> bool | None:
        self._memory.sees_all_until = 0.0  # what is gone is taken off the record: nothing old decides that
        return self._directory().sees_all_units()

    def is_up(self) -> bool:
        """Whether the server answers at all."""
        try:
            self._server.get(rest.ME, self._soon())
        except errors.RocketChatUnavailable:
            return False
        except errors.RocketChatError:
            return True
        return True

    def _directory(self) -> ChatDirectory:
        soon = self._soon()
        return ChatDirectory(self._server, self._memory, soon, self._now, self.host, self._began)

    def _soon(self) -> Deadline:
        return Deadline(self._now() + CALL_SECONDS, self._now)
