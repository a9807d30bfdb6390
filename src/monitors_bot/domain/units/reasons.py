"""Why something failed, worded for the reader: the cause, and what they can do about it."""

from monitors_bot import errors
from monitors_bot.domain.units.phrases import wait

RUNS_THE_BOT = "somebody who runs the bot"
_REASONS: dict[type[errors.MonitorsBotError], tuple[str, str]] = {
    errors.RocketChatTooSlow: ("Rocket.Chat did not answer in time.", "Try again in a moment."),
    errors.ServerNameUnknown: (
        "The name of the Rocket.Chat server can't be found.",
        f"Try again in a minute. If it stays like this, tell {RUNS_THE_BOT}: ROCKETCHAT_URL may be wrong.",
    ),
    errors.NothingListens: (
        "Nothing listens at the address of the Rocket.Chat server.",
        "Try again in a minute. If it stays like this, tell somebody who runs the server: it may be down.",
    ),
    errors.CertificateNotTrusted: (
        "The certificate of the Rocket.Chat server is not trusted.",
        "Tell somebody who runs the server: it may have expired or be incomplete. Try again after that.",
    ),
    errors.ProxyDown: (
        "The proxy on the way to Rocket.Chat does not work.",
        f"Try again in a minute. If it stays like this, tell {RUNS_THE_BOT}: the log says more.",
    ),
    errors.ProxyForbids: (
        "The proxy on the way to Rocket.Chat refuses the bot.",
        f"Tell {RUNS_THE_BOT}: the log says why. Try again after that.",
    ),
    errors.RocketChatUnavailable: (
        "Rocket.Chat can't be reached right now.",
        "Try again in a minute. If it stays like this, tell somebody who runs the server.",
    ),
    errors.RocketChatUnintelligible: (
        "Rocket.Chat gave an answer that makes no sense.",
        f"Try again in a minute. If it stays like this, tell {RUNS_THE_BOT}: the log says more.",
    ),
    errors.CredentialsRefused: (
        "Rocket.Chat refuses the bot's credentials.",
        f"Tell {RUNS_THE_BOT}: its secret needs the user id and a valid token of its account.",
    ),
    errors.UnitsNotAvailable: (
        "Omnichannel units are not available on this server.",
        f"They need a licence. If there is one, tell {RUNS_THE_BOT}: ROCKETCHAT_URL may be wrong.",
    ),
    errors.RecordsUnreachable: (
        "My own records can't be read right now.",
        f"Try again in a minute. If it stays like this, tell {RUNS_THE_BOT}: the log says more.",
    ),
    errors.AccessRulesMalformed: (
        "The bot's access rules can't be read, so it shows nothing here.",
        f"Tell {RUNS_THE_BOT}: the log says which rule it is.",
    ),
    errors.SettingsError: (
        "The bot is not set up completely.",
        f"Tell {RUNS_THE_BOT}: the log says which setting or key is missing.",
    ),
}
"""Searched in order, so a subclass stands before its base class."""


def reason(error: errors.MonitorsBotError) -> str:
    """What went wrong, in one sentence."""
    return _reason_and_advice(error)[0]


def advice(error: errors.MonitorsBotError) -> str:
    """What the reader can do about it."""
    return _reason_and_advice(error)[1]


def in_the_log(error: errors.MonitorsBotError) -> str:
    return f"{type(error).__name__}: {error}"


def _reason_and_advice(error: errors.MonitorsBotError) -> tuple[str, str]:
    if isinstance(error, errors.RocketChatLimited):
        again = f"Try again in {wait(error.wait_seconds)}."
        return (
            "Rocket.Chat asks the bot to slow down.",
            f"{again} With api-bypass-rate-limit for the bot's account this would not happen.",
        )
    if isinstance(error, errors.PermissionMissing):
        return (
            f"The bot's account lacks the permission {error.permission}.",
            "A Rocket.Chat admin can grant it to a role of the account: Administration, Permissions.",
        )
    return next(words for error_class, words in _REASONS.items() if isinstance(error, error_class))
