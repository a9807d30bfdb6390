"""Who monitors a unit, and who of them is online: read with few calls and never guessed."""

import json
import threading

import pytest

from monitors_bot.deadline import Deadline
from monitors_bot.domain.units.roster import Presence, Unit
from monitors_bot.errors import PermissionMissing, RocketChatError, RocketChatTooSlow, RocketChatUnavailable
from monitors_bot.rocketchat.api import RocketChat
from monitors_bot.rocketchat.directory import (
    LINKS_LAST_SECONDS,
    NAMES_LAST_SECONDS,
    Directory,
)
from monitors_bot.rocketchat.limits import Limits
from monitors_bot.rocketchat.memory import Memory
from tests.fakes.scripted_server import ScriptedServer, http_answer
from tests.integration.conftest import AMPLE_SECONDS

HOST = "chat.example"
MONITORS_CALL = "livechat/monitors"
LINKS_CALL = "livechat/units/:unitId/monitors"
PRESENCE_CALL = "users.presence"
ONLINE, BUSY, AWAY, UNKNOWN, OFFLINE = Presence


@pytest.fixture
def memory():
    return Memory()


@pytest.fixture
def command(client, memory, clock):
    """Begin a command: make the directory that it asks."""
    return lambda seconds=AMPLE_SECONDS: Directory(
        client, memory, clock, HOST, Deadline(clock() + seconds, clock)
    )


@pytest.fixture
def ask(command):
    """Ask for the roster of a unit, as a command does."""

    def roster(name="Night", **options):
        directory = command(**options)
        directory.expect_roster()
        (unit,) = directory.units().find(name).units
        return directory.roster(unit)

    return roster


@pytest.fixture
def night(rocketchat):
    """A unit with somebody of each presence."""
    for status in ("online", "busy", "away", "offline"):
        rocketchat.add_user(f"is-{status}", name=status.title(), status=status)
    return rocketchat.add_unit("Night", ["is-offline", "is-away", "is-busy", "is-online"])


@pytest.fixture
def crowd(rocketchat):
    """A unit with more monitors than one question for presence takes; every second one is online."""
    usernames = [f"user{number:02}" for number in range(25)]
    for number, username in enumerate(usernames):
        rocketchat.add_user(username, status="offline" if number % 2 else "online")
    rocketchat.add_unit("Night", usernames)
    return usernames


def presences(roster):
    return {monitor.username: monitor.presence for monitor in roster.monitors}


def routes(rocketchat):
    return [call.route for call in rocketchat.calls]


# What a roster says


def test_a_roster_lists_the_reachable_monitors_first(night, ask):
    roster = ask()

    assert [(monitor.name, monitor.presence) for monitor in roster.monitors] == [
        ("Online", ONLINE),
        ("Busy", BUSY),
        ("Away", AWAY),
        ("Offline", OFFLINE),
    ]


def test_a_roster_has_the_status_text_and_the_local_time_of_those_who_are_there(rocketchat, ask):
    rocketchat.add_user("ana", status="away", status_text="lunch", utc_offset=-3)
    rocketchat.add_unit("Night", ["ana"])

    (ana,) = ask().monitors

    assert (ana.status_text, ana.utc_offset_hours) == ("lunch", -3.0)


def test_a_roster_says_when_it_was_read(night, ask, clock):
    before = clock()

    roster = ask()

    assert before <= roster.read_at <= clock()


def test_a_unit_without_monitors_has_an_empty_roster_and_no_presence_is_read(rocketchat, ask):
    rocketchat.add_unit("Night")

    assert ask().monitors == ()
    assert PRESENCE_CALL not in routes(rocketchat)


def test_monitors_have_their_current_usernames(rocketchat, night, ask):
    rocketchat.rename_user("is-online", "renamed")

    assert presences(ask())["renamed"] is ONLINE


def test_somebody_linked_twice_is_listed_once(rocketchat, night, ask):
    links = rocketchat.units[night].links
    links.append(links[0])

    assert len(ask().monitors) == 4


