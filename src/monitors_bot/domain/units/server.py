"""The protocol through which commands, runs and notices reach Rocket.Chat."""

from collections.abc import Sequence
from typing import NamedTuple, Protocol

from monitors_bot.domain.units.finding import Units
from monitors_bot.domain.units.roster import Monitor, Roster, Unit


class Conversation(NamedTuple):
    """What the server tells of the room in which somebody asked.

    `department` is the name of the one that the conversation is in, where that had to be looked up; None
    where it is in none. `unit_id` is empty where it belongs to no unit.
    """

    is_there: bool = True
    is_with_customer: bool = True
    department: str | None = None
    unit_id: str = ""


class Server(Protocol):
    """Rocket.Chat, as seen by one command, slice of a run or notice.

    Every method that calls the server may raise a RocketChatError or SettingsError.
    """

    host: str

    def expect_roster(self) -> None:
        """Start to read, in the background, what every roster needs."""
        ...

    def units(self, *, fresh: bool = False) -> Units:
        """Every unit, from a list at most two minutes old; if `fresh`, read during this command or slice."""
        ...

    def units_from(self, offset: int) -> tuple[list[Unit], int | None]:
        """The units from row `offset` of the list on, and the row where the rest begins; None at the end.

        A page may have fewer units than rows: not every row of an old server is a unit.
        """
        ...

    def sees_all_units(self, *, fresh: bool = False) -> bool | None:
        """Whether the account may see every unit; None if that is unknown."""
        ...

    def lists(self, unit: Unit) -> bool:
        """Whether the server lists this unit right now, when asked for its name: a renamed unit is not
        found."""
        ...

    def roster(self, unit: Unit, *, with_presence: bool = True) -> Roster:
        """The monitors of a unit; the roster of an unknown unit is empty."""
        ...

    def staff(self) -> Sequence[Monitor]:
        """Everybody with the monitor role, as far as that was read anyway; no call to the server."""
        ...

    def with_presence(self, monitor: Monitor) -> Monitor:
        """The same person, with their current presence."""
        ...

    def is_customer_room(self, room_id: str) -> bool:
        """Whether a customer may read the room; True if that is unknown."""
        ...

    def conversation(self, room_id: str) -> Conversation:
        """Look up a room, and the unit of the conversation in it: one call, or two on older servers."""
        ...

    def is_up(self) -> bool: ...

    def last_units(self) -> Units | None:
        """The units as last read, without a call to the server."""
        ...

    def last_roster(self, unit: Unit) -> tuple[Roster, float] | None:
        """The roster as last read, without presence, and its age in seconds; no call to the server."""
        ...
