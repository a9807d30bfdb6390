import pytest

from monitors_bot.errors import SettingsError
from monitors_bot.settings import host_of, read_background, read_chat, read_late_answers, read_webhooks
from monitors_bot.wiring.platforms import PLATFORMS
from tests.fakes import pigeon
from tests.fakes.watched_environment import READERS, variables_read_by
from tests.fakes.watched_environment import VALUES as NEEDED


def read(**more):
    return read_chat({**NEEDED, **more}, PLATFORMS)


def test_only_the_required_settings_are_needed():
    settings = read()

    assert settings.answers.rocketchat_url == "https://chat.example.com"
    assert settings.answers.secret_id == "monitors-bot"
    assert settings.answers.queue_url == NEEDED["QUEUE_URL"]
    assert settings.answers.response_bases == {"slack": "https://hooks.slack.com"}
    assert (settings.reply_seconds, settings.long_reply_seconds) == (2.5, 8.0)


def test_mattermost_gets_late_answers_where_its_address_is_known():
    settings = read(
        MATTERMOST_URL="https://mattermost.example.com/team/", SLACK_HOOKS_URL="http://127.0.0.1:1/x"
    )

    assert settings.answers.response_bases == {
        "slack": "http://127.0.0.1:1/x",
        "mattermost": "https://mattermost.example.com/team",
    }


def test_a_platform_in_the_table_brings_its_own_variable():
    environ = {**NEEDED, "PIGEON_URL": "https://pigeons.example.com/loft/"}

    assert read_chat(environ, [pigeon]).answers.response_bases == {
        "pigeon": "https://pigeons.example.com/loft"
    }
    assert read_late_answers(NEEDED, [pigeon]).response_bases == {}


@pytest.mark.parametrize(("name", "value"), [("SLACK_HOOKS_URL", ""), ("MATTERMOST_URL", " ")])
def test_a_blank_base_is_refused_where_there_is_a_default_or_white_space(name, value):
    with pytest.raises(SettingsError, match=f"^{name} is not set"):
        read(**{name: value})


def test_deadlines_are_given_in_milliseconds():
    settings = read(REPLY_DEADLINE_MS="1200", LONG_REPLY_DEADLINE_MS=" 15000 ")

    assert (settings.reply_seconds, settings.long_reply_seconds) == (1.2, 15.0)


def test_an_empty_deadline_is_the_usual_one():
    assert read(REPLY_DEADLINE_MS="").reply_seconds == 2.5


@pytest.mark.parametrize("name", ["REPLY_DEADLINE_MS", "LONG_REPLY_DEADLINE_MS"])
@pytest.mark.parametrize(
    "value", ["0", "000", "-1", "2.5", "2500ms", "1e3", "٣", "9" * 7, "9" * 5000, "nan", "0x10"]
)
def test_an_invalid_deadline_is_refused_by_name(name, value):
    with pytest.raises(SettingsError, match=f"^{name} "):
        read(**{name: value})


@pytest.mark.parametrize(
    ("function", "name"),
    [(function, name) for function in READERS for name in NEEDED if name in variables_read_by(function)],
)
@pytest.mark.parametrize("value", ["", " \n"])
def test_a_missing_setting_is_named(function, name, value):
    with pytest.raises(SettingsError, match=f"^{name} is not set"):
        READERS[function]({**NEEDED, name: value})
    with pytest.raises(SettingsError, match=f"^{name} is not set"):
        READERS[function]({other: value for other, value in NEEDED.items() if other != name})


@pytest.mark.parametrize(
    ("url", "kept", "host"),
    [
        ("https://chat.example.com/", "https://chat.example.com", "chat.example.com"),
        ("https://example.com/chat/", "https://example.com/chat", "example.com"),
        ("http://127.0.0.1:3000", "http://127.0.0.1:3000", "127.0.0.1:3000"),
        ("http://[::1]:3000//", "http://[::1]:3000", "[::1]:3000"),
        (" https://chat.example.com\n", "https://chat.example.com", "chat.example.com"),
        ("HTTPS://Chat.Example.com", "HTTPS://Chat.Example.com", "Chat.Example.com"),
    ],
)
def test_a_server_is_given_by_its_url_which_may_have_a_path(url, kept, host):
    settings = read(ROCKETCHAT_URL=url)

    assert (settings.answers.rocketchat_url, host_of(settings.answers.rocketchat_url)) == (kept, host)