def test_somebody_without_a_name_goes_by_their_username(rocketchat, ask):
    rocketchat.add_user("ana", name="")
    rocketchat.add_unit("Night", ["ana"])

    (ana,) = ask().monitors

    assert (ana.username, ana.name, ana.presence) == ("ana", "", ONLINE)


# Presence, and what it does not say


def test_offline_people_with_a_text_keep_it(rocketchat, ask):
    rocketchat.settings.presence_shows_offline_texts = True
    rocketchat.add_user("ana", status="offline", status_text="back on Monday")
    rocketchat.add_unit("Night", ["ana"])

    (ana,) = ask().monitors

    assert (ana.presence, ana.status_text) == (OFFLINE, "back on Monday")


@pytest.mark.parametrize("times_asked", [1, 2])
def test_everybody_is_unknown_when_presence_is_switched_off(rocketchat, night, ask, times_asked):
    rocketchat.settings.presence_broadcast_disabled = True

    for _ in range(times_asked):
        roster = ask()

    assert set(presences(roster).values()) == {UNKNOWN}
    assert {monitor.name for monitor in roster.monitors} == {"Online", "Busy", "Away", "Offline"}


def test_presence_of_several_people_is_requested_in_a_form_that_every_version_understands(
    rocketchat, night, ask
):
    rocketchat.settings.presence_comma_list_bug = True

    assert presences(ask())["is-online"] is ONLINE


@pytest.mark.parametrize("kind", ["status", "html", "reset", "unsuccessful", "wrong-type", "wrong-items"])
def test_a_status_read_for_this_command_counts_when_presence_cannot_be_read(rocketchat, night, ask, kind):
    rocketchat.fail(PRESENCE_CALL, kind)

    assert presences(ask()) == {
        "is-online": ONLINE,
        "is-busy": BUSY,
        "is-away": AWAY,
        "is-offline": OFFLINE,
    }


def test_a_remembered_status_does_not_count_when_presence_cannot_be_read(rocketchat, night, ask):
    ask()
    rocketchat.fail(PRESENCE_CALL, "status")

    roster = ask()

    assert set(presences(roster).values()) == {UNKNOWN}
    assert {monitor.name for monitor in roster.monitors} == {"Online", "Busy", "Away", "Offline"}


def test_the_people_are_still_known_when_presence_takes_too_long(rocketchat, night, ask, command):
    rocketchat.fail(PRESENCE_CALL, "never")

    with pytest.raises(RocketChatTooSlow):
        ask(seconds=1)

    roster, age_seconds = command().last_roster(Unit(night, "Night"))
    assert {monitor.presence for monitor in roster.monitors} == {UNKNOWN}
    assert len(roster.monitors) == 4
    assert age_seconds >= 0


def test_every_command_reads_presence_anew(rocketchat, night, ask):
    ask()
    rocketchat.set_presence("is-online", "offline")

    assert presences(ask())["is-online"] is OFFLINE


def test_a_status_without_a_meaning_is_unknown(rocketchat, night, ask):
    rocketchat.set_presence("is-online", "invisible")
    rocketchat.fail(
        PRESENCE_CALL,
        "status",
        code=200,
        body={"success": True, "full": False, "users": [{"_id": rocketchat.user_ids["is-online"]}]},
    )

    assert presences(ask())["is-online"] is UNKNOWN


def test_presence_that_does_not_say_whether_it_is_complete_says_nothing(rocketchat, night, ask):
    rocketchat.fail(PRESENCE_CALL, "status", code=200, body={"success": True, "users": []})

    assert set(presences(ask()).values()) == {UNKNOWN}


# Links that lead nowhere


def test_somebody_who_is_gone_has_the_username_of_the_link_and_unknown_presence(rocketchat, night, ask):
    rocketchat.remove_user("is-away")

    roster = ask()

    gone = next(monitor for monitor in roster.monitors if monitor.username == "is-away")
    assert (gone.name, gone.presence) == ("", UNKNOWN)
    assert len(roster.monitors) == 4


