"""What goes wrong, told apart, each with a next step."""

import logging

import pytest

from monitors_bot.domain.units.roster import Monitor, Unit
from tests.conftest import SECRET_NAME
from tests.fakes.api_gateway import event_for
from tests.fakes.certificates import Authority
from tests.fakes.scripted_server import ScriptedServer, http_answer
from tests.scenarios.conftest import Ask, typed

UNIT_ROUTES = ("livechat/units", "livechat/units/:unitId/monitors", "livechat/monitors")


@pytest.fixture
def ask_elsewhere(ask: Ask, bot, caplog):
    """Ask a bot whose server is at another URL; return the title of its answer, and the cause in the log."""
    caplog.set_level(logging.INFO, logger="monitors_bot")

    def ask_at(url):
        bot.environ["ROCKETCHAT_URL"] = url
        bot.start_cold()
        title = ask("Sales").title
        return title, next(line.why for line in reversed(caplog.records) if line.message == "answered")

    return ask_at


def test_no_such_unit(ask: Ask, platform):
    answer = ask("Nowhere", platform)

    assert answer.title == "There is no unit “Nowhere”."
    assert "All units: " in answer


def test_a_unit_with_no_monitor(ask: Ask, rocketchat, platform):
    rocketchat.add_unit("Night")

    answer = ask("night", platform)

    assert answer.title == "Nobody monitors Night."
    assert "add monitors to the unit" in answer


def test_a_unit_whose_monitors_all_lost_the_role_is_empty_though_it_is_still_counted(ask: Ask, rocketchat):
    rocketchat.remove_monitor_role("ana")

    answer = ask("Sales")

    assert answer.title == "Nobody monitors Sales."
    assert "The list of units still counts 1, which is out of date." in answer


def test_a_unit_that_has_just_got_its_first_monitor_is_not_called_empty(ask: Ask, rocketchat):
    night = rocketchat.add_unit("Night")
    ask("Night")
    rocketchat.set_monitors(night, ["ana"])

    assert ask("Night").title == "Night: 1 of 1 monitor online"


def test_a_unit_that_was_empty_when_the_server_went_down_has_no_last_known_roster(
    ask: Ask, rocketchat, clock, platform
):
    rocketchat.add_unit("Night")
    ask("Night")
    clock.advance(20)
    rocketchat.fail("*", "status", code=503)

    answer = ask("Night", platform)

    assert answer.title == "Rocket.Chat can't be reached right now."
    assert "0 of 0" not in answer


def test_a_unit_that_was_removed_since_is_not_called_empty(ask: Ask, rocketchat):
    ask("Sales")
    rocketchat.remove_unit("salesSales0000001")

    assert ask("Sales").title == "Sales: 1 of 1 monitor online"  # links are remembered for seconds

    rocketchat.add_unit("Night", id="nightNight0000001")
    ask("Night")
    rocketchat.remove_unit("nightNight0000001")

    assert ask("Night").title == "There is no unit “Night”."


def test_the_permission_to_read_monitors_is_missing(ask: Ask, rocketchat, platform):
    rocketchat.permissions.discard("manage-livechat-monitors")

    answer = ask("Sales", platform)

    assert answer.title == "The bot's account lacks the permission manage-livechat-monitors."
    assert "Rocket.Chat admin can grant it" in answer


def test_the_permission_to_read_units_is_missing_and_the_server_says_so(ask: Ask, rocketchat):
    rocketchat.permissions.discard("manage-livechat-units")
    rocketchat.settings.units_read_needs_permission = True

    assert ask("Sales").title == "The bot's account lacks the permission manage-livechat-units."


@pytest.mark.parametrize("text", ["Sales", "list", "list sal"])
def test_the_permission_to_read_units_is_missing_and_the_server_just_lists_fewer(ask: Ask, rocketchat, text):
    rocketchat.permissions.discard("manage-livechat-units")

    assert ask(text).title == "The bot's account lacks the permission manage-livechat-units."


