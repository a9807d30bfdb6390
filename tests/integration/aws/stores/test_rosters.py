"""Recorded rosters: the last of each unit, and what changed."""

import pytest

from monitors_bot.aws.stores.rosters import WRITES, Rosters
from monitors_bot.domain.units.roster import Monitor, Presence, Unit
from monitors_bot.errors import Overtaken
from tests.integration.aws.stores.conftest import overtaken

SALES = Unit("s1", "Sales")
ANA, KIM = Monitor("u1", "ana", "Ana"), Monitor("u2", "kim", "Kim")


@pytest.fixture
def rosters(documents) -> Rosters:
    return Rosters(documents)


def names(monitors) -> list[str]:
    return [one.username for one in monitors]


def test_nothing_is_known_of_a_unit_that_was_never_read(rosters):
    assert rosters.of("s1") is None
    assert rosters.changes("s1") == []


def test_a_roster_is_recorded_without_presence(rosters):
    rosters.record(SALES, [Monitor("u1", "ana", "Ana", Presence.ONLINE, "in a call", 2)], 100.0)

    assert rosters.of("s1").monitors == (ANA,)


def test_a_change_is_recorded_with_who_joined_and_who_left(rosters):
    rosters.record(SALES, [ANA], 100.0)
    rosters.record(SALES, [KIM], 200.0)

    first, change = rosters.changes("s1")
    assert first.is_first
    assert (names(change.joined), names(change.left), change.before, change.at) == (
        ["kim"],
        ["ana"],
        100.0,
        200.0,
    )
    assert [one.version for one in rosters.last_changes("s1")] == [2, 1]


def test_the_same_roster_read_again_is_no_change(rosters):
    rosters.record(SALES, [ANA], 100.0)

    record = rosters.record(SALES, [ANA], 200.0)

    assert (record.version, record.since, record.read_at) == (1, 100.0, 200.0)
    assert len(rosters.changes("s1")) == 1


def test_an_older_reading_never_replaces_a_newer_one(rosters):
    rosters.record(SALES, [ANA], 200.0)

    rosters.record(SALES, [KIM], 100.0)

    assert rosters.of("s1").monitors == (ANA,)


def test_a_unit_that_is_gone_has_no_record_but_a_history(rosters):
    rosters.record(SALES, [ANA], 100.0)

    rosters.forget("s1", 200.0)

    assert rosters.all() == []
    assert rosters.last_changes("s1")[0].is_gone


def test_a_unit_that_comes_back_goes_on_with_its_history(rosters):
    rosters.record(SALES, [ANA], 100.0)
    rosters.forget("s1", 200.0)

    record = rosters.record(SALES, [KIM], 300.0)

    assert record.version == 3
    assert [one.version for one in rosters.changes("s1")] == [1, 2, 3]


def test_a_roster_beyond_the_size_of_an_item_is_recorded_whole(rosters):
    crowd = [Monitor(f"{number:017}", f"user.{number}", f"Ülü Nüme {number}") for number in range(9_000)]

    rosters.record(SALES, crowd, 100.0)
    rosters.record(SALES, crowd[1:], 200.0)

    assert len(rosters.of("s1").monitors) == 8_999
    assert [len(one.joined) + len(one.left) for one in rosters.changes("s1")] == [9_000, 1]


def test_two_runs_that_record_a_unit_at_once_both_count(rosters, items):
    rosters.record(SALES, [ANA], 100.0)
    items.before_the_next_write(lambda: rosters.record(SALES, [KIM], 200.0))

    record = rosters.record(SALES, [], 300.0)

    assert (record.version, record.monitors) == (3, ())
    assert [names(one.left) for one in rosters.changes("s1")] == [[], ["ana"], ["kim"]]


def test_a_unit_that_everybody_records_is_given_up_for_now(rosters, items):
    for _ in range(WRITES):
        items.before_the_next_write(overtaken)

    with pytest.raises(Overtaken):
        rosters.record(SALES, [ANA], 100.0)


def test_a_unit_that_was_never_recorded_can_be_forgotten(rosters):
    rosters.forget("s1", 100.0)

    assert rosters.changes("s1") == []


def test_changes_are_kept_for_a_year_and_a_day_and_records_for_good(rosters, documents):
    rosters.record(SALES, [ANA], 100.0)

    (record,), (change,) = documents.all("roster"), documents.all("changes#s1")
    assert (record.name, record.expires_at) == ("s1", None)
    assert (change.name, change.expires_at) == ("0000000001", 100 + 366 * 86_400)
