"""Any reply of the bot, about units and people of any name."""

from hypothesis import strategies as st

from monitors_bot.domain.answers.bad_news import bad_news, crashed
from monitors_bot.domain.answers.conversation import Choice, Command, Hidden, Outcome, Reply, Table
from monitors_bot.domain.answers.grammar import AboutPerson, AboutUnit
from monitors_bot.domain.answers.history_wording import HistoryWording
from monitors_bot.domain.answers.moments import Moment
from monitors_bot.domain.answers.people_wording import PeopleWording
from monitors_bot.domain.answers.times_wording import unreadable_time
from monitors_bot.domain.answers.wording import Wording
from monitors_bot.domain.units.finding import Match, Units
from monitors_bot.domain.units.records import NextRoster, NotKnown, PastRoster, Record, RosterChange
from monitors_bot.domain.units.roster import Monitor, Presence, Roster, Unit
from monitors_bot.errors import PermissionMissing, RocketChatTooSlow
from tests.unit import hostile

READ_AT = 1_795_341_600.0
HOST = "chat.example.com"

words = st.sampled_from(["/monitors", "!monitors", "@monitors", "*", "Nobody", "."]) | hostile.texts.filter(
    lambda word: word.strip() == word != "" and word[0] not in "\u200b\ufeff"
)
"""Command words; no admin can set one that begins with white space."""

monitors = st.builds(
    Monitor,
    hostile.ids,
    hostile.names,
    hostile.names,
    st.sampled_from(Presence),
    hostile.texts,
    st.none() | st.floats(-14, 14),
)
some_units = st.lists(
    st.builds(Unit, hostile.ids, hostile.names, st.none() | st.integers(0, 9)), min_size=1, max_size=12
)


@st.composite
def replies(draw: st.DrawFn, command: Command) -> Reply:
    """Draw any kind of reply to `command`."""
    wording = Wording(command.word, HOST)
    units = Units(draw(some_units), READ_AT)
    query = draw(hostile.names)
    match = units.find(query) if units.find(query).units else units.find(next(iter(units)).id)
    unit = match.units[0]
    about = draw(st.sampled_from(["now", "the past", "people"]))
    if about == "the past":
        return draw(st.sampled_from(draw(past_replies(wording, match, units))))
    if about == "people":
        return draw(st.sampled_from(draw(people_replies(wording, units))))
    everyone, shared = draw(st.booleans()), draw(st.booleans())
    roster = Roster(unit, tuple(draw(st.lists(monitors, min_size=1, max_size=12))), READ_AT)
    known = wording.roster(roster, match, units, everyone=everyone, shared=shared)
    return draw(
        st.sampled_from(
            [
                known,
                wording.last_known(known, RocketChatTooSlow("x"), 60, is_promised=shared),
                wording.still_looking(),
                wording.empty_unit(unit, match, READ_AT, shared=shared),
                wording.no_unit(
                    AboutUnit(query), units, draw(st.lists(monitors, max_size=3)), certain=shared
                ),
                wording.several(AboutUnit(query, shared), match, units),
                wording.units(tuple(units), query, units, certain=shared),
                wording.help(units, None),
                wording.help(Units(()), PermissionMissing("manage-livechat-units")),
                wording.escaped_mention(),
                bad_news(RocketChatTooSlow("x")),
                crashed(),
            ]
        )
    )


