"""Finding units and rosters on the server, past the three traps in what it answers."""

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from monitors_bot.domain.units.access import Sight
from monitors_bot.domain.units.finding import Match, Step, Units
from monitors_bot.domain.units.roster import Roster
from monitors_bot.errors import PermissionMissing

if TYPE_CHECKING:  # a protocol is for the type checker alone
    from monitors_bot.domain.units.server import Server

UNITS_PERMISSION = "manage-livechat-units"

Look = Callable[[Units], Match]
"""How one question looks for its unit among all units."""


class Found(NamedTuple):
    """The units that match, the list in which they were looked up, and the roster if exactly one matches."""

    match: Match
    units: Units
    roster: Roster | None = None


class Finder:
    """The units of the server, as one asker may see them."""

    def __init__(self, server: "Server", sight: Sight) -> None:
        self._server = server
        self._sight = sight

    def units(self, *, fresh: bool = False) -> Units:
        return self._sight.units(self._server.units(fresh=fresh))

    def last_units(self) -> Units | None:
        """The units as last read, without asking the server."""
        known = self._server.last_units()
        return self._sight.units(known) if known else None

    def find(self, look: Look) -> Found:
        """Look for a unit; read the list again before a miss, or a hit on a part of a name, is believed.

        A remembered list may lack the unit that is meant.
        """
        units = self.units()
        match = look(units)
        if not match.units or not match.is_exact:
            units = self.units(fresh=True)
            match = look(units)
        return Found(match, units)

    def roster(self, look: Look) -> Found:
        """Look for a unit, and read its roster if exactly one matches.

        The server gives an unknown unit an empty roster. So before an empty one is believed, the unit is
        looked for in a fresh list, where it may be gone, have a new name, or be one of several.
        """
        found = self.find(look)
        while len(found.match.units) == 1:
            unit = found.match.units[0]
            roster = self._server.roster(unit)
            if roster.monitors:
                return found._replace(roster=roster)
            fresh = self.units(fresh=True)
            match = look(fresh)
            if not match.units and (renamed := fresh.with_id(unit.id)):
                match = Match((renamed,), Step.ID)
            if [one.id for one in match.units] == [unit.id]:
                return Found(match, fresh, replace(roster, unit=match.units[0]))
            found = Found(match, fresh)
        return found

    def is_complete(self, *, fresh: bool = False) -> bool:
        """Whether the list certainly holds every unit: an account without the permission gets a short one."""
        return self._server.sees_all_units(fresh=fresh) is True

    def require_complete(self) -> bool:
        """The same; raise PermissionMissing where the list certainly does not."""
        sees_all = self._server.sees_all_units()
        if sees_all is False:
            raise PermissionMissing(UNITS_PERMISSION)
        return sees_all is True


def is_gone(roster: Roster, server: "Server") -> bool:
    """Whether the unit of a roster that was just read is not listed any more.

    The same trap as in `Finder.roster`, for a unit among many: asking for the one by its name is cheaper
    there than reading the whole list again.
    """
    return not roster.monitors and not server.lists(roster.unit)