def test_somebody_missing_from_the_list_of_monitors_is_unknown_even_if_online(rocketchat, night, ask):
    rocketchat.user("is-online").roles.remove("livechat-monitor")

    assert presences(ask())["is-online"] is UNKNOWN
    (asked,) = rocketchat.calls_to(PRESENCE_CALL)
    assert ("ids", rocketchat.user_ids["is-online"]) not in asked.query


def test_somebody_who_is_gone_is_looked_for_only_once(rocketchat, night, ask):
    rocketchat.remove_user("is-away")
    for _ in range(4):
        ask()

    assert len(rocketchat.calls_to(MONITORS_CALL)) == 1


def test_a_monitor_newer_than_the_remembered_names_is_found(rocketchat, night, ask, clock):
    ask()
    rocketchat.add_user("new", name="New", status="busy")
    rocketchat.set_monitors(night, ["new"])
    clock.advance(LINKS_LAST_SECONDS + 1)

    (new,) = ask().monitors

    assert (new.name, new.presence) == ("New", BUSY)


def test_people_who_are_gone_from_two_units_are_looked_for_once_each(rocketchat, night, ask):
    rocketchat.add_user("is-new")
    rocketchat.add_unit("Day", ["is-online", "is-new"])
    rocketchat.remove_user("is-away", keep_links=True)
    rocketchat.remove_user("is-new", keep_links=True)
    for _ in range(3):
        ask("Night")
        ask("Day")

    assert len(rocketchat.calls_to(MONITORS_CALL)) == 2


def test_somebody_who_got_the_role_back_is_known_when_the_names_are_read_again(rocketchat, night, ask, clock):
    rocketchat.user("is-online").roles.remove("livechat-monitor")
    ask()
    rocketchat.user("is-online").roles.append("livechat-monitor")
    clock.advance(NAMES_LAST_SECONDS + 1)

    assert presences(ask())["is-online"] is ONLINE


# How many calls


def test_a_cold_start_costs_four_calls(rocketchat, night, ask):
    ask()

    assert sorted(routes(rocketchat)) == sorted(["livechat/units", MONITORS_CALL, LINKS_CALL, PRESENCE_CALL])


def test_units_and_people_are_read_at_the_same_time(outbound, accounts, memory, clock, deadline):
    both = threading.Barrier(2)

    def answer_both_or_none(heard):
        both.wait(AMPLE_SECONDS)
        key = "units" if "units" in heard.path else "monitors"
        yield http_answer(json.dumps({"success": True, key: [], "total": 0}).encode())

    with ScriptedServer(answer_both_or_none) as server:
        client = RocketChat(server.url, outbound, accounts, Limits(), clock)
        directory = Directory(client, memory, clock, HOST, deadline)
        directory.expect_roster()

        assert len(directory.units()) == 0


def test_the_staff_is_known_as_far_as_it_was_read_anyway(rocketchat, night, command):
    directory = command()
    assert directory.staff() == ()
    assert rocketchat.calls == []

    directory.expect_roster()

    assert {one.username for one in directory.staff()} == {"is-online", "is-busy", "is-away", "is-offline"}
    assert {one.presence for one in command().staff()} == {Presence.UNKNOWN}
    assert len(rocketchat.calls) == 1


def test_a_staff_that_cannot_be_read_is_nobody(rocketchat, command):
    rocketchat.fail("livechat/monitors", "status", code=503)
    directory = command()
    directory.expect_roster()

    assert directory.staff() == ()


def test_a_warm_command_costs_two_calls(rocketchat, night, ask, clock):
    ask()
    clock.advance(LINKS_LAST_SECONDS + 1)
    rocketchat.calls.clear()

    ask()

    assert routes(rocketchat) == [LINKS_CALL, PRESENCE_CALL]


