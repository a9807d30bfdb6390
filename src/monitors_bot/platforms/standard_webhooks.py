"""Signatures of Standard Webhooks: https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md"""

import base64
import binascii
import hashlib
import hmac
import re
from collections.abc import Sequence

from monitors_bot.errors import ProofWrong, RequestRejected
from monitors_bot.web import Request

PREFIX = "whsec_"
SIGNATURE_LIFETIME = 300

_ID = re.compile(r"[!-~]{1,256}", re.ASCII)
_TIMESTAMP = re.compile(r"[0-9]{1,12}", re.ASCII)
_ONE = r"[0-9A-Za-z]{1,8},[0-9A-Za-z+/=_-]{1,200}"
_SIGNATURES = re.compile(rf"{_ONE}(?: {_ONE}){{0,31}}", re.ASCII)


def keys(secrets: Sequence[str]) -> list[bytes]:
    """Return the signing keys in the secrets; a secret that is empty or not base64 contains none."""
    return [key for key in map(_key, secrets) if key]


def verify(request: Request, secrets: Sequence[str], now: float) -> None:
    """Reject a request that was not signed within the last five minutes with the key of one of `secrets`."""
    id_ = request.headers.get("webhook-id", "")
    timestamp = request.headers.get("webhook-timestamp", "")
    signatures = request.headers.get("webhook-signature", "")
    well_formed = _ID.fullmatch(id_) and _TIMESTAMP.fullmatch(timestamp) and _SIGNATURES.fullmatch(signatures)
    if not well_formed:
        raise RequestRejected("there is no Standard Webhooks signature")
    if abs(now - int(timestamp)) > SIGNATURE_LIFETIME:
        raise RequestRejected("the signature is too old, or from the future")
    signed = f"{id_}.{timestamp}.".encode() + request.body
    expected = [_signature(key, signed) for key in keys(secrets)]
    matches = [hmac.compare_digest(shown, ours) for shown in signatures.split(" ") for ours in expected]
    if not any(matches):
        raise ProofWrong("the signature is wrong")


def _signature(key: bytes, signed: bytes) -> str:
    return "v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()


def _key(secret: str) -> bytes:
    text = secret.removeprefix(PREFIX).rstrip("=")
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), validate=True)
    except (binascii.Error, ValueError):
        return b""
