"""What only an admin sees: all units, the webhooks that point at this stack, the workspace's settings."""

from monitors_bot import errors
from monitors_bot.rocketchat import api, parsing
from monitors_bot.rocketchat.api import Route
from monitors_bot_cli.doctor.findings import Finding, failed, not_checked, ok, warning
from monitors_bot_cli.doctor.patient import Patient, command
from monitors_bot_cli.workspace import INTEGRATIONS, SETTING, texts

PUBLIC_SETTINGS = Route("settings.public")
UNRECOGNIZED = "Message_AllowUnrecognizedSlashCommand"
WEBHOOK_URL, WEBHOOK_TOKEN = "Livechat_webhookUrl", "Livechat_secret_token"
NOT_USED = "it is not set up"


def admin_is_one(patient: Patient) -> Finding:
    if not patient.admin:
        return not_checked("only an admin sees what is below: run the doctor with --admin")
    try:
        me = patient.admins_server.get(api.ME, patient.deadline())
    except errors.CredentialsRefused:
        return failed(
            "Rocket.Chat refuses the admin's user id or token.", "Copy both again, from the same admin."
        )
    if "admin" not in texts(me.get("roles")):
        return failed(f"@{me.get('username')} is no admin.", "Use the token of somebody with the role admin.")
    return ok(f"@{me.get('username')}")


def every_unit_is_seen(patient: Patient) -> Finding:
    """Compare what the account sees with what an admin does: a short list looks like a whole one."""
    rows = patient.admins_server.get_all(api.UNITS, "units", patient.deadline())
    every = sum(parsing.is_unit(row) for row in rows)
    if every != len(patient.units):
        return failed(
            f"The account sees {len(patient.units)} of {every} units.",
            f"Give {api.UNITS.permission} to a role of the account, and take livechat-monitor from it.",
        )
    return ok(f"the account sees all {every}")


def webhook_points_here(patient: Patient) -> Finding:
    if not patient.uses("rocketchat_webhook_token"):
        return not_checked(NOT_USED)
    url = patient.installation.outputs["RocketChatCommandUrl"]
    rows = patient.admins_server.get_all(INTEGRATIONS, "integrations", patient.deadline())
    ours = [row for row in rows if url in texts(row.get("urls"))]
    if not ours:
        return failed(
            f"No outgoing webhook calls {url}.",
            f"{command(patient, 'setup')} creates it, or: docs/rocketchat.md#the-webhook",
        )
    if not any(row.get("enabled") for row in ours):
        return failed("The outgoing webhook is switched off.", "Switch it on: Administration, Integrations.")
    accepted = patient.secret.shared_with("rocketchat_webhook_token")
    if not any(row.get("enabled") and row.get("token") in accepted for row in ours):
        return failed(
            "The outgoing webhook shows another token than the secret has.",
            f"Copy its token (Administration, Integrations) and "
            f"{command(patient, 'secret set rocketchat_webhook_token')}",
        )
    return ok("it points here, with the right token")


def omnichannel_points_here(patient: Patient) -> Finding:
    if not patient.uses("rocketchat_livechat_token"):
        return not_checked(NOT_USED)
    url = patient.installation.outputs["OmnichannelUrl"]
    told = _setting(patient, WEBHOOK_URL)
    if told != url:
        where = "somewhere else" if told else "nowhere"
        return failed(
            f"The Omnichannel webhook points {where}.", f"Set Webhook URL to {url}: Omnichannel, Webhooks."
        )
    if _setting(patient, WEBHOOK_TOKEN) not in patient.secret.shared_with("rocketchat_livechat_token"):
        return failed(
            "The Omnichannel webhook shows another token than the secret has.",
            f"Copy its Secret Token (Omnichannel, Webhooks) and "
            f"{command(patient, 'secret set rocketchat_livechat_token')}",
        )
    return ok("it points here, with the right token")


def commands_are_private(patient: Patient) -> Finding:
    """With this setting on, a mistyped command of the app goes to the room as a message for everybody."""
    if not patient.uses("rocketchat_app_secret"):
        return not_checked("the app is not set up")
    rows = patient.server.get_all(PUBLIC_SETTINGS, "settings", patient.deadline(), [("_id", UNRECOGNIZED)])
    value = next((row.get("value") for row in rows if row.get("_id") == UNRECOGNIZED), None)
    if value is None:
        return warning(
            "The server does not tell whether unrecognized slash commands are allowed.",
            "Look yourself: Administration, Settings, Message.",
        )
    if value is True:
        return failed(
            "Unrecognized slash commands are sent as messages, which everybody in the room reads.",
            "Switch off *Allow unrecognized slash commands*: Administration, Settings, Message.",
        )
    return ok("a mistyped command stays private")


def _setting(patient: Patient, name: str) -> object:
    try:
        return patient.admins_server.get(SETTING, patient.deadline(), part=name).get("value")
    except errors.RocketChatRejected:
        return None
