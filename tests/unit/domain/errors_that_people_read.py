"""One of each error that can reach a person, with details that must not."""

import pytest

from monitors_bot import errors

DETAIL = "https://chat.example.com/api/v1/livechat/units said token-4711"
READ = [
    errors.RocketChatUnavailable(DETAIL),
    errors.RocketChatTooSlow(DETAIL),
    errors.ServerNameUnknown(DETAIL),
    errors.NothingListens(DETAIL),
    errors.CertificateNotTrusted(DETAIL),
    errors.ProxyDown(DETAIL),
    errors.ProxyForbids(DETAIL),
    errors.RocketChatLimited(42.4),
    errors.RocketChatUnintelligible(DETAIL),
    errors.RocketChatRejected(DETAIL),
    errors.CredentialsRefused(DETAIL),
    errors.PermissionMissing("manage-livechat-units"),
    errors.UnitsNotAvailable(DETAIL),
    errors.RecordsUnreachable(DETAIL),
    errors.SettingsError(DETAIL),
    errors.AccessRulesMalformed(DETAIL),
    errors.SecretUnreachable(DETAIL),
]
each_error = pytest.mark.parametrize("error", READ, ids=lambda error: type(error).__name__)
