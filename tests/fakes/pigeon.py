"""Pigeon Post, a made-up chat platform: all that a new one takes, beside a line in the table.

It sends JSON with a token, probes with PING, and takes late answers by URL; where none can follow, it waits.
"""

from collections.abc import Sequence

from monitors_bot.domain.answers.conversation import Command, Reply
from monitors_bot.platforms import Patience, any_secret, suggests_nothing, to_response_url
from monitors_bot.platforms.proof import require_any
from monitors_bot.web import Request, json_object, text_field

NAME = "pigeon"
PATH = "/pigeon/command"
SECRET_KEY = "pigeon_token"
CONTENT_TYPE = "application/json"
ANSWERS_TO_URL = IS_PUBLIC = False
PATIENCE = Patience.SHORT_IF_ANSWERED_LATE
RESPONSE_URL_VARIABLE = "PIGEON_URL"
RESPONSE_URL_DEFAULT = ""

late_address = to_response_url
suggested_for = suggests_nothing
can_work = any_secret


def is_probe(request: Request) -> bool:
    return request.body == b"PING"


def verify(request: Request, secrets: Sequence[str], now: float) -> None:
    require_any(json_object(request.body).get("token"), secrets)


def read_command(request: Request) -> Command:
    """Read a message, in which pigeons write + for a space."""
    fields = json_object(request.body)
    text = text_field(fields, "message").replace("+", " ")
    return Command("coo", text, response_url=text_field(fields, "answer_to"))


def render_reply(reply: Reply, command: Command) -> dict[str, object]:
    rows = [" ".join(filter(None, cells)) for cells in reply.table.rows] if reply.table else []
    return {"coo": "\n".join(filter(None, (reply.title, *reply.details, *rows, reply.source)))}
