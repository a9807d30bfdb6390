"""The keys of the secret: what each is, whether it can be made here, and what is wrong with a value."""

import base64
import difflib
import json
import secrets as random
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from monitors_bot.aws.secret import ACCESS_RULES, AUTH_TOKEN, SHARED_KEYS, USER_ID, read_secret
from monitors_bot.reach import CA_CERTIFICATES, HTTPS_PROXY
from monitors_bot_cli.problems import Stopped
from monitors_bot_cli.secret_rules import can_work


def _key() -> str:
    """Make a key as Standard Webhooks ask: https://www.standardwebhooks.com"""
    return f"whsec_{base64.b64encode(random.token_bytes(32)).decode()}"


def _token() -> str:
    return random.token_urlsafe(32)


@dataclass(frozen=True)
class Key:
    """A key: what its value is, and where the other side keeps the same value."""

    name: str
    about: str
    where: str = ""
    make: Callable[[], str] | None = None

    @property
    def is_shared(self) -> bool:
        """Whether a caller has the same value, so that two of them may be valid at once."""
        return self.name in SHARED_KEYS


KEYS: Mapping[str, Key] = {
    key.name: key
    for key in (
        Key(USER_ID, "user id of the bot's account in Rocket.Chat"),
        Key(AUTH_TOKEN, "personal access token of the bot's account"),
        Key(
            "rocketchat_app_secret",
            "secret that the app in Rocket.Chat signs with",
            "the app's settings: Administration, Marketplace, Private Apps",
            _key,
        ),
        Key(
            "rocketchat_webhook_token",
            "token of the outgoing webhook in Rocket.Chat",
            "the webhook: Administration, Workspace, Integrations",
            _token,
        ),
        Key(
            "rocketchat_livechat_token",
            "Secret Token of the Omnichannel webhook",
            "Omnichannel, Webhooks",
            _token,
        ),
        Key(
            "slack_signing_secret",
            "signing secret of the Slack app",
            "api.slack.com/apps, Basic Information",
        ),
        Key(
            "mattermost_token",
            "token of the slash command in Mattermost",
            "Integrations, Slash Commands",
        ),
        Key(
            "webhook_secret",
            "secret that systems sign their pages with",
            "each system that sends pages",
            _key,
        ),
        Key(CA_CERTIFICATES, "certificates of private authorities, as PEM text"),
        Key(ACCESS_RULES, "who may ask what: docs/access.md"),
        Key(HTTPS_PROXY, "URL of the proxy on the way to Rocket.Chat, Slack and Mattermost"),
    )
}


def key_named(name: str) -> Key:
    """Return a key. Raises Stopped with the one that was probably meant."""
    if key := KEYS.get(name):
        return key
    close = difflib.get_close_matches(name.lower().replace("-", "_"), KEYS, n=1)
    hint = f"Did you mean {close[0]}?" if close else f"There are: {', '.join(KEYS)}."
    raise Stopped(f"{name} is no key of the secret. {hint}")


def problem_of(key: Key, value: object) -> str:
    """Say what is wrong with a value of a key, as the functions would; empty if nothing is."""
    if not value and value != {}:
        return "it is empty"
    rest = {USER_ID: "u", AUTH_TOKEN: "t"}
    read = read_secret(json.dumps({**rest, key.name: value}), SHARED_KEYS, can_work)
    found = next((one for one in read.unusable_keys if one.partition(" ")[0] == key.name), "")
    if not found:
        return ""
    _, bracket, why = found.partition("(")
    return why.rstrip(")") if bracket else "it can't work: see docs/secret.md"


def values_of(value: object) -> list[str]:
    """Return the usable texts of a shared key's value: one, or those of a list."""
    listed = value if isinstance(value, list) else [value]
    return [one for one in listed if isinstance(one, str) and one.strip()]
