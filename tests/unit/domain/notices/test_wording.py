import pytest

from monitors_bot.domain.notices import wording
from monitors_bot.domain.notices.messages import Event, Mention, Notice, Page
from monitors_bot.domain.notices.window import Batch
from monitors_bot.domain.units.finding import Units
from monitors_bot.domain.units.roster import Monitor, Presence, Roster, Unit, in_order
from tests.fakes.in_memory import READ_AT

BILLING = Unit("bil1", "Billing EU")
ANA = Monitor("a", "ana", "Ana", Presence.ONLINE)
KIM = Monitor("k", "kim", "", Presence.BUSY)
RAJ = Monitor("r", "raj", "Raj", Presence.OFFLINE)
LEE = Monitor("l", "lee", "Lee", Presence.UNKNOWN)


def a_page(unit="Billing EU", mention=Mention.ONLINE, is_cut=False):
    return Page("p1", unit, "Disk full\non db-7", "#leads", mention, is_cut)


def roster_of(*monitors):
    return Roster(BILLING, in_order(monitors), READ_AT)


def test_a_page_mentions_those_who_are_online_names_the_others_and_ends_with_the_message():
    notice = wording.page_notice(a_page(is_cut=True), roster_of(ANA, KIM, RAJ))

    assert notice.title == "Billing EU: 1 of 3 monitors online"
    assert (notice.introduction, notice.people) == ("reachable", (ANA,))
    assert len(notice.details) == 1
    assert notice.details[0].endswith("kim (busy), Raj (offline)")
    assert (notice.message, notice.is_cut) == ("Disk full\non db-7", True)


@pytest.mark.parametrize(
    ("monitors", "introduction"),
    [
        ((KIM, RAJ), "nobody is online, so all monitors"),
        ((LEE, RAJ), "nobody is known to be online, so all monitors"),
        ((LEE,), "presence is unknown, so all monitors"),
    ],
)
def test_a_page_mentions_everybody_if_nobody_is_online_and_says_why(monitors, introduction):
    notice = wording.page_notice(a_page(), roster_of(*monitors))

    assert (notice.introduction, notice.people) == (introduction, in_order(monitors))
    assert notice.details == ()


def test_a_page_may_mention_everybody():
    notice = wording.page_notice(a_page(mention=Mention.ALL), roster_of(ANA, RAJ))

    assert (notice.introduction, notice.people) == ("all monitors", (ANA, RAJ))


def test_a_page_may_mention_nobody_and_names_all():
    notice = wording.page_notice(a_page(mention=Mention.NONE), roster_of(ANA, RAJ))

    assert (notice.introduction, notice.people) == ("", ())
    assert notice.details[0].endswith("Ana (online), Raj (offline)")


def test_a_page_names_some_of_many_others_and_counts_the_rest():
    crowd = [Monitor(str(number), f"user{number:02}", presence=Presence.AWAY) for number in range(13)]

    (detail,) = wording.page_notice(a_page(mention=Mention.NONE), roster_of(*crowd)).details

    assert "user09 (away)" in detail
    assert "user10" not in detail
    assert detail.endswith("and 3 more monitors")


def test_a_page_for_a_unit_without_monitors_is_posted_all_the_same():
    notice = wording.page_notice(a_page(), roster_of())

    assert notice == Notice("Nobody monitors Billing EU", message="Disk full\non db-7")


def test_a_page_without_a_roster_says_why_nobody_is_mentioned():
    notice = wording.page_notice_without_roster(a_page(), "Rocket.Chat did not answer in time.")

    assert notice.title == "Billing EU"
    assert notice.details == ("Nobody is mentioned: Rocket.Chat did not answer in time.",)
    assert notice.message == "Disk full\non db-7"


def test_a_page_for_an_unknown_unit_names_the_close_ones():
    notice = wording.page_notice_for_no_unit(a_page("Biling EU"), Units([BILLING]), sees_all=True)

    assert notice.title == "There is no unit “Biling EU”"
    assert notice.details == ("Did you mean Billing EU (id bil1)?",)
    assert notice.message == "Disk full\non db-7"


def test_a_page_for_an_unknown_unit_says_where_the_account_may_not_see_all_units():
    notice = wording.page_notice_for_no_unit(a_page("Legal"), Units([BILLING]), sees_all=False)

    assert notice.title == "I see no unit “Legal”"
    assert notice.details == ("The bot's account may not see all units.",)


def test_a_page_for_several_units_lists_some_with_their_ids_and_counts_the_rest():
    units = tuple(Unit(f"id{number}", "Billing EU") for number in range(7))

    notice = wording.page_notice_for_several_units(a_page(), units)

    assert notice.title == "7 units are called “Billing EU”"
    assert notice.people == ()
    assert notice.details[0].startswith("Nobody is mentioned: ")
    assert notice.details[0].endswith("Billing EU (id id4), 2 more")


# Events


@pytest.mark.parametrize(
    ("type_", "number", "is_further", "said"),
    [
        ("LivechatSessionQueued", 1, False, "1 customer waiting in Sales"),
        ("LivechatSessionQueued", 2, True, "2 more customers waiting in Sales"),
        ("LivechatSessionTaken", 1, True, "1 more conversation taken in Sales"),
        ("LivechatSession", 3, False, "3 conversations closed in Sales"),
        ("LivechatNews", 1, False, "1 LivechatNews event in Sales"),
    ],
)
def test_events_are_counted_in_words(type_, number, is_further, said):
    happening = wording.what_happened(Event("e1", type_, "d1"), "Sales", 0.0)

    notice = wording.events_notice(roster_of(ANA, RAJ), Batch("b", {happening.what: number}, is_further))

    assert notice.title == f"Billing EU: {said}"
    assert (notice.introduction, notice.people) == ("reachable", (ANA,))


def test_a_department_without_a_name_is_called_by_its_id():
    happening = wording.what_happened(Event("e1", "LivechatSession", "d1"), "", 0.0)

    assert happening.what == "LivechatSession d1"


def test_some_of_many_kinds_of_events_are_named_and_the_others_counted():
    counts = {f"LivechatSession d{number}": 2 for number in range(13)}

    title = wording.events_notice(roster_of(ANA), Batch("b", counts, is_further=False)).title

    assert "in d9, 6 further customers" in title
    assert "d10" not in title


def test_events_on_a_unit_without_monitors_say_so():
    notice = wording.events_notice(roster_of(), Batch("b", {"LivechatSession Sales": 1}, is_further=False))

    assert notice.details == ("Nobody monitors this unit.",)
