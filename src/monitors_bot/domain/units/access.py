"""Who may see which unit: checked for every answer, suggestion, count, digest and notice."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, NamedTuple

from monitors_bot.domain.units.finding import Units
from monitors_bot.domain.units.roster import Unit

if TYPE_CHECKING:  # most commands need no records, so most do not load them
    from monitors_bot.domain.units.records import Record


class Asker(NamedTuple):
    """Who reads a reply, digest or notice.

    For a command, it is the person on their platform; `room_id` is set where everybody in a room of
    Rocket.Chat reads the reply. For a digest, notice or page, it is everybody in a room: only `room_id` is
    set.
    """

    platform: str = ""
    user_id: str = ""
    room_id: str = ""

    @classmethod
    def in_room(cls, room_id: str) -> "Asker":
        """Everybody in a room of Rocket.Chat."""
        return cls(room_id=room_id)


MaySee = Callable[[Asker, Unit], bool]


def everybody_sees_everything(asker: Asker, unit: Unit) -> bool:  # noqa: ARG001 - a rule takes both
    """The only rule so far; another one can be passed to each door."""
    return True


class Sight:
    """What one asker may see; for them, any other unit does not exist."""

    def __init__(self, asker: Asker, may_see: MaySee) -> None:
        self._asker = asker
        self._may_see = may_see

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
