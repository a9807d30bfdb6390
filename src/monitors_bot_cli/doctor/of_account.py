"""The bot's account on the server: what it may do, tried out, and what it may not be able to do."""

from collections.abc import Mapping

from monitors_bot import errors
from monitors_bot.domain.units.phrases import count, some
from monitors_bot.rocketchat import api
from monitors_bot.rocketchat.api import Route
from monitors_bot.rocketchat.conversations import PERMISSION as VIEW_ROOMS
from monitors_bot.rocketchat.departments import DEPARTMENT
from monitors_bot_cli.doctor.findings import Finding, failed, not_checked, ok, warning
from monitors_bot_cli.doctor.patient import Patient, command

MINT = "create-personal-access-tokens"
BYPASS = "api-bypass-rate-limit"
REMOVE_TOKEN = Route("users.removePersonalAccessToken", may_refuse=True)
NO_SUCH_TOKEN = "monitors-bot doctor: there is no such token"  # noqa: S105 - a name
DEPARTMENTS = DEPARTMENT._replace(path="livechat/department")
RIGHTS = "docs/service-account.md"
MANY_MINUTES = 60
MOST_NAMED = 3


def is_known(patient: Patient) -> Finding:
    try:
        me = patient.me
    except errors.CredentialsRefused:
        return failed(
            "The server refuses the user id or the token.",
            f"Make a new token ({RIGHTS}), then {command(patient, 'secret set rocketchat_auth_token')}",
        )
    if me.get("active") is False:
        return failed(f"{me.get('username')} is deactivated.", "Activate it under Administration, Users.")
    return ok(f"@{me.get('username')}, with the roles {', '.join(sorted(patient.roles)) or '(none)'}")


def is_no_monitor(patient: Patient) -> Finding:
    """A monitor sees only its own units, unless another role is wider."""
    if "livechat-monitor" in patient.roles and not patient.roles & {"admin", "livechat-manager"}:
        return failed(
            "The role livechat-monitor hides the units that the account does not monitor itself.",
            "Take the role livechat-monitor from it: Administration, Users.",
        )
    if "admin" in patient.roles:
        return warning(
            "The account is an admin: whoever has its token may do everything.",
            f"Give it a role with the few rights that it needs instead: {RIGHTS}",
        )
    return ok("no role hides units from it")


def has_a_licence(patient: Patient) -> Finding:
    try:
        patient.server.get(api.UNITS, patient.deadline(), [("count", "1")])
    except errors.UnitsNotAvailable as error:
        return failed(
            f"Omnichannel units are not available on this server ({error}).",
            "They need a premium licence (Administration, Workspace), or RocketChatUrl lacks its path.",
        )
    except errors.PermissionMissing:
        return ok("the server knows units")
    return ok("units are available")


def sees_units(patient: Patient) -> Finding:
    """Newer servers list only some units without the permission, or none, and do not say so."""
    permission = api.UNITS.permission
    try:
        units = patient.units
    except errors.PermissionMissing as error:
        return _lacks(error.permission, patient)
    if patient.may(permission) is False:
        return failed(
            f"The account lacks the permission {permission}, so the server lists {_units(len(units))} only.",
            _grant(permission, patient),
        )
    if not units:
        return warning(
            "There is no unit yet.",
            "Create one under Omnichannel, Units; until then, every question ends there.",
        )
    return ok(_units(len(units)))


def sees_monitors(patient: Patient) -> Finding:
    try:
        people = list(patient.server.get_all(api.MONITORS, "monitors", patient.deadline(), [("text", "")]))
        for unit in patient.units[:1]:
            patient.server.get(api.UNIT_MONITORS, patient.deadline(), part=str(unit["_id"]))
    except errors.PermissionMissing as error:
        return _lacks(error.permission, patient)
    return ok(f"{len(people)} with the role livechat-monitor")


def presence_is_on(patient: Patient) -> Finding:
    answer = patient.server.get(api.PRESENCE, patient.deadline(), [("ids", patient.secret.user_id)])
    if answer.get("full") is not False:
        return warning(
            "Presence is switched off on the server: the bot says who monitors, and not who is online.",
            "Switch it on: Administration, Settings, Workspace, Presence, or with fewer users online.",
        )
    return ok("it is on")


