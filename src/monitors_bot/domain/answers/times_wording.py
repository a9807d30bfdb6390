"""What a person reads when a time that they typed can't be read."""

from monitors_bot.domain.answers.conversation import Outcome, Reply
from monitors_bot.domain.answers.grammar import AboutUnit
from monitors_bot.domain.answers.meaning import text_for
from monitors_bot.domain.answers.moments import WORKS, has_two_readings
from monitors_bot.domain.answers.wording import UNITS_SHOWN, Wording
from monitors_bot.domain.units.finding import Match, Units
from monitors_bot.domain.units.phrases import plain, unit_name, zone

STILL_TO_COME = "It is still to come."
KINDS = "Type 2026-05-12, 2026-05-12 14:00, yesterday 14:00, mon 14:00, 14:00 or 9:30 pm."
TWO_READINGS = "It can be read in two ways: put the year first."


def unreadable_time(wording: Wording, about: AboutUnit, match: Match, units: Units, why: str = "") -> Reply:
    """Say that a time can't be read, and show some that can."""
    typed = about.unreadable or about.at or about.since
    if has_two_readings(typed):
        why = TWO_READINGS
    if typed.casefold().startswith("tomorrow"):
        why = STILL_TO_COME
    key_words = "history since" if about.history else "at"
    shown = match.units[:UNITS_SHOWN]
    return Reply(
        outcome=Outcome.UNREADABLE_TIME,
        title=f"I can't read the time “{plain(typed)}”.",
        details=(*((why,) if why else ()), f"{KINDS} Times are in {zone(wording.utc_offset)}."),
        choices=tuple(
            wording.choice(unit_name(unit), text_for(unit, units, f"{key_words} {WORKS}")) for unit in shown
        ),
    )
