import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitors_bot.domain.answers import grammar
from monitors_bot.domain.answers.conversation import Choice, Outcome
from monitors_bot.domain.answers.grammar import AboutUnit
from monitors_bot.domain.answers.meaning import settle
from monitors_bot.domain.answers.wording import Wording
from monitors_bot.domain.units.finding import Units
from monitors_bot.domain.units.reasons import reason
from monitors_bot.domain.units.roster import Monitor, Presence, Roster, Unit
from monitors_bot.errors import PermissionMissing, RocketChatLimited, RocketChatTooSlow
from tests.unit import hostile

READ_AT = 1_795_341_600.0
BILLING = Unit("bil1", "Billing EU", 2)


def units(*names):
    return Units((Unit(f"id{place:04}", name) for place, name in enumerate(names)), READ_AT)


def people(number):
    return tuple(Monitor(f"m{place}", f"user{place:04}", presence=Presence.ONLINE) for place in range(number))


@pytest.fixture
def wording():
    return Wording("/monitors", "chat.example.com")


def roster_reply(wording, monitors, query="Billing EU", *, everyone=False, shared=False, known=None):
    known = known or Units([BILLING], READ_AT)
    roster = Roster(BILLING, monitors, READ_AT)
    return wording.roster(roster, known.find(query), known, everyone=everyone, shared=shared)


def test_a_roster_shows_what_is_known_of_each_monitor(wording):
    ana = Monitor("a", "ana", "Ana Díaz", Presence.ONLINE, "in a call", -3.0)
    raj = Monitor("r", "raj", "Raj Patel", Presence.AWAY)

    reply = roster_reply(wording, (ana, raj))

    assert reply.title == "Billing EU: 1 of 2 monitors online"
    assert reply.table is not None
    assert reply.table.columns == ("Monitor", "Username", "Presence", "Status", "Local time")
    assert reply.table.rows == (
        ("Ana Díaz", "ana", "🟢 online", "in a call", "07:00 (UTC-03:00)"),
        ("Raj Patel", "raj", "🟡 away", "", ""),
    )
    assert reply.source == "From chat.example.com, 10:00:00 UTC"
    assert reply.details == ()
    assert reply.hidden.count == 0


def test_every_presence_is_a_word_beside_its_sign(wording):
    reply = roster_reply(wording, tuple(Monitor(p, p, presence=p) for p in Presence))

    assert [row[2] for row in reply.table.rows] == [
        "🟢 online", "🔴 busy", "🟡 away", "❔ unknown", "⚫ offline",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("monitor", "cells"),
    [
        (Monitor("a", "ana"), ("ana", "")),
        (Monitor("a", "ana", "\u200b"), ("ana", "")),
        (Monitor("a", ""), ("a", "")),
        (Monitor("a", "", "Ana"), ("Ana", "a")),
    ],
)
def test_a_monitor_without_a_name_goes_by_username_and_then_by_id(wording, monitor, cells):
    assert roster_reply(wording, (monitor,)).table.rows[0][:2] == cells


def test_ten_people_are_shown_and_the_command_for_all_is_given(wording):
    reply = roster_reply(wording, people(12))

    assert len(reply.table.rows) == 10
    assert (reply.hidden.count, reply.hidden.noun) == (2, "monitor")
    assert reply.hidden.more == Choice("all of them", "/monitors Billing EU all", ("Billing EU all",))


def test_exactly_ten_people_hide_nobody(wording):
    reply = roster_reply(wording, people(10))

    assert (len(reply.table.rows), reply.hidden.count, reply.hidden.more) == (10, 0, None)


def test_everybody_is_shown_when_asked_for(wording):
    reply = roster_reply(wording, people(2000), everyone=True)

    assert (len(reply.table.rows), reply.hidden.count) == (2000, 0)


@pytest.mark.parametrize(
    ("query", "details"),
    [
        ("Billing EU", ()),
        ("bil1", ()),
        ("bill", ("This is Billing EU: its name starts with what you typed.",)),
        ("eu", ("This is Billing EU: words of its name start with what you typed.",)),
        ("lling", ("This is Billing EU: its name contains what you typed.",)),
        ("billing-eu", ("This is Billing EU: its name has the letters and digits that you typed.",)),
    ],
)
def test_a_part_of_a_name_says_which_unit_is_shown(wording, query, details):
    assert roster_reply(wording, people(1), query).details == details


def test_a_shared_roster_is_shared(wording):
    assert roster_reply(wording, people(1), shared=True).shared
    assert not roster_reply(wording, people(1)).shared


def test_the_last_known_roster_says_why_and_how_old_it_is(wording):
    reply = roster_reply(wording, people(12), "bill", shared=True)
    why = RocketChatTooSlow("x")

    last_known = wording.last_known(reply, why, 125, is_promised=False)

    assert last_known.outcome is Outcome.LAST_KNOWN
    assert last_known.title == reply.title
    assert last_known.details == (
        f"{reason(why)} These were the monitors 2 minutes ago; who is there now is unknown.",
        "This is Billing EU: its name starts with what you typed.",
    )
    assert last_known.source == "Last known, 2 minutes old. From chat.example.com, 10:00:00 UTC"
    assert (last_known.table, last_known.hidden, last_known.shared) == (reply.table, reply.hidden, True)


