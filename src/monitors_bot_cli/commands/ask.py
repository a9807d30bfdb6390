"""`monitors-bot units`, `who` and `history`: what a chat is told, in the terminal."""

import shlex
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime

from monitors_bot.deadline import Deadline
from monitors_bot.domain.answers.bot import Bot
from monitors_bot.domain.answers.conversation import Choice, Command, Outcome, Reply, Table
from monitors_bot.domain.answers.knowledge import Knowledge
from monitors_bot.domain.answers.meaning import named
from monitors_bot.domain.answers.moments import is_time
from monitors_bot.domain.answers.wording import ICONS
from monitors_bot.domain.digests.order import Order
from monitors_bot.domain.units.access import Asker, everybody_sees_everything
from monitors_bot.domain.units.phrases import count, unit_name
from monitors_bot.wiring.answers import ChatParts
from monitors_bot_cli.installation import find_installation
from monitors_bot_cli.problems import FOUND, Stopped
from monitors_bot_cli.terminal import Terminal

ANSWER_SECONDS = 30.0
"""Nobody in a chat waits, so even a slow server's answer is waited for."""
OPERATOR = Asker("terminal", "operator")
WHO = "monitors-bot who"
ANSWERS = {
    Outcome.ROSTER,
    Outcome.EMPTY_UNIT,
    Outcome.HISTORY,
    Outcome.ROSTER_THEN,
    Outcome.PERSON,
    Outcome.LIST,
    Outcome.HELP,
    Outcome.VERSION,
}
"""The outcomes that tell what was asked for; after any other, the exit code is not 0."""


class Notes:
    """What an operator should see of what the functions would log."""

    def __init__(self, terminal: Terminal) -> None:
        self._terminal = terminal

    def unusable_keys(self, keys: tuple[str, ...]) -> None:
        self._terminal.note(f"The secret has keys that are missing or can't be used: {', '.join(keys)}")

    def log_error(self, error: Exception) -> None:
        self._terminal.note(f"{type(error).__name__}: {error}")

    def run_ordered(self, order: Order, *, is_queued: bool) -> None:
        if is_queued:
            self._terminal.note(f"All rosters are being read (run {order.id}).")


def units(environment: str, text: str, *, as_json: bool) -> int:
    """List the units, or those with a text in their names. Raises Stopped and MonitorsBotError."""
    terminal = Terminal(as_json=as_json)
    with _knowledge(environment, terminal) as knowledge:
        listed = knowledge.finder.units(fresh=True)
        matching, text = named(text, listed)
        is_whole = knowledge.finder.require_complete()
    numbers = [None if unit.monitor_count is None else str(unit.monitor_count) for unit in matching]
    rows = [(unit_name(unit), unit.id, number or "") for unit, number in zip(matching, numbers, strict=True)]
    terminal.table(("Unit", "Id", "Monitors"), rows)
    terminal.note(count(len(matching), "unit") + (f" with “{text}” in the name" if text else ""))
    if not is_whole:
        terminal.note("There may be others: the bot's account may not see all units.", style="yellow")
    terminal.json(
        {"complete": bool(is_whole), "units": _json_rows(Table(("unit", "id", "monitors"), tuple(rows)))}
    )
    return 0 if matching or not text else FOUND


def who(environment: str, text: str, *, as_json: bool) -> int:
    """Answer as in a chat, with everybody that an answer there may leave out."""
    return _ask(environment, f"{text} all", as_json=as_json)


def history(environment: str, unit: str, since: str, *, as_json: bool) -> int:
    """Tell the last changes of a unit, or all since a time."""
    if since and not is_time(since):
        raise Stopped(f"--since {shlex.quote(since)} is no time; 2026-05-12, 'mon 14:00' and yesterday are.")
    return _ask(environment, f'"{unit}" history' + (f" since {since}" if since else ""), as_json=as_json)


def _ask(environment: str, text: str, *, as_json: bool) -> int:
    terminal = Terminal(as_json=as_json)
    offset = datetime.now().astimezone().utcoffset()
    command = Command(
        WHO, text, utc_offset=offset.total_seconds() / 3600 if offset else None, may_share=False
    )
    with _knowledge(environment, terminal) as knowledge:
        reply = Bot(knowledge).answer(command)
    if not reply:  # only in a room of a customer
        raise AssertionError
    _show(reply, environment, terminal)
    terminal.json(_as_json(reply))
    return 0 if reply.outcome in ANSWERS else FOUND


@contextmanager
def _knowledge(environment: str, terminal: Terminal) -> Iterator[Knowledge]:
    """What the chat function knows, with the operator's own rights in AWS."""
    environ = find_installation(environment).environ("ChatFunction")
    # Whoever may read the secret with the access rules may see everything.
    parts = ChatParts(environ, Notes(terminal), may_see=everybody_sees_everything)
    deadline = Deadline(time.time() + ANSWER_SECONDS, time.time)
    try:
        yield parts.knowledge(OPERATOR, parts.server(), deadline, deadline)
    finally:
        parts.close()


def _show(reply: Reply, environment: str, terminal: Terminal) -> None:
    terminal.say(reply.title, style="bold")
    for line in reply.details:
        terminal.say(line)
    if reply.table:
        terminal.table(reply.table.columns, [tuple(map(_in_words, row)) for row in reply.table.rows])
    if reply.hidden.count:
        terminal.say(f"and {count(reply.hidden.count, reply.hidden.noun)} more")
    for choice in reply.choices:
        terminal.say(f"{choice.label}: {_command(choice, environment)}")
    for line in filter(None, (reply.why, reply.source)):
        terminal.note(line)


def _command(choice: Choice, environment: str) -> str:
    """Return what to type in a shell for a choice."""
    text = choice.texts[0]
    quoted = text if text.replace(" ", "").isalnum() else shlex.quote(text)
    return f"{WHO} {quoted}" + ("" if environment == "dev" else f" --env {environment}")


def _as_json(reply: Reply) -> Mapping[str, object]:
    return {
        "outcome": str(reply.outcome),
        "title": reply.title,
        "details": list(reply.details),
        "rows": _json_rows(reply.table) if reply.table else [],
        "left_out": reply.hidden.count,
        "choices": [{"label": one.label, "text": one.texts[0]} for one in reply.choices],
        "source": reply.source,
    }


def _json_rows(table: Table) -> Sequence[Mapping[str, str | None]]:
    """Return rows by the names of their columns; what is unknown is null."""
    names = [name.lower().replace(" ", "_") for name in table.columns]
    return [
        {name: _in_words(cell) or None for name, cell in zip(names, row, strict=True)} for row in table.rows
    ]


def _in_words(cell: str) -> str:
    """Return a cell without the sign of a presence, which its word tells as well."""
    for sign in ICONS.values():
        cell = cell.removeprefix(f"{sign} ")
    return cell
