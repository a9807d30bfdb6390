"""How other servers are reached: whom to trust besides the public authorities, and by which proxy."""

import re
import ssl
from base64 import b64decode, b64encode
from collections.abc import Mapping
from typing import NamedTuple
from urllib.parse import unquote_to_bytes

CA_CERTIFICATES = "ca_certificates"
HTTPS_PROXY = "https_proxy"

_CERTIFICATE = r"-----BEGIN (?:X509 )?CERTIFICATE-----([^-]*)-----END (?:X509 )?CERTIFICATE-----"
_HOST = r"(?:[\w-]{1,63}\.)*[\w-]{1,63}\.?|\[[0-9a-f:.]+\]"
_PROXY = rf"(?:(https?)://)?(?:([^\s/?#\ud800-\udfff]*)@)?({_HOST})(?::(\d{{1,5}}))?/?"


class Reach(NamedTuple):
    """The way to a server. Its values are secret, so it shows none of them."""

    authorities: tuple[bytes, ...] = ()
    """Certificates to trust besides the public authorities, each as DER."""
    proxy: str = ""
    """The proxy's URL, without user and password; empty if there is none."""
    proxy_authorization: str = ""
    """The value of the header with which the proxy is asked; empty if it wants none."""

    def __repr__(self) -> str:
        return "Reach(…)"


PUBLIC = Reach()
"""The way to AWS, and to everybody as long as the secret says nothing else."""


def read_reach(values: Mapping[str, object]) -> tuple[Reach, list[str]]:
    """Read the secret's two keys; also return the name of each that is wrong, with the reason, for the log.

    Whatever can be used is used: one damaged certificate does not take the trust from the others.
    """
    unusable: list[str] = []
    authorities: tuple[bytes, ...] = ()
    proxy = authorization = ""
    if CA_CERTIFICATES in values:
        authorities, why = _read_authorities(values[CA_CERTIFICATES])
        unusable += [f"{CA_CERTIFICATES} ({why})"] if why else []
    if HTTPS_PROXY in values:
        proxy, authorization, why = _read_proxy(values[HTTPS_PROXY])
        unusable += [f"{HTTPS_PROXY} ({why})"] if why else []
    return (Reach(authorities, proxy, authorization) if authorities or proxy else PUBLIC), unusable


def _read_authorities(value: object) -> tuple[tuple[bytes, ...], str]:
    """Return the certificates that can be read, and what is wrong with the text."""
    text = value if isinstance(value, str) else ""
    found = [_certificate(body) for body in re.findall(_CERTIFICATE, text)]
    readable = tuple(one for one in found if one)
    if "PRIVATE KEY-----" in text:
        return readable, "there is a private key in it, which does not belong there"
    if not readable:
        return readable, "no certificate that can be read, in PEM form"
    if len(re.findall("-----(?:BEGIN|END) ", text)) != 2 * len(readable):
        return readable, "a part of it is no certificate that can be read"
    return readable, ""


def _certificate(body: str) -> bytes:
    """Return a certificate as DER; nothing if OpenSSL can't read it."""
    # Line breaks get lost, or turn into `\n` in so many letters, on the way into the secret's JSON.
    try:
        certificate = b64decode(re.sub(r"\\[nr]|\s", "", body), validate=True)
        ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT).load_verify_locations(cadata=certificate)
    except (ValueError, ssl.SSLError):
        return b""
    return certificate


def _read_proxy(value: object) -> tuple[str, str, str]:
    """Return the proxy's URL, the header that it wants, and what is wrong with the value."""
    text = value.strip() if isinstance(value, str) else ""
    if text.lower().startswith("socks"):
        return "", "", "a SOCKS proxy can't be used"
    parts = re.fullmatch(_PROXY, text, re.ASCII | re.IGNORECASE)
    scheme, user, host, port = parts.groups() if parts else ("", "", "", "")
    # Without scheme and port it may be any word, such as "none".
    if not host or not (scheme or port) or not 0 < int(port or 1) < 65536:
        return "", "", "not http://HOST:PORT or https://HOST:PORT, with or without USER:PASSWORD@"
    address = f"{(scheme or 'http').lower()}://{host}{f':{port}' if port else ''}"
    return address, _basic(user) if user else "", ""


def _basic(user_and_password: str) -> str:
    user, _, password = map(unquote_to_bytes, user_and_password.partition(":"))
    return f"Basic {b64encode(user + b':' + password).decode()}"
