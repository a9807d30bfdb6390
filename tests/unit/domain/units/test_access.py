from monitors_bot.domain.units.access import Asker, Sight, everybody_sees_everything
from monitors_bot.domain.units.finding import Units
from monitors_bot.domain.units.records import Record
from monitors_bot.domain.units.roster import Unit
from tests.fakes import hidden_unit
from tests.fakes.hidden_unit import HIDDEN
from tests.fakes.in_memory import READ_AT

BILLING = Unit("bil1", "Billing EU")
ANA = Asker("slack", "U1")
UNITS = Units([BILLING, HIDDEN], READ_AT)


def test_the_rule_is_asked_about_the_asker_and_the_unit():
    asked = []

    def may_see(asker, unit):
        asked.append((asker, unit))
        return False

    assert not Sight(ANA, may_see).sees(BILLING)
    assert asked == [(ANA, BILLING)]


def test_a_list_of_units_holds_those_that_the_asker_may_see_and_is_as_old_as_before():
    units = Sight(ANA, hidden_unit.may_see).units(UNITS)

    assert list(units) == [BILLING]
    assert units.read_at == READ_AT


def test_a_hidden_unit_is_not_found_by_its_name_nor_by_its_id():
    units = Sight(ANA, hidden_unit.may_see).units(UNITS)

    assert not units.find(HIDDEN.name).units
    assert not units.with_id(HIDDEN.id)
    assert not units.close_to(HIDDEN.name)


def test_records_of_hidden_units_are_left_out():
    records = [Record(unit, (), 1, READ_AT, READ_AT) for unit in (HIDDEN, BILLING)]

    assert Sight(ANA, hidden_unit.may_see).records(records) == records[1:]


def test_where_everybody_sees_everything_no_list_is_built_again():
    assert Sight(ANA, everybody_sees_everything).units(UNITS) is UNITS


def test_a_room_of_the_server_is_an_asker_without_a_platform_or_a_person():
    assert Asker.in_room("r1") == Asker("", "", "r1")
