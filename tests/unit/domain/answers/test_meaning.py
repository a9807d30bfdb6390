import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitors_bot.domain.answers import grammar
from monitors_bot.domain.answers.meaning import settle, text_for
from monitors_bot.domain.units.finding import Units
from monitors_bot.domain.units.roster import Unit
from tests.unit import hostile

units_of_any_name = st.lists(
    st.builds(Unit, hostile.ids, hostile.names), min_size=1, max_size=8, unique_by=lambda unit: unit.id
)


def units(*names):
    return Units(Unit(f"id{place}", name) for place, name in enumerate(names))


@given(known=units_of_any_name, options=st.sampled_from(["", "share", "all", "share all"]))
def test_the_text_for_a_unit_means_exactly_that_unit_and_those_options(known, options):
    listed = Units(known)

    for unit in known:
        asked = settle(grammar.read(text_for(unit, listed, options)), listed)

        assert isinstance(asked, grammar.AboutUnit)
        assert listed.find(asked.query).units == (unit,)
        assert (asked.share, asked.everyone) == ("share" in options, "all" in options)
        assert not asked.history
        assert not asked.at


@given(known=units_of_any_name, options=st.sampled_from(["", "share", "all"]))
def test_the_text_for_a_unit_is_short_and_free_of_what_a_platform_might_change(known, options):
    listed = Units(known)

    for unit in known:
        text = text_for(unit, listed, options)

        assert text.isprintable()
        assert not set("`@<>|\\\u2424") & set(text)
        assert len(text) <= 110


@pytest.mark.parametrize(
    ("name", "options", "text"),
    [
        ("Billing EU", "", "Billing EU"),
        ("Billing EU", "share", "Billing EU share"),
        ("Billing  EU", "all", "Billing EU all"),
        ("Show all", "", "Show all"),
        ("Show all", "share", "Show all share"),
        ("help", "", '"help"'),
        ('Say "hi"', "", 'Say "hi"'),
        ("list EU", "share", "list EU share"),
        ("@all", "", "id0"),
        ("a|b", "share", "id0 share"),
        ("", "all", "id0 all"),
        ("x" * 101, "", "id0"),
    ],
)
def test_the_text_for_a_unit_is_its_name_where_that_is_enough(name, options, text):
    known = units(name, "Sales")

    assert text_for(next(unit for unit in known if unit.name == name), known, options) == text


def test_units_that_share_a_name_are_asked_for_by_id():
    known = units("Sales", "Sales")

    assert [text_for(unit, known) for unit in known] == ["id0", "id1"]


def test_a_unit_whose_name_is_anothers_id_is_asked_for_by_its_own():
    known = Units([Unit("abc", "First"), Unit("xyz", "abc")])

    assert [text_for(unit, known) for unit in known] == ["xyz", "First"]
