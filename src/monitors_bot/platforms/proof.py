"""Compares a caller's token with the secrets shared with them."""

import hmac
from collections.abc import Sequence

from monitors_bot.errors import ProofWrong, RequestRejected


def require_any(shown: object, secrets: Sequence[str]) -> None:
    """Reject a token that equals none of `secrets`; every secret is compared, each in constant time."""
    if not isinstance(shown, str) or not shown:
        raise RequestRejected("there is no token")
    given = shown.encode("utf-8", "surrogatepass")
    matches = [hmac.compare_digest(given, secret.encode()) for secret in secrets]
    if not any(matches):
        raise ProofWrong("the token is wrong")