@pytest.mark.parametrize("text", ["Nowhere", "Billing", "list zzz"])
def test_a_permission_that_was_just_taken_away_is_not_overlooked(ask: Ask, rocketchat, text):
    assert ask("Nowhere").title == "There is no unit “Nowhere”."
    rocketchat.permissions.discard("manage-livechat-units")

    assert ask(text).title == "The bot's account lacks the permission manage-livechat-units."


def test_a_short_list_on_a_server_that_does_not_tell_permissions_is_doubted(ask: Ask, rocketchat):
    rocketchat.permissions.discard("manage-livechat-units")
    rocketchat.fail("permissions.listAll", "status", code=404, content_type="text/plain", body=b"not found")

    answer = ask("Sales")

    assert answer.title == "I see no unit “Sales”."
    assert "I can see no units at all. If there are others, the bot's account may not see them" in answer


def test_an_account_that_only_sees_the_units_it_monitors_does_not_deny_the_others(ask: Ask, rocketchat):
    rocketchat.account_roles[:] = ["bot", "livechat-monitor"]

    answer = ask("Sales")

    assert answer.title == "I see no unit “Sales”."
    assert "not the role livechat-monitor" in answer


@pytest.mark.parametrize("license_", ["missing-400", "missing-404", "missing-html"])
def test_no_licence_for_omnichannel_units(ask: Ask, rocketchat, platform, license_):
    rocketchat.license = license_

    answer = ask("Sales", platform)

    assert answer.title == "Omnichannel units are not available on this server."
    assert "They need a licence." in answer


def test_credentials_refused(ask: Ask, rocketchat, platform):
    rocketchat.rotate_token()

    answer = ask("Sales", platform)

    assert answer.title == "Rocket.Chat refuses the bot's credentials."
    assert "its secret needs the user id and a valid token" in answer


def test_a_token_that_was_just_changed_is_read_again_and_nobody_notices(ask: Ask, aws, rocketchat, secret):
    ask("Sales")
    new = rocketchat.rotate_token()
    aws.change_secret(SECRET_NAME, {**secret, "rocketchat_auth_token": new})

    assert ask("Billing EU").title == "Billing EU: 1 of 3 monitors online"


def test_the_secret_is_not_read_again_for_everybody_who_asks_meanwhile(ask: Ask, aws, rocketchat, secret):
    ask("Sales")
    new = rocketchat.rotate_token()

    assert ask("Billing EU").title == "Rocket.Chat refuses the bot's credentials."
    aws.change_secret(SECRET_NAME, {**secret, "rocketchat_auth_token": new})

    assert ask("Billing EU").title == "Rocket.Chat refuses the bot's credentials."


def test_after_half_a_minute_it_is_read_again(ask: Ask, aws, rocketchat, secret, clock):
    ask("Sales")
    new = rocketchat.rotate_token()
    ask("Billing EU")
    aws.change_secret(SECRET_NAME, {**secret, "rocketchat_auth_token": new})
    clock.advance(31)

    assert ask("Billing EU").title == "Billing EU: 1 of 3 monitors online"


def test_a_user_id_alone_that_was_corrected_is_another_account(ask: Ask, aws, secret, clock):
    aws.change_secret(SECRET_NAME, {**secret, "rocketchat_user_id": "wrong"})
    assert ask("Sales").title == "Rocket.Chat refuses the bot's credentials."
    aws.change_secret(SECRET_NAME, secret)
    clock.advance(31)

    assert ask("Sales").title == "Sales: 1 of 1 monitor online"


def test_rate_limited_says_when_to_try_again(ask: Ask, rocketchat, platform):
    rocketchat.permissions.discard("api-bypass-rate-limit")
    rocketchat.settings.limit_calls = 0

    answer = ask("Sales", platform)

    assert answer.title == "Rocket.Chat asks the bot to slow down."
    assert "Try again in " in answer
    assert "api-bypass-rate-limit" in answer


TOO_MANY = "<html>429 Too Many Requests</html>"