@pytest.mark.parametrize(
    "url",
    [
        "chat.example.com", "ftp://chat.example.com", "https://", "https:///path", "//chat.example.com", "https://:3000",
        "https://chat.example.com:port", "https://chat.example.com:99999", "https://chat.example.com:0", "https://[::1",
        "https://kim@chat.example.com", "https://kim:word@chat.example.com", "https://@chat.example.com",
        "https://chat.example.com?x=1", "https://chat.example.com/?", "https://chat.example.com#x", "https://chat.example.com/#",
        "https://chat example.com", "https://chat.example.com/a b", "https://chat.\nexample.com",
    ],
)  # fmt: skip
def test_an_invalid_server_url_is_refused_by_name_and_not_shown(url):
    with pytest.raises(SettingsError, match=r"^ROCKETCHAT_URL ") as refused:
        read(ROCKETCHAT_URL=url)

    assert "example" not in str(refused.value)


def test_only_the_named_variables_are_read():
    others = {"AWS_REGION": "x", "rocketchat_url": "x"}

    both = {"ROCKETCHAT_URL", "SECRET_ID", "QUEUE_URL", "TABLE_NAME", "SLACK_HOOKS_URL", "MATTERMOST_URL"}
    queue = {"BACKGROUND_QUEUE_URL", "TABLE_NAME"}
    assert variables_read_by("ChatFunction") == both | queue | {"REPLY_DEADLINE_MS", "LONG_REPLY_DEADLINE_MS"}
    assert variables_read_by("LateAnswersFunction") == both
    assert variables_read_by("ScheduleFunction") == queue
    assert variables_read_by("WebhookFunction") == queue | {
        "SECRET_ID",
        "NOTIFY_CHANNEL",
        "OMNICHANNEL_EVENTS",
    }
    assert variables_read_by("BackgroundFunction") == queue | {
        "ROCKETCHAT_URL", "SECRET_ID", "REFRESH_PERCENT", "NOTIFY_CHANNEL", "NOTIFY_WINDOW_SECONDS"
    }  # fmt: skip
    assert read(**others) == read()


@pytest.mark.parametrize("channel", ["#leads", "@ana", "GENERAL", "", "  "])
def test_the_usual_channel_may_be_empty(channel):
    assert read_webhooks({**NEEDED, "NOTIFY_CHANNEL": channel}).notify_channel == channel.strip()
    assert read_webhooks(NEEDED).notify_channel == ""


@pytest.mark.parametrize("channel", ["#", "##a", "#a\nb", "# a"])
def test_an_invalid_usual_channel_is_refused(channel):
    with pytest.raises(SettingsError, match=r"^NOTIFY_CHANNEL "):
        read_webhooks({**NEEDED, "NOTIFY_CHANNEL": channel})


def test_the_types_of_events_are_separated_by_commas():
    usual = {"LivechatSessionQueued", "LivechatSessionForwarded"}

    assert (
        read_webhooks(NEEDED).omnichannel_events
        == read_webhooks({**NEEDED, "OMNICHANNEL_EVENTS": " "}).omnichannel_events
        == usual
    )
    assert read_webhooks({**NEEDED, "OMNICHANNEL_EVENTS": "A, B ,C"}).omnichannel_events == {"A", "B", "C"}


@pytest.mark.parametrize("events", ["A,,B", "A;B", ",", "A B", "ä"])
def test_invalid_types_of_events_are_refused(events):
    with pytest.raises(SettingsError, match=r"^OMNICHANNEL_EVENTS "):
        read_webhooks({**NEEDED, "OMNICHANNEL_EVENTS": events})


@pytest.mark.parametrize(("value", "seconds"), [("", 60), ("1", 1), (" 900 ", 900)])
def test_the_window_is_given_in_seconds(value, seconds):
    assert read_background({**NEEDED, "NOTIFY_WINDOW_SECONDS": value}).notify_window_seconds == seconds


@pytest.mark.parametrize("value", ["0", "901", "-1", "1.5", "٣", "9" * 5000])
def test_an_invalid_window_is_refused(value):
    with pytest.raises(SettingsError, match=r"^NOTIFY_WINDOW_SECONDS "):
        read_background({**NEEDED, "NOTIFY_WINDOW_SECONDS": value})


@pytest.mark.parametrize(("value", "share"), [("", 0.1), ("1", 0.01), (" 100 ", 1)])
def test_the_share_of_a_refresh_is_given_in_percent(value, share):
    assert read_background({**NEEDED, "REFRESH_PERCENT": value}).refresh_share == share


@pytest.mark.parametrize("value", ["0", "101", "-1", "1.5", "10%"])
def test_an_invalid_share_is_refused(value):
    with pytest.raises(SettingsError, match=r"^REFRESH_PERCENT "):
        read_background({**NEEDED, "REFRESH_PERCENT": value})
