"""The secret: whether it can be read, and whether each of its keys can work."""

import re

from monitors_bot.aws.secret import AUTH_TOKEN, USER_ID
from monitors_bot.errors import SecretUnreachable
from monitors_bot_cli.doctor.findings import Finding, failed, ok, warning
from monitors_bot_cli.doctor.patient import Patient, command

CALLERS = {
    "rocketchat_app_secret": "the app in Rocket.Chat",
    "rocketchat_webhook_token": "Rocket.Chat's webhook",
    "slack_signing_secret": "Slack",
    "mattermost_token": "Mattermost",
    "webhook_secret": "pages",
    "rocketchat_livechat_token": "Omnichannel events",
}


def can_be_read(patient: Patient) -> Finding:
    try:
        patient.secret  # noqa: B018 - reading it is the check
    except SecretUnreachable as error:
        return failed(f"It can't be used: {error}.", f"{command(patient, 'setup')} stores it.")
    return ok("it can be read")


def has_an_account(patient: Patient) -> Finding:
    lacking = [key for key in (USER_ID, AUTH_TOKEN) if key in patient.secret.unusable_keys]
    if lacking:
        return failed(
            f"{' and '.join(lacking)} is missing, or can't be sent as a header.",
            " and ".join(command(patient, f"secret set {key}") for key in lacking),
        )
    return ok(f"user id {patient.secret.user_id}, with a token")


def keys_can_work(patient: Patient) -> Finding:
    unusable = [key for key in patient.secret.unusable_keys if key not in {USER_ID, AUTH_TOKEN}]
    if unusable:
        return failed(f"These keys can't be used: {', '.join(unusable)}.", _advice(unusable[0], patient))
    return ok("every key that is there can be used")


def _advice(unusable: str, patient: Patient) -> str:
    """Return what to do about a key as the secret's reader names it, with the reason in brackets."""
    if meant := re.search(r"did you mean (\w+)\?", unusable):
        return f"Store its value under the right name: {command(patient, f'secret set {meant[1]}')}"
    key, _, why = unusable.partition(" ")
    return command(patient, f"secret {'unset' if why == '(not known)' else 'set'} {key}")


def somebody_may_call(patient: Patient) -> Finding:
    used = [who for key, who in CALLERS.items() if patient.uses(key)]
    if not used:
        return warning("No chat is connected yet.", f"{command(patient, 'setup')} connects one.")
    return ok(", ".join(used))
