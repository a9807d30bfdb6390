"""What a person types, and what they read: the rows of the contract's first section.

Door: lambdas/chat.py, wired in wiring/answers.py, wiring/account.py and wiring/platforms.py.
"""

import re
from urllib.parse import urlencode

import pytest

from tests.scenarios.conftest import Answer, Ask


@pytest.mark.parametrize("text", ["", "help", "HELP", "  help  "])
def test_nothing_or_help_is_short_help_with_real_examples_and_the_first_units(ask: Ask, platform, text):
    answer = ask(text, platform)

    word = getattr(platform, "word", "/monitors")
    assert answer.title == "Ask who monitors a unit, and who of them is there now."
    assert "Units: Billing EU, Sales." in answer
    assert f"`{word} Billing EU`" in answer
    assert f"`{word} list`" in answer


def test_help_still_helps_when_the_units_cannot_be_read(ask: Ask, rocketchat):
    rocketchat.fail("livechat/units", "status", code=503)

    answer = ask("help")

    assert "Ask who monitors a unit" in answer
    assert "I can't read the units now: Rocket.Chat can't be reached right now." in answer
    assert "`/monitors list`" in answer
    assert "Billing" not in answer


def test_help_names_the_units_last_known_when_they_cannot_be_read(ask: Ask, rocketchat, clock):
    ask("help")
    clock.advance(121)
    rocketchat.fail("livechat/units", "status", code=503)

    answer = ask("help")

    assert "Units: Billing EU, Sales." in answer
    assert "I can't read the units now: Rocket.Chat can't be reached right now." in answer
    assert "`/monitors Billing EU`" in answer


def test_help_on_a_server_without_units_makes_none_up(ask: Ask, rocketchat, platform):
    rocketchat.remove_unit("bilLingEu00000001")
    rocketchat.remove_unit("salesSales0000001")

    answer = ask("help", platform)

    word = getattr(platform, "word", "/monitors")
    assert f"Type the name of a unit after {word}, or a part of it, or @ and somebody's username." in answer
    assert f"`{word} list`" in answer
    assert "Billing" not in answer


def test_list_shows_the_units_with_their_number_of_monitors(ask: Ask, platform):
    answer = ask("list", platform)

    assert answer.title == "2 units"
    assert re.search(r"Billing EU [·|] 3 monitors", str(answer))
    assert re.search(r"Sales [·|] 1 monitor", str(answer))


def test_list_with_a_text_shows_only_the_units_that_contain_it(ask: Ask):
    answer = ask("list SAL")

    assert answer.title == "1 unit with “SAL” in the name"
    assert "Sales · 1 monitor" in answer
    assert "Billing" not in answer


def test_list_shows_at_most_25_units_and_how_many_more_there_are(ask: Ask, rocketchat, platform):
    for number in range(40):
        rocketchat.add_unit(f"Night shift {number:02}")

    answer = ask("list", platform)

    assert answer.title == "42 units"
    assert "Night shift 22" in answer
    assert "Night shift 24" not in answer
    assert "and 17 more units" in answer
    assert "and 17 more units (" not in answer
    assert "Type a part of the name after list to see fewer." in answer


def test_a_unit_is_its_roster_with_name_username_presence_status_and_local_time(ask: Ask, company, clock):
    answer = ask("Billing EU")

    assert answer.title == "Billing EU: 1 of 3 monitors online"
    ana, raj, kim = str(answer).splitlines()[1:4]
    assert ana.startswith("Ana Díaz · ana · 🟢 online · in a call · ")
    assert ana.endswith("(UTC-03:00)")
    assert raj.startswith("Raj Patel · raj · 🟡 away · ")
    assert raj.endswith("(UTC+05:30)")
    assert kim == "Kim Lee · kim · ⚫ offline"


