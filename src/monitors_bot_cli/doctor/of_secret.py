"""The secret: whether it can be read, and whether each of its keys can work."""

import re

from monitors_bot.aws.secret import AUTH_TOKEN, USER_ID
from monitors_bot.errors import SecretUnreachable
from monitors_bot_cli import stack
from monitors_bot_cli.doctor.findings import Finding, failed, ok, warning
from monitors_bot_cli.doctor.patient import Patient, command

MATTERMOST = "mattermost_token"
MOST_DAYS = 7
CALLERS = {
    "rocketchat_app_secret": "the app in Rocket.Chat",
    "rocketchat_webhook_token": "Rocket.Chat's webhook",
    "slack_signing_secret": "Slack",
    MATTERMOST: "Mattermost",
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


def old_values_are_retired(patient: Patient) -> Finding:
    """Whether a caller's old value is still valid a week after it was changed.

    Mattermost is left out: each of its teams has a token of its own.
    """
    double = [key for key in CALLERS if key != MATTERMOST and len(patient.secret.shared_with(key)) > 1]
    if not double:
        return ok("each caller has one")
    client = patient.installation.client("secretsmanager")
    with stack.in_words():
        changed = client.describe_secret(SecretId=patient.installation.secret_id)["LastChangedDate"]
    days = (patient.now() - changed.timestamp()) / 86_400
    if days > MOST_DAYS:
        return warning(
            f"Two values of {', '.join(double)} are valid, since {days:.0f} days or more.",
            f"When the other side has the newer one: {command(patient, f'secret retire {double[0]}')}",
        )
    return ok(f"two of {', '.join(double)} are valid, which may be so for {MOST_DAYS} days")


def somebody_may_call(patient: Patient) -> Finding:
    used = [who for key, who in CALLERS.items() if patient.uses(key)]
    if not used:
        return warning("No chat is connected yet.", f"{command(patient, 'setup')} connects one.")
    return ok(", ".join(used))
