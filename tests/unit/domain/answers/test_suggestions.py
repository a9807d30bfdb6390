"""What a half-typed text may become."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitors_bot.domain.answers.knowledge import Knowledge
from monitors_bot.domain.answers.suggestions import MOST, suggest
from monitors_bot.domain.units.roster import Monitor, Unit
from tests.fakes.in_memory import READ_AT, SEES_EVERYTHING, InMemoryRecords, InMemoryServer
from tests.unit import hostile


def knowledge(*units, people=()):
    server = InMemoryServer()
    for unit in units:
        server.add(unit, *people)
    return Knowledge(server, InMemoryRecords(), SEES_EVERYTHING, lambda: READ_AT, READ_AT)


def texts(typed, *names, people=()):
    units = [Unit(f"unit{number:013}", name, 2) for number, name in enumerate(names)]
    return [one.command for one in suggest(typed, knowledge(*units, people=people))]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("", ["Billing EU", "Billing US", "Sales"]),
        ("  ", ["Billing EU", "Billing US", "Sales"]),
        ("bil", ["Billing EU", "Billing US"]),
        ("us", ["Billing US"]),
        ("al", ["Sales"]),
        ("sales", ["Sales", "Sales share", "Sales all", "Sales history"]),
        ("nobody", []),
    ],
)
def test_names_are_suggested_by_what_was_typed_of_them(typed, expected):
    assert texts(typed, "Billing EU", "Billing US", "Sales") == expected


def test_a_name_that_is_a_key_word_is_offered_as_it_is_understood():
    assert texts("", "share") == ["share"]


def test_people_are_suggested_where_they_are_known():
    ana, raj = Monitor("a", "ana", "Ana Díaz"), Monitor("r", "raj", "Raj Patel")

    assert texts("@", "Sales", people=(ana, raj)) == ["@ana", "@raj"]
    assert texts("@díaz", "Sales", people=(ana, raj)) == ["@ana"]
    assert texts("@x", "Sales", people=(ana, raj)) == []


@given(typed=hostile.texts, names=st.lists(hostile.texts, max_size=20))
def test_whatever_is_typed_at_most_ten_are_suggested_and_each_has_a_title(typed, names):
    units = [Unit(f"unit{number:013}", name) for number, name in enumerate(names)]

    found = suggest(typed, knowledge(*units))

    assert len(found) <= MOST
    assert all(one.label and one.command for one in found)