@pytest.mark.parametrize(
    ("retry_after", "said"),
    [("3600", "in 1 hour."), ("600", "in 10 minutes."), ("5", "in 5 seconds."), ("86400", "in 1 hour.")],
)
def test_a_proxy_that_limits_the_bot_is_obeyed_and_quoted(ask: Ask, rocketchat, clock, retry_after, said):
    clock.stop_at(clock())
    headers = {"Retry-After": retry_after}
    rocketchat.fail("livechat/units", "status", times=1, code=429, headers=headers, body=TOO_MANY)

    answer = ask("Sales")

    assert answer.title == "Rocket.Chat asks the bot to slow down."
    assert f"Try again {said}" in answer

    clock.advance(min(int(retry_after), 3600) - 1)
    assert "Try again in 1 second." in ask("Sales")
    assert len(rocketchat.calls_to("livechat/units")) == 1

    clock.advance(1)
    assert ask("Sales").title == "Sales: 1 of 1 monitor online"


def test_rate_limited_with_a_roster_known_shows_that_one(ask: Ask, rocketchat, clock):
    rocketchat.permissions.discard("api-bypass-rate-limit")
    rocketchat.settings.limit_calls = 1
    rocketchat.settings.limit_seconds = 60
    ask("Sales")
    clock.advance(20)
    calls = len(rocketchat.calls)

    answer = ask("Sales")

    assert answer.title == "Sales: 1 monitor, presence unknown"
    assert "Rocket.Chat asks the bot to slow down. These were the monitors 20 seconds ago" in answer
    assert len(rocketchat.calls) == calls  # a refused call would count too


@pytest.mark.parametrize(
    ("kind", "options", "title"),
    [
        ("status", {"code": 503}, "Rocket.Chat can't be reached right now."),
        ("status", {"code": 502, "content_type": "text/html"}, "Rocket.Chat can't be reached right now."),
        ("reset", {}, "Rocket.Chat can't be reached right now."),
        ("close", {}, "Rocket.Chat can't be reached right now."),
        ("half", {}, "Rocket.Chat can't be reached right now."),
        ("huge", {"megabytes": 64}, "Rocket.Chat can't be reached right now."),
        ("never", {}, "Rocket.Chat did not answer in time."),
        ("slow", {"seconds": 5}, "Rocket.Chat did not answer in time."),
        ("drip-headers", {"interval": 0.1}, "Rocket.Chat did not answer in time."),
        ("drip-body", {"interval": 0.1}, "Rocket.Chat did not answer in time."),
        ("wrong-type", {}, "Rocket.Chat gave an answer that makes no sense."),
        ("not-json", {}, "Rocket.Chat gave an answer that makes no sense."),
        ("unsuccessful", {}, "Rocket.Chat gave an answer that makes no sense."),
        ("deep", {}, "Rocket.Chat gave an answer that makes no sense."),
        ("empty", {}, "Rocket.Chat gave an answer that makes no sense."),
        ("redirect", {"to": "http://127.0.0.1:9/"}, "Rocket.Chat gave an answer that makes no sense."),
    ],
)
def test_down_slow_dripping_or_answering_nonsense(ask: Ask, bot, rocketchat, kind, options, title):
    bot.environ["REPLY_DEADLINE_MS"] = "1000"
    bot.start_cold()
    rocketchat.fail("*", kind, **options)

    answer = ask("Sales", response_url="")  # nowhere to answer late to

    assert answer.title == title
    assert "Try again" in answer


@pytest.mark.parametrize("kind", ["reset", "never", "drip-body", "wrong-type"])
@pytest.mark.parametrize("route", UNIT_ROUTES[:2])
def test_with_a_roster_known_that_one_is_shown_with_its_age_and_presence_unknown(
    ask: Ask, bot, rocketchat, clock, kind, route
):
    bot.environ["REPLY_DEADLINE_MS"] = "1000"
    bot.start_cold()
    ask("Sales")
    clock.advance(420)
    rocketchat.fail(route, kind)

    answer = ask("Sales share")

    assert answer.title == "Sales: 1 monitor, presence unknown"
    assert "These were the monitors 7 minutes ago; who is there now is unknown." in answer
    assert answer.last_line.startswith("Last known, 7 minutes old. From ")
    assert "in a call" not in answer


