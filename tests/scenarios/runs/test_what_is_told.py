"""What a channel is told, case by case."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from syrupy.extensions.json import JSONSnapshotExtension

from monitors_bot.aws.sdk import SdkTable
from monitors_bot.aws.stores.documents import Documents
from tests.fakes.screen import with_stable_host
from tests.scenarios.runs.conftest import Scheduled

HOUR, DAY = 3_600, 86_400
BILLING, SALES = "bilLingEu00000001", "salesSales0000001"


def later(scheduled: Scheduled, seconds=HOUR, **changes) -> list[str]:
    scheduled.pass_time(seconds)
    posted: list[str] = scheduled.run(**changes)
    return posted


# What is posted


def test_always_tells_of_every_unit(scheduled):
    scheduled.run(post="always")

    (posted,) = later(scheduled, post="always")

    assert posted.splitlines()[:3] == [
        "2 units are unchanged.",
        "Billing EU · Ana Díaz, Raj Patel.",
        "Sales · Ana Díaz, Kim Lee.",
    ]


def test_none_records_and_posts_nothing(scheduled):
    assert scheduled.run(post="none") == []
    assert len(scheduled.rosters.all()) == 2


def test_alerts_tells_nothing_of_changes(scheduled):
    scheduled.run(post="alerts")
    scheduled.server.set_monitors(BILLING, ["ana", "kim"])
    changed = later(scheduled, post="alerts")
    scheduled.server.set_monitors(SALES, [])
    (alerted,) = later(scheduled, post="alerts")
    scheduled.server.remove_unit(BILLING)

    assert changed == []
    assert alerted.splitlines()[:2] == ["1 unit has nobody online.", "Sales · Nobody monitors it."]
    assert later(scheduled, post="alerts") == []


def test_without_alerts_nothing_is_said_of_them(scheduled):
    scheduled.run(alert=False)
    scheduled.server.set_presence("ana", "offline")

    assert later(scheduled, alert=False) == []


def test_without_alerts_an_empty_unit_is_only_a_change(scheduled):
    scheduled.run(alert=False)
    scheduled.server.set_monitors(SALES, [])

    (posted,) = later(scheduled, alert=False)

    assert posted.splitlines()[0] == "1 unit changed."
    assert "Sales · Left: Ana Díaz, Kim Lee. Now: nobody." in posted
    assert "Nobody monitors it" not in posted


def test_a_unit_that_can_be_read_again_and_is_empty_begins_no_alert_where_none_is_wanted(scheduled):
    scheduled.server.set_monitors(SALES, [])
    scheduled.run(alert=False)
    scheduled.server.fail("livechat/units/:unitId/monitors", "status", code=500)
    later(scheduled, alert=True)
    scheduled.server.heal()
    silent = later(scheduled, alert=False)
    scheduled.server.set_monitors(BILLING, ["ana"])

    (posted,) = later(scheduled, alert=False)

    assert silent == []
    assert posted.splitlines()[0] == "1 unit changed. 2 units are back to normal."


# Units


def test_a_unit_that_is_new_is_told(scheduled):
    scheduled.run()
    scheduled.server.add_unit("Night", monitors=["raj"])

    (posted,) = later(scheduled)

    assert posted.splitlines()[:2] == ["1 unit is new here.", "Night · Watched from now on: Raj Patel."]


def test_only_the_units_that_are_named_are_watched(scheduled):
    scheduled.run(units=["sales"])
    scheduled.server.set_monitors(BILLING, ["kim", "ana"])

    assert later(scheduled, units=["sales"]) == []
    assert [record.unit.name for record in scheduled.rosters.all()] == ["Sales"]


def test_a_unit_that_is_gone_is_told_once(scheduled):
    scheduled.run()
    scheduled.server.remove_unit(SALES)

    (posted,) = later(scheduled)

    assert "Sales · The unit is gone. It had Ana Díaz, Kim Lee." in posted
    assert later(scheduled) == []


def test_what_is_kept_for_a_channel_does_not_grow_with_units_that_are_gone(scheduled, aws, table):
    scheduled.run()
    for number in range(3):
        unit_id = scheduled.server.add_unit(f"Project {number}", monitors=["ana"])
        later(scheduled)
        scheduled.server.remove_unit(unit_id)
        later(scheduled)

    kept = Documents(SdkTable(aws.dynamodb, table)).get("channel#leadsLeads0000001", "told")

    assert kept is not None
    assert kept.content["told"].keys() == {BILLING, SALES}


def test_a_unit_that_the_account_may_not_see_any_more_is_not_gone(scheduled):
    scheduled.run()
    server = scheduled.server
    server.users[server.account.user_id].roles[:] = ["bot", "livechat-monitor"]
    server.set_monitors(BILLING, ["ana", "raj", "monitors-bot"])
    later(scheduled)

    assert {record.unit.name for record in scheduled.rosters.all()} == {"Billing EU", "Sales"}


def test_units_that_were_listed_without_a_permission_that_is_back_again_are_not_gone(scheduled):
    scheduled.run()
    scheduled.server.fail(
        "livechat/units",
        "status",
        times=1,
        code=200,
        body={"success": True, "units": [{"_id": BILLING, "name": "Billing EU"}], "total": 1},
    )

    assert later(scheduled) == []
    assert len(scheduled.rosters.all()) == 2


def test_new_names_are_no_change(scheduled):
    scheduled.run()
    scheduled.server.rename_unit(SALES, "Sales worldwide")
    scheduled.server.rename_user("kim", "kimberly")

    assert later(scheduled) == []
    assert scheduled.rosters.of(SALES).unit.name == "Sales worldwide"


def test_somebody_who_left_and_came_back_between_two_digests_is_no_change(scheduled):
    scheduled.run()
    scheduled.server.set_monitors(SALES, ["ana"])
    later(scheduled, post="none")
    scheduled.server.set_monitors(SALES, ["ana", "kim"])

    assert later(scheduled) == []
    assert scheduled.rosters.of(SALES).version == 3


def test_each_channel_is_told_for_itself(scheduled):
    scheduled.server.add_room("other")
    scheduled.run()
    scheduled.server.set_monitors(SALES, ["ana"])
    first = later(scheduled)
    later(scheduled, channel="#other")
    scheduled.server.set_monitors(SALES, ["ana", "raj"])
    later(scheduled, channel="#other")
    second = later(scheduled)

    others = [message["msg"] for message in scheduled.server.messages("other")]
    assert [text.splitlines()[0] for text in first + second] == ["1 unit changed."] * 2
    assert others[0].startswith("*From now on I watch 2 units")
    assert others[1:] == ["*1 unit changed.*"]


# Alerts


def test_an_empty_unit_is_an_alert_until_somebody_monitors_it(scheduled):
    scheduled.run(post="alerts")
    scheduled.server.set_monitors(SALES, [])
    (begun,) = later(scheduled, post="alerts")
    scheduled.server.set_monitors(SALES, ["ana"])
    (ended,) = later(scheduled, post="alerts")

    assert "Sales · Nobody monitors it." in begun
    assert ended.splitlines()[:2] == ["1 unit is back to normal.", "Sales · Somebody monitors it again."]


def test_an_alert_that_becomes_another_is_told(scheduled):
    scheduled.server.set_monitors(SALES, ["kim"])
    (first,) = scheduled.run(post="alerts")
    scheduled.server.set_monitors(SALES, [])
    (second,) = later(scheduled, post="alerts")

    assert "Sales · Its only monitor is offline." in first
    assert "Sales · Nobody monitors it." in second


def test_presence_that_is_switched_off_is_never_an_alert_nor_its_end(scheduled):
    scheduled.server.settings.presence_broadcast_disabled = True
    scheduled.server.set_presence("ana", "offline")
    (baseline,) = scheduled.run()
    scheduled.server.settings.presence_broadcast_disabled = False
    (begun,) = later(scheduled)
    scheduled.server.settings.presence_broadcast_disabled = True

    assert "offline" not in baseline
    assert "Sales · All of its 2 monitors are offline." in begun
    assert later(scheduled) == []


def test_somebody_without_the_role_may_be_there(scheduled):
    scheduled.server.set_monitors(SALES, ["kim", "raj"])
    scheduled.server.user("raj").roles.remove("livechat-monitor")

    (posted,) = scheduled.run()

    assert "Sales" not in posted


@pytest.mark.parametrize("hours", [pytest.param(1, marks=pytest.mark.prove), 6])
def test_a_daily_reminder_comes_once_a_day_however_many_schedules_there_are(scheduled, hours):
    scheduled.server.set_monitors(SALES, ["kim"])
    scheduled.run()
    posted = []
    for hour in range(hours, 50, hours):
        scheduled.pass_time(hours * HOUR)
        for schedule in ("hourly", "daily"):
            if schedule == "hourly" or hour % 24 == 0:
                posted += scheduled.run(run=f"{schedule} {hour}")

    assert len(posted) == 2
    assert all("still has nobody online" in text for text in posted)


def test_a_reminder_is_due_with_the_new_day_of_the_schedules_zone(scheduled):
    scheduled.server.set_monitors(SALES, ["kim"])
    scheduled.run(timezone="America/New_York")  # at 4:00 there
    silent = later(scheduled, 19 * HOUR, timezone="America/New_York")  # at 23:00, after UTC's midnight
    (reminded,) = later(scheduled, timezone="America/New_York")

    assert silent == []
    assert "Sales · Since 2026-11-23 09:00 UTC: its only monitor is offline." in reminded


@pytest.mark.parametrize("hours", [pytest.param(1, marks=pytest.mark.prove), 6])
@pytest.mark.parametrize("month", [3, 10], ids=["a day of 23 hours", "a day of 25 hours"])
def test_people_are_reminded_once_on_each_day_also_when_the_clocks_change(scheduled, month, hours):
    """In Berlin they change on 29 March and on 25 October."""
    berlin = ZoneInfo("Europe/Berlin")
    scheduled.clock.stop_at(datetime(2026, month, 28 if month == 3 else 24, 0, 30, tzinfo=berlin).timestamp())
    scheduled.server.set_monitors(SALES, ["kim"])
    scheduled.run(timezone="Europe/Berlin")

    days = [
        datetime.fromtimestamp(scheduled.clock(), berlin).day
        for _ in range(hours, 80, hours)
        if later(scheduled, hours * HOUR, timezone="Europe/Berlin")
    ]

    assert days == ([29, 30, 31] if month == 3 else [25, 26, 27])


# What could not be read


def test_a_unit_that_fails_is_named_in_every_digest_that_is_posted_meanwhile(scheduled):
    scheduled.run(units=["Billing EU"])
    posted = []
    for number in range(3):
        scheduled.server.set_monitors(BILLING, ["ana", "kim"] if number % 2 else ["ana"])
        posted += later(scheduled, units=["Billing EU", "Nowhere"])
        assert later(scheduled, units=["Billing EU", "Nowhere"]) == []

    assert len(posted) == 3
    assert all("Nowhere · " in text and "could not be read." in text for text in posted)
    assert all(text.splitlines()[0] == "1 unit changed. 1 unit could not be read." for text in posted)


@pytest.mark.parametrize("post", ["changes", "alerts"])
def test_without_alerts_that_a_unit_fails_or_is_read_again_makes_no_post_of_its_own(scheduled, post):
    order = {"units": ["Sales", "Nowhere"], "alert": False, "post": post}
    (baseline,) = scheduled.run(**order)
    failing = [later(scheduled, DAY, **order) for _ in range(3)]
    scheduled.server.add_unit("Nowhere", monitors=[])
    scheduled.run(post="none")

    assert "Nowhere · It could not be read." in baseline
    assert failing == [[]] * 3
    assert post == "changes" or later(scheduled, **order) == []


def test_without_alerts_a_unit_that_fails_is_in_the_digest_of_the_others_all_the_same(scheduled):
    scheduled.run(alert=False)
    scheduled.server.fail("livechat/units/:unitId/monitors", "status", times=1, code=500)
    silent = later(scheduled, alert=False)
    scheduled.server.fail("livechat/units/:unitId/monitors", "status", times=1, code=500)
    scheduled.server.set_monitors(SALES, ["ana"])
    (failing,) = later(scheduled, alert=False)
    silent += later(scheduled, alert=False)
    scheduled.server.set_monitors(SALES, ["ana", "kim"])
    (again,) = later(scheduled, alert=False)

    assert silent == []
    assert "Billing EU · It could not be read." in failing
    assert "Billing EU · It can be read again." in again


def test_the_full_roster_names_a_unit_that_fails_each_time(scheduled):
    scheduled.run(post="always", alert=False, units=["Sales", "Nowhere"])

    posted = [later(scheduled, post="always", alert=False, units=["Sales", "Nowhere"]) for _ in range(3)]

    assert all("Nowhere · Since 2026-11-23 09:00 UTC: it could not be read." in text for [text] in posted)


# Everything at once


@pytest.mark.parametrize(
    ("break_it", "why"),
    [
        (lambda server: server.permissions.discard("manage-livechat-units"), "manage-livechat-units"),
        (lambda server: server.permissions.discard("manage-livechat-monitors"), "manage-livechat-monitors"),
        (lambda server: setattr(server, "license", "missing-400"), "Omnichannel units are not available"),
        (lambda server: setattr(server, "license", "missing-404"), "Omnichannel units are not available"),
    ],
)
def test_what_keeps_us_from_reading_is_told_once_a_day_and_when_it_ends(scheduled, break_it, why):
    scheduled.run()
    permissions, licence = set(scheduled.server.permissions), scheduled.server.license
    break_it(scheduled.server)
    (begun,) = later(scheduled)
    silent = later(scheduled)
    (lasting,) = later(scheduled, DAY)
    scheduled.server.permissions, scheduled.server.license = permissions, licence
    (ended,) = later(scheduled)

    assert begun.splitlines()[0] == "Not all could be read."
    assert why in begun
    assert "monitors it" not in begun
    assert silent == []
    assert "Since 2026-11-23 10:00 UTC: they could not be read." in lasting
    assert ended.splitlines()[0] == "All can be read again."
    assert len(scheduled.rosters.all()) == 2


# As Rocket.Chat receives them


@pytest.mark.parametrize("kind", ["baseline", "change", "alert"])
def test_digest(scheduled, kind, snapshot):
    scheduled.run()
    if kind == "change":
        scheduled.server.set_monitors(BILLING, ["ana", "kim"])
        later(scheduled)
    if kind == "alert":
        scheduled.server.set_presence("ana", "offline")
        later(scheduled)

    message = scheduled.messages[-1]

    host = scheduled.server.url.removeprefix("http://")
    sent = {
        "msg": message["msg"],
        "attachments": [{"text": with_stable_host(one["text"], host)} for one in message["attachments"]],
    }
    assert sent == snapshot.use_extension(JSONSnapshotExtension)