@st.composite
def past_replies(draw: st.DrawFn, wording: Wording, match: Match, units: Units) -> list[Reply]:
    """Draw replies about the past of the one unit that matches."""
    about = AboutUnit(match.units[0].name, draw(st.booleans()), draw(st.booleans()), at="2026-11-22 09:00")
    words = HistoryWording(wording, about, Match(match.units[:1], match.step), units)
    first, then = (tuple(draw(st.lists(monitors, min_size=1, max_size=12))) for _ in range(2))
    changes = [RosterChange(1, READ_AT - 7200, None, first, ())]
    changes += [
        RosterChange(number, READ_AT - 60 * (15 - number), READ_AT - 7200, then, first)
        for number in range(2, draw(st.integers(2, 14)))
    ]
    record = Record(match.units[0], then, 2, READ_AT - 60, READ_AT)
    was = PastRoster(first, READ_AT - 7200, READ_AT - 3600, NextRoster(then, READ_AT - 60))
    return [
        words.not_recorded(),
        words.history(record, changes),
        words.history(record, changes, READ_AT - 900),
        words.still_to_come(),
        words.not_known(NotKnown(READ_AT), Moment(READ_AT)),
        words.at(was, Moment(READ_AT - 3600, is_end=True), set()),
        words.at(was, Moment(READ_AT - 1800), set()),
        unreadable_time(wording, AboutUnit("", unreadable=draw(hostile.texts)), match, units),
    ]


@st.composite
def people_replies(draw: st.DrawFn, wording: Wording, units: Units) -> list[Reply]:
    """Draw what is said of somebody and their units."""
    about = AboutPerson(draw(st.none() | hostile.names), draw(st.booleans()), draw(st.booleans()))
    words = PeopleWording(wording, READ_AT, about)
    somebody = draw(monitors)
    records = [Record(unit, (somebody,), 1, READ_AT, READ_AT - draw(st.integers(0, 9**6))) for unit in units]
    known = words.person(somebody, records, list(units), draw(st.none() | st.just(RocketChatTooSlow("x"))))
    close = draw(st.lists(monitors, max_size=3))
    return [
        known,
        words.last_known(known, RocketChatTooSlow("x"), is_promised=True),
        words.nobody(somebody.username, close, records, list(units)),
        words.several(somebody.name, close, records),
        words.no_name(),
        words.nothing_recorded(draw(st.none() | st.just(READ_AT))),
    ]


@st.composite
def commands_and_replies(draw: st.DrawFn) -> tuple[Command, Reply]:
    command = Command(draw(words), draw(hostile.texts), team_id=draw(st.sampled_from(["", "T0001"])))
    return command, draw(replies(command))


@st.composite
def helps(draw: st.DrawFn) -> Reply:
    """Draw a help reply whose examples name a unit."""
    return Wording("/monitors", HOST).help(Units(draw(some_units), READ_AT), None)


def roster_of(number: int, *, everyone: bool = True, name: str = "user") -> Reply:
    """A reply with the roster of a unit with `number` monitors."""
    units = Units([Unit("u", "Billing EU")], READ_AT)
    people = tuple(Monitor(f"m{n}", f"{name}{n}", f"{name} {n}", Presence.ONLINE) for n in range(number))
    roster = Roster(next(iter(units)), people, READ_AT)
    return Wording("/monitors", HOST).roster(roster, units.find("u"), units, everyone=everyone, shared=False)


def list_of(number: int, *, name: str = "Desk") -> Reply:
    """A reply with a list of `number` units."""
    units = Units((Unit(f"u{n}", f"{name} {n:04}", 3) for n in range(number)), READ_AT)
    return Wording("/monitors", HOST).units(tuple(units), "", units, certain=True)


def choice_among(number: int, *, name: str = "Desk") -> Reply:
    """A reply that lists `number` units of the same name."""
    units = Units((Unit(f"unitwithanid{n:05}", name) for n in range(number)), READ_AT)
    return Wording("/monitors", HOST).several(AboutUnit(name), units.find(name), units)


PLAIN = Reply(
    Outcome.ROSTER,
    "Billing EU: 1 of 2 monitors online",
    ("This is Billing EU: its name starts with what you typed.",),
    Table(
        ("Monitor", "Username", "Presence", "Status", "Local time"),
        (("Ana Díaz", "ana", "🟢 online", "", "07:00 (UTC-03:00)"), ("raj", "", "🟡 away", "", "")),
    ),
    Hidden(3, "monitor", Choice("all of them", "/monitors Billing EU all")),
    (Choice("All units", "/monitors list"),),
    "From chat.example.com, 10:00:00 UTC",
)