def test_a_unit_nobody_monitors_says_so_and_what_to_do(wording):
    reply = wording.empty_unit(Unit("n", "Night", 0), units("Night").find("Night"), READ_AT, shared=False)

    assert reply.title == "Nobody monitors Night."
    assert reply.details == ("Somebody who manages Omnichannel can add monitors to the unit.",)


def test_a_unit_nobody_monitors_explains_a_count_that_says_otherwise(wording):
    reply = wording.empty_unit(Unit("n", "Night", 3), units("Night").find("nig"), READ_AT, shared=True)

    assert reply.details[:2] == (
        "This is Night: its name starts with what you typed.",
        "The list of units still counts 3, which is out of date.",
    )
    assert reply.shared


def test_no_such_unit_offers_close_ones_to_paste(wording):
    known = units("Billing", "Billing EU", "Sales")

    reply = wording.no_unit(AboutUnit("Biling"), known, certain=True)

    assert reply.title == "There is no unit “Biling”."
    assert reply.details == ("Did you mean one of these?",)
    assert [choice.command for choice in reply.choices] == [
        "/monitors Billing",
        "/monitors Billing EU",
        "/monitors list",
    ]
    assert reply.choices[0].label == "Billing"


def test_no_such_unit_and_none_like_it_offers_the_list(wording):
    reply = wording.no_unit(AboutUnit("zzz"), units("Billing"), certain=True)

    assert reply.details == ()
    assert [choice.command for choice in reply.choices] == ["/monitors list"]


@pytest.mark.parametrize(
    ("known", "seen"),
    [
        (units(), "I can see no units at all."),
        (units("a"), "I can see 1 unit."),
        (units("a", "b"), "I can see 2 units."),
    ],
)
def test_a_doubtful_list_says_what_the_account_may_lack(wording, known, seen):
    reply = wording.no_unit(AboutUnit("zzz"), known, certain=False)

    assert reply.title == "I see no unit “zzz”."
    assert reply.details[0].startswith(seen)
    assert "manage-livechat-units" in reply.details[0]
    assert "livechat-monitor" in reply.details[0]


def test_several_units_are_listed_with_name_id_and_command(wording):
    known = units("Sales", "Sales", "Sales EU")

    reply = wording.several(AboutUnit("sales"), known.find("sales"), known)

    assert reply.title == "2 units match “sales”. Which one?"
    assert reply.choices == (
        Choice("Sales (id id0000)", "/monitors id0000", ("id0000", "id0000")),
        Choice("Sales (id id0001)", "/monitors id0001", ("id0001", "id0001")),
    )


def test_25_of_many_matching_units_are_listed_and_the_rest_counted(wording):
    known = units(*(f"Desk {number:02}" for number in range(30)))

    reply = wording.several(AboutUnit("desk"), known.find("desk"), known)

    assert (len(reply.choices), reply.hidden.count, reply.hidden.noun) == (25, 5, "unit")
    assert reply.hidden.more is None
    assert reply.details == ("Type more of the name to see fewer.",)


@pytest.mark.parametrize("query", ["desk `x`", "d" * 90, "d" * 200, "\u202edesk", "desk @all", ""])
def test_no_command_is_offered_for_the_rest_of_many_units_because_none_shows_them(wording, query):
    known = units(*(f"{query} {number:02}" if query else "" for number in range(30)))

    reply = wording.several(AboutUnit(query), known.find(query), known)

    assert (reply.hidden.count, reply.hidden.more) == (5, None)
    assert reply.details == ("Type more of the name to see fewer.",)


def test_exactly_25_matching_units_are_all_shown(wording):
    known = units(*(f"Desk {number:02}" for number in range(25)))

    reply = wording.several(AboutUnit("desk"), known.find("desk"), known)

    assert (len(reply.choices), reply.hidden.count, reply.details) == (25, 0, ())


def test_the_list_names_units_and_how_many_monitor_them(wording):
    known = Units(
        [Unit("1", "Billing", 3), Unit("2", "Night", 0), Unit("3", "Sales", 1), Unit("4", "x")], READ_AT
    )

    reply = wording.units(tuple(known), "", known, certain=True)

    assert reply.title == "4 units"
    assert reply.table.rows == (
        ("Billing", "3 monitors"),
        ("Night", "0 monitors"),
        ("Sales", "1 monitor"),
        ("x", ""),
    )
    assert reply.choices == (Choice("Who monitors one", "/monitors Billing", ("Billing",)),)
    assert reply.source == "From chat.example.com, 10:00:00 UTC"


def test_25_of_many_units_are_listed_and_the_rest_counted(wording):
    known = units(*(f"Desk {number:04}" for number in range(5000)))

    reply = wording.units(tuple(known), "", known, certain=True)

    assert reply.title == "5000 units"
    assert (len(reply.table.rows), reply.hidden.count) == (25, 4975)
    assert reply.hidden.more is None
    assert reply.details == ("Type a part of the name after list to see fewer.",)


