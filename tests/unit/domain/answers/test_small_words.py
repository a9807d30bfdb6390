"""The words around a name are left out only where they have to be, and as few as possible."""

import time

import pytest

from monitors_bot.domain.answers import grammar
from monitors_bot.domain.answers.grammar import AboutUnit, Help
from monitors_bot.domain.answers.meaning import close_to, understand
from monitors_bot.domain.units.finding import Step, Units
from monitors_bot.domain.units.roster import Unit

MOST_SECONDS = 1.0
"""Far more than any text takes, on a machine that has much else to do."""


@pytest.fixture(scope="module")
def thousands():
    return Units(Unit(f"id{place:05}", f"Desk {place} sale é a") for place in range(5000))


def units(*names):
    return Units(Unit(f"id{place}", name) for place, name in enumerate(names))


def found(text, *names):
    return [unit.name for unit in understand(grammar.read(text), units(*names)).match.units]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("who is on call eu", ["On call EU"]),  # the name's own words stay
        ("who is on call", ["On call EU"]),
        ("who is on the team", ["The team"]),
        ("is the eu desk on", ["EU desk"]),
        ("who is on sal", ["Sales"]),
        ("who is on s", ["Sales"]),
        ("who is on ales", []),  # no part of a word
        ('who is on "EU desk"?', ["EU desk"]),
        ("who is on EU", ["On call EU"]),  # the same
        ("who is in EU", ["EU desk"]),
    ],
)
def test_as_few_words_as_possible_are_left_out(text, names):
    assert found(text, "On call EU", "EU desk", "The team", "Sales") == names


def test_a_word_that_fits_something_is_not_left_out():
    match = understand(grammar.read("the sales"), units("Sales", "Thessaloniki Sales")).match

    assert [unit.name for unit in match.units] == ["Thessaloniki Sales"]
    assert match.step is Step.WORDS


def test_of_texts_that_leave_out_equally_many_words_none_is_preferred():
    assert found("is sales on", "Is Sales", "Sales On", "Sales") == ["Is Sales", "Sales On"]


def test_where_all_words_are_small_and_no_name_it_is_help():
    assert understand(grammar.read("who is on call now please"), units("Sales")).ask == Help()


@pytest.mark.parametrize("text", ['"list please"', '"me now"', '"who"', "«help bitte»"])
def test_what_is_in_quotation_marks_is_never_a_key_word(text):
    assert isinstance(understand(grammar.read(text), units("Sales")).ask, AboutUnit)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "\u0300" * 10_000,
            "at " * 3000,
            "at " * 60,
            "who is on the " * 8,
            "a " * 60,
            "' a" * 40,
            '"' * 1999,
        ),
        *("👩🏽‍💻" * 500, "🏴󠁧󠁢󠁥󠁮󠁧󠁿" * 200, "sales at " * 20, "all share " * 190, "sales history since " * 10),
        *("x" * 256 * 1024, "é " * 1000, "list " + "please " * 200, "@" * 1900),
    ],
)
def test_any_text_is_looked_up_in_bounded_time_among_thousands_of_units(thousands, text):
    began = time.process_time()

    understand(grammar.read(text), thousands)
    close_to(text, thousands)

    assert time.process_time() - began < MOST_SECONDS
