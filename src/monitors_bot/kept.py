"""Connections that are kept for the next call: which are still used, and how long they are waited for.

While a function is frozen, nothing keeps its connections alive, and whoever dropped one says nothing:
docs/decisions/0015-connections-that-died-in-the-freeze.md.
"""

from functools import partial
from time import monotonic
from typing import Any

from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.util.wait import wait_for_read

from monitors_bot.deadline import Clock

LONGEST_IDLE_SECONDS = 50.0
"""How long a connection may lie idle and still be used: load balancers give up after 60 seconds at the least.

https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-load-balancer-attributes.html
"""
MOMENT_SECONDS = 1.0
"""A connection that was used so lately is alive, so that silence means that the server is slow."""
MOST_SILENCE_SECONDS = 0.5
"""How long a connection that lay idle is waited for."""


class Trust:
    """How long connections to one server may lie idle and still be used: `seconds`.

    That is a moment as soon as one was silent for long or broke, whether the connection or the server was the
    cause. So a slow server is asked twice once in a process's life, and not at each command.
    """

    def __init__(self) -> None:
        self.seconds = LONGEST_IDLE_SECONDS

    def lose(self) -> None:
        self.seconds = MOMENT_SECONDS


class Plain(HTTPConnection):
    """A connection; where it `lay_idle`, a short silence raises ConnectionAbortedError: it may be dead."""

    trust: Trust
    used_at: float
    """When the last call ended, in epoch seconds."""
    lay_idle = False
    _asked_at = 0.0
    _patience = 0.0

    def request(self, *args: Any, **options: Any) -> None:
        self._asked_at = monotonic()
        if self.lay_idle:
            # A deadline that is near leaves as much for the new connection.
            self._patience = min(MOST_SILENCE_SECONDS, (self.timeout or 2 * MOST_SILENCE_SECONDS) / 2)
            self.timeout = self._patience  # to send it; urllib3 sets another to read the answer
        super().request(*args, **options)

    def getresponse(self) -> Any:
        try:
            if self.lay_idle and not wait_for_read(self.sock, max(0.0, self._patience - self._waited())):
                raise ConnectionAbortedError("silent after it lay idle")
            response = super().getresponse()
        except OSError:
            self.trust.lose()
            raise
        if self._waited() > MOST_SILENCE_SECONDS:
            self.trust.lose()
        return response

    def _waited(self) -> float:
        return monotonic() - self._asked_at


class Tls(Plain, HTTPSConnection):
    """The same over TLS."""


class PlainPool(HTTPConnectionPool):
    """The connections to one server."""

    ConnectionCls = Plain

    def __init__(self, *args: Any, now: Clock, **options: Any) -> None:
        super().__init__(*args, **options)
        self._now = now
        self._trust = Trust()

    def _new_conn(self) -> Any:
        connection: Any = super()._new_conn()
        connection.trust = self._trust
        connection.used_at = self._now()
        return connection

    def _get_conn(self, timeout: float | None = None) -> Any:
        connection: Any = super()._get_conn(timeout)
        idle = self._now() - connection.used_at
        if idle > self._trust.seconds:
            connection.close()  # it connects again
        connection.lay_idle = idle > MOMENT_SECONDS and not connection.is_closed
        return connection

    def _put_conn(self, conn: Any) -> None:
        if conn:
            conn.used_at = self._now()
        super()._put_conn(conn)


class TlsPool(PlainPool, HTTPSConnectionPool):
    """The same over TLS."""

    ConnectionCls = Tls


def pools(now: Clock, tls: type[TlsPool] = TlsPool) -> Any:
    """Return what urllib3's PoolManager makes its pools with."""
    return {"http": partial(PlainPool, now=now), "https": partial(tls, now=now)}