def test_the_last_known_roster_goes_by_the_new_name_of_its_unit(ask: Ask, rocketchat, clock):
    ask("Sales")
    rocketchat.rename_unit("salesSales0000001", "Retail")
    clock.advance(121)
    ask("list")
    rocketchat.fail("livechat/units/:unitId/monitors", "status", code=503)

    assert ask("Retail").title == "Retail: 1 monitor, presence unknown"


def test_the_log_says_what_the_person_need_not_know(ask: Ask, rocketchat, caplog):
    rocketchat.fail("livechat/units", "status", code=502)

    ask("Sales")

    [line] = [record for record in caplog.records if record.message == "answered"]
    assert line.levelname == "WARNING"
    assert line.why.startswith("RocketChatUnavailable: 502")
    assert line.outcome == "unavailable"


def test_the_log_counts_the_seconds_since_api_gateway_took_the_command(bot, company, slack, caplog):
    caplog.set_level(logging.INFO)
    bot.clock.stop_at(1_795_341_600.0)
    event = event_for(typed(bot, slack, "Sales"), bot.clock() - 0.45)

    bot.door.handle(event)

    [line] = [record for record in caplog.records if record.message == "answered"]
    assert line.seconds == 0.45


def test_the_log_counts_no_calls_of_an_earlier_command_that_are_still_on_their_way(
    ask: Ask, rocketchat, clock, caplog
):
    caplog.set_level(logging.INFO)
    rocketchat.add_unit("Billing US")
    rocketchat.fail("livechat/monitors", "slow", seconds=0.3)
    assert ask("billing").title == "2 units match “billing”. Which one?"
    clock.advance(121)
    rocketchat.fail("livechat/units", "slow", seconds=0.6)

    ask("help")

    *_, line = [record for record in caplog.records if record.message == "answered"]
    assert (line.outcome, line.upstream_calls) == ("help", 1)
    assert line.upstream_seconds < 121


def test_nothing_listens_where_the_server_should_be(ask_elsewhere):
    assert ask_elsewhere("http://127.0.0.1:9") == (
        "Nothing listens at the address of the Rocket.Chat server.",
        "NothingListens: connection refused",
    )


def test_the_name_of_the_server_is_unknown(ask_elsewhere):
    assert (
        ask_elsewhere("https://no-such-host.invalid")[0]
        == "The name of the Rocket.Chat server can't be found."
    )
    assert ask_elsewhere("https://chat..invalid") == (
        "The name of the Rocket.Chat server can't be found.",
        "ServerNameUnknown: no server can have this name",
    )


def test_the_certificate_of_the_server_is_not_trusted(ask_elsewhere, tmp_path):
    tls = Authority(tmp_path).server_context("127.0.0.1")
    with ScriptedServer(http_answer(), tls=tls) as server:
        title, why = ask_elsewhere(server.url)

    assert title == "The certificate of the Rocket.Chat server is not trusted."
    assert why.startswith("CertificateNotTrusted: ")
    assert "certificate" in why
    assert server.heard == []


def test_a_server_whose_certificate_has_expired_is_answered_for_by_the_last_known_roster(
    ask: Ask, bot, recorder, tmp_path
):
    unit = Unit("salesSales0000001", "Sales")
    recorder.record(unit, [Monitor("a", "ana", "Ana Díaz")], bot.clock() - 60)
    with ScriptedServer(http_answer(), tls=Authority(tmp_path).server_context("127.0.0.1")) as server:
        bot.environ["ROCKETCHAT_URL"] = server.url
        bot.start_cold()
        answer = ask("Sales")

    assert answer.title == "Sales: 1 monitor, presence unknown"
    assert "The certificate of the Rocket.Chat server is not trusted. These were the monitors" in answer


def test_the_account_is_missing_in_the_secret(ask: Ask, aws, secret, platform):
    aws.change_secret(SECRET_NAME, {**secret, "rocketchat_auth_token": ""})

    answer = ask("Sales", platform)

    assert answer.title == "The bot is not set up completely."
    assert "the log says which setting or key is missing" in answer
