"""A deployed stack, with its HTTP API and a Rocket.Chat server, and a terminal in its settings' folder."""

import io
import json
import logging
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from monitors_bot_cli.main import main
from tests.conftest import Clock
from tests.fakes.deployed_stack import CloudFormation, DeployedStack, cloudformation, deployed_stack
from tests.fakes.http_api import http_api
from tests.fakes.local_aws import LocalAws
from tests.fakes.rocketchat import RocketChatServer
from tests.fakes.stack_doors import Doors
from tests.fakes.whole_secret import whole_secret

CHANNEL = "leads"
SETTINGS = {
    "AlarmEmail": "ops@example.com",
    "DigestSchedule": "rate(1 day)",
    "DigestChannel": f"#{CHANNEL}",
    "DigestSilenceHours": "26",
    "NotifyChannel": f"#{CHANNEL}",
}


@pytest.fixture(scope="session")
def cloud(aws: LocalAws) -> Iterator[CloudFormation]:
    """CloudFormation with one stack, which takes a second to make: each test begins it anew."""
    settings = {"RocketChatUrl": "http://127.0.0.1:9", **SETTINGS}
    with cloudformation() as told, deployed_stack(aws, "http://127.0.0.1:9", **settings) as stack:
        told.stacks[stack.name] = stack
        yield told


@pytest.fixture
def stack(
    cloud: CloudFormation,
    company: RocketChatServer,
    aws: LocalAws,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[DeployedStack]:
    """A stack that was deployed a moment ago, without a secret yet, beside a company's server."""
    [deployed] = cloud.stacks.values()
    cloud.refuses = ""
    company.add_room(CHANNEL)
    doors = Doors(deployed, Clock(time.time))
    with http_api(doors.handle) as api:
        deployed.begin_anew(api.url, RocketChatUrl=company.url, **SETTINGS)
        doors.restart()
        doors.url = api.url
        deployed.doors = doors
        for name, value in {**aws.environment, **cloud.environment}.items():
            monkeypatch.setenv(name, value)
        (tmp_path / "template.yaml").write_text(Path("template.yaml").read_text(encoding="utf-8"))
        monkeypatch.chdir(tmp_path)
        deployed.folder = tmp_path
        deployed.write_settings()
        logging.getLogger("monitors_bot").addHandler(logging.NullHandler())
        yield deployed


@pytest.fixture
def secret(stack: DeployedStack, aws: LocalAws, rocketchat: RocketChatServer) -> dict[str, Any]:
    """The stack's secret, whole; `store` stores it again after a change."""
    value = whole_secret(rocketchat.account)
    aws.change_secret(stack.physical["Secret"], value)
    return value


@pytest.fixture
def stored(stack: DeployedStack, aws: LocalAws) -> Callable[[], dict[str, Any]]:
    """Read what the stack's secret holds."""

    def read() -> dict[str, Any]:
        client, id_ = aws.client("secretsmanager"), stack.physical["Secret"]
        held: dict[str, Any] = json.loads(
            client.get_secret_value(SecretId=id_, VersionStage="AWSCURRENT")["SecretString"]
        )
        return held

    return read


@dataclass(frozen=True)
class Ended:
    """A command that ended: its exit code, and what it printed."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def said(self) -> str:
        return self.out + self.err


Run = Callable[..., Ended]


@pytest.fixture
def monitors_bot(
    stack: DeployedStack, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Run:
    """Run `monitors-bot` with these arguments; `typed` is its standard input, which is no terminal."""

    def run(*arguments: str, typed: str = "") -> Ended:
        monkeypatch.setattr(sys, "stdin", io.StringIO(typed))
        capsys.readouterr()
        code = main(arguments)
        printed = capsys.readouterr()
        return Ended(code, printed.out, printed.err)

    return run