@pytest.mark.parametrize(
    ("text", "matching", "title"),
    [
        ("eu", 1, "1 unit with “eu” in the name"),
        ("zz", 0, "No units with “zz” in the name"),
        ("", 0, "No units"),
        ("\u202ex\n", 0, "No units with “x” in the name"),
    ],
)
def test_a_filtered_list_names_its_filter(wording, text, matching, title):
    known = units("Billing EU")

    assert wording.units(tuple(known)[:matching], text, known, certain=True).title == title


def test_a_list_that_may_be_short_says_so(wording):
    assert "permission" in wording.units((), "", units(), certain=False).details[0]


def test_help_gives_examples_that_work_here(wording):
    known = units("Billing EU", "help", *(f"Desk {number}" for number in range(5)))

    reply = wording.help(known, None)

    assert reply.details == (
        "Type the name of a unit after /monitors, or a part of it, or @ and somebody's username.",
        "Units: Billing EU, Desk 0, Desk 1, Desk 2, Desk 3 and 2 more.",
    )
    assert [choice.command for choice in reply.choices] == [
        "/monitors Billing EU",
        "/monitors Billing EU share",
        "/monitors Billing EU all",
        "/monitors Billing EU history",
        "/monitors Billing EU at yesterday 14:00",
        "/monitors me",
        "/monitors list",
    ]
    assert reply.source == "From chat.example.com, 10:00:00 UTC"


def test_help_without_units_offers_none(wording):
    reply = wording.help(units(), None)

    assert reply.details == (
        "Type the name of a unit after /monitors, or a part of it, or @ and somebody's username.",
    )
    assert [choice.command for choice in reply.choices] == ["/monitors me", "/monitors list"]
    assert reply.source == ""


@pytest.mark.parametrize(
    ("trouble", "words"),
    [
        (PermissionMissing("manage-livechat-units"), "lacks the permission manage-livechat-units."),
        (RocketChatLimited(3), "asks the bot to slow down."),
    ],
)
def test_help_says_why_it_names_no_units(wording, trouble, words):
    reply = wording.help(units(), trouble)

    assert reply.outcome is Outcome.HELP
    assert reply.details[1].startswith("I can't read the units now: ")
    assert reply.details[1].endswith(words)


def test_help_that_names_the_last_known_units_says_when_they_were_read_and_why(wording):
    reply = wording.help(units("Sales"), RocketChatTooSlow("x"))

    assert reply.details[1:] == (
        "Units: Sales.",
        f"I can't read the units now: {reason(RocketChatTooSlow('x'))}",
    )
    assert reply.choices[0].command == "/monitors Sales"
    assert reply.source == "From chat.example.com, 10:00:00 UTC"


@pytest.mark.parametrize(
    ("seconds", "source"),
    [
        (29, "From chat.example.com, 10:00:00 UTC"),
        (30, "From chat.example.com, 10:00:00 UTC; names from 09:59:30 UTC"),
    ],
)
def test_a_list_of_units_older_than_the_roster_says_so(wording, seconds, source):
    known = Units([BILLING], READ_AT - seconds)

    assert roster_reply(wording, people(1), known=known).source == source


@pytest.mark.parametrize(
    ("presence", "what"),
    [(Presence.UNKNOWN, "Presence"), (Presence.ONLINE, "Status texts and local times")],
)
def test_a_part_that_could_not_be_read_is_named(wording, presence, what):
    monitors = (Monitor("a", "ana", presence=presence), Monitor("r", "raj"))
    roster = Roster(BILLING, monitors, READ_AT, RocketChatTooSlow("x"))
    known = Units([BILLING], READ_AT)

    reply = wording.roster(roster, known.find("bil1"), known, everyone=False, shared=False)

    assert reply.details == (f"{what} could not be read: {reason(RocketChatTooSlow('x'))}",)


def test_an_escaped_mention_is_answered_with_what_to_type(wording):
    reply = wording.escaped_mention()

    assert reply.outcome is Outcome.MENTION
    assert "without @" in reply.details[0]


@given(
    known=st.lists(st.builds(Unit, hostile.ids, hostile.names), min_size=1, max_size=6),
    query=hostile.names,
)
def test_every_command_that_is_offered_means_a_unit_a_person_or_a_list(known, query):
    wording, listed = Wording("/monitors", "chat.example.com"), Units(known, READ_AT)
    match = listed.find(query)

    replies = [wording.help(listed, None), wording.no_unit(AboutUnit(query), listed, certain=True)]
    replies += [wording.several(AboutUnit(query), match, listed)] if match.units else []

    for choice in (choice for reply in replies for choice in reply.choices):
        asked = settle(grammar.read(choice.command.removeprefix("/monitors")), listed)
        if isinstance(asked, grammar.AboutUnit):
            assert len(listed.find(asked.query).units) == 1
        else:
            assert isinstance(asked, grammar.ListUnits | grammar.AboutPerson)
