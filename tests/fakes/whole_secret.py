"""The bot's secret with every caller's key, as the stand-ins of the callers use them."""

from typing import Any

from tests.fakes.chat_client import APP_SECRET, MATTERMOST_TOKEN, SIGNING_SECRET, WEBHOOK_TOKEN
from tests.fakes.rocketchat.records import Account
from tests.fakes.webhook_senders import LIVECHAT_TOKEN, WEBHOOK_SECRET


def whole_secret(account: Account) -> dict[str, Any]:
    return {
        "rocketchat_user_id": account.user_id,
        "rocketchat_auth_token": account.token,
        "rocketchat_webhook_token": WEBHOOK_TOKEN,
        "rocketchat_livechat_token": LIVECHAT_TOKEN,
        "rocketchat_app_secret": APP_SECRET,
        "slack_signing_secret": SIGNING_SECRET,
        "mattermost_token": MATTERMOST_TOKEN,
        "webhook_secret": WEBHOOK_SECRET,
    }
