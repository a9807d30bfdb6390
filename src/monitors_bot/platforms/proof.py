"""Compares a caller's token with the secrets shared with them."""

import hmac
from collections.abc import Sequence

from monitors_bot.errors import RequestRejected


def require_any(shown: object, secrets: Sequence[str]) -> None:
    """Reject a token that equals none of `secrets`; every secret is compared, each in constant time."""
    given = shown.encode("utf-8", "surrogatepass") if isinstance(shown, str) else b""
    matches = [hmac.compare_digest(given, secret.encode()) for secret in secrets]
    if not any(matches):
        raise RequestRejected("the token is missing or wrong")
