"""A proxy as companies have them: tunnels by CONNECT, plain HTTP passed on, and every way not to do so."""

import contextlib
import socket
import ssl
import struct
import threading
from base64 import b64encode
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from urllib.parse import urlsplit

from tests.fakes.raw_server import RawServer

NOWHERE = 503
"""What Squid answers when it finds no such server, or nothing listens there."""


class Fault(StrEnum):
    """How a proxy fails."""

    NONSENSE = "it answers, but not in HTTP"
    HALF = "it dies in the middle of its answer"
    HANGS_UP = "it closes the connection without a word"
    HANGS = "it never answers"


@dataclass
class Asked:
    """One request as the proxy got it; header names in lower case."""

    line: str
    headers: dict[str, str] = field(default_factory=dict)


class Proxy(RawServer):
    """A proxy on a free loopback port. It alone knows the addresses of `places`: the port of each name."""

    def __init__(
        self, places: Mapping[str, int], *, login: str = "", tls: ssl.SSLContext | None = None
    ) -> None:
        super().__init__(self._serve_client)
        self.asked: list[Asked] = []
        self.fault: Fault | int | None = None
        """How it fails; a number is the status that it answers."""
        self.dies_after: int | None = None
        """After how many bytes from a server it dies."""
        self._places = places
        self._login = login and f"Basic {b64encode(login.encode()).decode()}"
        self._tls = tls

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self.port}"

    @property
    def lines(self) -> list[str]:
        return [asked.line for asked in self.asked]

    def _serve_client(self, connection: socket.socket) -> None:
        if self._tls:
            connection = self._tls.wrap_socket(connection.dup(), server_side=True)
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        with connection, connection.makefile("rb") as stream:
            while line := stream.readline().decode("latin-1").strip():
                headers = _headers(iter(lambda: stream.readline().decode("latin-1").strip(), ""))
                self.asked.append(Asked(line.removesuffix(" HTTP/1.1").removesuffix(" HTTP/1.0"), headers))
                body = stream.read(int(headers.get("content-length", 0)))
                if not self._do(connection, line, headers, body):
                    return

    def _do(self, client: socket.socket, line: str, headers: dict[str, str], body: bytes) -> bool:
        """Answer one request; tell whether the connection may serve another."""
        if isinstance(self.fault, Fault):
            _fail(client, self.fault)
            return False
        if len(line.split(" ")) != 3:  # a greeting in TLS, for instance
            client.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")
            return False
        method, target, _ = line.split(" ")
        url = urlsplit(f"//{target}" if method == "CONNECT" else target)
        status = self._refusal(headers, url.hostname or "")
        if status:
            client.sendall(f"HTTP/1.1 {status} No\r\nContent-Length: 6\r\n\r\nsorry\n".encode())
            return True
        port = self._places[url.hostname or ""]
        with socket.create_connection(("127.0.0.1", port)) as server:
            if method == "CONNECT":
                client.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
                self._join(client, server)
                return False
            path = f"{url.path or '/'}{'?' if url.query else ''}{url.query}"
            server.sendall(_request(f"{method} {path} HTTP/1.1", headers) + body)
            self._bring(server, client)
            return self.dies_after is None

    def _refusal(self, headers: dict[str, str], host: str) -> int:
        if self._login and headers.get("proxy-authorization") != self._login:
            return 407
        if isinstance(self.fault, int):
            return self.fault
        return 0 if host in self._places else NOWHERE

    def _join(self, client: socket.socket, server: socket.socket) -> None:
        onwards = threading.Thread(target=_hand_on, args=(client, server), daemon=True)
        onwards.start()
        self._bring(server, client)
        with contextlib.suppress(OSError):
            client.shutdown(socket.SHUT_RDWR)
        onwards.join(5)

    def _bring(self, server: socket.socket, client: socket.socket) -> None:
        if self.dies_after is None:
            _copy(server, client)
            return
        left = self.dies_after
        while left and (chunk := server.recv(left)):
            client.sendall(chunk)
            left -= len(chunk)
        _reset(client)


def _headers(lines: Iterator[str]) -> dict[str, str]:
    return {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}


def _request(line: str, headers: dict[str, str]) -> bytes:
    """Write a request for the server, which learns nothing of what was meant for the proxy."""
    passed_on = {name: value for name, value in headers.items() if not name.startswith("proxy-")}
    fields = (f"{name}: {value}" for name, value in {**passed_on, "connection": "close"}.items())
    return "\r\n".join([line, *fields, "", ""]).encode()


def _copy(source: socket.socket, sink: socket.socket) -> None:
    with contextlib.suppress(OSError):
        while chunk := source.recv(65536):
            sink.sendall(chunk)


def _hand_on(source: socket.socket, sink: socket.socket) -> None:
    _copy(source, sink)
    with contextlib.suppress(OSError):
        sink.shutdown(socket.SHUT_WR)


def _fail(client: socket.socket, fault: Fault) -> None:
    if fault is Fault.NONSENSE:
        client.sendall(b"SSH-2.0-OpenSSH_9.6\r\n")
    elif fault is Fault.HALF:
        client.sendall(b"HTTP/1.1 20")
    elif fault is Fault.HANGS:
        client.recv(1)


def _reset(client: socket.socket) -> None:
    client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    client.close()
