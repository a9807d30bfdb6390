"""Finding units and rosters on the server, despite three traps in its responses.

A remembered list may be out of date, an unknown unit has an empty roster, and an account without the right
permission gets a short list.
"""

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
"""Looks up what somebody asked for among all units."""


class Found(NamedTuple):
    """The units that match, the list they were looked up in, and the roster if exactly one matches."""

    match: Match
    units: Units
    roster: Roster | None = None


class Finder:
    """The units and rosters that one asker may see."""

    def __init__(self, server: "Server", sight: Sight) -> None:
        self._server = server
        self._sight = sight

    def units(self, *, fresh: bool = False) -> Units:
        return self._sight.units(self._server.units(fresh=fresh))

    def last_units(self) -> Units | None:
        """The units as last read, without a call to the server."""
        known = self._server.last_units()
        return self._sight.units(known) if known else None

    def find(self, look: Look) -> Found:
        """Look up a unit; before a miss or a partial match is believed, look it up in a fresh list.

        A remembered list may lack a new unit whose name matches better.
        """
        units = self.units()
        match = look(units)
        if not match.units or not match.is_exact:
            units = self.units(fresh=True)
            match = look(units)
        return Found(match, units)

    def roster(self, look: Look) -> Found:
        """Look up a unit, and read its roster if exactly one matches.

        The server returns an empty roster for an unknown unit. So before an empty one is believed, the unit
        is looked up in a fresh list, where it may be gone, renamed, or one of several matches.
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
            # Still the same unit: its roster is empty indeed, but its name may be new.
            if [candidate.id for candidate in match.units] == [unit.id]:
                return Found(match, fresh, replace(roster, unit=match.units[0]))
            # No unit, several, or another one, whose roster has to be read in turn.
            found = Found(match, fresh)
        return found

    def is_complete(self, *, fresh: bool = False) -> bool:
        """Whether the list is known to hold every unit; without the permission, it is cut short."""
        return self._server.sees_all_units(fresh=fresh) is True

    def require_complete(self) -> bool:
        """Like `is_complete`, but raise PermissionMissing if the account is known to lack the permission."""
        sees_all = self._server.sees_all_units()
        if sees_all is False:
            raise PermissionMissing(UNITS_PERMISSION)
        return sees_all is True


def is_gone(roster: Roster, server: "Server") -> bool:
    """Whether the unit of a roster that was just read is no longer listed.

    The trap is that of `Finder.roster`. A run reads many units, so it looks up the one by name, which is
    cheaper than reading the whole list again.
    """
    return not roster.monitors and not server.lists(roster.unit)
