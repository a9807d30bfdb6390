"""`make picture`: draw the README's picture of a conversation, with the bot's own words and rendering."""

import io
from pathlib import Path

from rich.console import Console
from rich.text import Text

from monitors_bot.domain.answers.conversation import Command, Reply
from monitors_bot.domain.answers.grammar import AboutUnit
from monitors_bot.domain.answers.wording import Wording
from monitors_bot.domain.units.finding import Units
from monitors_bot.domain.units.roster import Monitor, Presence, Roster, Unit, in_order
from monitors_bot.platforms import slack
from tests.demo import drawing

FILE = Path(__file__).parent.parent / "docs" / "reply.svg"
WIDTH = 50
"""So few columns that a phone, which shrinks the picture to its width, still shows letters of 11 pixels."""
MORNING = 1_795_341_600.0  # 2026-11-22 10:00:00 UTC
BILLING = Unit("bilLingEu00000001", "Billing EU", 5)
MONITORS = (
    Monitor("1", "ana", "Ana Díaz", Presence.ONLINE, "in until 18:00"),
    Monitor("2", "zoe", "Zoë Adler", Presence.ONLINE, "", 1),
    Monitor("3", "mei", "Mei Tan", Presence.BUSY, "on a call"),
    Monitor("4", "raj", "Raj Patel", Presence.AWAY, "", 5.5),
    Monitor("5", "tom", "Tom Bell", Presence.OFFLINE),
)
UNITS = Units(
    [BILLING, Unit("bilLingUs00000001", "Billing US", 1), Unit("sAlesSales0000001", "Sales", 2)], MORNING
)


def picture() -> str:
    """Draw two commands and their answers as SVG; always the same for the same words."""
    wording = Wording("/monitors", "chat.example.com")
    roster = Roster(BILLING, in_order(MONITORS), MORNING)
    found = UNITS.find("billing eu")
    console = Console(
        record=True, width=WIDTH, file=io.StringIO(), force_terminal=True, color_system="truecolor"
    )
    _draw(console, "billing eu", wording.roster(roster, found, UNITS, everyone=False, shared=False))
    console.print()
    _draw(console, "biling", wording.no_unit(AboutUnit("biling"), UNITS, certain=True))
    return console.export_svg(title="Slack, #support", unique_id="reply")


def _draw(console: Console, typed: str, reply: Reply) -> None:
    message = slack.render_reply(reply, Command("/monitors", typed, team_id="T0001"))
    console.print(Text.assemble(("kim  ", "bold #c9a0dc"), f"/monitors {typed}"))
    console.print(Text.assemble(("monitors-bot  ", "bold #8ab4e8"), ("only kim reads this", "bright_black")))
    console.print(drawing.Quoted(drawing.drawn_slack(message)))


if __name__ == "__main__":
    FILE.write_text(picture(), encoding="utf-8")
