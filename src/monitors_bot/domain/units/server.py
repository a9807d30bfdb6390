"""The one protocol behind which Rocket.Chat stands."""

from typing import Protocol

from monitors_bot.domain.units.finding import Units
from monitors_bot.domain.units.roster import Monitor, Roster, Unit


class Server(Protocol):
    """Rocket.Chat as a command, a slice of a run or a notice asks it.

    Every method that asks it may raise a RocketChatError or SettingsError.
    """

    host: str

    def expect_roster(self) -> None:
        """Begin to read what every roster needs."""
        ...

    def units(self, *, fresh: bool = False) -> Units:
        """Every unit, at most two minutes old; not older than this command or slice if `fresh`."""
        ...

    def units_from(self, offset: int) -> tuple[list[Unit], bool]:
        """The units from `offset` on, as many as the server gives at once, and whether they are the last."""
        ...

    def sees_all_units(self, *, fresh: bool = False) -> bool | None:
        """Whether the account may see every unit; None when that can't be told."""
        ...

    def lists(self, unit: Unit) -> bool:
        """Whether the server has a unit of this id under this name right now."""
        ...

    def roster(self, unit: Unit, *, with_presence: bool = True) -> Roster:
        """Who monitors a unit; an unknown unit has an empty roster, too."""
        ...

    def with_presence(self, monitor: Monitor) -> Monitor:
        """The same person, with their presence of now."""
        ...

    def is_customer_room(self, room_id: str) -> bool:
        """Whether a customer may read that room; True when that can't be told."""
        ...

    def is_up(self) -> bool: ...

    def last_units(self) -> Units | None:
        """The units as last read, without asking the server."""
        ...

    def last_roster(self, unit: Unit) -> tuple[Roster, float] | None:
        """The roster as last read, without presence, and its age in seconds."""
        ...
