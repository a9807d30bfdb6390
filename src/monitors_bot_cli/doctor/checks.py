"""Every check of the doctor, in order, with what it needs: the links from a chat to the people on a unit."""

from collections.abc import Callable, Sequence

from monitors_bot_cli.doctor import (
    of_account,
    of_api,
    of_channels,
    of_schedules,
    of_secret,
    of_stack,
    of_way,
    of_workspace,
)
from monitors_bot_cli.doctor.findings import Check, Finding, State, not_checked
from monitors_bot_cli.doctor.patient import Patient


def from_here(look: Callable[[Patient], Finding]) -> Callable[[Patient], Finding]:
    """Tell a server that is down from one that only this machine does not reach."""

    def looked(patient: Patient) -> Finding:
        finding = look(patient)
        if finding.state is State.FAILED and of_api.functions_get_through(patient):
            return not_checked(f"{finding.seen} The functions get through, though: they stand elsewhere.")
        return finding

    return looked


ACCOUNT, KEYS = "account in the secret", "keys"
SERVER = ("account",)

CHECKS: Sequence[Check[Patient]] = (
    Check("stack", of_stack.is_settled),
    Check("settings", of_stack.is_as_the_file_says),
    Check("functions", of_stack.functions_run, ("stack",)),
    Check("secret", of_secret.can_be_read),
    Check(ACCOUNT, of_secret.has_an_account, ("secret",)),
    Check(KEYS, of_secret.keys_can_work, ("secret",)),
    Check("old values", of_secret.old_values_are_retired, (KEYS,)),
    Check("chats", of_secret.somebody_may_call, ("secret",)),
    Check("api", of_api.it_answers, ("functions",)),
    Check("table", of_stack.table_is_there),
    Check("queues", of_stack.queues_flow),
    Check("dead letters", of_stack.nothing_is_dead),
    Check("schedules", of_schedules.they_tick),
    Check("last runs", of_schedules.last_runs_ended_well, ("table", "schedules")),
    Check("alarms", of_stack.alarms_are_quiet),
    Check("alarms heard", of_stack.alarms_are_heard),
    Check("server name", from_here(of_way.name_is_known), ("secret",)),
    Check("proxy", from_here(of_way.proxy_lets_through), ("server name",)),
    Check("connection", from_here(of_way.it_can_be_reached), ("proxy",)),
    Check("certificate", from_here(of_way.certificate_is_trusted), ("connection",)),
    Check("server", from_here(of_way.it_is_rocketchat), ("certificate",)),
    Check("server version", of_way.version_is_known, ("server",)),
    Check("clocks", of_way.clocks_agree, ("server",)),
    Check("account", of_account.is_known, ("server", ACCOUNT)),
    Check("role", of_account.is_no_monitor, SERVER),
    Check("licence", of_account.has_a_licence, SERVER),
    Check("units", of_account.sees_units, ("licence", "role")),
    Check("admin", of_workspace.admin_is_one, ("server",)),
    Check("all units", of_workspace.every_unit_is_seen, ("admin", "units")),
    Check("monitors", of_account.sees_monitors, ("licence",)),
    Check("presence", of_account.presence_is_on, SERVER),
    Check("limiter", of_account.limiter_lets_through, ("units",)),
    Check("tokens", of_account.cannot_mint, SERVER),
    Check("departments", of_account.finds_departments, SERVER),
    Check("conversations", of_account.finds_conversations, SERVER),
    Check("units' departments", of_account.units_have_departments, ("units",)),
    Check("channels", of_channels.can_be_posted_in, SERVER),
    Check("slash commands", of_workspace.commands_are_private, SERVER),
    Check("webhook in Rocket.Chat", of_workspace.webhook_points_here, ("admin", *SERVER)),
    Check("Omnichannel webhook", of_workspace.omnichannel_points_here, ("admin", *SERVER)),
    *of_api.probes(needs=("api", KEYS, ACCOUNT), unless=("server", "units")),
)
