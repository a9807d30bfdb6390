"""Which notice a page or a batch of events becomes, in which room, and what keeps it from being posted.

Covers domain/notices/messages.py as well.
"""

import pytest

from monitors_bot import errors
from monitors_bot.domain.notices.messages import Page
from monitors_bot.domain.notices.notifier import Notifier
from monitors_bot.domain.notices.window import Batch
from monitors_bot.domain.units.access import everybody_sees_everything
from monitors_bot.domain.units.roster import Monitor, Presence, Unit
from tests.fakes import hidden_unit
from tests.fakes.hidden_unit import HIDDEN
from tests.fakes.in_memory import InMemoryServer

BILLING, NIGHT = Unit("bil1", "Billing EU"), Unit("nig1", "Night")
ANA = Monitor("a", "ana", "Ana", Presence.ONLINE)
BATCH = Batch("b1", {"LivechatSessionQueued Sales": 2}, is_further=False)


@pytest.fixture
def server():
    server = InMemoryServer()
    server.add(BILLING, ANA)
    server.add(NIGHT)
    return server


@pytest.fixture
def posted():
    """Every notice that was posted: the id of its message, that of the room, and the notice."""
    return []


@pytest.fixture
def notifier(server, posted):
    def notifier(may_see=everybody_sees_everything):
        return Notifier(
            server,
            lambda channel: f"room of {channel}",
            lambda *post: posted.append(post) or bool(post[2].people),
            may_see,
        )

    return notifier


def a_page(unit):
    return Page("p1", unit, "Disk full", "#leads")


def test_a_page_is_posted_in_its_channel_and_mentions_the_monitors(notifier, posted):
    why = notifier().post_page(a_page("Billing EU"))

    ((message_id, room_id, notice),) = posted
    assert (message_id, room_id) == ("p1", "room of #leads")
    assert (notice.people, notice.message) == ((ANA,), "Disk full")
    assert why == ""


@pytest.mark.parametrize(
    ("unit", "title"),
    [
        ("bil1", "Billing EU: 1 of 1 monitor online"),
        ("Night", "Nobody monitors Night"),
        ("Bil", "There is no unit “Bil”"),
    ],
)
def test_a_page_is_for_a_whole_name_or_an_id(notifier, posted, unit, title):
    notifier().post_page(a_page(unit))

    assert posted[0][2].title == title


def test_a_page_for_one_of_several_units_mentions_nobody(server, notifier, posted):
    server.add(Unit("nig2", "Night"), ANA)

    notifier().post_page(a_page("Night"))

    assert posted[0][2].title == "2 units are called “Night”"
    assert posted[0][2].people == ()


def test_where_the_account_may_not_see_all_units_a_page_does_not_say_that_there_is_none(
    server, notifier, posted
):
    server.sees_all = None

    notifier().post_page(a_page("Sales"))

    assert posted[0][2].title == "I see no unit “Sales”"


def test_a_page_is_posted_without_mentions_when_a_person_has_to_mend_the_server(server, notifier, posted):
    server.troubles["units"] = error = errors.UnitsNotAvailable("x")

    assert notifier().post_page(a_page("Billing EU")) == f"{type(error).__name__}: {error}"
    assert posted[0][2].people == ()
    assert posted[0][2].message == "Disk full"
    assert posted[0][2].details[0].startswith("Nobody is mentioned: ")


@pytest.mark.parametrize("error", [errors.RocketChatUnavailable("x"), errors.CredentialsRefused("x")])
def test_a_page_is_not_posted_while_the_trouble_may_pass(server, notifier, posted, error):
    server.troubles["roster"] = error

    with pytest.raises(type(error)):
        notifier().post_page(a_page("Billing EU"))

    assert posted == []


def test_a_page_for_a_unit_that_the_room_may_not_see_is_for_no_unit(server, notifier, posted):
    server.add(HIDDEN, ANA)

    notifier(hidden_unit.may_see).post_page(a_page(HIDDEN.name))

    assert posted[0][2].title == f"There is no unit “{HIDDEN.name}”"
    assert posted[0][2].people == ()


def test_events_are_posted_under_the_id_of_their_batch(notifier, posted):
    notifier().post_events(BILLING.id, BATCH, "#leads")

    ((message_id, room_id, notice),) = posted
    assert (message_id, room_id) == ("b1", "room of #leads")
    assert notice.title == "Billing EU: 2 customers waiting in Sales"
    assert notice.people == (ANA,)


def test_events_on_a_unit_newer_than_the_remembered_list_have_its_name(server, notifier, posted):
    server.remembered = [NIGHT]

    notifier().post_events(BILLING.id, BATCH, "#leads")

    assert posted[0][2].title.startswith("Billing EU: ")


def test_events_on_a_unit_that_is_not_listed_are_posted_all_the_same(notifier, posted):
    notifier().post_events("gone1", BATCH, "#leads")

    assert "2 customers waiting in Sales" in posted[0][2].title


def test_events_on_a_unit_that_the_room_may_not_see_are_not_posted(server, notifier, posted):
    server.add(HIDDEN, ANA)

    with pytest.raises(errors.DeliveryImpossible):
        notifier(hidden_unit.may_see).post_events(HIDDEN.id, BATCH, "#leads")

    assert posted == []


def test_events_wait_while_the_roster_cannot_be_read(server, notifier, posted):
    server.troubles["roster"] = errors.PermissionMissing("manage-livechat-monitors")

    with pytest.raises(errors.PermissionMissing):
        notifier().post_events(BILLING.id, BATCH, "#leads")

    assert posted == []
