"""What is examined: a stack, its secret, its server, and what was learned about them so far."""

import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from monitors_bot.aws.secret import SHARED_KEYS, Secret, read_secret
from monitors_bot.deadline import Deadline
from monitors_bot.errors import RocketChatError, SecretUnreachable
from monitors_bot.outbound import Answer, Outbound
from monitors_bot.rocketchat import api, parsing
from monitors_bot.rocketchat.api import Account, RocketChat
from monitors_bot.settings import read_base_url
from monitors_bot_cli import stack
from monitors_bot_cli.installation import Installation
from monitors_bot_cli.one_account import server_as
from monitors_bot_cli.problems import Stopped
from monitors_bot_cli.schedules import schedules_of
from monitors_bot_cli.secret_rules import can_work
from monitors_bot_cli.template import Template

CALL_SECONDS = 10.0
"""How long a check waits for a server: longer than a person would, so that slow is not taken for down."""


@dataclass
class Patient:
    """A stack under examination. `may_post` asks whether a message may be posted in a channel."""

    installation: Installation
    template: Template
    admin: Account | None = None
    may_post: Callable[[str], bool] = lambda _channel: False
    now: Callable[[], float] = time.time

    @cached_property
    def chat(self) -> Mapping[str, str]:
        """The chat function's environment."""
        return self.installation.environ("ChatFunction")

    @cached_property
    def server_url(self) -> str:
        return read_base_url(self.chat, "ROCKETCHAT_URL")

    @cached_property
    def secret(self) -> Secret:
        """The secret as the functions read it. Raises Stopped and SecretUnreachable."""
        client = self.installation.client("secretsmanager")
        with stack.in_words():
            try:
                text = client.get_secret_value(
                    SecretId=self.installation.secret_id, VersionStage="AWSCURRENT"
                ).get("SecretString")
            except client.exceptions.ResourceNotFoundException as error:
                raise SecretUnreachable("the secret has no value yet") from error
        return read_secret(text, SHARED_KEYS, can_work)

    @cached_property
    def outbound(self) -> Outbound:
        return Outbound(self.secret.reach)

    @cached_property
    def server(self) -> RocketChat:
        return server_as(Account(self.secret.user_id, self.secret.auth_token), self.server_url, self.outbound)

    @cached_property
    def admins_server(self) -> RocketChat:
        """The server as an admin sees it; only for checks that need the check of the admin."""
        if not self.admin:
            raise Stopped("An admin's account is needed.")
        return server_as(self.admin, self.server_url, self.outbound)

    @cached_property
    def first_answer(self) -> Answer | Exception:
        """The answer to a question that needs no account, or why there is none."""
        try:
            return self.outbound.get(
                f"{self.server_url}/api/info", self.deadline(), headers={"Accept": "application/json"}
            )
        except Stopped:
            raise
        except Exception as error:  # noqa: BLE001 - each check of the way to the server knows its own errors
            return error

    @cached_property
    def schedules(self) -> list[Mapping[str, Any]]:
        return schedules_of(self.installation)

    @cached_property
    def channels(self) -> list[str]:
        """Every channel that the settings and the schedules name."""
        named = [self.installation.parameters.get("NotifyChannel", "")]
        for told in self.schedules:
            try:
                order = json.loads(told["Target"]["Input"])
            except ValueError:
                continue
            named.append(str(order.get("channel") or "") if isinstance(order, dict) else "")
        return sorted({channel for channel in named if channel})

    @cached_property
    def me(self) -> Mapping[str, object]:
        return self.server.get(api.ME, self.deadline())

    @property
    def roles(self) -> set[str]:
        told = self.me.get("roles")
        return {role for role in told if isinstance(role, str)} if isinstance(told, list) else set()

    @cached_property
    def _permissions(self) -> Mapping[str, object]:
        return self.server.get(api.PERMISSIONS, self.deadline())

    def may(self, permission: str) -> bool | None:
        """Whether one of the account's roles has a permission; None if the server does not tell."""
        try:
            return parsing.may_manage(permission, self._permissions, self.me)
        except RocketChatError:
            return None

    @cached_property
    def units(self) -> list[Mapping[str, object]]:
        """The units that the server lists to the account."""
        rows = self.server.get_all(api.UNITS, "units", self.deadline())
        return [row for row in rows if parsing.is_unit(row)]

    @cached_property
    def limited_answer(self) -> Answer:
        """The answer to one call as the limiter sees it, with its headers."""
        account = Account(self.secret.user_id, self.secret.auth_token)
        url = f"{self.server_url}/api/v1/{api.UNITS.path}"
        return self.outbound.get(url, self.deadline(), headers=account.headers(), params=[("count", "1")])

    @property
    def serves_customers(self) -> bool:
        """Whether anything that is set up needs the unit of a department."""
        return self.uses("rocketchat_livechat_token") or self.uses("rocketchat_app_secret")

    def deadline(self) -> Deadline:
        return Deadline(self.now() + CALL_SECONDS, self.now)

    def uses(self, key: str) -> bool:
        """Whether the secret has a usable value for a caller's key."""
        return bool(self.secret.shared_with(key))


def deploy(patient: Patient) -> str:
    """Return the command that deploys the stack again."""
    environment = patient.installation.environment
    return "make deploy" if environment == "dev" else f"make deploy SAM_ENV={environment}"


def command(patient: Patient, words: str) -> str:
    """Return a command of `monitors-bot` for the same stack."""
    environment = patient.installation.environment
    return f"monitors-bot {words}" + ("" if environment == "dev" else f" --env {environment}")
