"""A command of `monitors-bot` on a stack of this machine: stand-ins for Rocket.Chat and AWS, our functions.

`python -m tests.local_stack doctor` checks such a stack; what is sound about it is green.
"""

import logging
import os
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from monitors_bot_cli.main import main
from tests.conftest import Clock
from tests.demo.company import furnish
from tests.fakes.certificates import Authority
from tests.fakes.deployed_stack import cloudformation, deployed_stack
from tests.fakes.http_api import http_api
from tests.fakes.local_aws import local_aws
from tests.fakes.rocketchat import RocketChatServer
from tests.fakes.stack_doors import Doors
from tests.fakes.whole_secret import whole_secret

CHANNEL = "leads"
SETTINGS = {"AlarmEmail": "ops@example.com", "NotifyChannel": f"#{CHANNEL}"}


def run(arguments: Sequence[str], folder: Path) -> int:
    """Set up a company, its server and a stack in a folder of their own, and run a command there."""
    template = Path("template.yaml").read_text(encoding="utf-8")
    authority = Authority(folder)
    encrypted = authority.server_context("127.0.0.1")
    with local_aws() as aws, cloudformation() as clouds, RocketChatServer(tls=encrypted) as server:
        furnish(server)
        server.add_room(CHANNEL)
        settings = {"RocketChatUrl": server.url, **SETTINGS}
        with (
            deployed_stack(aws, "", **settings) as stack,
            http_api(Doors(stack, Clock(time.time)).handle) as api,
        ):
            clouds.stacks[stack.name] = stack
            stack.api_url, stack.folder = api.url, folder
            stack.write_settings()
            (folder / "template.yaml").write_text(template, encoding="utf-8")
            secret = {**whole_secret(server.account), "ca_certificates": authority.pem}
            aws.change_secret(stack.physical["Secret"], secret)
            os.environ |= {**aws.environment, **clouds.environment}
            logging.getLogger("monitors_bot").addHandler(logging.NullHandler())
            os.chdir(folder)
            return main(arguments)


if __name__ == "__main__":
    os.environ.pop("SAM_ENV", None)
    with tempfile.TemporaryDirectory() as name:
        sys.exit(run(sys.argv[1:], Path(name)))
