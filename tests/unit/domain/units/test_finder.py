"""The traps in what the server answers: an old list, an empty roster, and a list that is too short.

Covers the protocol in domain/units/server.py as well.
"""

import pytest

from monitors_bot.domain.units.access import Asker, Sight
from monitors_bot.domain.units.finder import Finder, is_gone
from monitors_bot.domain.units.finding import Step
from monitors_bot.domain.units.roster import Monitor, Roster, Unit
from monitors_bot.errors import PermissionMissing, RocketChatUnavailable
from tests.fakes import hidden_unit
from tests.fakes.hidden_unit import HIDDEN
from tests.fakes.in_memory import READ_AT, SEES_EVERYTHING, InMemoryServer

BILLING = Unit("bil1", "Billing EU")
NEW_BILLING = Unit("bil2", "Billing EU")
NIGHT = Unit("nig1", "Night")
ANA, RAJ = Monitor("a", "ana"), Monitor("r", "raj")
SEES_ALL_BUT_ONE = Sight(Asker("slack", "U1"), hidden_unit.may_see)


@pytest.fixture
def server():
    server = InMemoryServer()
    server.add(BILLING, ANA)
    server.add(NIGHT)
    return server


@pytest.fixture
def finder(server):
    return Finder(server, SEES_EVERYTHING)


def called(name):
    return lambda units: units.find(name)


# A list that is remembered


def test_a_whole_name_is_looked_up_in_the_remembered_list_alone(server, finder):
    server.troubles["fresh units"] = RocketChatUnavailable("x")

    found = finder.find(called("billing eu"))

    assert found.match.units == (BILLING,)
    assert found.match.step is Step.NAME


def test_a_unit_that_the_remembered_list_lacks_is_looked_for_in_a_fresh_one(server, finder):
    server.remembered = [BILLING]

    found = finder.find(called("night"))

    assert found.match.units == (NIGHT,)
    assert found.units.with_id(NIGHT.id)


def test_the_same_holds_where_only_whole_names_count(server, finder):
    server.remembered = [BILLING]

    assert finder.find(lambda units: units.exactly("night")).match.units == (NIGHT,)


def test_a_part_of_a_name_is_looked_up_in_a_fresh_list_too(server, finder):
    server.remembered = [NIGHT]
    server.add(Unit("nig2", "Nightly"))

    assert len(finder.find(called("nig")).match.units) == 2


def test_a_unit_that_no_list_has_is_not_found(finder):
    assert not finder.find(called("sales")).match.units


def test_nothing_is_found_when_the_fresh_list_cannot_be_read(server, finder):
    server.troubles["fresh units"] = RocketChatUnavailable("x")

    with pytest.raises(RocketChatUnavailable):
        finder.find(called("sales"))


def test_the_units_last_read_are_given_without_asking_the_server(server, finder):
    server.troubles["units"] = RocketChatUnavailable("x")

    assert finder.last_units() is None

    server.remembered = [BILLING]

    assert list(finder.last_units()) == [BILLING]


# A roster that is empty


def test_a_roster_with_monitors_is_believed_at_once(server, finder):
    server.troubles["fresh units"] = RocketChatUnavailable("x")

    assert finder.roster(called("billing eu")).roster.monitors == (ANA,)


def test_an_empty_roster_is_believed_once_a_fresh_list_has_the_unit(server, finder):
    server.remembered = [BILLING, NIGHT]

    found = finder.roster(called("night"))

    assert found.roster == Roster(NIGHT, (), READ_AT)
    assert found.match.units == (NIGHT,)


def test_an_empty_roster_is_not_believed_when_the_list_cannot_be_read_again(server, finder):
    server.troubles["fresh units"] = RocketChatUnavailable("x")

    with pytest.raises(RocketChatUnavailable):
        finder.roster(called("night"))


def test_a_unit_that_is_gone_has_no_roster(server, finder):
    gone = Unit("sal1", "Sales")
    server.remembered = [BILLING, NIGHT, gone]

    found = finder.roster(called("sales"))

    assert found.roster is None
    assert found.match.units == ()
    assert found.units.with_id(gone.id) is None


def test_a_unit_that_was_renamed_is_called_by_its_new_name(server, finder):
    server.remembered = [BILLING, Unit(NIGHT.id, "Late shift")]

    found = finder.roster(called("late shift"))

    assert found.roster.unit == NIGHT
    assert found.match.step is Step.ID


def test_a_unit_that_was_made_anew_under_its_name_is_read_under_its_new_id(server, finder):
    server.remembered = [Unit("old", "Billing EU"), NIGHT]

    found = finder.roster(called("billing eu"))

    assert found.match.units == (BILLING,)
    assert found.roster.unit == BILLING
    assert found.roster.monitors == (ANA,)


def test_a_unit_that_is_one_of_several_by_now_has_no_roster(server, finder):
    server.add(Unit("nig2", "Night"))
    server.remembered = [BILLING, NIGHT]

    found = finder.roster(called("night"))

    assert found.roster is None
    assert len(found.match.units) == 2


def test_no_roster_is_read_where_several_units_match(server, finder):
    server.add(NEW_BILLING, RAJ)
    server.troubles["roster"] = RocketChatUnavailable("x")

    found = finder.roster(called("billing eu"))

    assert found.roster is None
    assert found.match.units == (BILLING, NEW_BILLING)


# A list that is too short


@pytest.mark.parametrize(("sees_all", "is_complete"), [(True, True), (False, False), (None, False)])
def test_a_list_is_complete_only_if_the_account_certainly_sees_every_unit(
    server, finder, sees_all, is_complete
):
    server.sees_all = sees_all

    assert finder.is_complete() is is_complete


def test_where_a_complete_list_is_required_a_missing_permission_is_named(server, finder):
    server.sees_all = False

    with pytest.raises(PermissionMissing, match="manage-livechat-units"):
        finder.require_complete()


@pytest.mark.parametrize(("sees_all", "is_complete"), [(True, True), (None, False)])
def test_where_nobody_knows_whether_the_permission_is_there_it_is_not_called_missing(
    server, finder, sees_all, is_complete
):
    server.sees_all = sees_all

    assert finder.require_complete() is is_complete


# Units that the asker may not see


def test_a_hidden_unit_is_in_no_list_and_is_not_found(server):
    server.add(HIDDEN, RAJ)
    server.remembered = [BILLING, NIGHT, HIDDEN]
    finder = Finder(server, SEES_ALL_BUT_ONE)

    assert HIDDEN not in finder.units()
    assert HIDDEN not in finder.units(fresh=True)
    assert HIDDEN not in (finder.last_units() or ())
    assert not finder.find(called(HIDDEN.name)).match.units
    assert finder.roster(called(HIDDEN.id)).roster is None


def test_a_unit_is_not_one_of_several_because_of_a_hidden_one(server):
    server.add(Unit(HIDDEN.id, NIGHT.name))

    found = Finder(server, SEES_ALL_BUT_ONE).roster(called("night"))

    assert found.match.units == (NIGHT,)
    assert found.roster is not None


# A unit among many


def test_a_unit_is_gone_if_it_has_no_monitors_and_is_not_listed(server):
    assert is_gone(Roster(Unit("sal1", "Sales"), (), READ_AT), server)
    assert not is_gone(Roster(NIGHT, (), READ_AT), server)


def test_a_unit_with_monitors_is_there_without_asking(server):
    server.troubles["lists"] = RocketChatUnavailable("x")

    assert not is_gone(Roster(BILLING, (ANA,), READ_AT), server)
