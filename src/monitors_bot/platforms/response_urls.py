"""Answering late: to the address that came with a command, if it is the platform's own."""

import json
import re
from collections.abc import Mapping
from urllib.parse import SplitResult, unquote, urlsplit

from monitors_bot.deadline import Deadline
from monitors_bot.errors import (
    DeliveryImpossible,
    DeliveryPostponed,
    DeliveryUnclear,
    ServerNotReached,
    ServerUnreachable,
)
from monitors_bot.outbound import Outbound

LONGEST_URL = 2048
_URL = re.compile(r"[A-Za-z0-9\-._~:/?\[\]@!$&'()*+,;=%]+", re.ASCII)
_NETLOC = re.compile(r"[A-Za-z0-9\-._:\[\]]+", re.ASCII)
_PORTS = {"http": 80, "https": 443}


class ResponseUrls:
    """The addresses that late answers may go to: below `bases`, by platform."""

    def __init__(self, outbound: Outbound, bases: Mapping[str, str]) -> None:
        self._outbound = outbound
        self._bases = bases

    def allows(self, platform: str, url: str) -> bool:
        base = self._bases.get(platform)
        return base is not None and _is_below(url, base)

    def post(self, platform: str, url: str, payload: Mapping[str, object], deadline: Deadline) -> None:
        """Deliver, or raise a DeliveryError that says whether it may be tried again."""
        if not self.allows(platform, url):
            raise DeliveryImpossible("the address is not the platform's")
        try:
            status = self._outbound.deliver(url, deadline, json.dumps(payload).encode())
        except ServerNotReached as error:
            raise DeliveryPostponed(str(error)) from error
        except ServerUnreachable as error:
            raise DeliveryUnclear(str(error)) from error
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
    except ValueError:
        return False
    if not is_same_server or not _NETLOC.fullmatch(given.netloc) or given.netloc.endswith(":"):
        return False
    root = wanted.path.rstrip("/") + "/"
    rest = given.path[len(root) :].strip("/")
    return given.path.startswith(root) and bool(rest) and not _climbs(given.path)


def _server(url: SplitResult) -> tuple[str, str | None, int | None]:
    return url.scheme, url.hostname, url.port or _PORTS.get(url.scheme)


def _climbs(path: str) -> bool:
    """Whether a path leaves its folder, or hides a part of itself, however often it is decoded."""
    for _ in range(3):
        if "\\" in path or any(part in {".", ".."} for part in path.split("/")):
            return True
        decoded = unquote(path)
        if decoded.count("/") != path.count("/"):
            return True
        path = decoded
    return "%" in path
