"""What only an admin sees: all units, the webhooks that point at this stack, the workspace's settings."""

from collections.abc import Mapping

from monitors_bot import errors
from monitors_bot.rocketchat import api, parsing
from monitors_bot.rocketchat.api import Route
from monitors_bot_cli.doctor.findings import Finding, failed, not_checked, ok, warning
from monitors_bot_cli.doctor.patient import Patient, command

INTEGRATIONS = Route("integrations.list", "manage-outgoing-integrations")
SETTING = Route("settings/{}", "view-privileged-setting", may_refuse=True)
PUBLIC_SETTINGS = Route("settings.public")
UNRECOGNIZED = "Message_AllowUnrecognizedSlashCommand"
WEBHOOK_URL, WEBHOOK_TOKEN = "Livechat_webhookUrl", "Livechat_secret_token"
NO_ADMIN = "only an admin sees it: run the doctor with --admin"
NOT_USED = "it is not set up"


def every_unit_is_seen(patient: Patient) -> Finding:
    """Compare what the account sees with what an admin does: a short list looks like a whole one."""
    if not patient.admin:
        return not_checked(NO_ADMIN)
    rows = patient.server_as(patient.admin).get_all(api.UNITS, "units", patient.deadline())
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
    if not patient.admin:
        return not_checked(NO_ADMIN)
    url = patient.installation.outputs["RocketChatCommandUrl"]
    rows = patient.server_as(patient.admin).get_all(INTEGRATIONS, "integrations", patient.deadline())
    ours = [row for row in rows if url in _texts(row.get("urls"))]
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
    if not patient.admin:
        return not_checked(NO_ADMIN)
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
    if not patient.admin:
        return None
    try:
        told: Mapping[str, object] = patient.server_as(patient.admin).get(
            SETTING, patient.deadline(), part=name
        )
    except errors.RocketChatRejected:
        return None
    return told.get("value")


def _texts(value: object) -> list[str]:
    return [one for one in value if isinstance(one, str)] if isinstance(value, list) else []