@pytest.mark.parametrize("number", [1, 20, 21, 45])
def test_the_number_of_calls_does_not_grow_with_the_number_of_monitors(rocketchat, ask, number):
    usernames = [f"user{n}" for n in range(number)]
    for username in usernames:
        rocketchat.add_user(username)
    rocketchat.add_unit("Night", usernames)

    assert len(ask().monitors) == number
    assert len(rocketchat.calls) == 4


def test_on_a_large_unit_every_command_reads_the_status_of_all(rocketchat, crowd, ask, clock):
    ask()
    rocketchat.calls.clear()
    rocketchat.set_presence(crowd[0], "offline")
    rocketchat.set_presence(crowd[1], "online")
    clock.advance(LINKS_LAST_SECONDS + 1)

    seen = presences(ask())

    assert (seen[crowd[0]], seen[crowd[1]]) == (OFFLINE, ONLINE)
    assert UNKNOWN not in seen.values()
    assert routes(rocketchat) == [LINKS_CALL, MONITORS_CALL, PRESENCE_CALL]


def test_on_a_large_unit_presence_is_requested_once_for_the_first_twenty(rocketchat, crowd, ask):
    roster = ask()

    (asked,) = rocketchat.calls_to(PRESENCE_CALL)
    assert asked.query == [("ids", monitor.id) for monitor in roster.monitors[:20]]


def test_on_a_unit_of_twenty_no_status_is_read_twice(rocketchat, ask, clock):
    usernames = [f"user{n}" for n in range(20)]
    for username in usernames:
        rocketchat.add_user(username)
    rocketchat.add_unit("Night", usernames)
    ask()
    rocketchat.calls.clear()
    clock.advance(LINKS_LAST_SECONDS + 1)

    assert set(presences(ask()).values()) == {ONLINE}
    assert routes(rocketchat) == [LINKS_CALL, PRESENCE_CALL]


def test_on_a_large_unit_even_a_fresh_status_does_not_count_when_presence_is_switched_off(
    rocketchat, crowd, ask
):
    rocketchat.settings.presence_broadcast_disabled = True

    assert set(presences(ask()).values()) == {UNKNOWN}


# Memory


@pytest.mark.parametrize(
    ("seconds", "name"), [(NAMES_LAST_SECONDS - 1, "Night"), (NAMES_LAST_SECONDS + 1, "Day")]
)
def test_units_are_remembered_for_minutes(rocketchat, night, command, clock, seconds, name):
    command().units()
    rocketchat.rename_unit(night, "Day")
    clock.advance(seconds)

    assert [unit.name for unit in command().units()] == [name]


def test_units_are_read_again_when_a_command_asks_for_it(rocketchat, night, command):
    command().units()
    rocketchat.rename_unit(night, "Day")

    assert [unit.name for unit in command().units(fresh=True)] == ["Day"]


def test_units_are_not_read_twice_for_one_command(rocketchat, night, command):
    directory = command()

    directory.units()
    directory.units(fresh=True)

    assert routes(rocketchat) == ["livechat/units"]


@pytest.mark.parametrize(
    ("seconds", "name"), [(NAMES_LAST_SECONDS - 1, "Online"), (NAMES_LAST_SECONDS + 1, "Renamed")]
)
def test_names_are_remembered_for_minutes(rocketchat, night, ask, clock, seconds, name):
    ask()
    rocketchat.user("is-online").name = "Renamed"
    clock.advance(seconds)

    assert ask().monitors[0].name == name


@pytest.mark.parametrize(("seconds", "number"), [(LINKS_LAST_SECONDS - 1, 4), (LINKS_LAST_SECONDS + 1, 1)])
def test_links_are_remembered_for_seconds(rocketchat, night, ask, clock, seconds, number):
    ask()
    rocketchat.set_monitors(night, ["is-busy"])
    clock.advance(seconds)

    assert len(ask().monitors) == number


def test_an_empty_list_of_links_is_not_remembered(rocketchat, ask):
    unit_id = rocketchat.add_unit("Night")
    ask()
    rocketchat.add_user("ana")
    rocketchat.set_monitors(unit_id, ["ana"])

    assert presences(ask()) == {"ana": ONLINE}


