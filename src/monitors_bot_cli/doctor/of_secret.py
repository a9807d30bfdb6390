"""The secret: whether it can be read, and whether each of its keys can work."""

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
        keys = len(patient.secret.shared)
    except SecretUnreachable as error:
        return failed(f"It can't be used: {error}.", f"{command(patient, 'setup')} stores it.")
    return ok(f"{patient.installation.secret_id} can be read, {keys} keys for callers are known")


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
        key = unusable[0].partition(" ")[0]
        return failed(
            f"These keys can't be used: {', '.join(unusable)}.", command(patient, f"secret set {key}")
        )
    return ok("every key that is there can be used")


def somebody_may_call(patient: Patient) -> Finding:
    used = [who for key, who in CALLERS.items() if patient.uses(key)]
    if not used:
        return warning("No chat is connected yet.", f"{command(patient, 'setup')} connects one.")
    return ok(", ".join(used))