def test_the_last_line_says_where_and_when_the_data_is_from(ask: Ask, company, platform):
    answer = ask("Sales", platform)

    host = company.url.removeprefix("http://")
    assert answer.last_line.strip("_*").startswith(f"From {host}, ")
    assert answer.last_line.strip("_*").endswith(" UTC")


def test_the_last_line_says_how_old_the_names_are_when_they_are_older_than_the_rest(ask: Ask, clock):
    clock.stop_at(1_795_341_600.0)
    ask("Sales")
    clock.advance(29)

    assert ask("Sales").last_line.endswith(", 10:00:29 UTC")

    clock.advance(6)

    assert ask("Sales").last_line.endswith(", 10:00:35 UTC; names from 10:00:00 UTC")


def test_share_shows_the_same_to_the_whole_channel_where_the_platform_can_tell(ask: Ask, slack, mattermost):
    for client in (slack, mattermost):
        private, shared = ask("Sales", client), ask("Sales share", client)

        assert not private.is_shared
        assert shared.is_shared
        assert shared.title == private.title


def test_bad_news_is_never_shared(ask: Ask, mattermost):
    assert not ask("Nowhere share", mattermost).is_shared


def test_at_most_ten_people_and_the_command_that_shows_everybody(ask: Ask, rocketchat, platform):
    people = [f"person{number:02}" for number in range(14)]
    for person in people:
        rocketchat.add_user(person, status="online")
    rocketchat.add_unit("Crowd", monitors=people)

    answer = ask("Crowd", platform)

    word = getattr(platform, "word", "/monitors")
    assert answer.title == "Crowd: 14 of 14 monitors online"
    assert "person09" in answer
    assert "person10" not in answer
    assert f"and 4 more monitors (all of them: `{word} Crowd all`)" in answer


def test_all_shows_everybody(ask: Ask, rocketchat, platform):
    people = [f"person{number:02}" for number in range(14)]
    for person in people:
        rocketchat.add_user(person, status="online")
    rocketchat.add_unit("Crowd", monitors=people)

    answer = ask("Crowd all", platform)

    assert all(person in answer for person in people)
    assert "more monitors" not in answer


def test_an_escaped_mention_of_slack_gets_a_sentence_that_says_what_to_type(bot, company, slack):
    body = urlencode({**slack.fields, "text": "<@U024BE7LH|ana>"}).encode()

    answer = bot.send(slack.signed(body, bot.clock()))

    assert Answer(answer).title == "I can't tell who or what is meant by a mention."


def test_slacks_escaping_is_undone_before_the_text_is_read(ask: Ask, rocketchat):
    rocketchat.add_unit("R&D <lab>", monitors=["ana"])

    answer = ask("R&D <lab>")

    assert answer.title == "R&D <lab>: 1 of 1 monitor online"


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("bilLingEu00000001", "Billing EU"),
        ("BILLING   eu", "Billing EU"),
        ("Ｓａｌｅｓ", "Sales"),
        ('"Sales"', "Sales"),
        ("«sales» share", "Sales"),
    ],
)
def test_an_exact_id_or_name_is_the_unit_however_it_is_written(ask: Ask, typed, shown):
    answer = ask(typed)

    assert answer.title.startswith(f"{shown}: ")
    assert "what you typed" not in answer


@pytest.mark.parametrize(("typed", "how"), [("bill", "starts with"), ("lling", "contains")])
def test_a_part_of_the_name_is_enough_and_the_answer_says_which_unit_it_shows(ask: Ask, typed, how):
    answer = ask(typed)

    assert answer.title.startswith("Billing EU: ")
    assert f"This is Billing EU: its name {how} what you typed." in answer


def test_several_units_are_listed_with_name_id_and_the_command_to_type(ask: Ask, rocketchat, platform):
    rocketchat.add_unit("Billing US", id="billingUs00000001")
    rocketchat.add_unit("Billing US", id="billingUs00000002")

    answer = ask("billing", platform)

    word = getattr(platform, "word", "/monitors")
    assert answer.title == "3 units match “billing”. Which one?"
    assert f"Billing EU (id bilLingEu00000001): `{word} Billing EU`" in answer
    assert f"Billing US (id billingUs00000001): `{word} billingUs00000001`" in answer
    assert f"Billing US (id billingUs00000002): `{word} billingUs00000002`" in answer


