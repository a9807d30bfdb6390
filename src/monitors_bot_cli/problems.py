"""What stops an operator's command: sentences for a person, and the code with which the command ends."""

from monitors_bot.domain.units.reasons import reason
from monitors_bot.errors import MonitorsBotError, RecordsUnreachable, RocketChatError, SettingsError

FOUND = 1
"""Something is wrong with what was looked at, or the other side refused."""

SETTINGS = 2
"""The settings, or the answers, have to be corrected first."""

AWS = 3
"""AWS could not be asked, or the stack is in no state to be deployed."""


class Stopped(Exception):
    """The command can't go on; each problem is a sentence that says what to do."""

    def __init__(self, *problems: str, code: int = SETTINGS) -> None:
        super().__init__(*problems)
        self.problems = problems
        self.code = code


def sentence(error: MonitorsBotError) -> str:
    """Return what an error of the bot's own code means, for an operator."""
    if isinstance(error, RocketChatError | SettingsError | RecordsUnreachable):
        return f"{reason(error)} ({type(error).__name__}: {error})"
    return f"A server can't be reached ({type(error).__name__}: {error})."
