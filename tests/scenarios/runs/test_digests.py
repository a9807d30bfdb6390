"""What a channel is told on a schedule.

Doors: lambdas/schedule.py and lambdas/background.py, wired in wiring/schedules.py and wiring/background.py.
"""

DAY = 86_400


def test_the_first_run_posts_a_baseline_line(scheduled):
    (posted,) = scheduled.run()

    assert posted.splitlines()[0] == "From now on I watch 2 units with 3 monitors for this channel."


def test_where_nothing_changed_nothing_is_posted(scheduled):
    scheduled.run()
    scheduled.pass_time(DAY)

    assert scheduled.run() == []


def test_a_change_is_told_with_who_joined_who_left_and_who_is_on_it_now(scheduled):
    scheduled.run()
    scheduled.pass_time(DAY)
    scheduled.server.set_monitors("bilLingEu00000001", ["ana", "kim"])

    (posted,) = scheduled.run()

    assert posted.splitlines()[:2] == [
        "1 unit changed.",
        "Billing EU · Joined: Kim Lee. Left: Raj Patel. Now: Ana Díaz, Kim Lee.",
    ]


def test_an_alert_begins_lasts_and_ends(scheduled):
    scheduled.run()
    scheduled.server.set_monitors("salesSales0000001", ["kim"])
    scheduled.pass_time(3600)
    begun = scheduled.run()
    scheduled.pass_time(3600)
    silent = scheduled.run()
    scheduled.pass_time(DAY)
    lasting = scheduled.run()
    scheduled.server.set_presence("kim", "online")
    scheduled.pass_time(3600)
    ended = scheduled.run()

    assert "Sales · Its only monitor is offline." in begun[0]
    assert silent == []
    assert "Sales · Since 2026-11-23 10:00 UTC: its only monitor is offline." in lasting[0]
    assert "Sales · Somebody is there again." in ended[0]
