"""Who is there: what the server tells, and what it does not."""

import pytest

from tests.scenarios.conftest import Ask


def test_people_are_in_order_of_how_easily_they_are_reached(ask: Ask, rocketchat):
    for name, status in (
        ("Zoe", "online"),
        ("Bob", "busy"),
        ("Amy", "online"),
        ("Cid", "away"),
        ("Dan", "offline"),
    ):
        rocketchat.add_user(name.lower(), name=name, status=status)
    rocketchat.add_unit("Mixed", monitors=["zoe", "bob", "amy", "cid", "dan"])

    lines = str(ask("Mixed")).splitlines()[1:6]

    assert [line.split(" · ")[0] for line in lines] == ["Amy", "Zoe", "Bob", "Cid", "Dan"]


def test_presence_that_is_switched_off_is_unknown_and_not_offline(ask: Ask, rocketchat):
    rocketchat.settings.presence_broadcast_disabled = True

    answer = ask("Billing EU")

    assert answer.title == "Billing EU: 3 monitors, presence unknown"
    assert str(answer).count("unknown") == 4
    assert "offline" not in answer


def test_one_unknown_is_counted_beside_those_online(ask: Ask, rocketchat):
    rocketchat.add_user("old", name="Old Hand", status="online")
    rocketchat.add_unit("Old", monitors=["ana", "old"])
    rocketchat.remove_user("old", keep_links=True)

    answer = ask("Old")

    assert answer.title == "Old: 1 of 2 monitors online, 1 unknown"
    assert "old · ❔ unknown" in answer


def test_people_offline_do_not_vanish(ask: Ask, company):
    company.set_presence("ana", "offline")
    company.set_presence("raj", "offline")

    answer = ask("Billing EU")

    assert answer.title == "Billing EU: 0 of 3 monitors online"
    assert str(answer).count("⚫ offline") == 3


def test_a_renamed_person_has_their_new_name(ask: Ask, company):
    company.rename_user("raj", "raj.patel")

    answer = ask("Billing EU")

    assert "Raj Patel · raj.patel" in answer


def test_presence_that_cannot_be_read_leaves_the_names(ask: Ask, company):
    ask("Sales")
    company.fail("users.presence", "status", code=500)

    answer = ask("Billing EU")

    assert answer.title == "Billing EU: 3 monitors, presence unknown"
    assert "Presence could not be read: Rocket.Chat can't be reached right now." in answer
    assert "Ana Díaz" in answer


def test_presence_that_cannot_be_read_right_after_the_names_leaves_their_status(ask: Ask, company):
    company.fail("users.presence", "status", code=500)

    answer = ask("Billing EU")

    assert answer.title == "Billing EU: 1 of 3 monitors online"
    assert "Status texts and local times could not be read: Rocket.Chat can't be reached right now." in answer
    assert "Presence could not be read" not in answer


def test_presence_that_comes_too_late_leaves_the_names(ask: Ask, bot, company):
    bot.environ["REPLY_DEADLINE_MS"] = "1000"
    bot.start_cold()
    company.fail("users.presence", "never")

    answer = ask("Billing EU")

    assert answer.title == "Billing EU: 3 monitors, presence unknown"
    assert "Rocket.Chat did not answer in time. These were the monitors " in answer
    assert "Ana Díaz" in answer


def test_two_thousand_monitors_still_make_an_answer(ask: Ask, rocketchat, platform):
    people = [f"person{number:04}" for number in range(2000)]
    for number, person in enumerate(people):
        rocketchat.add_user(person, status="online" if number % 2 else "offline")
    rocketchat.add_unit("Everybody", monitors=people)

    answer, everybody = ask("Everybody", platform), ask("Everybody all", platform)

    assert answer.title == "Everybody: 1000 of 2000 monitors online"
    assert "and 1990 more monitors" in answer
    shown = sum("person" in line for line in str(everybody).splitlines())
    assert shown > 10
    assert shown == 2000 or f"and {2000 - shown} more monitors" in everybody


def test_five_thousand_units_still_make_an_answer(ask: Ask, rocketchat):
    for number in range(5000):
        rocketchat.add_unit(f"Unit {number:04}")

    assert ask("Unit 4321").title == "Nobody monitors Unit 4321."
    assert ask("list").title == "5002 units"
    assert ask("unit").title == "5000 units match “unit”. Which one?"


@pytest.mark.parametrize("infinite", [True, False])
def test_lists_are_read_whole_whatever_the_server_caps(ask: Ask, rocketchat, infinite):
    rocketchat.settings.allow_infinite_count = infinite
    for number in range(260):
        rocketchat.add_unit(f"Unit {number:03}")

    assert ask("list").title == "262 units"
    assert ask("Unit 259").title == "Nobody monitors Unit 259."
