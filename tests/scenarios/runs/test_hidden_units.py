"""A digest names and counts no unit that its room may not see; the records are complete all the same."""

import pytest

from monitors_bot.lambdas.background import BackgroundWork
from tests.conftest import SECRET_NAME
from tests.fakes.hidden_unit import HIDDEN, MARKS, RULES, may_see


@pytest.fixture
def narrowed(scheduled, hide):
    """The schedules of a room that may not see one of the units."""
    scheduled.server.add_user("lea", name="Lea")
    scheduled.server.add_unit(HIDDEN.name, monitors=["lea"], id=HIDDEN.id, visibility="private")
    hide()
    return scheduled


@pytest.fixture(params=["a rule of the door", *RULES])
def hide(request, scheduled, aws, secret):
    """Hide a unit from the room, in each way in turn."""

    def begin_to_hide():
        scheduled.worker.close()
        rules = RULES.get(request.param)
        if rules:
            aws.change_secret(SECRET_NAME, {**secret, "access_rules": rules})
        scheduled.worker = BackgroundWork(
            scheduled.environ, scheduled.clock, scheduled.pass_time, None if rules else may_see
        )

    return begin_to_hide


def marks_in(posted: list[str]) -> list[str]:
    return [mark for mark in MARKS if mark in "\n".join(posted)]


@pytest.mark.parametrize(
    "post", ["changes", *(pytest.param(post, marks=pytest.mark.prove) for post in ("always", "alerts"))]
)
def test_nothing_that_happens_to_a_hidden_unit_is_posted(narrowed, post):
    posted = narrowed.run(post=post)
    narrowed.pass_time(3600)
    narrowed.server.set_monitors(HIDDEN.id, ["lea", "kim"])
    narrowed.server.set_monitors("salesSales0000001", ["kim"])
    posted += narrowed.run(post=post)
    narrowed.pass_time(3600)
    narrowed.server.set_monitors(HIDDEN.id, [])
    posted += narrowed.run(post=post)
    narrowed.pass_time(3600)
    narrowed.server.remove_unit(HIDDEN.id)
    posted += narrowed.run(post=post)

    assert posted
    assert marks_in(posted) == []


def test_a_hidden_unit_is_counted_nowhere(narrowed):
    [baseline] = narrowed.run()

    assert "2 units with 3 monitors" in baseline
    assert {record.unit.id for record in narrowed.rosters.all()} >= {HIDDEN.id}


@pytest.mark.parametrize("wanted", [HIDDEN.name, HIDDEN.id])
def test_a_hidden_unit_that_is_ordered_is_not_there(narrowed, wanted):
    [posted] = narrowed.run(units=[wanted, "Sales"])

    assert "There is no unit of this name or id." in posted
    assert "Lea" not in posted


@pytest.mark.parametrize("is_removed", [pytest.param(False, marks=pytest.mark.prove), True])
def test_a_unit_that_was_hidden_after_it_was_posted_is_not_posted_any_more(scheduled, hide, is_removed):
    scheduled.server.add_user("lea", name="Lea")
    scheduled.server.add_unit(HIDDEN.name, monitors=["lea"], id=HIDDEN.id, visibility="private")
    scheduled.run()
    scheduled.pass_time(3600)
    hide()

    scheduled.server.set_monitors(HIDDEN.id, ["kim"])
    if is_removed:
        scheduled.server.remove_unit(HIDDEN.id)

    assert marks_in(scheduled.run() + scheduled.run(post="always")) == []