def test_old_names_are_not_used_even_if_nothing_began_to_read_new_ones(
    rocketchat, night, ask, command, clock
):
    unit = ask().unit
    rocketchat.user("is-online").name = "Renamed"
    clock.advance(NAMES_LAST_SECONDS + 1)

    assert command().roster(unit).monitors[0].name == "Renamed"


def test_the_links_of_one_unit_are_not_used_for_another(rocketchat, night, ask):
    rocketchat.add_unit("Day", ["is-busy"])

    assert (len(ask("Night").monitors), len(ask("Day").monitors)) == (4, 1)


# Failures


@pytest.mark.parametrize("route", ["livechat/units", MONITORS_CALL, LINKS_CALL])
def test_a_roster_is_not_built_when_a_part_cannot_be_read(rocketchat, night, ask, route):
    rocketchat.fail(route, "status")

    with pytest.raises(RocketChatUnavailable):
        ask()


@pytest.mark.parametrize("route", ["livechat/units", MONITORS_CALL, LINKS_CALL])
def test_a_slow_part_is_waited_for_only_until_the_deadline(rocketchat, night, ask, route):
    rocketchat.fail(route, "never")

    with pytest.raises(RocketChatTooSlow):
        ask(seconds=0.5)


@pytest.mark.parametrize("kind", ["wrong-type", "wrong-items", "deep", "html", "redirect"])
@pytest.mark.parametrize("route", ["livechat/units", MONITORS_CALL, LINKS_CALL])
def test_a_part_that_makes_no_sense_is_a_named_error(rocketchat, night, ask, route, kind):
    rocketchat.fail(route, kind, **({"to": "/"} if kind == "redirect" else {}))

    with pytest.raises(RocketChatError):
        ask()


def test_the_command_after_a_failure_is_answered(rocketchat, night, ask):
    rocketchat.fail("*", "status", times=2)
    with pytest.raises(RocketChatUnavailable):
        ask()
    rocketchat.heal()

    assert presences(ask())["is-online"] is ONLINE


def test_a_missing_permission_is_named(rocketchat, night, ask):
    rocketchat.permissions.discard("manage-livechat-monitors")

    with pytest.raises(PermissionMissing) as caught:
        ask()

    assert caught.value.permission == "manage-livechat-monitors"


# The last known


def test_the_last_roster_comes_without_presence_and_with_its_age(rocketchat, night, ask, command, clock):
    unit = ask().unit
    clock.advance(90)

    roster, age = command().last_roster(unit)

    assert set(presences(roster).values()) == {UNKNOWN}
    assert {monitor.name for monitor in roster.monitors} == {"Online", "Busy", "Away", "Offline"}
    assert 90 <= age < 90 + AMPLE_SECONDS


def test_the_age_of_a_roster_is_the_age_of_its_links(night, ask, command, clock):
    ask()
    clock.advance(LINKS_LAST_SECONDS - 1)
    unit = ask().unit  # from links that are remembered

    _, age = command().last_roster(unit)

    assert age >= LINKS_LAST_SECONDS - 1


def test_a_roster_that_was_never_read_is_not_known(command):
    assert command().last_units() is None
    assert command().last_roster(Unit("u1", "Night")) is None


def test_the_last_units_are_known_however_old_they_are(night, command, clock):
    command().units()
    clock.advance(10 * NAMES_LAST_SECONDS)

    assert [unit.name for unit in command().last_units()] == ["Night"]


# Whether we see everything


def test_an_account_that_may_manage_units_sees_them_all(command):
    assert command().sees_all_units() is True


def test_an_account_that_may_not_manage_units_does_not(rocketchat, command):
    rocketchat.permissions.discard("manage-livechat-units")

    assert [command().sees_all_units() for _ in range(2)] == [False, False]


def test_an_account_that_is_a_monitor_itself_may_see_fewer(rocketchat, command):
    rocketchat.account_roles = ["bot", "livechat-monitor"]

    assert command().sees_all_units() is None


