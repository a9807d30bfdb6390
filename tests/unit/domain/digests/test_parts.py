from monitors_bot.domain.digests.digest import Line
from monitors_bot.domain.digests.parts import posted_after
from monitors_bot.domain.digests.run import Posted


def test_only_units_named_with_news_are_recorded():
    lines = [Line("Sales", "Joined: Ana.", "s1", {"version": 2}), Line("Night", "Ana.", "n1")]

    assert posted_after(lines, {}, {}) == {"s1": Posted(version=2)}


def test_a_line_changes_its_own_fields_and_keeps_the_others():
    before = {"s1": Posted("Sales", version=1, alert="offline", alert_since=5.0)}

    after = posted_after([Line("Sales", "Joined: Ana.", "s1", {"version": 2})], before, {})

    assert after == {"s1": Posted("Sales", version=2, alert="offline", alert_since=5.0)}


def test_two_lines_about_one_unit_add_up():
    lines = [
        Line("Sales", "Joined: Ana.", "s1", {"version": 2}),
        Line("Sales", "Nobody is online.", "s1", {"alert": "offline"}),
    ]

    assert posted_after(lines, {}, {}) == {"s1": Posted(version=2, alert="offline")}


def test_what_the_title_says_is_recorded_with_the_part_that_has_it():
    assert posted_after([], {}, {"s1": Posted("Sales", 1)}) == {"s1": Posted("Sales", 1)}
