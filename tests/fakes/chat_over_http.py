"""The chat function behind an HTTP API, with a company's server and a local AWS, for tests in JavaScript.

`python -m tests.fakes.chat_over_http` prints where it is as a line of JSON, and ends when its input does.
"""

import contextlib
import io
import json
import sys
import time
from base64 import b64encode

from tests.conftest import SECRET_NAME, Bot, Clock
from tests.demo.company import CUSTOMER_ROOM, furnish
from tests.fakes.http_api import http_api
from tests.fakes.local_aws import local_aws
from tests.fakes.rocketchat import RocketChatServer

APP_SECRET = "whsec_" + b64encode(b"the key of the companion app ...").decode()


def main() -> None:
    with local_aws() as aws, RocketChatServer() as server:
        furnish(server)
        account = {
            "rocketchat_user_id": server.account.user_id,
            "rocketchat_auth_token": server.account.token,
        }
        aws.create_secret(SECRET_NAME, {**account, "rocketchat_app_secret": APP_SECRET})
        queue_url, background_url = aws.create_queue("late-answers")[0], aws.create_queue("background")[0]
        environ = {
            **aws.environment,
            "ROCKETCHAT_URL": server.url,
            "SECRET_ID": SECRET_NAME,
            "QUEUE_URL": queue_url,
            "BACKGROUND_QUEUE_URL": background_url,
            "TABLE_NAME": "table",
        }
        aws.create_table("table")
        with (
            contextlib.closing(Bot(environ, Clock(time.time))) as bot,
            http_api(bot.door.handle) as api,
        ):
            where = {"url": api.url, "secret": APP_SECRET, "room": CUSTOMER_ROOM}
            sys.stdout.write(f"{json.dumps(where)}\n")
            sys.stdout.flush()
            with contextlib.redirect_stdout(io.StringIO()):  # where the bot's metrics go
                sys.stdin.read()


if __name__ == "__main__":
    main()
