"""Bad news: for each thing that can go wrong, what a person reads and what they can do."""

from math import ceil

from monitors_bot import errors
from monitors_bot.domain.conversation import Outcome, Reply
from monitors_bot.domain.phrases import count

_RUNS_THE_BOT = "somebody who runs the bot"
_WORDS: dict[type[errors.MonitorsBotError], tuple[Outcome, str, str]] = {
    errors.RocketChatTooSlow: (
        Outcome.TOO_SLOW,
        "Rocket.Chat did not answer in time.",
        "Try again in a moment.",
    ),
    errors.RocketChatUnavailable: (
        Outcome.UNAVAILABLE,
        "Rocket.Chat can't be reached right now.",
        "Try again in a minute. If it stays like this, tell somebody who runs the server.",
    ),
    errors.RocketChatUnintelligible: (
        Outcome.UNINTELLIGIBLE,
        "Rocket.Chat gave an answer that makes no sense.",
        f"Try again in a minute. If it stays like this, tell {_RUNS_THE_BOT}: the log says more.",
    ),
    errors.CredentialsRefused: (
        Outcome.CREDENTIALS_REFUSED,
        "Rocket.Chat refuses the bot's credentials.",
        f"Tell {_RUNS_THE_BOT}: its secret needs the user id and a valid token of its account.",
    ),
    errors.UnitsNotAvailable: (
        Outcome.UNITS_NOT_AVAILABLE,
        "Omnichannel units are not available on this server.",
        f"They need a licence. If there is one, tell {_RUNS_THE_BOT}: ROCKETCHAT_URL may be wrong.",
    ),
    errors.RecordsUnreachable: (
        Outcome.RECORDS_UNREACHABLE,
        "My own records can't be read right now.",
        f"Try again in a minute. If it stays like this, tell {_RUNS_THE_BOT}: the log says more.",
    ),
    errors.SettingsError: (
        Outcome.NOT_SET_UP,
        "The bot is not set up completely.",
        f"Tell {_RUNS_THE_BOT}: the log says which setting or key is missing.",
    ),
}


def reason(error: errors.MonitorsBotError) -> str:
    return _words(error)[1]


def in_the_log(error: errors.MonitorsBotError) -> str:
    return f"{type(error).__name__}: {error}"


def bad_news(error: errors.MonitorsBotError) -> Reply:
    outcome, what, what_to_do = _words(error)
    return Reply(outcome, what, (what_to_do,), why=in_the_log(error))


def crashed() -> Reply:
    return Reply(
        Outcome.CRASHED,
        "Something went wrong inside the bot.",
        (f"Try again. If it stays like this, tell {_RUNS_THE_BOT}: the log says more.",),
    )


def _words(error: errors.MonitorsBotError) -> tuple[Outcome, str, str]:
    if isinstance(error, errors.RocketChatLimited):
        wait = count(max(1, ceil(error.wait_seconds)), "second")
        what_to_do = (
            f"Try again in {wait}. With api-bypass-rate-limit for the bot's account this would not happen."
        )
        return Outcome.LIMITED, "Rocket.Chat asks the bot to slow down.", what_to_do
    if isinstance(error, errors.PermissionMissing):
        what = f"The bot's account lacks the permission {error.permission}."
        what_to_do = "A Rocket.Chat admin can grant it to a role of the account: Administration, Permissions."
        return Outcome.PERMISSION_MISSING, what, what_to_do
    return next(words for kind, words in _WORDS.items() if isinstance(error, kind))
