import pytest

from monitors_bot.domain.digests.run import Problem, ProblemKind, problem_of
from monitors_bot.domain.units.roster import Monitor, Presence, Roster, Unit


@pytest.mark.parametrize(
    ("presences", "kind"),
    [
        ("", ProblemKind.EMPTY),
        ("offline", ProblemKind.OFFLINE),
        ("offline offline", ProblemKind.OFFLINE),
        ("offline unknown", ProblemKind.UNKNOWN),
        ("unknown", ProblemKind.UNKNOWN),
        ("online offline", None),
        ("away", None),
        ("busy unknown", None),
    ],
)
def test_a_roster_is_an_alert_only_where_certainly_nobody_is_there(presences, kind):
    monitors = tuple(Monitor(str(n), "x", "", Presence(one)) for n, one in enumerate(presences.split()))

    assert problem_of(Roster(Unit("u", "U"), monitors, 1.0)) == (Problem(kind) if kind else None)
