"""A wire to a server whose flows may die as in a firewall: what is sent is swallowed, and nobody is told."""

import contextlib
import socket
import threading
from urllib.parse import urlsplit

from tests.fakes.raw_server import RawServer


class SwallowingWire(RawServer):
    """Hands everything on, both ways, until the flows die; new connections work all the same."""

    def __init__(self, url: str) -> None:
        super().__init__(self._hand_on)
        parts = urlsplit(url)
        self._server = (parts.hostname, parts.port)
        self.url = f"{parts.scheme}://{parts.hostname}:{self.port}"
        self.connections = 0
        self.swallowed = 0
        self._dead: set[socket.socket] = set()
        self._alive: set[socket.socket] = set()
        self.new_ones_are_dead = False

    def let_flows_die(self) -> None:
        """Let every connection that there is now die without a word."""
        self._dead |= self._alive

    def _hand_on(self, client: socket.socket) -> None:
        self.connections += 1
        (self._dead if self.new_ones_are_dead else self._alive).add(client)
        with socket.create_connection(self._server) as server:
            back = threading.Thread(target=self._copy, args=(server, client, client), daemon=True)
            back.start()
            self._copy(client, server, client)
            with contextlib.suppress(OSError):
                server.shutdown(socket.SHUT_RDWR)
            back.join(5)

    def _copy(self, source: socket.socket, target: socket.socket, client: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while data := source.recv(65536):
                if client in self._dead:
                    self.swallowed += source is client
                    continue
                target.sendall(data)
        if client not in self._dead:
            with contextlib.suppress(OSError):
                target.shutdown(socket.SHUT_WR)
