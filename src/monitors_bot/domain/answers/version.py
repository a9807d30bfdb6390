"""Answering which version of the bot this is, where to report a fault, and how old the records are."""

from monitors_bot import __version__, errors
from monitors_bot.domain.answers.conversation import Outcome, Reply
from monitors_bot.domain.answers.history_wording import HOW_ROSTERS_GET_RECORDED
from monitors_bot.domain.answers.knowledge import Knowledge
from monitors_bot.domain.answers.wording import Wording
from monitors_bot.domain.units.phrases import ages, clock, count
from monitors_bot.domain.units.reasons import RUNS_THE_BOT, in_the_log, reason

HOW_TO_REPORT = f"To report a fault, tell {RUNS_THE_BOT} what you typed, when, and what the bot replied."


def version(knowledge: Knowledge, wording: Wording) -> Reply:
    """Answer without the server, so that a fault can be reported while it is down."""
    details, why = _records(knowledge)
    return Reply(
        outcome=Outcome.VERSION,
        title=f"monitors-bot {__version__}",
        details=(HOW_TO_REPORT, *details),
        choices=(wording.choice("How to ask", "help"),),
        source=f"From the bot's records of {wording.host}, {clock(knowledge.now())}",
        why=why,
    )


def _records(knowledge: Knowledge) -> tuple[tuple[str, ...], str]:
    """How old the records are, and for the log, why that can't be read."""
    try:
        records = knowledge.records()
    except errors.MonitorsBotError as error:
        return (f"How old the records are could not be read: {reason(error)}",), in_the_log(error)
    if not records:
        return ("No rosters are recorded yet.", *HOW_ROSTERS_GET_RECORDED), ""
    read = ages([record.read_at for record in records], knowledge.now())
    return (f"The rosters of {count(len(records), 'unit')} are recorded, last read {read} ago.",), ""