@pytest.mark.parametrize("role", ["admin", "livechat-manager"])
def test_an_account_with_a_wider_role_beside_monitor_sees_them_all(rocketchat, command, role):
    rocketchat.account_roles = ["livechat-monitor", role]

    assert command().sees_all_units() is True


@pytest.mark.parametrize("kind", ["status", "html", "unsuccessful", "reset", "deep", "never"])
@pytest.mark.parametrize("route", ["me", "permissions.listAll"])
def test_it_is_not_known_whether_all_are_seen_when_the_server_fails(rocketchat, command, route, kind):
    rocketchat.fail(route, kind)

    assert command().sees_all_units() is None


@pytest.mark.parametrize("route", ["me", "permissions.listAll"])
def test_the_check_of_permissions_takes_only_a_part_of_the_time(
    rocketchat, client, memory, clock, deadline, route
):
    rocketchat.fail(route, "never")

    Directory(client, memory, clock, HOST, deadline).sees_all_units()

    assert deadline.seconds_left() > 0


@pytest.mark.parametrize(
    ("route", "body"),
    [
        ("permissions.listAll", {"update": []}),
        ("permissions.listAll", {"update": None}),
        ("permissions.listAll", {"update": [{"_id": ["manage-livechat-units"]}]}),
        ("me", {"roles": []}),
        ("me", {"roles": "admin"}),
        ("me", {"roles": [{}, 7]}),
        ("me", {}),
    ],
)
def test_it_is_not_known_whether_all_are_seen_when_the_answer_says_nothing(rocketchat, command, route, body):
    rocketchat.fail(route, "status", code=200, body={"success": True} | body)

    assert command().sees_all_units() is None


def test_permissions_are_checked_again_when_a_unit_disappears(rocketchat, night, command):
    command().units()
    command().sees_all_units()
    rocketchat.permissions.discard("manage-livechat-units")
    command().units(fresh=True)

    assert command().sees_all_units() is False


def test_permission_to_see_all_units_is_remembered_for_minutes(rocketchat, command, clock):
    command().sees_all_units()
    rocketchat.permissions.discard("manage-livechat-units")

    assert command().sees_all_units() is True
    clock.advance(NAMES_LAST_SECONDS + 1)
    assert command().sees_all_units() is False


def test_a_permission_that_an_operator_grants_counts_at_once(rocketchat, command):
    rocketchat.permissions.discard("manage-livechat-units")
    command().sees_all_units()
    rocketchat.permissions.add("manage-livechat-units")

    assert command().sees_all_units() is True


# Whose room it is


@pytest.mark.parametrize(
    ("kind", "is_customers"), [("c", False), ("p", False), ("d", False), ("l", True), ("v", True)]
)
def test_a_customers_room_is_recognised_by_its_kind(rocketchat, command, kind, is_customers):
    room_id = rocketchat.add_room("room", kind)

    assert command().is_customer_room(room_id) is is_customers


def test_a_room_that_we_may_not_see_counts_as_a_customers(rocketchat, command):
    room_id = rocketchat.add_room("room", "p", members=[])

    assert command().is_customer_room(room_id) is True


def test_an_unknown_room_counts_as_a_customers(command):
    assert command().is_customer_room("nowhere") is True


@pytest.mark.parametrize("kind", ["status", "html", "reset", "deep", "empty", "unsuccessful"])
def test_a_room_that_cannot_be_looked_up_counts_as_a_customers(rocketchat, command, kind):
    rocketchat.fail("rooms.info", kind)
    room_id = rocketchat.add_room("room", "c")

    assert command().is_customer_room(room_id) is True


@pytest.mark.parametrize(
    "room", [None, [], {}, {"t": None}, {"t": ""}, {"t": []}, {"t": {"c": 1}}, {"t": "C"}]
)
def test_a_room_of_an_unknown_kind_counts_as_a_customers(rocketchat, command, room):
    rocketchat.fail("rooms.info", "status", code=200, body={"success": True, "room": room})

    assert command().is_customer_room("r1") is True
