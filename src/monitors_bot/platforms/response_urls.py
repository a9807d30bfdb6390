"""Sends late answers to URLs that came with commands, but only to the platform's own."""

import json
import re
from collections.abc import Mapping
from typing import Protocol
from urllib.parse import SplitResult, unquote, urlsplit

from monitors_bot.deadline import Deadline
from monitors_bot.errors import (
    DeliveryImpossible,
    DeliveryPostponed,
    DeliveryUnclear,
    ServerNotReached,
    ServerUnreachable,
)

LONGEST_URL = 2048
_URL = re.compile(r"[A-Za-z0-9\-._~:/?\[\]@!$&'()*+,;=%]+", re.ASCII)
_NETLOC = re.compile(r"[A-Za-z0-9\-._:\[\]]+", re.ASCII)
_PORTS = {"http": 80, "https": 443}


class Deliveries(Protocol):
    """The way to the platforms."""

    def deliver(self, url: str, deadline: Deadline, body: bytes) -> int: ...


class ResponseUrls:
    """The URLs below each platform's base; `bases` maps the platform's name to it."""

    def __init__(self, outbound: Deliveries, bases: Mapping[str, str]) -> None:
        self._outbound = outbound
        self._bases = bases

    def allows(self, platform: str, url: str) -> bool:
        base = self._bases.get(platform)
        return base is not None and _is_below(url, base)

    def post(self, platform: str, url: str, payload: Mapping[str, object], deadline: Deadline) -> None:
        """Send once; raise a DeliveryError if that fails, whose class says whether a retry makes sense."""
        # The caller has checked this, too. It is checked again because no request may ever go elsewhere.
        if not self.allows(platform, url):
            raise DeliveryImpossible("the address is not the platform's")
        try:
            status = self._outbound.deliver(url, deadline, json.dumps(payload).encode())
        except ServerNotReached as error:
            raise DeliveryPostponed(str(error)) from error
        except ServerUnreachable as error:
            raise DeliveryUnclear(str(error)) from error
        # Redirects are not followed, so a 3xx delivered nothing and is as final as a 404.
        if status == 429 or status >= 500:
            raise DeliveryPostponed(f"answered {status}")
        if not 200 <= status < 300:
            raise DeliveryImpossible(f"answered {status}")


def _is_below(url: str, base: str) -> bool:
    """Whether `url` has the scheme, host and port of `base`, no userinfo, and a path below its path."""
    if len(url) > LONGEST_URL or not _URL.fullmatch(url):
        return False
    try:
        wanted, given = urlsplit(base), urlsplit(url)
        is_same_server = _server(wanted) == _server(given)
    except ValueError:  # an invalid port or IPv6 address
        return False
    # `hostname` and `port` ignore a user name and an empty port, in which another parser may see another
    # server.
    if not is_same_server or not _NETLOC.fullmatch(given.netloc) or given.netloc.endswith(":"):
        return False
    root = wanted.path.rstrip("/") + "/"
    rest = given.path[len(root) :].strip("/")
    return given.path.startswith(root) and bool(rest) and not _climbs(given.path)


def _server(url: SplitResult) -> tuple[str, str | None, int | None]:
    return url.scheme, url.hostname, url.port or _PORTS.get(url.scheme)


def _climbs(path: str) -> bool:
    """Whether a path has `..` segments or hides slashes or dots in percent escapes, even nested ones."""
    for _ in range(3):
        decoded = unquote(path)
        if _has_dots(path) or decoded.count("/") != path.count("/"):
            return True
        path = decoded
    # No honest path is escaped more than three times, or contains a literal percent sign.
    return "%" in path or _has_dots(path)


def _has_dots(path: str) -> bool:
    return "\\" in path or any(part in {".", ".."} for part in path.split("/"))
