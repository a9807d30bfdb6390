"""`monitors-bot doctor`: says what is checked while it is, and what to do about what is not right."""

from pathlib import Path

from monitors_bot.rocketchat.api import Account
from monitors_bot_cli.doctor.checks import CHECKS
from monitors_bot_cli.doctor.findings import Finding, State, examine, worst
from monitors_bot_cli.doctor.patient import Patient
from monitors_bot_cli.installation import find_installation
from monitors_bot_cli.problems import FOUND
from monitors_bot_cli.template import read_template
from monitors_bot_cli.terminal import Terminal

TEMPLATE = Path("template.yaml")
SIGNS = {State.OK: "✓", State.WARNING: "!", State.FAILED: "✗", State.NOT_CHECKED: "-"}
STYLES = {
    State.OK: "green",
    State.WARNING: "yellow",
    State.FAILED: "bold red",
    State.NOT_CHECKED: "bright_black",
}


def doctor(environment: str, *, as_json: bool, quiet: bool, as_admin: bool) -> int:
    """Check every link; return 0 if none is broken, else 1. Raises Stopped where nothing can be checked."""
    terminal = Terminal(as_json=as_json)
    installation = find_installation(environment)
    admin = _admin(terminal) if as_admin else None
    patient = Patient(
        installation,
        read_template(TEMPLATE),
        admin,
        may_post=lambda channel: not quiet and _may_post(terminal, channel),
    )
    terminal.say(f"The stack {installation.name} in {installation.region}\n", style="bold")
    findings = []
    for finding in examine(patient, CHECKS):
        _show(finding, terminal)
        findings.append(finding)
    terminal.json(
        {"stack": installation.name, "worst": worst(findings), "findings": list(map(_as_json, findings))}
    )
    terminal.say(f"\n{_summary(findings)}", style="bold")
    return FOUND if worst(findings) is State.FAILED else 0


def _show(finding: Finding, terminal: Terminal) -> None:
    seen = f"not checked: {finding.seen}" if finding.state is State.NOT_CHECKED else finding.seen
    terminal.say(f"{SIGNS[finding.state]} {finding.check}: {seen}", style=STYLES[finding.state])
    if finding.fix:
        terminal.say(f"    {finding.fix}")


def _as_json(finding: Finding) -> dict[str, str]:
    told = {"check": finding.check, "state": str(finding.state), "seen": finding.seen}
    return {**told, "fix": finding.fix} if finding.fix else told


def _summary(findings: list[Finding]) -> str:
    counts = {state: sum(finding.state is state for finding in findings) for state in State}
    words = [f"{number} {state}" for state, number in counts.items() if number]
    return ", ".join(words)


def _may_post(terminal: Terminal, channel: str) -> bool:
    """Ask before a message is posted; where nobody can be asked, none is."""
    if not terminal.is_interactive or terminal.as_json:
        return False
    return terminal.ask(f"Post a message in {channel}, and remove it again? [y/N]").lower() in {"y", "yes"}


def _admin(terminal: Terminal) -> Account:
    """Ask for an admin's account, for this run alone; in a pipe, read two lines of standard input."""
    user_id = terminal.secret_line("Admin's user id")
    return Account(user_id, terminal.secret_line("Admin's personal access token"))
