"""Posting notices: finding the unit, reading who is there, saying it in the channel."""

from collections.abc import Callable
from typing import Protocol

from monitors_bot import errors
from monitors_bot.domain.notices import wording
from monitors_bot.domain.notices.messages import Notice, Page
from monitors_bot.domain.notices.window import Batch
from monitors_bot.domain.units.finding import Units
from monitors_bot.domain.units.reasons import reason
from monitors_bot.domain.units.roster import Roster, Unit

OF_EVERYTHING = (errors.PermissionMissing, errors.UnitsNotAvailable)


class Server(Protocol):
    """The server; every method may raise a RocketChatError or SettingsError."""

    def all_units(self, *, fresh: bool = False) -> Units: ...

    def roster(self, unit: Unit, *, with_presence: bool) -> Roster: ...

    def sees_all_units(self) -> bool | None: ...


class Notifier:
    """Posts notices; `post` takes the id of a message, that of a room, and the notice."""

    def __init__(
        self, server: Server, room_of: Callable[[str], str], post: Callable[[str, str, Notice], None]
    ) -> None:
        self._server = server
        self._room_of = room_of
        self._post = post

    def page(self, page: Page) -> errors.RocketChatError | None:
        """Post a page, though nobody be mentioned; give back what kept us from reading the roster."""
        room_id = self._room_of(page.channel)
        trouble = None
        try:
            notice = self._of_page(page)
        except OF_EVERYTHING as error:
            trouble, notice = error, wording.of_page_without_roster(page, reason(error))
        self._post(page.id, room_id, notice)
        return trouble

    def tell(self, unit_id: str, batch: Batch, channel: str) -> None:
        """Post what happened on a unit."""
        room_id = self._room_of(channel)
        roster = self._server.roster(self._unit(unit_id), with_presence=True)
        self._post(batch.id, room_id, wording.of_events(roster, batch.counts, is_further=batch.is_further))

    def _of_page(self, page: Page) -> Notice:
        units = self._server.all_units()
        found = units.exactly(page.unit).units
        if not found:
            units = self._server.all_units(fresh=True)
            found = units.exactly(page.unit).units
        if len(found) > 1:
            return wording.of_page_for_several_units(page, found)
        roster = self._server.roster(found[0], with_presence=True) if found else None
        if roster and not roster.monitors:  # a unit that is gone has none, either; it may have a new name
            units = self._server.all_units(fresh=True)
        if roster and any(unit.id == roster.unit.id for unit in units):
            return wording.of_page(page, roster)
        sees_all = self._server.sees_all_units() is True
        return wording.of_page_for_no_unit(page, units, sees_all=sees_all)

    def _unit(self, unit_id: str) -> Unit:
        """The unit with its name, where the list of units has it."""
        for fresh in (False, True):
            for unit in self._server.all_units(fresh=fresh).exactly(unit_id).units:
                if unit.id == unit_id:
                    return unit
        return Unit(unit_id, "")