def limiter_lets_through(patient: Patient) -> Finding:
    """The limiter's own numbers, and how long a run over all units takes with them."""
    answer = patient.limited_answer
    limit = answer.headers.get("x-ratelimit-limit", "")
    if answer.status == 429:
        return warning(
            "The server limits the account right now.", "Wait a minute, then run the doctor again."
        )
    if not limit.isdigit() or not int(limit):
        return ok("the account is exempt, or nothing is limited: a run over all units takes seconds")
    minutes = len(patient.units) / int(limit)
    run = f"a run over {_units(len(patient.units))} takes {minutes:.0f} min or more"
    seen = f"{limit} calls of each kind a minute: {run}"
    if minutes > MANY_MINUTES:
        return warning(f"{seen}.", _grant(BYPASS, patient))
    return ok(seen)


def cannot_mint(patient: Patient) -> Finding:
    """Whoever gets the token must not be able to make more of them.

    It is tried: removing a token that does not exist needs the same right and the same second factor as
    making one. https://github.com/RocketChat/Rocket.Chat/tree/develop/apps/meteor/imports/personal-access-tokens
    """
    services = patient.me.get("services")
    if isinstance(services, Mapping) and "email2fa" in services:
        return ok(
            "making tokens needs a code that is mailed; it was not tried, because the attempt sends one"
        )
    try:
        patient.server.post(REMOVE_TOKEN, {"tokenName": NO_SUCH_TOKEN}, patient.deadline())
    except errors.RocketChatRejected as error:
        if "totp-required" in str(error):
            return ok("making tokens needs a second factor")
        if "authorized" in str(error):
            return ok("the account may not make tokens")
        if "error-token" not in str(error):
            return not_checked(f"the server does not say whether tokens can be made ({error})")
    except errors.PermissionMissing:
        return ok("the account may not make tokens")
    return failed(
        "Whoever has the token can make more tokens, without a second factor.",
        f"Take {MINT} from the account's roles (Administration, Permissions), or make a token without "
        "*Ignore Two Factor Authentication* and switch two-factor authentication on for the account.",
    )


def finds_departments(patient: Patient) -> Finding:
    """Notices of waiting customers, and `/monitors` in a conversation, need the unit of a department."""
    if not patient.serves_customers:
        return not_checked("neither Omnichannel events nor the app are set up, and nothing else needs it")
    try:
        patient.server.get(DEPARTMENTS, patient.deadline(), [("count", "1")])
    except errors.PermissionMissing as error:
        return _lacks(error.permission, patient)
    return ok("departments can be read")


def finds_conversations(patient: Patient) -> Finding:
    """By rights alone: a conversation to try it with may not exist."""
    if not patient.uses("rocketchat_app_secret"):
        return not_checked("the app is not set up, and nothing else needs it")
    if patient.may(VIEW_ROOMS) is False:
        return failed(
            f"The account lacks the permission {VIEW_ROOMS}, so /monitors alone does not know the unit.",
            _grant(VIEW_ROOMS, patient),
        )
    return ok("conversations can be looked up")


def units_have_departments(patient: Patient) -> Finding:
    if not patient.serves_customers:
        return not_checked("neither Omnichannel events nor the app are set up, and nothing else needs it")
    bare = [str(unit.get("name")) for unit in patient.units if unit.get("numDepartments") == 0]
    if bare:
        return warning(
            f"No department, so no conversation either, belongs to {some(bare, MOST_NAMED)}.",
            "Add departments: Omnichannel, Units.",
        )
    return ok("every unit has departments")


def _lacks(permission: str, patient: Patient) -> Finding:
    return failed(f"The account lacks the permission {permission}.", _grant(permission, patient))


def _grant(permission: str, patient: Patient) -> str:
    role = next(
        (one for one in sorted(patient.roles) if one not in {"bot", "user", "admin"}), "the account's role"
    )
    return f"Give {permission} to {role}: Administration, Permissions ({RIGHTS})"


def _units(number: int) -> str:
    return count(number, "unit")
