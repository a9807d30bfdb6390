"""Posting notices: find the unit, read its roster, and post in the channel."""

from collections.abc import Callable

from monitors_bot import errors
from monitors_bot.domain.notices import wording
from monitors_bot.domain.notices.messages import Mention, Notice, Page
from monitors_bot.domain.notices.window import Batch
from monitors_bot.domain.units.access import Asker, MaySee, Sight, everybody_sees_everything
from monitors_bot.domain.units.finder import Finder
from monitors_bot.domain.units.reasons import in_the_log, reason
from monitors_bot.domain.units.roster import Unit
from monitors_bot.domain.units.server import Server

NO_UNIT = "there is no unit of this name or id"
UNSEEN_UNIT = "the account sees no unit of this name or id, and may not see all units"
SEVERAL_UNITS = "several units have this name"
NO_MONITOR = "the unit has no monitor"
UNMENTIONABLE = "the username of nobody who should be mentioned can be"


class Notifier:
    """Posts notices; `post` takes the id of a message, that of a room, and the notice.

    It returns whether the message notifies anybody.
    """

    def __init__(
        self,
        server: Server,
        room_of: Callable[[str], str],
        post: Callable[[str, str, Notice], bool],
        may_see: MaySee = everybody_sees_everything,
    ) -> None:
        self._server = server
        self._room_of = room_of
        self._post = post
        self._may_see = may_see

    def post_page(self, page: Page) -> str:
        """Post a page, even if nobody can be mentioned; return why nobody was who should have been."""
        room_id = self._room_of(page.channel)
        try:
            notice, why = self._page(page, Finder(self._server, self._sight(room_id)))
        except errors.RocketChatError as error:
            # Any other error may pass, and a retry can still mention the monitors.
            if not error.is_final:
                raise
            notice, why = wording.page_notice_without_roster(page, reason(error)), in_the_log(error)
        is_heard = self._post(page.id, room_id, notice)
        return "" if is_heard or page.mention is Mention.NONE else why

    def post_events(self, unit_id: str, batch: Batch, channel: str) -> None:
        """Post a batch of events on a unit."""
        room_id = self._room_of(channel)
        sight = self._sight(room_id)
        unit = self._unit(unit_id)
        if not sight.sees(unit):
            raise errors.DeliveryImpossible("the room may not see this unit")
        roster = self._server.roster(unit)
        self._post(batch.id, room_id, wording.events_notice(roster, batch))

    def _sight(self, room_id: str) -> Sight:
        return Sight(Asker.in_room(room_id), self._may_see)

    def _page(self, page: Page, finder: Finder) -> tuple[Notice, str]:
        """Return the notice, and why it mentions nobody if it does not."""
        found = finder.roster(lambda units: units.exactly(page.unit))
        if found.roster:
            return wording.page_notice(
                page, found.roster
            ), UNMENTIONABLE if found.roster.monitors else NO_MONITOR
        if found.match.units:
            return wording.page_notice_for_several_units(page, found.match.units), SEVERAL_UNITS
        sees_all = finder.is_complete(fresh=True)
        notice = wording.page_notice_for_no_unit(page, found.units, sees_all=sees_all)
        return notice, NO_UNIT if sees_all else UNSEEN_UNIT

    def _unit(self, unit_id: str) -> Unit:
        """The unit with its name, or without if the list of units lacks it; the room may not see it."""
        unit = self._server.units().with_id(unit_id) or self._server.units(fresh=True).with_id(unit_id)
        return unit or Unit(unit_id, "")
