import pytest

from monitors_bot.domain.answers.conversation import Outcome
from monitors_bot.domain.answers.grammar import AboutUnit
from monitors_bot.domain.answers.times_wording import (
    KINDS,
    STILL_TO_COME,
    TWO_READINGS,
    unreadable_time,
)
from monitors_bot.domain.answers.wording import UNITS_SHOWN, Wording
from monitors_bot.domain.units.finding import Match, Units
from monitors_bot.domain.units.roster import Unit

SALES = Unit("salesSales0000001", "Sales")


def reply_to(about, *meant):
    wording = Wording("/monitors", "chat.example.com")
    return unreadable_time(wording, about, Match(meant), Units(meant))


@pytest.mark.parametrize(
    ("typed", "reasons"),
    [
        ("99:99", []),
        ("05/06/2026", [TWO_READINGS]),
        ("tomorrow", [STILL_TO_COME]),
        ("Tomorrow 9am", [STILL_TO_COME]),
    ],
)
def test_the_time_is_shown_as_typed_with_the_reason_and_those_that_can_be_read(typed, reasons):
    reply = reply_to(AboutUnit("Sales", unreadable=typed), SALES)

    assert reply.outcome == Outcome.UNREADABLE_TIME
    assert reply.title == f"I can't read the time “{typed}”."
    assert list(reply.details) == [*reasons, f"{KINDS} Times are in UTC."]


@pytest.mark.parametrize(
    ("about", "offered"),
    [
        (AboutUnit("Sales", unreadable="99:99"), "Sales at yesterday 14:00"),
        (AboutUnit("Sales", history=True, unreadable="99:99"), "Sales history since yesterday 14:00"),
    ],
)
def test_the_same_question_is_offered_with_a_time_that_can_be_read(about, offered):
    [choice] = reply_to(about, SALES).choices

    assert choice.command == f"/monitors {offered}"


def test_only_a_few_of_many_units_are_offered():
    many = [Unit(f"unit{number}", f"Unit {number}") for number in range(UNITS_SHOWN + 5)]

    assert len(reply_to(AboutUnit("Unit", unreadable="99:99"), *many).choices) == UNITS_SHOWN