def test_several_are_at_most_25(ask: Ask, rocketchat, platform):
    for number in range(30):
        rocketchat.add_unit(f"Night {number:02}", id=f"night{number:012}")

    answer = ask("night", platform)

    assert answer.title == "30 units match “night”. Which one?"
    assert "night000000000024" in answer
    assert "night000000000025" not in answer
    assert "and 5 more units" in answer
    assert "and 5 more units (" not in answer
    assert "Type more of the name to see fewer." in answer


def test_a_miss_names_close_units_with_commands_that_work_when_pasted(ask: Ask, platform):
    answer = ask("biling ue", platform)

    word = getattr(platform, "word", "/monitors")
    assert answer.title == "There is no unit “biling ue”."
    assert f"Billing EU: `{word} Billing EU`" in answer


def test_a_unit_made_after_the_names_were_read_is_found(ask: Ask, rocketchat):
    ask("Sales")
    rocketchat.add_unit("Brand new", monitors=["raj"])

    answer = ask("Brand new")

    assert answer.title == "Brand new: 0 of 1 monitor online"


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("billing", "Billing: 0 of 1 monitor online"),
        ("bill", "2 units match “bill”. Which one?"),
        ("ng e", "Billing EU: 1 of 3 monitors online"),
    ],
)
def test_a_part_of_a_name_is_never_decided_from_an_old_list(ask: Ask, rocketchat, text, title):
    ask("help")
    rocketchat.add_unit("Billing", monitors=["kim"])

    assert ask(text).title == title


def test_an_exact_name_becomes_ambiguous_within_two_minutes(ask: Ask, rocketchat, clock):
    ask("help")
    rocketchat.add_unit("Sales", monitors=["kim"])
    clock.advance(121)

    assert ask("Sales").title == "2 units match “Sales”. Which one?"


def test_a_list_that_would_be_empty_is_read_again(ask: Ask, rocketchat):
    ask("help")
    rocketchat.add_unit("Nachtschicht", monitors=["ana"])

    assert ask("list nacht").title == "1 unit with “nacht” in the name"


@pytest.mark.parametrize("people", [1, 2, 80])
def test_a_text_that_names_people_and_channels_is_read_in_mattermost_too(
    ask: Ask, rocketchat, mattermost, people
):
    named = " ".join(f"@p{number}" for number in range(people))
    rocketchat.add_unit(f"Ask {named} in ~support ~sales", monitors=["ana"], id="askPeople00000001")

    answer = ask(f"ask {named} in ~support ~sales", mattermost)

    assert answer.title.endswith(": 1 of 1 monitor online")


def test_a_unit_that_is_called_like_a_person_shows_names_of_now(ask: Ask, rocketchat, clock):
    rocketchat.add_unit("@ops", monitors=["ana"])
    ask("@ops")
    rocketchat.user("ana").name = "Ana Pérez"
    clock.advance(121)

    assert "Ana Pérez" in ask("@ops")


def test_a_name_that_is_a_key_word_needs_quotes(ask: Ask, rocketchat):
    rocketchat.add_unit("list", monitors=["kim"])

    assert ask("list").title == "3 units"
    assert ask('"list"').title == "list: 0 of 1 monitor online"


def test_a_unit_whose_name_ends_in_a_key_word_is_found_by_its_whole_name(ask: Ask, rocketchat):
    rocketchat.add_unit("Sales all", monitors=["kim"])

    assert ask("sales all").title == "Sales all: 0 of 1 monitor online"
    assert ask('"sales" all').title == "Sales: 1 of 1 monitor online"
