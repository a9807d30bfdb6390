"""A system pages the monitors of a unit.

Door: lambdas/webhook.py, wired in wiring/webhooks.py.
"""

import json

import pytest

DAY = 86_400


def test_a_page_is_taken_at_once_and_posted_by_the_worker(notified):
    answer = notified.page()
    before = notified.posted
    notified.work()

    assert (answer.status, answer.body, before) == (202, "", [])
    assert notified.posted[0].splitlines() == [
        "Billing EU: 1 of 3 monitors online; reachable: @ana",
        "Also on the unit: Raj Patel (away), Kim Lee (offline)",
        "> The database is down.",
    ]


def test_those_who_are_online_are_mentioned_and_nobody_else(notified):
    notified.page()
    notified.work()

    assert notified.mentioned() == ["ana"]


def test_all_are_mentioned_if_nobody_is_online_and_it_says_so(notified):
    notified.page(unit="Sales")
    notified.work()

    assert notified.mentioned() == ["raj", "kim"]
    assert "nobody is online, so all monitors: @raj @kim" in notified.posted[0]


def test_all_are_mentioned_if_nobody_can_tell_who_is_online_and_it_says_so(notified):
    notified.server.settings.presence_broadcast_disabled = True

    notified.page()
    notified.work()

    assert sorted(notified.mentioned()) == ["ana", "kim", "raj"]
    assert "presence is unknown, so all monitors: " in notified.posted[0]


@pytest.mark.parametrize(
    ("mention", "people"), [("online", ["ana"]), ("all", ["ana", "raj", "kim"]), ("none", [])]
)
def test_whom_to_mention_can_be_asked_for(notified, mention, people):
    notified.page(mention=mention)
    notified.work()

    assert notified.mentioned() == people


@pytest.mark.parametrize("unit", ["billing  eu", "bilLingEu00000001", "ＢＩＬＬＩＮＧ EU"])
def test_a_unit_goes_by_its_name_or_its_id(notified, unit):
    notified.page(unit=unit)
    notified.work()

    assert notified.mentioned() == ["ana"]


@pytest.mark.parametrize("unit", ["Bil", "Billing EV"])
def test_a_unit_is_never_guessed_and_the_closest_are_named(notified, unit):
    answer = notified.page(unit=unit)
    notified.work()

    assert answer.status == 202
    assert notified.posted[0].splitlines()[0] == f"There is no unit “{unit}”"
    assert notified.posted[0].splitlines()[-1] == "> The database is down."
    assert notified.mentioned() == []


def test_a_mistyped_unit_is_answered_with_the_closest(notified):
    notified.page(unit="Biling EU")
    notified.work()

    assert "Did you mean Billing EU (id bilLingEu00000001)?" in notified.posted[0]


def test_where_the_account_may_not_see_all_units_it_says_so(notified):
    notified.server.permissions.discard("manage-livechat-units")

    notified.page()
    notified.work()

    assert notified.posted[0].splitlines()[:2] == [
        "I see no unit “Billing EU”",
        "The bot's account may not see all units.",
    ]


def test_units_of_the_same_name_are_told_with_their_ids_and_nobody_is_mentioned(notified):
    notified.server.add_unit("sales", monitors=["ana"], id="salesSales0000002")

    notified.page(unit="Sales")
    notified.work()

    assert notified.posted[0].splitlines()[:2] == [
        "2 units are called “Sales”",
        (
            "Nobody is mentioned: give the id of the one that is meant. "
            "Sales (id salesSales0000001), sales (id salesSales0000002)"
        ),
    ]
    assert notified.mentioned() == []


def test_a_unit_without_monitors_is_told_and_nobody_is_mentioned(notified):
    notified.page(unit="Night")
    notified.work()

    assert notified.posted == ["Nobody monitors Night\n> The database is down."]


def test_a_unit_that_was_deleted_a_moment_ago_is_none(notified):
    notified.page()
    notified.work()
    notified.server.remove_unit("bilLingEu00000001")
    notified.pass_time(10)

    notified.page()
    notified.work()

    assert notified.posted[-1].startswith("There is no unit “Billing EU”")


@pytest.mark.parametrize("unit", ["Night", "nightNight0000001"])
def test_a_unit_without_monitors_that_was_renamed_a_moment_ago_is_still_there(notified, unit):
    notified.page()
    notified.work()
    notified.server.rename_unit("nightNight0000001", "Late shift")
    notified.pass_time(10)

    notified.page(unit=unit)
    notified.work()

    assert notified.posted[-1].startswith("Nobody monitors Late shift")


def test_a_new_unit_is_found_at_once(notified):
    notified.page()
    notified.work()
    notified.server.add_unit("Logistics", monitors=["ana"])
    notified.pass_time(1)

    notified.page(unit="Logistics")
    notified.work()

    assert notified.mentioned() == ["ana"]


def test_the_channel_can_be_named(notified):
    notified.page(channel="#ops")
    notified.work()

    assert len(notified.server.messages("ops")) == 1
    assert notified.posted == []


def test_without_a_channel_anywhere_it_is_refused(notified):
    notified.environ["NOTIFY_CHANNEL"] = ""
    notified.start_cold()

    refused = notified.page()
    taken = notified.page(channel="#ops")

    assert refused.status == 400
    assert refused.json == {"error": "there is no channel, and no usual one either"}
    assert taken.status == 202


def test_a_repeated_id_does_nothing_and_is_taken(notified):
    first = notified.page(id="msg_1")
    notified.work()
    calls = len(notified.server.calls)
    notified.pass_time(DAY - 1)

    again = notified.page(id="msg_1", message="other")

    assert (first.status, again.status) == (202, 202)
    assert notified.queue.count() == 0
    assert len(notified.server.calls) == calls


def test_an_id_is_forgotten_after_a_day_though_the_table_still_has_it(notified):
    notified.page(id="msg_1")
    notified.work()
    notified.pass_time(DAY + 1)

    notified.page(id="msg_1")

    assert notified.queue.count() == 1


def test_the_same_page_twice_on_the_queue_is_posted_once(notified):
    notified.page()
    [body] = notified.queued
    for _ in range(3):
        notified.queue.put(json.dumps(body))
    notified.work()

    assert len(notified.posted) == 1
