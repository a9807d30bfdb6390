import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitors_bot.outbound import Outbound
from monitors_bot.platforms.response_urls import LONGEST_URL, ResponseUrls

BASES = {
    "slack": "https://hooks.slack.com",
    "mattermost": "https://example.com/team",
    "local": "http://127.0.0.1:8065",
    "six": "http://[::1]:8065",
}


def allows(url, platform="slack"):
    return ResponseUrls(Outbound(), BASES).allows(platform, url)


@pytest.mark.parametrize(
    ("platform", "url"),
    [
        ("slack", "https://hooks.slack.com/commands/T1/42/x"),
        ("slack", "https://hooks.slack.com:443/commands/x"),
        ("slack", "https://HOOKS.slack.com/commands/x"),
        ("slack", "https://hooks.slack.com/a?b=c%20d"),
        ("slack", "https://hooks.slack.com/a%20b/c.d-e_f~g"),
        ("mattermost", "https://example.com/team/hooks/commands/x"),
        ("local", "http://127.0.0.1:8065/hooks/x"),
        ("six", "http://[::1]:8065/hooks/x"),
    ],
)
def test_a_url_below_the_platforms_base_is_allowed(platform, url):
    assert allows(url, platform)


@pytest.mark.parametrize("platform", ["irc", "", "Slack", "mattermost", "local"])
def test_the_base_of_one_platform_is_not_allowed_for_another(platform):
    assert not allows("https://hooks.slack.com/commands/x", platform)


@pytest.mark.parametrize(
    "url",
    [
        "https://example.com/hooks/x",
        "https://example.com/team",
        "https://example.com/team/",
        "https://example.com/teams/x",
        "https://example.com/team2/x",
        "https://example.com//team/x",
        "https://example.com/team/../x",
        "https://example.com/team/%2e%2e/x",
        "https://example.com/team/a%2fb",
        "https://example.com/team/a%5cb",
        "https://example.com/team/%25252e%25252e/x",
    ],
)
def test_a_path_outside_the_bases_is_refused(url):
    assert not allows(url, "mattermost")


@pytest.mark.parametrize(
    "url",
    [
        "",
        "/commands/x",
        "//hooks.slack.com/x",
        "hooks.slack.com/x",
        "http://hooks.slack.com/x",
        "https://hooks.slack.com",
        "https://hooks.slack.com/",
        "https://hooks.slack.com:444/x",
        "https://hooks.slack.com:/x",
        "https://hooks.slack.com:99999/x",
        "https://hooks.slack.com:https/x",
        "https://hooks.slack.com./x",
        "https://hooks.slack.com.evil.example/x",
        "https://evil.example/hooks.slack.com/x",
        "https://hooks.slack.com@evil.example/x",
        "https://kim@hooks.slack.com/x",
        "https://kim:word@hooks.slack.com/x",
        "https://@hooks.slack.com/x",
        "https://hooks.slack.com\\@evil.example/x",
        "https://hooks.slack.com%2eevil.example/x",
        "https://[::1/x",
        "https://hooks.slack.com/x#y",
        "https://hooks.slack.com/x y",
        "https://hooks.slack.com/x\r\nHost: evil.example",
        "https://ⓗooks.slack.com/x",
        "https://hooks.slack.com/" + "x" * LONGEST_URL,
    ],
)
def test_a_url_of_another_server_or_of_a_doubtful_form_is_refused(url):
    assert not allows(url)


@given(rest=st.text(max_size=60), path=st.text(max_size=60))
def test_no_text_leads_to_another_server(rest, path):
    url = f"https://hooks.slack.com{rest}/{path}"

    if allows(url):
        assert url.startswith(("https://hooks.slack.com/", "https://hooks.slack.com:443/"))
        assert "/../" not in url
