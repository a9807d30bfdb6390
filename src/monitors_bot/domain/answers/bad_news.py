"""Replies to commands that failed, with the reason."""

from monitors_bot import errors
from monitors_bot.domain.answers.conversation import Outcome, Reply
from monitors_bot.domain.units.reasons import RUNS_THE_BOT, advice, in_the_log, reason

_OUTCOMES: dict[type[errors.MonitorsBotError], Outcome] = {
    errors.RocketChatTooSlow: Outcome.TOO_SLOW,
    errors.ServerNameUnknown: Outcome.NAME_UNKNOWN,
    errors.NothingListens: Outcome.NOTHING_LISTENS,
    errors.CertificateNotTrusted: Outcome.CERTIFICATE_NOT_TRUSTED,
    errors.ProxyDown: Outcome.PROXY_DOWN,
    errors.ProxyForbids: Outcome.PROXY_FORBIDS,
    errors.RocketChatUnavailable: Outcome.UNAVAILABLE,
    errors.RocketChatLimited: Outcome.LIMITED,
    errors.RocketChatUnintelligible: Outcome.UNINTELLIGIBLE,
    errors.CredentialsRefused: Outcome.CREDENTIALS_REFUSED,
    errors.PermissionMissing: Outcome.PERMISSION_MISSING,
    errors.UnitsNotAvailable: Outcome.UNITS_NOT_AVAILABLE,
    errors.RecordsUnreachable: Outcome.RECORDS_UNREACHABLE,
    errors.AccessRulesMalformed: Outcome.ACCESS_RULES_MALFORMED,
    errors.SettingsError: Outcome.NOT_SET_UP,
}
"""Searched in order, so a subclass stands before its base class."""


def bad_news(error: errors.MonitorsBotError) -> Reply:
    outcome = next(outcome for error_class, outcome in _OUTCOMES.items() if isinstance(error, error_class))
    return Reply(outcome, reason(error), (advice(error),), why=in_the_log(error))


def crashed() -> Reply:
    return Reply(
        Outcome.CRASHED,
        "Something went wrong inside the bot.",
        (f"Try again. If it stays like this, tell {RUNS_THE_BOT}: the log says more.",),
    )
