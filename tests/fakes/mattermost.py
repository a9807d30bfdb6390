"""Mattermost's API for slash commands, after server/channels/api4/command.go and app/command.go."""

import json
import secrets
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.fakes.rocketchat.connections import Listener

TOKEN = "personalTokenOfAnAdmin1234"
ME, COLLEAGUE = "me", "colleague"


@dataclass
class Mattermost:
    """Teams with their commands; the token's owner sees only their own unless they may manage others'."""

    url: str = ""
    teams: dict[str, str] = field(default_factory=lambda: {"support": "teamSupport"})
    commands: list[dict[str, Any]] = field(default_factory=list)
    may_manage: bool = True
    may_manage_others: bool = False
    are_commands_on: bool = True
    fails: dict[str, tuple[int, str]] = field(default_factory=dict)
    """Statuses and bodies to answer with, by method."""

    def answer(self, method: str, path: str, token: str, body: Any) -> tuple[int, Any]:
        if method in self.fails:
            return self.fails[method]
        if token != f"Bearer {TOKEN}":
            return _error(401, "api.context.session_expired.app_error")
        url = urlsplit(path)
        if (method, url.path) == ("GET", "/api/v4/users/me/teams"):
            return 200, [{"id": id_, "name": name} for name, id_ in self.teams.items()]
        if url.path != "/api/v4/commands":
            return _error(404, "api.context.404.app_error")
        if not self.may_manage:
            return _error(403, "api.context.permissions.app_error")
        return (
            self._made(body) if method == "POST" else (200, self._listed(parse_qs(url.query)["team_id"][0]))
        )

    def add(self, team_id: str, trigger: str, url: str, creator: str = COLLEAGUE) -> None:
        self.commands.append(
            {"id": secrets.token_hex(13), "token": secrets.token_hex(13), "team_id": team_id, "method": "P"}
            | {"trigger": trigger, "url": url, "creator_id": creator}
        )

    def _listed(self, team_id: str) -> list[dict[str, Any]]:
        return [
            one
            for one in self.commands
            if one["team_id"] == team_id and (self.may_manage_others or one["creator_id"] == ME)
        ]

    def _made(self, wanted: dict[str, Any]) -> tuple[int, Any]:
        if not self.are_commands_on:
            return _error(501, "api.command.disabled.app_error")
        wanted["trigger"] = wanted["trigger"].lower()
        if any(
            (one["team_id"], one["trigger"]) == (wanted["team_id"], wanted["trigger"])
            for one in self.commands
        ):
            return _error(400, "api.command.duplicate_trigger.app_error")
        self.add(wanted["team_id"], wanted["trigger"], wanted["url"], ME)
        self.commands[-1] |= wanted
        return 201, self.commands[-1]


def _error(status: int, id_: str) -> tuple[int, dict[str, object]]:
    return status, {"id": id_, "message": "Words for a person.", "request_id": "x", "status_code": status}


@contextmanager
def mattermost() -> Iterator[Mattermost]:
    server = Mattermost()
    with Listener(_handler(server)) as listener:
        server.url = listener.url
        threading.Thread(target=listener.serve_forever, args=(0.02,), daemon=True).start()
        try:
            yield server
        finally:
            listener.shutdown()


def _handler(server: Mattermost) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            token = self.headers.get("Authorization", "")
            status, told = server.answer(self.command, self.path, token, json.loads(body or b"null"))
            content = (told if isinstance(told, str) else json.dumps(told)).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        do_GET = do_POST  # noqa: N815 - named by http.server

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    return Handler
