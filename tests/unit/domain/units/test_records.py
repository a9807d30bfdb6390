from hypothesis import given
from hypothesis import strategies as st

from monitors_bot.domain.units.records import (
    NotKnown,
    PastRoster,
    as_recorded,
    begin_record,
    end_record,
    joined_and_left,
    roster_at,
    roster_before,
    update_record,
)
from monitors_bot.domain.units.roster import Monitor, Presence, Unit

UNIT = Unit("u", "Sales")
PEOPLE = [Monitor(f"p{number}", f"user{number}", f"User {number}") for number in range(5)]
rosters = st.lists(st.sampled_from(PEOPLE), unique=True, max_size=5)
readings = st.lists(st.tuples(st.integers(min_value=1, max_value=50), rosters), min_size=1, max_size=12)


def ids(monitors):
    return {one.id for one in monitors}


def recorded(sequence):
    """Read a roster after each pause; return the record, its changes, and each true roster with its time."""
    at, monitors = sequence[0]
    record, first = begin_record(UNIT, monitors, at)
    changes, truths = [first], [(at, ids(monitors))]
    for pause, again in sequence[1:]:
        at += pause
        record, change = update_record(record, UNIT, again, at)
        changes += [change] if change else []
        truths.append((at, ids(again)))
    return record, changes, truths


@given(before=rosters, after=rosters)
def test_a_change_undone_gives_the_former_roster(before, after):
    record, _ = begin_record(UNIT, before, 1.0)
    record, change = update_record(record, UNIT, after, 2.0)

    assert ids(roster_before(record.monitors, [change] if change else [])) == ids(before)


@given(sequence=readings, data=st.data())
def test_any_former_roster_is_found_by_undoing_the_changes_after_it(sequence, data):
    record, changes, _ = recorded(sequence)
    version = data.draw(st.integers(min_value=1, max_value=record.version))
    first_of_it = next(change for change in changes if change.version == version)

    earlier = roster_before(
        record.monitors, data.draw(st.permutations([c for c in changes if c.version > version]))
    )

    truths = dict(recorded(sequence)[2])
    assert ids(earlier) == truths[first_of_it.at]


@given(sequence=readings, asked=st.floats(min_value=0, max_value=700), data=st.data())
def test_the_roster_of_a_time_never_contradicts_what_was_read(sequence, asked, data):
    record, changes, truths = recorded(sequence)
    oldest_kept = data.draw(st.integers(min_value=0, max_value=len(changes)))

    past = roster_at(record, changes[oldest_kept:], asked)

    if isinstance(past, NotKnown):
        assert asked < past.since
        return
    assert past.first_seen <= asked
    for at, truth in truths:
        if past.first_seen <= at <= past.last_seen:
            assert ids(past.monitors) == truth
        if past.next and at == past.next.first_seen:
            assert ids(past.next.monitors) == truth
    assert not past.next or asked < past.next.first_seen


@given(sequence=readings)
def test_every_reading_is_found_again_at_its_time(sequence):
    record, changes, truths = recorded(sequence)

    for at, truth in truths:
        past = roster_at(record, changes, at)
        assert isinstance(past, PastRoster)
        assert ids(past.monitors) == truth


@given(before=rosters, after=rosters)
def test_who_joined_and_who_left_are_the_difference(before, after):
    joined, left = joined_and_left(before, after)

    assert ids(joined) == ids(after) - ids(before)
    assert ids(left) == ids(before) - ids(after)


def test_a_new_name_is_no_change():
    record, _ = begin_record(UNIT, [PEOPLE[0]], 1.0)

    record, change = update_record(record, UNIT, [Monitor("p0", "renamed", "New")], 2.0)

    assert change is None
    assert record.monitors[0].username == "renamed"


def test_a_unit_that_comes_back_continues_its_versions():
    record, _ = begin_record(UNIT, PEOPLE, 1.0)
    end = end_record(record, 2.0)

    record, change = begin_record(UNIT, PEOPLE[:1], 3.0, end)

    assert (record.version, change.before) == (3, 2.0)
    assert ids(roster_before(record.monitors, [change, end])) == ids(PEOPLE)


def test_presence_is_not_recorded():
    assert as_recorded(Monitor("p", "u", "n", Presence.AWAY, "text", 2.0)) == Monitor("p", "u", "n")
