"""The rate limiter: so many calls per window, for each address, route and method."""

import math
import threading
from dataclasses import dataclass, field

from tests.fakes.rocketchat.api import ApiError
from tests.fakes.rocketchat.workspace import Workspace

Headers = dict[str, str]


@dataclass
class _Window:
    """The calls of each address since the window opened."""

    opened: float
    calls: dict[str, int] = field(default_factory=dict)

    def add(self, address: str) -> int:
        self.calls[address] = self.calls.get(address, 0) + 1
        return self.calls[address]


class Limiter:
    """Counts the calls of one workspace, refused ones too."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._windows: dict[str, _Window] = {}
        self._lock = threading.Lock()

    def count(self, route: str, address: str) -> Headers:
        """Count one call; return the headers that tell the caller, or refuse with them in `headers`."""
        if not self._is_active():
            return {}
        calls, seconds_left = self._added(route, address)
        headers = self._headers(calls, seconds_left)
        if calls > self._workspace.settings.limit_calls:
            raise TooManyRequests(seconds_left, headers)
        return headers

    def _is_active(self) -> bool:
        settings, permissions = self._workspace.settings, self._workspace.permissions
        is_exempt = "api-bypass-rate-limit" in permissions and not settings.bypass_ignored
        return settings.rate_limiter and not is_exempt

    def _added(self, route: str, address: str) -> tuple[int, float]:
        now, length = self._workspace.now().timestamp(), self._workspace.settings.limit_seconds
        with self._lock:
            window = self._windows.get(route)
            if window is None or now - window.opened >= length:
                window = self._windows[route] = _Window(now)
            return window.add(address), window.opened + length - now

    def _headers(self, calls: int, seconds_left: float) -> Headers:
        limit = self._workspace.settings.limit_calls
        reset = self._workspace.now().timestamp() + seconds_left
        return {
            "X-RateLimit-Limit": str(limit),
            "X-RateLimit-Remaining": str(max(limit - calls, 0)),
            "X-RateLimit-Reset": str(math.floor(reset * 1000)),
        }


class TooManyRequests(ApiError):
    """The window is used up."""

    def __init__(self, seconds_left: float, headers: Headers) -> None:
        sentence = (
            "Error, too many requests. Please slow down. "
            f"You must wait {math.ceil(seconds_left)} seconds before trying this endpoint again. "
            "[error-too-many-requests]"
        )
        super().__init__(429, {"success": False, "error": sentence})
        self.headers = headers
