"""What is filled in on the chat platforms points at routes that exist, and fits what they take."""

import json
from urllib.parse import parse_qs, urlsplit

from monitors_bot.lambdas.chat import routes
from monitors_bot.lambdas.webhook import ROUTES
from monitors_bot.wiring.platforms import BUTTONS, PLATFORMS
from monitors_bot_cli import manifests
from monitors_bot_cli.callers import CALLERS
from monitors_bot_cli.chats import CHATS
from tests.fakes.sam_template import TEMPLATE

API = "https://a1b2c3d4e5.execute-api.eu-central-1.amazonaws.com"
EVERY_PATH = {*routes([*PLATFORMS, *BUTTONS]), *ROUTES}


def addresses(value):
    """Every URL of the bot's API in a manifest, wherever it stands."""
    if isinstance(value, dict):
        return {one for each in value.values() for one in addresses(each)}
    if isinstance(value, list):
        return {one for each in value for one in addresses(each)}
    return {value} if isinstance(value, str) and value.startswith(API) else set()


def test_every_address_in_them_is_a_route_and_every_route_is_in_one():
    told = [
        manifests.slack_manifest(API),
        manifests.mattermost_command(API),
        manifests.rocketchat_webhook(API, "token", "monitors-bot", "#support"),
        manifests.omnichannel_webhook(API, "token"),
        manifests.app_address(API),
    ]

    assert {url.removeprefix(API) for url in addresses(told)} == EVERY_PATH - {"/webhooks/page"}


def test_they_are_what_the_stack_tells_as_its_outputs():
    outputs = {key: told["Value"].get("Fn::Sub", "") for key, told in TEMPLATE["Outputs"].items()}
    paths = {text.removeprefix("${Api.ApiEndpoint}") for text in outputs.values() if text.startswith("${Api")}

    assert paths == EVERY_PATH


def test_whoever_calls_can_be_connected_and_is_asked_by_the_doctor():
    assert {caller.path for caller in CALLERS} == EVERY_PATH
    assert set(CHATS.values()) == {caller.key for caller in CALLERS}


def test_slacks_page_is_opened_with_the_manifest():
    page = urlsplit(manifests.slack_page(API))

    assert (page.scheme, page.netloc) == ("https", "api.slack.com")
    assert json.loads(parse_qs(page.query)["manifest_json"][0]) == manifests.slack_manifest(API)


def test_the_manifest_keeps_slacks_limits():
    """https://docs.slack.dev/reference/app-manifest"""
    told = json.loads(json.dumps(manifests.slack_manifest(API)))

    assert len(told["display_information"]["name"]) <= 35
    assert len(told["display_information"]["description"]) <= 140
    [command] = told["features"]["slash_commands"]
    assert command["command"].startswith("/")
    assert len(command["command"]) <= 32
    assert command["should_escape"] is False
