"""Slash commands of a Mattermost server, made with somebody's personal access token, which is not kept.

https://developers.mattermost.com/api-documentation/#/operations/CreateCommand
"""

import json
import time
from collections.abc import Mapping, Sequence

from monitors_bot import errors
from monitors_bot.deadline import Deadline
from monitors_bot.outbound import Answer, Outbound
from monitors_bot_cli.problems import FOUND, Stopped

CALL_SECONDS = 10.0
BY_HAND = "docs/mattermost.md says how to do it by hand"
TAKEN = "api.command.duplicate_trigger.app_error"
"""https://github.com/mattermost/mattermost/blob/master/server/channels/app/command.go"""
_WHY = {
    401: f"Mattermost refuses the token, or personal access tokens are switched off there. {BY_HAND}.",
    403: "The token's account may not manage slash commands in that team: a team's or system's admin may.",
    404: "There is no Mattermost API: is MattermostUrl the server's Site URL?",
    501: "Slash commands are switched off: System Console, Integrations, Enable Custom Slash Commands.",
}


class MattermostServer:
    """A server as the owner of a token sees it. All methods raise Stopped."""

    def __init__(self, url: str, token: str, outbound: Outbound) -> None:
        self._url = url.rstrip("/")
        self._headers = {"Authorization": f"Bearer {token}", "Accept": "application/json"}
        self._outbound = outbound

    def team_ids(self, names: Sequence[str]) -> list[str]:
        """Return the ids of the teams of these names; without names, that of the account's only team."""
        teams = {str(one.get("name")): str(one.get("id")) for one in self._list("users/me/teams")}
        if unknown := [name for name in names if name not in teams]:
            raise Stopped(f"The account is in no team {unknown[0]}. It is in: {', '.join(sorted(teams))}.")
        if names:
            return [teams[name] for name in names]
        if len(teams) != 1:
            raise Stopped(
                f"In which team? Say so with --team: {', '.join(sorted(teams)) or 'it is in none'}."
            )
        return list(teams.values())

    def make_command(self, team_id: str, wanted: Mapping[str, object]) -> str:
        """Make a command in a team, or find it; return its token, empty if its word is somebody else's."""
        if token := self._token_of(team_id, wanted):
            return token
        answer = self._call("commands", {**wanted, "team_id": team_id})
        told = _object(answer)
        if answer.status == 400 and told.get("id") == TAKEN:
            return self._token_of(team_id, wanted)  # the request may have been sent twice
        _require(answer)
        return str(told.get("token", ""))

    def _token_of(self, team_id: str, wanted: Mapping[str, object]) -> str:
        """Return the token of the command that is there already, as far as the account may see it."""
        listed = self._list(f"commands?team_id={team_id}&custom_only=true")
        same = ("trigger", "url", "method")
        ours = [one for one in listed if all(one.get(name) == wanted[name] for name in same)]
        return str(ours[0].get("token", "")) if ours else ""

    def _list(self, path: str) -> list[Mapping[str, object]]:
        answer = self._call(path)
        _require(answer)
        rows = _json(answer)
        return [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []

    def _call(self, path: str, body: Mapping[str, object] | None = None) -> Answer:
        url, deadline = f"{self._url}/api/v4/{path}", Deadline(time.time() + CALL_SECONDS, time.time)
        try:
            if body is None:
                return self._outbound.get(url, deadline, headers=self._headers)
            headers = {**self._headers, "Content-Type": "application/json"}
            return self._outbound.post(url, deadline, headers=headers, body=json.dumps(body).encode())
        except errors.MonitorsBotError as error:
            raise Stopped(
                f"Mattermost can't be reached at {self._url} ({type(error).__name__}: {error}). {BY_HAND}.",
                code=FOUND,
            ) from error


def _require(answer: Answer) -> None:
    if not 200 <= answer.status < 300:
        why = _WHY.get(answer.status, f"Mattermost answers {answer.status}. {BY_HAND}.")
        raise Stopped(why, code=FOUND)


def _json(answer: Answer) -> object:
    try:
        return json.loads(answer.body)
    except ValueError as error:
        raise Stopped(f"What answers at MattermostUrl is no Mattermost. {BY_HAND}.", code=FOUND) from error


def _object(answer: Answer) -> Mapping[str, object]:
    told = _json(answer) if answer.status in {200, 201, 400} else {}
    return told if isinstance(told, dict) else {}
