"""What is filled in on each chat platform, derived from the routes, so that the two can't disagree."""

import json
from collections.abc import Mapping
from urllib.parse import urlencode

from monitors_bot.lambdas.webhook import OMNICHANNEL
from monitors_bot.platforms import mattermost, slack, slack_interactivity
from monitors_bot.platforms.rocketchat import app, command

WORD, WEBHOOK_WORD = "/monitors", "!monitors"
DESCRIPTION = "Who monitors a unit, and which of them are online"
HINT = "[unit]"
NAME = "Monitors"
NEW_SLACK_APP = "https://api.slack.com/apps?new_app=1&"
EVENTS = ("ChatQueued", "ChatTaken", "Forward", "Close")
"""Those that begin a customer's wait, and those that end it."""


def slack_manifest(api_url: str) -> dict[str, object]:
    """https://docs.slack.dev/reference/app-manifest"""
    return {
        "display_information": {"name": NAME, "description": DESCRIPTION},
        "features": {
            "bot_user": {"display_name": NAME.lower(), "always_online": True},
            "slash_commands": [
                {
                    "command": WORD,
                    "url": api_url + slack.PATH,
                    "description": DESCRIPTION,
                    "usage_hint": HINT,
                    "should_escape": False,
                }
            ],
        },
        "oauth_config": {"scopes": {"bot": ["commands"]}},
        "settings": {
            "interactivity": {"is_enabled": True, "request_url": api_url + slack_interactivity.PATH},
            "org_deploy_enabled": False,
            "socket_mode_enabled": False,
        },
    }


def slack_page(api_url: str) -> str:
    """Return Slack's page that makes an app of the manifest once somebody agrees."""
    return NEW_SLACK_APP + urlencode({"manifest_json": json.dumps(slack_manifest(api_url))})


def mattermost_command(api_url: str) -> dict[str, object]:
    """https://developers.mattermost.com/integrate/slash-commands/custom/"""
    return {
        "trigger": WORD.removeprefix("/"),
        "method": "P",
        "url": api_url + mattermost.PATH,
        "display_name": NAME,
        "auto_complete": True,
        "auto_complete_desc": DESCRIPTION,
        "auto_complete_hint": HINT,
    }


def rocketchat_webhook(api_url: str, token: str, username: str, channel: str) -> dict[str, object]:
    """The body of integrations.create: https://developer.rocket.chat/apidocs/create-an-integration"""
    return {
        "type": "webhook-outgoing",
        "event": "sendMessage",
        "enabled": True,
        "name": NAME,
        "username": username,
        "channel": channel,
        "triggerWords": [WEBHOOK_WORD],
        "urls": [api_url + command.PATH],
        "token": token,
        "scriptEnabled": False,
        "runOnEdits": False,
        "retryFailedCalls": False,
    }


def omnichannel_webhook(api_url: str, token: str) -> Mapping[str, object]:
    """The body of omnichannel/integrations; events that it does not name stay as they are."""
    return {
        "LivechatWebhookUrl": api_url + OMNICHANNEL,
        "LivechatSecretToken": token,
        **{f"LivechatWebhookOn{event}": True for event in EVENTS},
    }


def app_address(api_url: str) -> str:
    return api_url + app.PATH
