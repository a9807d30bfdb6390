"""Who may see which unit: checked for every answer, suggestion, count, digest and notice."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, NamedTuple

from monitors_bot.domain.units.finding import Units
from monitors_bot.domain.units.roster import Unit

if TYPE_CHECKING:  # most commands need no records, so most do not load them
    from monitors_bot.domain.units.records import Record


class Asker(NamedTuple):
    """Who reads a reply, digest or notice.

    For a command, it is the person on their platform, in a room and, where the platform has several, in a
    team; without `user_id`, it is everybody in the room. For a digest, notice or page, only `room_id` is set.
    """

    platform: str = ""
    user_id: str = ""
    room_id: str = ""
    team_id: str = ""

    @classmethod
    def in_room(cls, room_id: str) -> "Asker":
        """Everybody in a room of Rocket.Chat."""
        return cls(room_id=room_id)


MaySee = Callable[[Asker, Unit], bool]
Allows = Callable[[str], bool]
"""Whether an asker may use a feature: one of `access_rules.FEATURES`."""


def everything_is_allowed(_feature: str) -> bool:
    return True


def everybody_sees_everything(asker: Asker, unit: Unit) -> bool:  # noqa: ARG001 - a rule takes both
    """The only rule so far; another one can be passed to each door."""
    return True


class Sight:
    """What one asker may see; for them, any other unit does not exist."""

    def __init__(
        self,
        asker: Asker,
        may_see: MaySee = everybody_sees_everything,
        allows: Allows = everything_is_allowed,
        *,
        is_closed: bool = False,
    ) -> None:
        """`is_closed` is whether everything is hidden by a mistake."""
        self._asker = asker
        self._may_see = may_see
        self.allows = allows
        self.is_closed = is_closed

    @property
    def is_unlimited(self) -> bool:
        return self._may_see is everybody_sees_everything

    def sees(self, unit: Unit) -> bool:
        return self._may_see(self._asker, unit)

    def units(self, units: Units) -> Units:
        # Building Units sorts them, which is slow for thousands.
        if self.is_unlimited:
            return units
        return Units(filter(self.sees, units), units.read_at)

    def records(self, records: "Iterable[Record]") -> "list[Record]":
        return [record for record in records if self.sees(record.unit)]
