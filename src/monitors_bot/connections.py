"""Connections to other servers: a TLS context with the authorities it trusts, and a proxy if there is one."""

import re
import ssl
from functools import lru_cache
from http.client import HTTPException
from pathlib import Path
from typing import Any

import requests
from requests.adapters import HTTPAdapter
from requests.utils import DEFAULT_CA_BUNDLE_PATH
from urllib3 import exceptions
from urllib3.util.ssl_ import create_urllib3_context

from monitors_bot import errors
from monitors_bot.deadline import Clock
from monitors_bot.kept import Tls, TlsPool, pools
from monitors_bot.reach import Reach

BUNDLE = Path(DEFAULT_CA_BUNDLE_PATH)
BY_HASH = BUNDLE.with_name("by-hash")
"""The same authorities, one file each: only the build writes them, see src/hash_authorities.py."""
SHARE_TO_CONNECT = 0.8
"""The share of a call's time in which a proxy has to connect us, so that the error can tell of the proxy."""
_UNCLEAR = frozenset({502, 504})
"""What a proxy that passes on plain HTTP answers when the server may have got the request."""


@lru_cache(maxsize=4)
def _tls_context(public: Path, authorities: tuple[bytes, ...]) -> ssl.SSLContext:
    """Build the context for all connections: requests would load all authorities again for each of them.

    `public` is a bundle, or a folder in which OpenSSL finds the authority it needs by the file's name.
    """
    # Many private authorities lack extensions that Python 3.13 insists on by default, and a server's own
    # certificate, or an intermediate one, is trusted as it is: whoever named it meant that.
    flags = ssl.VERIFY_X509_PARTIAL_CHAIN if authorities else None
    context = create_urllib3_context(cert_reqs=ssl.CERT_REQUIRED, verify_flags=flags)
    if public.is_dir():
        context.load_verify_locations(capath=public)
    else:
        context.load_verify_locations(cafile=public)
    for certificate in authorities:
        context.load_verify_locations(cadata=certificate)
    return context


class Connections(HTTPAdapter):
    """A pool of connections that are all made in one way, the `reach`."""

    def __init__(self, reach: Reach, public: Path | None, now: Clock) -> None:
        super().__init__(pool_maxsize=20)
        self._now = now
        self.poolmanager.pool_classes_by_scheme = pools(now)
        self._public = public or (BY_HASH if BY_HASH.is_dir() else BUNDLE)
        self._reach = reach
        self._proxies = {"all": reach.proxy} if reach.proxy else None

    def send(self, request: requests.PreparedRequest, **options: Any) -> requests.Response:  # type: ignore[override]  # all by name
        """Send a request; raise a ServerNotReached if there is a proxy, and it does not connect us."""
        if not self._proxies:
            return super().send(request, **options)
        timeout = options.pop("timeout")
        connecting, waiting = timeout if isinstance(timeout, tuple) else (timeout, timeout)
        times = (min(connecting, SHARE_TO_CONNECT * waiting), waiting)
        try:
            response = super().send(request, timeout=times, proxies=self._proxies, **options)
        except requests.exceptions.ProxyError as error:
            raise _trouble(error) from error
        if str(request.url).startswith("http:"):
            _require_passed_on(response)
        return response

    def build_connection_pool_key_attributes(self, *args: Any, **options: Any) -> Any:
        host, pool = super().build_connection_pool_key_attributes(*args, **options)
        return host, pool | ({"ssl_context": self._tls()} if host["scheme"] == "https" else {})

    def cert_verify(self, conn: Any, *_args: Any) -> None:
        """Require a certificate, but set no authorities: the context has them."""
        conn.cert_reqs = "CERT_REQUIRED"

    def proxy_manager_for(self, proxy: str, **options: Any) -> Any:
        if proxy not in self.proxy_manager:
            manager = super().proxy_manager_for(proxy, proxy_ssl_context=self._tls(), **options)
            manager.pool_classes_by_scheme = pools(self._now, _PoolByProxy)
        return self.proxy_manager[proxy]

    def proxy_headers(self, proxy: str) -> dict[str, str]:  # noqa: ARG002 - there is only one
        authorization = self._reach.proxy_authorization
        return {"Proxy-Authorization": authorization} if authorization else {}

    def _tls(self) -> ssl.SSLContext:
        return _tls_context(self._public, self._reach.authorities)


class _NoWay(exceptions.ProxyError):
    """The proxy did not let us through, as `original_error` says; nothing was sent to the server."""


class _ByProxy(Tls):
    """A connection that has to do with a proxy over TLS, or with its tunnel."""

    def connect(self) -> None:
        try:
            super().connect()
        except OSError as error:
            if self.has_connected_to_proxy:
                raise  # TLS with the server failed
            raise _NoWay("no TLS", error) from error

    def _tunnel(self) -> None:
        try:
            super()._tunnel()
        except (OSError, HTTPException) as error:
            raise _NoWay("no tunnel", error) from error


class _PoolByProxy(TlsPool):
    ConnectionCls = _ByProxy


def _require_passed_on(response: requests.Response) -> None:
    """Raise if a proxy that passes on plain HTTP did not do so, or may not have."""
    status = response.status_code
    if status == 407:
        response.close()
        raise errors.ProxyRefused("the proxy answered 407")
    if status in _UNCLEAR:
        response.close()
        raise errors.ServerUnreachable(f"the proxy, or the server, answered {status}")


def _trouble(error: requests.exceptions.ProxyError) -> Exception:
    """Why the proxy did not connect us, for the log: never its name, which is in the secret."""
    # requests wraps urllib3's MaxRetryError, whose `reason` is a ProxyError.
    reason = getattr(error.args[0], "reason", None)
    match getattr(reason, "original_error", None):
        case exceptions.NameResolutionError():
            return errors.ProxyNotReached("the proxy's name has no address")
        case exceptions.NewConnectionError(__cause__=ConnectionRefusedError()):
            return errors.ProxyNotReached("nothing listens at the proxy's address")
        case exceptions.NewConnectionError():
            return errors.ProxyNotReached("no connection to the proxy")
        case exceptions.ConnectTimeoutError():
            return errors.NotReachedInTime("no connection to the proxy in time")
        case Exception() as cause if isinstance(reason, _NoWay):
            return _no_way(cause)
    # urllib3 also blames the proxy where a connection breaks after the request was sent.
    return requests.ConnectionError(*error.args)


def _no_way(cause: Exception) -> errors.ServerNotReached:
    match cause:
        case TimeoutError():
            return errors.NotReachedInTime("no connection through the proxy in time")
        case ssl.SSLCertVerificationError():
            return errors.ProxyNotReached(
                f"the proxy's certificate: {cause.verify_message.partition(',')[0]}"
            )
        case ssl.SSLError():
            return errors.ProxyNotReached(f"no TLS with the proxy: {cause.reason}")
    # http.client says what a proxy answered in the text of an OSError only.
    status = re.search(r"^Tunnel connection failed: (\d{3})\b", str(cause))
    if not status:
        return errors.ProxyNotReached(f"the proxy broke off: {type(cause).__name__}")
    # With 5xx, it says that the server is not there.
    kind = errors.ServerNotReached if int(status[1]) >= 500 else errors.ProxyRefused
    return kind(f"the proxy answered {status[1]}")
